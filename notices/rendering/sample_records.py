"""Samples of the records that officers write in a form, and of the internal forms of leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from .pictures import qr_png_address
from .sample_facts import CAUSE, INSPECTORS, PARTY, VERIFY, Context, frame


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    """A time as written on a record."""
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001


def record(title: str, **more: object) -> Context:
    words = {"cause": CAUSE, "party": {"name": PARTY["name"]}, "correction": None}
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


def sampling() -> Context:
    def sample(point: str, code: str, items: str, when: str, container: str, kept: str) -> Context:
        return dict(zip(("point", "code", "items", "at", "container", "kept"), (point, code, items, when, container, kept), strict=True))  # fmt: skip

    return record(
        "采样取证登记单",
        began=at(11, 5, 9, 40),
        ended=at(11, 5, 10, 50),
        place="宜兴市云泽稀土新材料有限公司污水处理站、总排口",
        present="欧阳𬱟（仓储负责人）",
        officers=INSPECTORS,
        method="《污水监测技术规范》（HJ 91.1-2019），瞬时采样",
        weather="一号萃取线正常生产，污水处理站运行，晴，气温14℃",
        samples=[
            sample("废水总排口", "Y20261105-01", "pH值、氨氮", "9时45分", "聚乙烯瓶500mL×2", "加硫酸，4℃冷藏"),
            sample("废水总排口", "Y20261105-02", "总钍、总铀", "9时50分", "聚乙烯瓶1000mL×1", "加硝酸至pH值小于2"),
            sample("萃取车间排口", "Y20261105-03", "化学需氧量", "10时20分", "玻璃瓶500mL×1", "加硫酸，4℃冷藏"),
        ],
        custody="样品当场加贴封条，由采样人员冷藏箱专车运送，途中未开封",
        received_by="江苏省无锡环境监测中心",
        handed_at=at(11, 5, 13, 20),
        notes=["总排口在线监测设备采样时显示pH值7.4。"],
    )


def photographs() -> Context:
    def photograph(title: str, when: datetime, place: str, proves: str, picture: str | None) -> Context:
        return {
            "title": title,
            "made_at": when,
            "place": place,
            "made_by": "陈珺",
            "proves": proves,
            "filename": "" if picture else "执法记录仪20261105.mp4",
            "sha256": "3f786850e387550fdab836ed7e6dc881de23001b74d2f1ae0ba8f1f0c3d5e6a7",
            "pictures": [picture] if picture else [],
        }

    picture = qr_png_address(VERIFY["url"])
    return record(
        "现场照片（图片、影像资料）证据",
        on=date(2026, 11, 6),
        items=[
            photograph("成品库氧化镨钕吨袋", at(11, 5, 10, 5), "成品库", "成品库存放氧化镨钕14.200吨", picture),
            photograph("出库台账第12页", at(11, 5, 10, 18), "仓储办公室", "9月26日出库单未录入追溯信息系统", picture),
            photograph("执法记录仪录像", at(11, 5, 9, 20), "厂区", "检查全过程", None),
        ],
        officers=INSPECTORS,
        notes="",
    )


def seizure_inventory() -> Context:
    def thing(name: str, model: str, quantity: str, unit: str, state: str, where: str) -> Context:
        return dict(zip(("name", "model", "quantity", "unit", "state", "where"), (name, model, quantity, unit, state, where), strict=True))  # fmt: skip

    return record(
        "查封、扣押清单",
        on=date(2026, 11, 7),
        measure="查封",
        decision="《查封（扣押）决定书》（苏工信查〔2026〕3号）",
        present="朱䶮喆（法定代表人）",
        place="成品库东侧第三货位",
        objects=[
            thing("氧化镨钕", "纯度99.5%，吨袋", "14.200", "吨", "包装完好，标识齐全", "成品库东侧第三货位"),
            thing("氧化镝", "纯度99.9%，桶装", "0.310", "吨", "包装完好", "成品库东侧第三货位"),
            thing("离心萃取机控制柜", "", "1", "台", "外观完好，已断电", "萃取车间北墙"),
        ],
        keeper="宜兴市云泽稀土新材料有限公司（联系人欧阳𬱟）",
        officers=INSPECTORS,
        notes="",
    )


def investigation_report() -> Context:
    return record(
        "行政处罚案件调查报告",
        party=PARTY,
        on=date(2026, 11, 28),
        filed={"number": "苏工信立〔2026〕8号", "on": date(2026, 11, 11)},
        source="现场检查（线索苏工信线〔2026〕19号，2026年11月5日接收）",
        course=[
            "2026年11月11日立案，承办人为陈珺、赵祎堃。",
            "2026年11月5日，制作《现场检查（勘察）笔录》。",
            "2026年11月6日，制作《调查询问笔录（欧阳𬱟）》。",
        ],
        facts=[
            "2026年9月1日至10月31日，当事人分离生产氧化镨钕86.420吨，其中32.600吨的销售流向未如实记录，也未按期录入稀土产品追溯信息系统。"
        ],
        evidence=[
            {"name": "现场检查（勘察）笔录（2026年11月5日）", "proves": "检查经过和检查发现的事实"},
            {"name": "调查询问笔录（欧阳𬱟）（2026年11月6日）", "proves": "未录入的数量、原因和知情情况"},
            {"name": "成品出库台账（复印件）", "proves": "同期出库86.420吨"},
        ],
        law=[
            {"instrument": "稀土管理条例", "article": "第十四条", "content": "违反的规定"},
            {"instrument": "稀土管理条例", "article": "第二十五条", "content": "处理依据"},
        ],
        circumstances=[
            "当事人配合调查，立案后主动补录全部流向信息，符合《中华人民共和国行政处罚法》第三十二条规定的从轻情形。"
        ],
        measures=["2026年11月21日作出《责令改正违法行为决定书》（苏工信责改〔2026〕12号）。"],
        proposal=["当事人违法事实清楚，证据确凿，建议依照《稀土管理条例》第二十五条，责令改正，处罚款人民币壹拾万元。"],
        officers=INSPECTORS,
    )


def internal_approval() -> Context:
    return record(
        "案件处理内部审批表",
        matter="委托鉴定涉案产品的稀土氧化物含量",
        on=date(2026, 11, 13),
        officers=[person["name"] for person in INSPECTORS],
        grounds=["涉案32.600吨氧化镨钕的折合量需由具备资质的机构鉴定，鉴定期间不计入办案期限。"],
        basis=[{"instrument": "中华人民共和国行政处罚法", "article": "第五十四条第一款"}],
        attachments=["鉴定委托书（拟稿）", "鉴定机构资质证书复印件"],
        opinions=[
            {"role": "承办人意见", "text": "建议委托江苏省稀土产品质量监督检验中心鉴定。"},
            {"role": "承办机构负责人意见"},
            {"role": "法制审核意见"},
            {"role": "机关负责人意见"},
        ],
    )


def statement_review() -> Context:
    return record(
        "陈述申辩意见及复核意见",
        notice="《行政处罚事先告知书》（苏工信罚告〔2026〕6号）",
        received_on=date(2026, 12, 3),
        way="书面",
        argued_by="朱䶮喆（法定代表人）",
        arguments=[
            {
                "argument": "未录入系人员交接所致，没有隐瞒流向的故意，请求从轻处理。",
                "checked": "经核对离职交接单、会议记录，与当事人所述一致；9张出库单的合同、发票齐全。",
                "outcome": "采纳",
                "reason": "无隐瞒故意属实，可以作为从轻情节。",
            },
            {
                "argument": "追溯信息系统多次故障，应当免予处罚。",
                "checked": "经向系统运维单位核实，同期系统可用率99.8%，未见当事人报修记录。",
                "outcome": "不予采纳",
                "reason": "与事实不符。",
            },
        ],
        proposed="责令改正，处罚款",
        proposed_fine_cny=Decimal(120000),
        reviewed="责令改正，处罚款",
        reviewed_fine_cny=Decimal(100000),
        conclusion=["当事人关于从轻处理的意见成立，建议按裁量基准下限处理。"],
        on=date(2026, 12, 5),
        officers=INSPECTORS,
    )


def hearing_record() -> Context:
    return record(
        "听证笔录",
        party={"name": PARTY["name"], "legal_representative": PARTY["legal_representative"]},
        began=at(12, 18, 9, 30),
        ended=at(12, 18, 11, 20),
        place="江苏省工业和信息化厅一楼听证室",
        notice="《行政处罚听证通知书》（苏工信听通〔2026〕2号）",
        manner="公开",
        why_closed="",
        host={"name": "沈思远", "post": "法制处副处长"},
        clerk={"name": "许可欣", "post": "四级主任科员"},
        investigators=INSPECTORS,
        party_present="朱䶮喆（法定代表人）",
        agents=[{"name": "何𫍯", "capacity": "律师，特别授权"}],
        third_parties=[],
        others=[{"name": "顾知行", "capacity": "追溯信息系统运维单位工程师，证人"}],
        recusal="",
        course=[
            {
                "speaker": "调查人员陈珺",
                "words": "2026年9月、10月，当事人32.600吨氧化镨钕的销售流向未如实记录，有现场检查笔录、询问笔录、出库台账为证。拟处罚款人民币壹拾贰万元。",
            },
            {"speaker": "委托代理人何𫍯", "words": "对事实无异议。未录入系人员交接所致，请求从轻。"},
            {"speaker": "证人顾知行", "words": "9月、10月系统可用率99.8%，没有收到该公司的报修。"},
            {"speaker": "委托代理人何𫍯", "words": "对证人证言无异议。"},
            {"speaker": "调查人员赵祎堃", "words": "当事人已补录全部信息，从轻情节请主持人一并考虑。"},
        ],
        last_words=["我公司认识到管理上的疏漏，已全部补录，请求从轻处理。"],
    )


def hearing_report() -> Context:
    return record(
        "听证报告",
        on=date(2026, 12, 21),
        held="2026年12月18日9时30分至11时20分，江苏省工业和信息化厅一楼听证室",
        host={"name": "沈思远", "post": "法制处副处长"},
        clerk={"name": "许可欣", "post": "四级主任科员"},
        attended=["调查人员：陈珺、赵祎堃", "当事人：朱䶮喆（法定代表人）", "委托代理人：何𫍯（律师，特别授权）"],
        case=["当事人2026年9月、10月有32.600吨氧化镨钕的销售流向未如实记录，承办机构拟处罚款人民币壹拾贰万元。"],
        investigators_said=["违法事实清楚，证据相互印证；当事人已补录，有从轻情节。"],
        party_said=["对事实、证据无异议；未录入系人员交接所致，无隐瞒故意，请求从轻。"],
        found=["经质证，现场检查笔录、询问笔录、出库台账、系统录入记录真实、合法，与案件有关联，予以采信。"],
        opinion=["建议认定从轻情节成立，处罚款人民币壹拾万元。"],
    )


def confiscated_goods() -> Context:
    return record(
        "罚没物品处理记录",
        on=date(2026, 12, 30),
        place="江苏省产权交易所",
        decision="《行政处罚决定书》（苏工信罚〔2026〕4号）",
        approved_by="周衡，2026年12月26日（案件处理内部审批表）",
        goods=[
            {"name": "氧化镨钕", "model": "纯度99.5%，吨袋", "quantity": "14.200", "unit": "吨", "state": "包装完好"},
            {"name": "氧化镝", "model": "", "quantity": "0.310", "unit": "吨", "state": "包装完好"},
        ],
        way="公开拍卖",
        course=["委托江苏省产权交易所公开拍卖，公告期7日，竞买人3家，一次成交。"],
        proceeds_cny=Decimal("6352800.00"),
        voucher="非税收入缴款书20261230-118",
        witness="孙见山（机关纪委）",
        officers=INSPECTORS,
    )


def lead_registration() -> Context:
    return frame(
        "线索登记表",
        "苏工信线〔2026〕19号",
        issued_on=None,
        verify=None,
        source="社会举报",
        informant="依法保密，不载入本表。",
        received_on=date(2026, 11, 4),
        cause=CAUSE,
        party=PARTY,
        acted="2026年9月1日至2026年10月31日",
        summary=["举报称该公司部分氧化镨钕销售流向未如实记录，附出库单照片3张。"],
        basis="稀土管理条例第二十五条",
        registered={"by": "陈珺", "on": date(2026, 11, 4)},
        opinions=[{"role": "承办机构负责人意见"}],
        remark="",
    )


def no_case_approval() -> Context:
    return frame(
        "不予立案审批表",
        "苏工信线〔2026〕20号",
        issued_on=None,
        verify=None,
        cause=CAUSE,
        source="社会举报（2026年11月4日接收）",
        party=PARTY,
        summary=["举报称该公司部分氧化镨钕销售流向未如实记录。"],
        grounds=["经核对出库台账、追溯信息系统和增值税专用发票，三者一致，举报事实不成立。"],
        transferred_to="",
        opinions=[
            {"role": "承办人意见", "text": "建议不予立案。", "by": ["陈珺"], "on": date(2026, 11, 10)},
            {"role": "机关负责人意见"},
        ],
        remark="本表由系统按照办理记录生成，空白栏目由有关人员签署。",
    )


def withdrawal_approval() -> Context:
    return frame(
        "撤销立案审批表",
        "苏工信立〔2026〕8号",
        issued_on=None,
        verify=None,
        cause=CAUSE,
        filing={"number": "苏工信立〔2026〕8号", "on": date(2026, 11, 11)},
        party=PARTY,
        summary=["立案后查明，涉案32.600吨氧化镨钕由同一集团的另一公司生产、销售，当事人仅提供仓储。"],
        grounds=["违法主体认定有误，当事人没有违法事实，应当撤销立案。"],
        opinions=[{"role": "机关负责人意见", "text": "同意撤销立案。", "by": ["周衡"], "on": date(2026, 11, 25)}],
        remark="本表由系统按照办理记录生成，空白栏目由有关人员签署。",
    )


# code → (name of the document, template, context)
_FOLDER = "notices/rectification"
RECORDS: dict[str, tuple[str, str, Callable[[], Context]]] = {
    "questioning": ("调查询问笔录", f"{_FOLDER}/questioning.html", questioning),
    "sampling": ("采样取证登记单", f"{_FOLDER}/sampling.html", sampling),
    "photographs": ("现场照片（图片、影像资料）证据", f"{_FOLDER}/photographs.html", photographs),
    "seizure_inventory": ("查封、扣押清单", f"{_FOLDER}/seizure_inventory.html", seizure_inventory),
    "investigation_report": ("行政处罚案件调查报告", f"{_FOLDER}/investigation_report.html", investigation_report),
    "internal_approval": ("案件处理内部审批表", f"{_FOLDER}/internal_approval.html", internal_approval),
    "collective_discussion": ("案件集体讨论笔录", f"{_FOLDER}/collective_discussion.html", collective_discussion),
    "statement_review": ("陈述申辩意见及复核意见", f"{_FOLDER}/statement_review.html", statement_review),
    "hearing_record": ("听证笔录", f"{_FOLDER}/hearing_record.html", hearing_record),
    "hearing_report": ("听证报告", f"{_FOLDER}/hearing_report.html", hearing_report),
    "confiscated_goods": ("罚没物品处理记录", f"{_FOLDER}/confiscated_goods.html", confiscated_goods),
    "lead_registration": ("线索登记表", "notices/leads/lead_registration.html", lead_registration),
    "no_case_approval": ("不予立案审批表", "notices/leads/no_case_approval.html", no_case_approval),
    "withdrawal_approval": ("撤销立案审批表", f"{_FOLDER}/withdrawal_approval.html", withdrawal_approval),
}
