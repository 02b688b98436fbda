"""Sample contexts of the documents of the penalty procedure: they go on with the invented matter."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from .sample_facts import PARTY, REMEDIES, SHORT, Context, frame

FOLDER = "notices/penalties"
# As enforcement.penalties.documents.law has the version of 2021: what the templates say of it.
LAW = SimpleNamespace(
    name="中华人民共和国行政处罚法",
    told="第四十四条",
    heard="第四十五条",
    hearing="第六十三条第一款、第六十四条",
    decided="第五十七条第一款第一项",
    contents="第五十九条第一款",
    paid="第六十七条第三款",
    surcharge="第七十二条第一款第一项",
    instalments="第六十六条第二款",
    not_suspended="第七十三条第一款",
    to_court="第七十二条第一款第四项",
    summary="第五十一条",
    receipt="第七十条",
    education="第三十三条第三款",
    electronic=True,
)
INVESTIGATED = {"from": "2026年11月5日", "to": "2026年11月6日"}
FACTS = [
    "2026年9月1日至10月31日，你单位出库氧化镨钕86.420吨，其中32.600吨（出库单9张，编号CK-0926-031至CK-0926-039）的销售流向"
    "未如实记录，也未按期录入稀土产品追溯信息系统。",
]
EVIDENCE = [
    "2026年11月5日现场检查（勘察）笔录（证明检查经过和检查发现的事实）",
    "成品出库台账（证明出库数量和流向）",
    "追溯信息系统录入记录（证明录入数量和时间）",
    "对仓储负责人欧阳𬱟的调查询问笔录（证明未录入的原因）",
]
VIOLATED = [
    {
        "instrument": "稀土管理条例",
        "article": "第十四条",
        "content": "如实记录稀土产品流向信息并录入稀土产品追溯信息系统",
    }
]
BASIS = "《稀土管理条例》第二十五条"
REASONS = [
    "你单位系首次实施该类违法行为，案发后主动配合调查，并于2026年11月12日补录全部流向信息，参照我厅行政处罚裁量权基准，决定在法定"
    "幅度内从轻处罚。",
]
SANCTIONS = ["罚款人民币捌万元整（¥80,000.00）"]
CONTACT = {
    "contact": "陈珺、赵祎堃",
    "telephone": "025-69000000",
    "address": "南京市鼓楼区样例路16号江苏省工业和信息化厅原材料工业处",
}


def prior_notice() -> Context:
    return frame(
        "行政处罚事先告知书",
        "苏工信罚告〔2026〕7号",
        party=PARTY,
        we=SHORT,
        law=LAW,
        investigated=INVESTIGATED,
        facts=FACTS,
        evidence=EVIDENCE,
        violated=VIOLATED,
        basis=BASIS,
        reasons=[
            "你单位系首次实施该类违法行为，案发后主动配合调查并及时补录，参照我厅行政处罚裁量权基准，拟在法定幅度内从轻处罚。"
        ],
        sanctions=SANCTIONS,
        statement_within="五个工作日",
        hearing_within="",
        **CONTACT,
    )


def prior_notice_with_hearing() -> Context:
    return prior_notice() | {
        "title": "行政处罚事先（听证）告知书",
        "number": "苏工信听告〔2026〕3号",
        "issued_on": date(2026, 11, 25),
        "hearing_within": "五个工作日",
    }


TOLD = {
    "title": "行政处罚事先（听证）告知书",
    "number": "苏工信听告〔2026〕3号",
    "on": "2026年11月26日",
    "offered_hearing": True,
    "outcome": "silent",
    "words": [],
}
PAYMENT = {
    "within": "十五日",
    "payee": "江苏省财政厅",
    "bank": "样例银行南京分行营业部",
    "account": "3200 2026 0000 0107",
}


def penalty_decision() -> Context:
    return frame(
        "行政处罚决定书",
        "苏工信罚〔2026〕5号",
        issued_on=date(2026, 12, 8),
        party=PARTY,
        we=SHORT,
        law=LAW,
        investigated=INVESTIGATED,
        facts=FACTS,
        evidence=EVIDENCE[:2],
        violated=VIOLATED,
        told=TOLD,
        reasons=REASONS,
        collective_on="",
        basis=BASIS,
        sanctions=SANCTIONS,
        warning_only=[],
        performance=[],
        is_fined=True,
        has_gains=False,
        payment=PAYMENT,
        surcharge_is_capped=True,
        remedies=REMEDIES,
    )


def no_penalty_decision() -> Context:
    return frame(
        "不予行政处罚决定书",
        "苏工信不罚〔2026〕2号",
        issued_on=date(2026, 12, 8),
        party=PARTY,
        we=SHORT,
        law=LAW,
        investigated=INVESTIGATED,
        facts=[
            "2026年10月8日，你单位出库氧化镧0.120吨（出库单1张，编号CK-1008-004），其销售流向至10月11日方录入稀土产品追溯信息系统。"
        ],
        evidence=EVIDENCE[:3],
        violated=VIOLATED,
        is_established=True,
        reasons=["你单位在检查前已自行补录，迟录时间短、数量少，下游用户和用途可以查清，未影响产品追溯。"],
        finding="违法行为轻微并及时改正，没有造成危害后果",
        articles="第三十三条第一款、第五十七条第一款第二项",
        education="请你单位引以为戒，健全出库登记与追溯信息录入的衔接制度，今后按期如实录入流向信息，杜绝类似行为再次发生。",
        remedies=REMEDIES,
    )


# Code → label, template, context.
PENALTIES = {
    "prior_notice": ("行政处罚事先告知书", f"{FOLDER}/prior_notice.html", prior_notice),
    "prior_notice_with_hearing": (
        "行政处罚事先（听证）告知书",
        f"{FOLDER}/prior_notice.html",
        prior_notice_with_hearing,
    ),
    "penalty_decision": ("行政处罚决定书", f"{FOLDER}/penalty_decision.html", penalty_decision),
    "no_penalty_decision": ("不予行政处罚决定书", f"{FOLDER}/no_penalty_decision.html", no_penalty_decision),
}
