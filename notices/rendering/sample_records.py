"""Samples of the records that officers write in a form, and of the internal forms of leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .sample_facts import CAUSE, INSPECTORS, PARTY, Context, frame


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    """A time as written on a record."""
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001


def record(title: str, **more: object) -> Context:
    words = {"cause": CAUSE, "party": PARTY, "correction": None}
    return frame(title, "苏工信立〔2026〕8号", issued_on=None, verify=None, **words | more)


def questioning() -> Context:
    return record(
        "调查询问笔录",
        began=at(11, 6, 14, 0),
        ended=at(11, 6, 15, 35),
        place="宜兴市云泽稀土新材料有限公司办公楼二楼会议室",
        officers=INSPECTORS,
        recorder="赵祎堃",
        person="欧阳𬱟",
        id_number="320282198503150018",
        employer=PARTY["name"],
        post="仓储负责人",
        relation="当事人的工作人员，负责成品库管理",
        address="江苏省宜兴市新庄街道兴业新村6幢301室",
        phone="0510-87000001",
        recusal="",
        answers=[
            {
                "question": "请介绍一下你的身份和工作职责。",
                "answer": "我是公司仓储负责人，2024年3月起任职，负责成品库的出入库管理和稀土产品追溯信息系统的录入。",
            },
            {
                "question": "2026年9月、10月，公司氧化镨钕出库情况如何？",
                "answer": "出库台账登记氧化镨钕86.420吨，客户7家，每笔都有出库单。",
            },
            {
                "question": "追溯信息系统同期录入53.820吨，相差的32.600吨为什么没有录入？",
                "answer": "9月底录入人员离职，新来的同事还没有开通账号，涉及9张出库单（编号CK-0926-031至CK-0926-039），一直没有补录。"
                "客户名称和数量都是真实的，可以提供合同和发票。",
            },
            {
                "question": "公司负责人是否知道这一情况？",
                "answer": "我在10月15日的生产例会上口头报告过，会议有记录，公司要求尽快补录，但是没有落实到人。",
            },
            {"question": "你还有什么需要补充的吗？", "answer": "没有了。"},
        ],
    )


def collective_discussion() -> Context:
    return record(
        "案件集体讨论笔录",
        began=at(12, 8, 9, 30),
        ended=at(12, 8, 10, 40),
        place="江苏省工业和信息化厅三楼会议室",
        chair="周衡",
        leaders=[{"name": "周衡", "post": "副厅长"}, {"name": "陆知衡", "post": "总工程师"}],
        attendants=[{"name": "陈珺", "post": "一级主任科员"}, {"name": "沈思远", "post": "法制处副处长"}],
        absent=[{"name": "孙见山", "reason": "因公出差"}],
        recorder="赵祎堃",
        reporter="陈珺",
        report=[
            "2026年9月1日至10月31日，当事人32.600吨氧化镨钕的销售流向未如实记录，也未录入稀土产品追溯信息系统。",
            "当事人在规定期限内提出陈述申辩，要求从轻处理，并提交了补录记录；未要求听证。",
        ],
        opinions=[
            {"name": "陆知衡", "opinion": "事实清楚、证据确凿，同意承办机构意见。当事人主动补录，可以从轻。"},
            {"name": "周衡", "opinion": "同意从轻，罚款幅度按裁量基准下限掌握。"},
        ],
        conclusion=[
            "一致同意认定当事人未如实记录稀土产品流向信息，责令改正，处罚款人民币壹拾万元。",
            "由承办机构依法制作行政处罚决定书，按程序报批后送达。",
        ],
    )


# code → (name of the document, template, context)
RECORDS: dict[str, tuple[str, str, Callable[[], Context]]] = {
    "questioning": ("调查询问笔录", "notices/rectification/questioning.html", questioning),
    "collective_discussion": (
        "案件集体讨论笔录",
        "notices/rectification/collective_discussion.html",
        collective_discussion,
    ),
}
