"""Sample contexts of the documents of campaigns and supervision."""

from __future__ import annotations

from datetime import date

from .sample_facts import SHORT, Context, frame


def supervision_notice() -> Context:
    return frame(
        "督办通知书",
        "苏工信督〔2026〕3号",
        addressee="无锡市工业和信息化局",
        level="省级挂牌督办",
        we=SHORT,
        matter=[
            "宜兴市云泽稀土新材料有限公司未如实记录稀土产品流向信息案（案卷号：锡工信立〔2026〕8号）。"
            "32.600吨氧化镨钕的销售流向未如实记录。"
        ],
        requirements=[
            "查清32.600吨氧化镨钕的去向，依法对收购、销售环节的违法行为立案查处。",
            "督促企业补录全部流向信息，完成追溯信息系统接口改造，做到账、票、物相符。",
        ],
        due_on=date(2027, 2, 26),
        feedback="每月底前书面报告办理进展，办结后五个工作日内书面报送办理结果和申请解除挂牌督办的材料至我厅。",
        remark="联系人：陈珺，电话：025-69000000",
        cc=["无锡市人民政府办公室"],
    )


# By code: what the document is called, its template, and its context.
CAMPAIGNS = {
    "supervision_notice": ("督办通知书", "notices/campaigns/supervision_notice.html", supervision_notice),
}
