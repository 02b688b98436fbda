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
    "no_penalty_decision": ["决定对你单位不予行政处罚。", "对你单位进行教育：", "申请行政复议"],  # 第三十三条
}


@pytest.mark.parametrize("code", list(PENALTIES))
def test_a_document_has_the_contents_that_its_law_demands(code):
    _label, template, context = PENALTIES[code]
    found = text_of(render(template, context()).pdf)
    assert [content for content in CONTENTS[code] if content not in found] == []
