"""The documents of the penalty procedure as they are printed: each with the contents its law demands."""

import pytest

from notices.rendering import render
from notices.rendering.sample_penalties import PENALTIES
from tests.notices.rendered_pages import text_of

pytestmark = pytest.mark.pdf
CONTENTS = {
    "prior_notice": [  # 行政处罚法第四十四条、第四十五条
        "发现你单位实施了以下违法行为：",
        "违反了《稀土管理条例》第十四条",
        "拟在法定幅度内从轻处罚。",
        "依据《稀土管理条例》第二十五条的规定，我厅拟对你单位作出如下行政处罚：罚款人民币捌万元整（¥80,000.00）。",
        "依法享有陈述和申辩的权利",
    ],
    "prior_notice_with_hearing": ["你单位有要求举行听证的权利", "不承担组织听证的费用"],  # 第六十三条、第六十四条
    "penalty_decision": [  # 第五十九条第一款
        "当事人：宜兴市云泽稀土新材料有限公司",
        "一、违法事实和证据",
        "三、行政处罚的依据和种类",
        "四、行政处罚的履行方式和期限",
        "五、申请行政复议、提起行政诉讼的途径和期限",
        "江苏省工业和信息化厅2026年12月8日",
    ],
    "penalty_hearing_notice": [  # 第六十四条
        "决定于2026年12月16日9时30分在",
        "因本案涉及商业秘密，听证不公开举行。",
        "听证主持人：陆知衡",
        "申请回避",
        "委托一至二人代理",
    ],
    "summary_penalty_decision": [  # 第五十二条
        "2026年11月5日10时20分，",
        "决定当场对你单位作出如下行政处罚：（一）警告；（二）罚款人民币壹仟元整（¥1,000.00）。",
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内",
        "执法人员签名",
    ],
    "daily_penalty_decision": [  # 环境保护主管部门实施按日连续处罚办法第十六条
        "《行政处罚决定书》（苏环罚〔2026〕18号）",
        "自2026年10月15日起至2026年11月3日止，共20日。",
        "罚款总额为人民币肆佰万元整（¥4,000,000.00）。",
        "四、按日连续处罚的履行方式和期限",
        "五、申请行政复议、提起行政诉讼的途径和期限",
    ],
    "payment_deferral": ["第六十六条第二款", "（一）2027年1月31日（含当日）前缴纳人民币肆万元整", "百分之三加处罚款"],
    "performance_demand": [  # 行政强制法第三十五条
        "十个工作日内履行上述义务",
        "上述款项请缴至下列账户",
        "缴纳罚款人民币捌万元整（¥80,000.00）",
        "有权进行陈述和申辩",
    ],
    "enforcement_application": [  # 行政强制法第五十五条
        "南京铁路运输法院：",
        "特申请贵院强制执行。",
        "三、申请强制执行标的情况",
        "附件：1.行政处罚决定书及作出决定的事实、理由和依据",
        "行政机关负责人（签名）：",
    ],
    "no_penalty_decision": ["决定对你单位不予行政处罚。", "对你单位进行教育：", "申请行政复议"],  # 第三十三条
}


@pytest.mark.parametrize("code", list(PENALTIES))
def test_a_document_has_the_contents_that_its_law_demands(code):
    _label, template, context = PENALTIES[code]
    found = text_of(render(template, context()).pdf)
    assert [content for content in CONTENTS[code] if content not in found] == []
