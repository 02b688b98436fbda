"""Sample contexts of the documents of the penalty procedure: they go on with the invented matter."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from .sample_facts import INSPECTORS, PARTY, REMEDIES, SHORT, Context, frame

FOLDER = "notices/penalties"
# As enforcement.penalties.documents.law has the version of 2021: what the templates say of it.
LAW = SimpleNamespace(
    name="中华人民共和国行政处罚法",
    told="第四十四条",
    heard="第四十五条",
    hearing="第六十三条第一款、第六十四条",
    surcharge="第七十二条第一款第一项",
    instalments="第六十六条第二款",
    to_court="第七十二条第一款第四项",
    summary="第五十一条",
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


DECISION = {
    "title": "行政处罚决定书",
    "number": "苏工信罚〔2026〕5号",
    "on": "2026年12月8日",
    "served_on": "2026年12月10日",
}


def hearing_notice() -> Context:
    return frame(
        "行政处罚听证通知书",
        "苏工信听通〔2026〕3号",
        issued_on=date(2026, 12, 1),
        addressee=PARTY["name"],
        we=SHORT,
        law=LAW,
        told_title="行政处罚事先（听证）告知书",
        told_number="苏工信听告〔2026〕3号",
        requested_on="2026年11月30日",
        held_at="2026年12月16日9时30分",
        place="南京市鼓楼区样例路16号江苏省工业和信息化厅第二会议室",
        closed_for="商业秘密",
        host="陆知衡（政策法规处）",
        members="方正言、苏明礼",
        clerk="许记",
        **CONTACT,
    )


def summary_penalty_decision() -> Context:
    return frame(
        "当场行政处罚决定书",
        "苏工信当罚〔2026〕4号",
        issued_on=date(2026, 11, 5),
        party=PARTY,
        we=SHORT,
        law=LAW,
        you="你单位",
        found_at="2026年11月5日10时20分",
        place="宜兴市新庄街道稀土产业基地兴业路18号成品库",
        facts=["你单位成品库2026年11月4日的出库单2张（编号CK-1104-001、CK-1104-002）未登记客户名称。"],
        evidence=["2026年11月5日现场检查（勘察）笔录（证明检查发现的事实）", "出库单照片2张（证明漏登情况）"],
        violated=[{"instrument": "稀土产品流向登记样例办法", "article": "第六条", "content": "逐笔登记客户名称"}],
        basis="《稀土产品流向登记样例办法》第十五条",
        said="",
        sanctions=["警告", "罚款人民币壹仟元整（¥1,000.00）"],
        has_warning=True,
        is_fined=True,
        on_the_spot="",
        payment=PAYMENT,
        surcharge_is_capped=True,
        officers=INSPECTORS,
        reconsideration_first=True,
        after_reconsideration="十五日",
        remedies=REMEDIES,
    )


def daily_penalty_decision() -> Context:
    return frame(
        "按日连续处罚决定书",
        "苏环日罚〔2026〕2号",
        agency="江苏省生态环境厅",
        issued_on=date(2026, 12, 8),
        party=PARTY,
        we=SHORT,
        law=LAW,
        original={
            "number": "苏环罚〔2026〕18号",
            "on": "2026年10月12日",
            "fine": "人民币贰拾万元整（¥200,000.00）",
        },
        facts=["2026年9月7日，你单位废水总排放口外排废水氨氮浓度为42 mg/L，超过排放标准。"],
        rounds=[
            {
                "order": "苏环责改〔2026〕31号",
                "served": "2026年10月14日",
                "first": "2026年10月15日",
                "last": "2026年11月3日",
                "days": "20",
            }
        ],
        refusal=["经采样监测，当日外排废水氨氮浓度为38 mg/L。"],
        evidence=["2026年11月3日复查笔录（证明复查经过）", "监测报告（证明排放浓度）"],
        told=TOLD | {"number": "苏环听告〔2026〕9号", "on": "2026年11月20日"},
        basis="《中华人民共和国生态环境法典》第一千零六十条",
        counted={"days": "20", "a_day": "¥200,000.00", "amount": "人民币肆佰万元整（¥4,000,000.00）"},
        is_fined=True,
        has_gains=False,
        payment=PAYMENT,
        surcharge_is_capped=True,
        remedies=REMEDIES,
    )


def payment_deferral() -> Context:
    return frame(
        "同意分期缴纳罚款通知书",
        "苏工信缓缴〔2026〕1号",
        issued_on=date(2026, 12, 22),
        addressee=PARTY["name"],
        we=SHORT,
        law=LAW,
        decision=DECISION,
        applied_on="2026年12月18日",
        fine="人民币捌万元整（¥80,000.00）",
        outstanding="",
        hardship="受市场价格下跌和主要客户停产影响，2026年第三季度以来连续亏损，确有经济困难",
        in_parts=True,
        plan=[
            {"due": "2027年1月31日", "amount": "人民币肆万元整（¥40,000.00）"},
            {"due": "2027年3月31日", "amount": "人民币肆万元整（¥40,000.00）"},
        ],
        surcharge_is_capped=True,
    )


def performance_demand() -> Context:
    return frame(
        "督促履行义务催告书",
        "苏工信催〔2027〕1号",
        issued_on=date(2027, 6, 21),
        addressee=PARTY["name"],
        we=SHORT,
        law=LAW,
        decision=DECISION,
        duties=[
            "缴纳罚款人民币捌万元整（¥80,000.00）",
            "缴纳加处罚款人民币捌万元整（¥80,000.00）（计算至2027年6月18日）",
        ],
        within="十个工作日",
        payment=PAYMENT,
        **CONTACT,
    )


def enforcement_application() -> Context:
    return frame(
        "强制执行申请书",
        "苏工信执申〔2027〕1号",
        issued_on=date(2027, 7, 12),
        addressee="南京铁路运输法院",
        party=PARTY,
        we=SHORT,
        law=LAW,
        head="顾样例（厅长）",
        own_address="南京市鼓楼区样例路16号",
        decision=DECISION,
        demand={"number": "苏工信催〔2027〕1号", "served_on": "2027年6月23日"},
        opinion="被申请人未提出陈述、申辩意见",
        demands=["罚款人民币捌万元整（¥80,000.00）", "加处罚款人民币捌万元整（¥80,000.00）"],
        object_state="被申请人在样例银行宜兴支行开立基本存款账户，在宜兴市新庄街道兴业路18号有生产厂房和萃取生产线，目前正常生产经营。",
        annexes=[
            "行政处罚决定书及作出决定的事实、理由和依据",
            "当事人的意见",
            "督促履行义务催告书及送达回证",
            "申请强制执行标的情况说明",
            "行政处罚决定书送达回证",
            "法定代表人身份证明、授权委托书",
        ],
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
    "penalty_hearing_notice": ("行政处罚听证通知书", f"{FOLDER}/hearing_notice.html", hearing_notice),
    "summary_penalty_decision": (
        "当场行政处罚决定书",
        f"{FOLDER}/summary_penalty_decision.html",
        summary_penalty_decision,
    ),
    "daily_penalty_decision": (
        "按日连续处罚决定书",
        f"{FOLDER}/daily_penalty_decision.html",
        daily_penalty_decision,
    ),
    "payment_deferral": ("同意分期（延期）缴纳罚款通知书", f"{FOLDER}/payment_deferral.html", payment_deferral),
    "performance_demand": ("督促履行义务催告书", f"{FOLDER}/performance_demand.html", performance_demand),
    "enforcement_application": (
        "强制执行申请书",
        f"{FOLDER}/enforcement_application.html",
        enforcement_application,
    ),
}
