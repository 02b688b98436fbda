"""What the documents of measures say: the closed lists of the law, and the words of the sample."""

import pytest

from notices.rendering import render
from notices.rendering.sample_measures import MEASURES
from notices.rendering.samples import SAMPLES
from tests.notices.rendered_pages import text_of

pytestmark = pytest.mark.pdf

# By document: the contents that the article named asks for, as they stand in the sample.
REQUIRED = {
    "evidence_registration": (  # 行政处罚法第五十六条
        "可能灭失或者以后难以取得",
        "依据《中华人民共和国行政处罚法》第五十六条的规定",
        "七个工作日内作出处理决定",
        "不得销毁、转移、隐匿或者变更",
        "先行登记保存证据清单",
        "执法证号：苏常环执法0117",
    ),
    "evidence_release": ("常环登存〔2026〕5号", "自2026年12月1日起解除先行登记保存", "提取数据后返还当事人"),
    "seizure_order": (  # 行政强制法第二十四条
        "当事人：宜兴市云泽稀土新材料有限公司",
        "有必要予以查封",
        "《中华人民共和国行政强制法》第二十二条、第二十四条",
        "查封期限自2026年11月21日起至2026年12月21日止",
        "旁通管阀门",
        "申请行政复议",
        "提起行政诉讼",
        "常州市生态环境局2026年11月21日",
    ),
    "seizure_extension": (  # 行政强制法第二十五条
        "第二十五条第一款、第二款",
        "延长30日，至2027年1月20日止",
        "尚须委托鉴定",
        "该期间不计入查封期间",
    ),
    "seizure_release": ("第二十八条第一款", "不再需要查封、扣押", "解除查封清单"),
    "production_limit": (  # 30号令第十三条
        "法定代表人（负责人）：朱䶮喆",
        "等证据为证",
        "第五条的规定，现责令你单位限制生产",
        "限制生产的期限为三个月",
        "十五个工作日内将整改方案报我局备案",
        "申请行政复议",
        "常州市生态环境局2026年12月4日",
    ),
    "production_stop": (
        "法定代表人（负责人）：朱䶮喆",
        "等证据为证",
        "要求举行听证，听证已经依法举行",
        "至停产整治决定解除之日止",
        "拆除旁通管",
        "提起行政诉讼",
        "常州市生态环境局2026年12月4日",
    ),
    "treatment_order": ("限期治理，于2013年5月31日前", "水污染防治法》第七十四条第一款", "责令关闭", "三个月内依法向"),
    "case_transfer": ("常州市市场监督管理局：", "现将该案移送你单位", "移送材料清单", "接收机关"),
    "criminal_referral": (  # 移送规定第五条、第六条；两法衔接办法第六条
        "常州市公安局：",
        "涉嫌构成污染环境罪",
        "局长沈思远于2026年11月20日批准",
        "案件主办人：陈珺",
        "涉案物品清单",
        "抄送：常州市人民检察院",
    ),
    "detention_referral": (  # 暂行办法第二条、第十一条
        "常州市公安局：",
        "（常环罚〔2026〕12号）",
        "依法适用行政拘留",
        "（一）欧阳𬱟，污水站站长",
        "移送材料清单",
    ),
    "rectification_extension": ("常环责改〔2026〕12号", "延长20日，至2027年1月12日止", "延期理由成立", "进行复查"),
}


def test_every_document_of_measures_has_its_required_contents_written_down():
    assert REQUIRED.keys() == MEASURES.keys()


@pytest.mark.parametrize("code", list(REQUIRED))
def test_a_document_says_what_the_law_asks_of_it(code):
    sample = SAMPLES[code]
    found = text_of(render(sample.template, sample.context()).pdf)
    assert [words for words in REQUIRED[code] if words not in found] == []


@pytest.mark.parametrize("code", list(REQUIRED))
def test_a_document_of_measures_speaks_of_nothing_twice_and_in_chinese(code):
    sample = SAMPLES[code]
    found = text_of(render(sample.template, sample.context()).pdf)
    assert "。。" not in found
    assert "的的" not in found
    assert "的规定的规定" not in found
    assert "涉嫌涉嫌" not in found
