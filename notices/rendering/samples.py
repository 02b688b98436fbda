"""Sample contexts of every document: invented companies and people, real form. Used by tests, bench and `sample_notice`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from .sample_campaigns import CAMPAIGNS
from .sample_facts import CASE, CAUSE, INSPECTORS, ORDER, PARTY, REMEDIES, SHORT, SITE, Context, frame
from .sample_files import (
    case_file_closing,
    case_file_cover,
    case_file_evidence,
    case_file_exhibit,
    case_file_index,
    case_file_steps,
)
from .sample_measures import MEASURES
from .sample_penalties import PENALTIES
from .sample_records import RECORDS


def rectification_order() -> Context:
    return frame(
        "责令改正违法行为决定书",
        "苏工信责改〔2026〕12号",
        party=PARTY,
        investigated={"from": date(2026, 11, 5), "to": date(2026, 11, 6), "by": SHORT},
        facts=[
            "2026年9月1日至10月31日，你单位分离生产氧化镨钕86.420吨、氧化镝1.135吨，其中32.600吨氧化镨钕的销售流向未如实记录，"
            "也未按期录入稀土产品追溯信息系统。",
            # Every element stands in the sample that is looked at, so that a lost glyph of one would be seen.
            "镧铈镨钕钐铕钆铽镝钬铒铥镱镥钪钇其余产品账实相符。",
        ],
        evidence=[
            "2026年11月5日现场检查（勘察）笔录",
            "成品出库台账",
            "追溯信息系统录入记录",
            "对仓储负责人欧阳𬱟的调查询问笔录",
        ],
        violated=[
            {
                "instrument": "稀土管理条例",
                "article": "第十四条",
                "content": "如实记录稀土产品流向信息并录入稀土产品追溯信息系统",
            }
        ],
        basis=[
            {"instrument": "中华人民共和国行政处罚法", "article": "第二十八条第一款"},
            {"instrument": "稀土管理条例", "article": "第二十五条"},
        ],
        requirements=[
            {"text": "停止不如实记录稀土产品流向信息的行为", "within": "立即"},
            {"text": "补录2026年9月、10月全部流向信息，做到账票物相符", "within": "三十日内"},
        ],
        has_period=True,
        report="期满之日起五日内，将改正情况书面报告我厅。",
        refusal="我厅将对改正情况进行复查。拒不改正的，依据《稀土管理条例》第二十五条，责令停产停业并处罚款。",
        remedies=REMEDIES,
    )


def filing_approval() -> Context:
    return frame(
        "立案审批表",
        "苏工信立〔2026〕8号",
        issued_on=None,
        verify=None,
        cause=CAUSE,
        source="2026年第四季度“双随机、一公开”监督检查发现",
        party=PARTY | {"phone": "0510-87000000"},
        summary=[
            "2026年11月5日，我厅执法人员对当事人进行监督检查，发现其2026年9月、10月共有32.600吨氧化镨钕的销售流向未如实记录，"
            "也未按期录入稀土产品追溯信息系统。"
        ],
        grounds=[
            "当事人的行为涉嫌违反《稀土管理条例》第十四条的规定，依照该条例第二十五条应当予以处理，属于我厅管辖，且未超过行政处罚"
            "追究时效，符合立案条件。"
        ],
        opinions=[
            {"role": "承办人意见", "text": "建议立案调查。", "by": ["陈珺", "赵祎堃"], "on": date(2026, 11, 9)},
            {"role": "承办机构负责人意见", "text": "拟同意，请审批。", "by": ["沈思远"], "on": date(2026, 11, 10)},
            {"role": "机关负责人意见"},
        ],
    )


def inspection_record() -> Context:
    return frame(
        "现场检查（勘察）笔录",
        "苏工信查〔2026〕21号",
        issued_on=None,
        verify=None,
        begun=datetime(2026, 11, 5, 9, 20),  # noqa: DTZ001 — a time as written on the record
        ended=datetime(2026, 11, 5, 11, 40),  # noqa: DTZ001
        place=SITE,
        party=PARTY,
        present="欧阳𬱟（仓储负责人）",
        inspectors=[
            INSPECTORS[0] | {"signed_at": datetime(2026, 11, 5, 11, 52)},  # noqa: DTZ001
            INSPECTORS[1] | {"why": "突发疾病就医", "explained_by": "沈思远", "explained_on": date(2026, 11, 6)},
        ],
        situation=[
            "一号萃取线正在生产，二号萃取线停产检修。成品库存放氧化镨钕14.200吨、氧化镝0.310吨，吨袋标识完整，与当日库存台账一致。",
            "氧化镧、氧化铈、氧化镨、氧化钕、氧化钐、氧化铕、氧化钆、氧化铽、氧化镝、氧化钬、氧化铒、氧化铥、氧化镱、氧化镥、氧化钇、氧化钪"
            "的库存逐项核对，未发现账实不符。经询问，仓储负责人欧阳𬱟称因操作人员更换未及时录入。",
        ],
        findings=[
            {
                "place": "成品库",
                "fact": "抽查2026年9月1日至10月31日出库台账，共登记氧化镨钕出库86.420吨，涉及客户7家。同期稀土产品追溯信息系统录入"
                "53.820吨，相差32.600吨，对应出库单9张（编号CK-0926-031至CK-0926-039），均未录入。",
            },
            {"place": "中控室", "fact": "追溯信息系统操作日志未按日留存。"},
        ],
        attachments=["现场照片6张", "出库台账复印件2页", "追溯信息系统录入记录打印件3页"],
    )


def party_note() -> Context:
    return frame(
        "当事人拒绝签名情况说明",
        "苏工信查〔2026〕21号",
        issued_on=None,
        verify=None,
        party_name=PARTY["name"],
        record={"title": "现场检查（勘察）笔录", "dated": date(2026, 11, 5)},
        refused=True,
        on=date(2026, 11, 5),
        reason="现场负责人称须经公司法务审阅后才能签名",
        witness="孙见山，新庄街道稀土产业基地管理办公室",
        noted_by=INSPECTORS[0],
        noted_at=datetime(2026, 11, 5, 12, 10),  # noqa: DTZ001 — a time as written on the note
    )


def legal_review() -> Context:
    return frame(
        "法制审核意见书",
        "苏工信法审〔2026〕31号",
        issued_on=None,
        verify=None,
        matter=CASE,
        handled_by="原材料工业处",
        submitted_on=date(2026, 11, 16),
        draft={"title": "责令改正违法行为决定书（送审稿）"},
        checks=[
            {"item": "行政执法主体合法，执法人员具备执法资格", "ok": True},
            {"item": "属于本机关管辖，未超越法定权限", "ok": True},
            {"item": "违法事实清楚，证据合法充分", "ok": True, "note": "台账、系统记录、询问笔录相互印证"},
            {"item": "适用法律、法规、规章准确", "ok": True},
            {"item": "执法程序合法", "ok": True},
            {"item": "执法文书完备、规范", "ok": False, "note": "改正期限的起算日未写明"},
            {"item": "违法行为是否涉嫌犯罪、需要移送", "ok": True, "note": "不涉嫌犯罪"},
        ],
        opinion=["本案事实清楚，证据充分，定性准确，程序合法。建议在决定书中写明“改正期限自本决定书送达之日起计算”。"],
        conclusion="同意，修改后作出决定",
        reviewers=[{"name": "陆知衡", "qualification": "A20193205010000"}],
        reviewed_on=date(2026, 11, 18),
    )


def service_receipt() -> Context:
    return frame(
        "送达回证",
        issued_on=None,
        verify=None,
        document={"title": ORDER["title"], "number": ORDER["number"], "pages": 2},
        addressee_name=PARTY["name"],
        matter=CAUSE.removeprefix("涉嫌"),  # the order has decided
        docket_number="苏工信立〔2026〕8号",
        service={
            "method": "直接送达",
            "place": PARTY["address"],
            "when": "收到时间",
            "at": datetime(2026, 11, 23, 10, 5),  # noqa: DTZ001 — a time as written on the receipt
            "recipient": "朱䶮喆",
            "relation": "法定代表人",
            "refusal_reason": "",
            "witness": "",
            "servers": ["陈珺", "赵祎堃"],
            "remark": "",
        },
    )


def reinspection_record() -> Context:
    return frame(
        "复查笔录",
        "苏工信立〔2026〕8号",
        issued_on=None,
        verify=None,
        order=ORDER | {"due": date(2027, 1, 12)},
        inspected_on=date(2027, 1, 14),
        begun=datetime(2027, 1, 14, 9, 30),  # noqa: DTZ001 — a time as written on the record
        ended=datetime(2027, 1, 14, 11, 10),  # noqa: DTZ001
        place=PARTY["address"],
        present="钱测试（生产部部长）",
        party=PARTY,
        inspectors=INSPECTORS,
        requirements=["停止不如实记录稀土产品流向信息的行为", "补录2026年9月、10月全部流向信息，做到账票物相符"],
        findings=[
            "抽查2026年12月以来出库单23张，流向信息均如实记录，并于当日录入。",
            "32.600吨氧化镨钕的流向信息已全部补录，与出库单、专用发票一致。",
        ],
        conclusion="责令改正的内容已全部改正。",
        recorded_by="赵祎堃",
        recorded_at=datetime(2027, 1, 14, 16, 30),  # noqa: DTZ001 — a time as written on the record
    )


def closing_approval() -> Context:
    return frame(
        "结案审批表",
        "苏工信结〔2027〕2号",
        issued_on=None,
        verify=None,
        cause=CAUSE,
        filing={"number": "苏工信立〔2026〕8号", "on": date(2026, 11, 11)},
        party=PARTY,
        decision=ORDER | {"on": date(2026, 11, 21)},
        handling=[
            "2026年11月21日作出责令改正违法行为决定，11月23日直接送达。经当事人申请，改正期限延长20日至2027年1月12日。"
        ],
        performance=["2027年1月14日复查，责令改正的内容已全部改正，当事人未申请行政复议，也未提起行政诉讼。"],
        ground="决定已由当事人履行完毕。",
        opinions=[
            {"role": "承办人意见", "text": "建议结案。", "by": ["陈珺", "赵祎堃"], "on": date(2027, 1, 18)},
            {"role": "承办机构负责人意见"},
            {"role": "机关负责人意见"},
        ],
    )


def plain_notice() -> Context:
    return frame(
        "关于限期办理稀土整改事项的督办通知书",
        "苏工信督〔2026〕5号",
        addressee="无锡市工业和信息化局",
        paragraphs=[
            "我厅在稀土产品流向信息专项检查中，责令宜兴市云泽稀土新材料有限公司限期整改。为确保整改到位，现将有关事项通知如下。",
            "一、督办事项",
            "督促该公司在期限内补录2026年9月、10月流向信息，完成追溯信息系统接口改造，做到账票物相符。",
            "二、工作要求",
            "（一）明确责任",
            "指定专人每周到现场核实一次，如实记录整改进度，发现弄虚作假的，立即书面报告我厅。",
            "（二）按时反馈",
            "2026年12月25日前将督办情况书面报送我厅；逾期未报送的，予以通报。",
        ],
        remark="联系人：陈珺，电话：025-69000000",
        annexes=["整改事项清单", "流向信息补录核对表"],
        cc=["无锡市人民政府办公室", "宜兴市人民政府"],
        printed={"by": "江苏省工业和信息化厅办公室", "on": date(2026, 11, 21)},
    )


class Sample(NamedTuple):
    """A document type as `sample_notice` knows it."""

    label: str
    template: str
    context: Callable[[], Context]


SAMPLES: dict[str, Sample] = {
    "rectification_order": Sample(
        "责令改正违法行为决定书", "notices/rectification/rectification_order.html", rectification_order
    ),
    "notice": Sample("通知书（督办）", "notices/common/notice.html", plain_notice),
    "filing_approval": Sample("立案审批表", "notices/rectification/filing_approval.html", filing_approval),
    "inspection_record": Sample(
        "现场检查（勘察）笔录", "notices/inspections/inspection_record.html", inspection_record
    ),
    "party_note": Sample("当事人拒绝签名情况说明", "notices/common/party_note.html", party_note),
    "legal_review": Sample("法制审核意见书", "notices/rectification/legal_review.html", legal_review),
    "service_receipt": Sample("送达回证", "notices/common/service_receipt.html", service_receipt),
    "reinspection_record": Sample("复查笔录", "notices/rectification/reinspection_record.html", reinspection_record),
    "closing_approval": Sample("结案审批表", "notices/rectification/closing_approval.html", closing_approval),
    "case_file_cover": Sample("卷宗封面", "notices/common/case_file_cover.html", case_file_cover),
    "case_file_index": Sample("卷内目录", "notices/common/case_file_index.html", case_file_index),
    "case_file_steps": Sample("案件办理流程记录", "notices/common/case_file_steps.html", case_file_steps),
    "case_file_evidence": Sample("证据材料清单", "notices/common/case_file_evidence.html", case_file_evidence),
    "case_file_exhibit": Sample("证据影印页", "notices/common/case_file_exhibit.html", case_file_exhibit),
    "case_file_closing": Sample("卷内备考表", "notices/common/case_file_closing.html", case_file_closing),
    **{code: Sample(*row) for code, row in PENALTIES.items()},
    **{code: Sample(label, f"notices/measures/{code}.html", context) for code, (label, context) in MEASURES.items()},
    **{code: Sample(*row) for code, row in RECORDS.items()},
    **{code: Sample(*row) for code, row in CAMPAIGNS.items()},
}
