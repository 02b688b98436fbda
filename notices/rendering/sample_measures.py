"""Samples of the documents of measures: registered evidence, seizure, stopped production, referrals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from .sample_facts import INSPECTORS, ORDER, PARTY, REMEDIES, Context, frame

AGENCY = "常州市生态环境局"
WE = "我局"
CAUSE = "通过不正常运行防治污染设施的方式排放水污染物"
FACTS = ["2026年11月18日，萃取车间废水处理站二级沉淀池停用，生产废水未经处理直接排入厂区总排口，氨氮浓度为86.4 mg/L。"]
EVIDENCE = ["2026年11月18日现场检查（勘察）笔录", "总排口监测报告", "对污水站站长欧阳𬱟的调查询问笔录"]
OFFICERS = [
    one | {"certificate": f"苏常环执法{number}"} for one, number in zip(INSPECTORS, ("0117", "0142"), strict=True)
]
CODE = "中华人民共和国生态环境法典"
RULES = "环境保护主管部门实施限制生产、停产整治办法"
OBJECTS = [
    {"name": "旁通管阀门", "model": "DN200", "quantity": "1个", "place": "污水处理站二级沉淀池旁", "note": "就地查封"},
    {"name": "二号萃取线进水泵", "model": "", "quantity": "2台", "place": "萃取车间", "note": ""},
]
SEIZED: Context = {"title": "查封决定书", "number": "常环查扣〔2026〕3号", "on": date(2026, 11, 21)}


def of(title: str, number: str, **more: Any) -> Context:
    return frame(title, number, agency=AGENCY, addressee=PARTY["name"], we=WE) | more


def evidence_registration() -> Context:
    return of(
        "先行登记保存证据通知书",
        "常环登存〔2026〕5号",
        cause=CAUSE,
        inspected_on=date(2026, 11, 20),
        danger="可以随时改写",
        registered_on=date(2026, 11, 21),
        objects=[
            {
                "name": "自动监测数据采集仪",
                "model": "K37A",
                "quantity": "1台",
                "place": "你单位档案室",
                "note": "已加贴封条",
            },
            {
                "name": "污水站运行台账",
                "model": "2026年1月至11月",
                "quantity": "11册",
                "place": "你单位档案室",
                "note": "",
            },
        ],
        kept_by=PARTY["name"],
        officers=OFFICERS,
    )


def evidence_release() -> Context:
    return of(
        "解除先行登记保存证据通知书",
        "常环解存〔2026〕4号",
        cause=CAUSE,
        kept={"title": "先行登记保存证据通知书", "number": "常环登存〔2026〕5号", "on": date(2026, 11, 21)},
        released_on=date(2026, 12, 1),
        outcome=[
            {"name": "自动监测数据采集仪", "quantity": "1台", "treatment": "提取数据后返还当事人"},
            {"name": "污水站运行台账", "quantity": "11册", "treatment": "复制后返还当事人"},
        ],
        issued_on=date(2026, 12, 1),
    )


def seizure_order() -> Context:
    return of(
        "查封决定书",
        SEIZED["number"],
        party=PARTY,
        cause=CAUSE,
        act="查封",
        facts=FACTS,
        evidence=EVIDENCE,
        reason="上述设施直接用于排放未经处理的废水，为防止污染后果扩大，有必要予以查封。",
        basis=[
            {"instrument": CODE, "article": "第五十三条"},
            {"instrument": "中华人民共和国行政强制法", "article": "第二十二条、第二十四条"},
        ],
        objects=OBJECTS,
        seized_on=date(2026, 11, 21),
        until=date(2026, 12, 21),
        duties=[
            "妥善保管就地查封的场所、设施或者财物，不得使用、转移、隐匿、变卖或者损毁",
            "不得损毁封条或者启用已查封的设施",
        ],
        officers=OFFICERS,
        carried_out_at=datetime(2026, 11, 21, 9, 40),  # noqa: DTZ001 — a time as written on the order
        remedies=REMEDIES | {"reconsideration_body": "江苏省常州市人民政府", "court": "有管辖权的人民法院"},
    )


def seizure_extension() -> Context:
    return of(
        "查封延期通知书",
        "常环查延〔2026〕1号",
        act="查封",
        ordered=SEIZED,
        ends=date(2026, 12, 21),
        until=date(2027, 1, 20),
        days=30,
        reason="涉案设施的排放量尚须委托鉴定",
        tested="旁通管排放量",
        tested_from=date(2026, 12, 14),
        tested_to=date(2026, 12, 28),
        issued_on=date(2026, 12, 18),
    )


def seizure_release() -> Context:
    return of(
        "解除查封决定书",
        "常环解查〔2026〕2号",
        act="查封",
        ordered=SEIZED,
        ground="对违法行为已经作出处理决定，不再需要查封、扣押",
        scope="全部",
        released_on=date(2026, 12, 28),
        outcome=[
            {"name": "旁通管阀门", "quantity": "1个", "treatment": "启封，交还当事人"},
            {"name": "二号萃取线进水泵", "quantity": "2台", "treatment": "启封，交还当事人"},
        ],
        issued_on=date(2026, 12, 28),
    )


def _stopping(title: str, number: str, article: str) -> Context:
    return of(
        title,
        number,
        party=PARTY,
        cause=CAUSE,
        facts=FACTS,
        evidence=EVIDENCE,
        violated=[{"instrument": CODE, "article": "第一百条"}],
        basis=[{"instrument": CODE, "article": "第一千一百零八条"}, {"instrument": RULES, "article": article}],
        informed_on=date(2026, 11, 23),
        informed_by="常环罚告〔2026〕9号",
        informed_title="行政处罚事先（听证）告知书",
        review="",
        heard="在规定期限内未提出陈述、申辩意见，也未要求举行听证",
        manner=["恢复二级沉淀池正常运行，拆除旁通管", "委托有条件的监测机构对总排口逐日监测"],
        duties=[
            "收到本决定书后立即整改，并在十五个工作日内将整改方案报我局备案并向社会公开",
            "完成整改任务的，在十五个工作日内将整改任务完成情况和整改信息社会公开情况报我局备案，并提交监测报告以及整改期间"
            "生产用电量、用水量、主要产品产量与整改前的对比情况等材料",
        ],
        remedies=REMEDIES | {"reconsideration_body": "常州市人民政府", "court": "有管辖权的人民法院"},
        issued_on=date(2026, 12, 4),
    )


def production_limit() -> Context:
    return _stopping("责令限制生产决定书", "常环责限〔2026〕2号", "第五条") | {
        "ground": "超过污染物排放标准",
        "extent": "二号萃取线停止进料，一号萃取线日处理量不超过设计能力的50%",
        "months": 3,
    }


def production_stop() -> Context:
    return _stopping("责令停产整治决定书", "常环责停〔2026〕1号", "第六条") | {
        "ground": "通过逃避监管的方式排放污染物，超过污染物排放标准",
        "extent": "一号、二号萃取线的生产",
        "heard": "要求举行听证，听证已经依法举行",
        "review": "我局于2026年12月2日举行听证，经复核，你单位提出的理由不成立，不予采纳。",
    }


def treatment_order() -> Context:
    return of(
        "限期治理决定书",
        "常环限治〔2012〕3号",
        party=PARTY,
        cause="水污染物排放超过排放标准",
        facts=[
            "经监测，你单位2012年4月总排口废水氨氮浓度为61.2 mg/L，超过《稀土工业污染物排放标准》（GB 26451-2011）规定的限值。"
        ],
        evidence=["监测报告（证明总排口废水氨氮浓度）"],
        basis=[{"instrument": "中华人民共和国水污染防治法", "article": "第七十四条第一款"}],
        task=["总排口废水氨氮浓度稳定达到排放标准", "建成并运行含氨氮废水蒸氨处理设施"],
        until=date(2013, 5, 31),
        meanwhile="限期治理期间，你单位应当将产量限制在设计能力的60%以内。",
        remedies=REMEDIES | {"court": "有管辖权的人民法院", "litigation_period": "三个月"},
        issued_on=date(2012, 6, 4),
    )


def _referral(title: str, number: str, receiver: str) -> Context:
    return of(title, number, party=PARTY, cause=CAUSE, facts=FACTS, evidence=EVIDENCE) | {
        "addressee": receiver,
        "remark": "联系人：陈珺，电话：0519-85000000",
        "annexes": ["移送材料清单"],
        "materials": [
            {"name": "案件调查报告", "quantity": "1份", "note": ""},
            {"name": "涉案物品清单", "quantity": "1份", "note": ""},
            {"name": "监测报告", "quantity": "1份", "note": "CMA标识"},
            {"name": "证据材料", "quantity": "1册", "note": "复印件，共42页"},
        ],
    }


def case_transfer() -> Context:
    return _referral("案件移送函", "常环移〔2026〕7号", "常州市市场监督管理局") | {
        "why": "该公司涉嫌超出经营范围购销稀土矿产品，该案不属于我局法定职权范围",
        "basis": [{"instrument": "中华人民共和国行政处罚法", "article": "第十七条"}],
        "asked": "依法处理，并将处理结果书面函告我局",
        "reply_by": date(2027, 1, 31),
        "cc": None,
    }


def criminal_referral() -> Context:
    return _referral("涉嫌犯罪案件移送书", "常环刑移〔2026〕1号", "常州市公安局") | {
        "crime": "污染环境罪",
        "crime_article": "第三百三十八条",
        "basis": [
            {"instrument": "中华人民共和国行政处罚法", "article": "第二十七条第一款"},
            {"instrument": "行政执法机关移送涉嫌犯罪案件的规定", "article": "第三条、第五条"},
            {"instrument": "环境保护行政执法与刑事司法衔接工作办法", "article": "第六条"},
        ],
        "officers": OFFICERS,
        "approved_on": date(2026, 11, 20),
        "approved_by": "局长沈思远",
        "cc": ["常州市人民检察院"],
    }


def detention_referral() -> Context:
    return _referral("涉嫌环境违法适用行政拘留处罚案件移送书", "常环拘移〔2026〕1号", "常州市公安局") | {
        "act": "通过不正常运行防治污染设施等逃避监管的方式违法排放污染物",
        "persons": [
            {"name": "欧阳𬱟", "post": "污水站站长", "note": "指使停用二级沉淀池"},
            {"name": "钱测试", "post": "生产部部长", "note": "明知废水未经处理仍组织生产"},
        ],
        "decision_number": "常环罚〔2026〕12号",
        "decided_on": date(2026, 11, 16),
        "approved_on": date(2026, 11, 19),
        "basis": [
            {"instrument": CODE, "article": "第一千一百零八条"},
            {"instrument": "行政主管部门移送适用行政拘留环境违法案件暂行办法", "article": "第二条、第十二条"},
        ],
        "cc": None,
    }


def rectification_extension() -> Context:
    return of(
        "同意延期整改通知书",
        "常环延改〔2026〕2号",
        order=ORDER | {"number": "常环责改〔2026〕12号", "on": date(2026, 11, 21)},
        asked_on=date(2026, 12, 10),
        asked_in="关于延长改正期限的申请",
        reason="在线监测设备到货推迟，确需延长安装调试时间",
        days=20,
        until=date(2027, 1, 12),
        meanwhile="延期期间，你单位应当委托有条件的监测机构每日监测，防止违法行为和危害后果继续发生。",
        issued_on=date(2026, 12, 14),
    )


# By code: what the document is called, and its context.
MEASURES = {
    "evidence_registration": ("先行登记保存证据通知书", evidence_registration),
    "evidence_release": ("解除先行登记保存证据通知书", evidence_release),
    "seizure_order": ("查封（扣押）决定书", seizure_order),
    "seizure_extension": ("查封（扣押）延期通知书", seizure_extension),
    "seizure_release": ("解除查封（扣押）决定书", seizure_release),
    "production_limit": ("责令限制生产决定书", production_limit),
    "production_stop": ("责令停产整治决定书", production_stop),
    "treatment_order": ("限期治理决定书", treatment_order),
    "case_transfer": ("案件移送函", case_transfer),
    "criminal_referral": ("涉嫌犯罪案件移送书", criminal_referral),
    "detention_referral": ("涉嫌环境违法适用行政拘留处罚案件移送书", detention_referral),
    "rectification_extension": ("同意延期整改通知书", rectification_extension),
}
