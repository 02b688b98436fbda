"""Each kind of written record: what it must hold, what the law refuses in it, what the portal fills in by itself."""

import csv
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

import notices
from casework import powers
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import guards
from enforcement.rectification.written import KINDS, hearing, photographs
from notices import casefile, content, proof, records, services, sources, written
from notices.models import Ending
from notices.rendering.samples import SAMPLES
from organisation.models import Officer
from tests.enforcement.records import draw, words_of
from tests.enforcement.written.words import as_sent
from tests.notices.forms import once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
CODES = [kind.code for kind in KINDS]
FORMS = {  # rows of reference/documents.csv
    "questioning": "DCXW", "sampling": "CYQZ", "photographs": "XCZP", "seizure_inventory": "CFQD",
    "investigation_report": "DCBG", "internal_approval": "NBSP", "collective_discussion": "JTTL",
    "statement_review": "SBYJ", "hearing_record": "TZBL", "hearing_report": "TZBG", "confiscated_goods": "FMWP",
}  # fmt: skip
# What the paper must say, of the words in tests/enforcement/written/words.py.
HOLDS = {
    "questioning": [
        "公民身份号码",
        "与本案关系",
        "不申请回避",
        "问：废水处理设施为什么没有运行？",
        "答：水泵坏了。",
        "逐页签名",
    ],
    "sampling": ["采样点位", "Y-01", "氨氮", "加贴封条", "某环境监测中心", "样品接收人"],
    "photographs": ["拍摄时间", "2026年9月5日10时00分", "拍摄人", "拍摄地点", "证明对象", "水泵停止运行"],
    "seizure_inventory": ["萃取槽", "保管人", "一式二份", "当场清点", "常环查〔2026〕1号"],
    "investigation_report": [
        "案件来源",
        "调查经过",
        "违法事实",
        "证明事项",
        "法律依据",
        "裁量情节",
        "处理建议",
        "承办人",
    ],
    "internal_approval": ["审批事项", "委托鉴定", "承办人意见", "承办机构负责人意见", "法制审核意见", "机关负责人意见"],
    "collective_discussion": [
        "主持人",
        "周局长（局长）",
        "列席人员",
        "郑副局长（出差）",
        "吴副局长：建议从轻。",
        "集体讨论",
    ],
    "statement_review": ["设施是临时故障。", "部分采纳", "¥120,000.00", "¥100,000.00", "更重的处罚", "复核意见"],
    "hearing_record": ["听证主持人", "记录员", "何律师（特别授权）", "听证经过", "最后陈述", "核对无误后签字或者盖章"],
    "hearing_report": ["听证参加人", "基本案情", "当事人主要意见", "听证认定的事实、证据", "听证意见及建议"],
    "confiscated_goods": ["公开拍卖", "上缴国库", "¥500,000.00", "缴款书1号", "孙监督", "没收依据"],
}


@pytest.fixture
def ready(write):
    """`write`, with what a kind asks for on file: of a hearing its record."""

    def written_after(kind: str, **more):
        if kind == "hearing_report":
            write("hearing_record")
        return write(kind, **more)

    written_after.content_of = write.content_of
    return written_after


# --- all of them ------------------------------------------------------------------------------------------------------
def test_the_kinds_are_those_of_the_reference_file():
    with (settings.ROOT / "reference" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert FORMS.keys() == set(CODES)
    for kind in KINDS:
        row = rows[FORMS[kind.code]]
        bare = re.sub(r"[()（）].*", "", row["name"])
        assert kind.title.startswith(bare), kind.code
        # The inventory is marked as served with its decision; it is signed on the spot.
        assert kind.signed_by_party == (row["internal_or_external"] != "内部"), kind.code


@pytest.mark.parametrize("code", CODES)
def test_the_paper_holds_what_it_must(ready, code):
    text = re.sub(r"<br>|\s", "", ready(code).html)
    assert [words for words in HOLDS[code] if words not in text] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.pdf
def test_the_sample_that_is_looked_at_has_the_shape_of_the_paper(write, case, code):
    kind = records.get(code)
    sample = SAMPLES[code].context()
    form = kind.form(case.docket, write.content_of(code))
    form.is_valid()
    given = written.context(kind, case.docket, form.values() if not form.errors else content.values_with_gaps(form))
    html = kind.template
    used = set(re.findall(r"\{[%{][^%}]*?\b([a-z_]+)\b", (settings.ROOT / "templates" / html).read_text("utf-8")))
    assert (used & given.keys()) - sample.keys() == set()


@pytest.mark.parametrize("code", CODES)
def test_an_empty_form_can_be_looked_at_and_says_what_is_missing(case, code):
    form = records.get(code).form(case.docket, {})
    assert "草稿" not in written.draft_html(form)  # the mark lies behind the page, not in its words
    wanted = {name for name, field in form.fields.items() if field.required}
    assert wanted <= set(form.errors)


@pytest.mark.parametrize("code", CODES)
def test_what_the_form_starts_with_is_right_as_far_as_it_goes(case, photograph, code):
    """Nothing that the portal fills in is refused by its own rules."""
    kind = records.get(code)
    initial = content.plain(kind.initial(case.docket))
    form = kind.form(case.docket, initial)
    form.is_valid()
    assert [name for name in form.errors if initial.get(name)] == []


@pytest.mark.parametrize("code", CODES)
def test_the_page_opens_for_who_may_and_for_no_outsider(case, code, case_officer, legal_reviewer, outsider, log_in):
    page = reverse("notices:new_record", args=[case.docket_id, code])
    by_reviewer = code.startswith("hearing")
    assert log_in(legal_reviewer).get(page).status_code == (200 if by_reviewer else 403)
    assert log_in(case_officer).get(page).status_code == (403 if by_reviewer else 200)
    assert log_in(outsider).get(page).status_code == 404


@pytest.mark.parametrize("code", ["sampling", "photographs", "statement_review", "hearing_record"])
def test_a_browser_completes_it(ready, case, code, case_officer, legal_reviewer, log_in):
    by = legal_reviewer if code.startswith("hearing") else case_officer
    page = reverse("notices:new_record", args=[case.docket_id, code])
    answer = log_in(by).post(page, as_sent(case.docket, ready.content_of(code)) | once())
    assert answer.status_code == 302, answer.context["form"].errors
    assert notices.records_on(case.docket, code).exists()


@pytest.mark.parametrize("code", CODES)
def test_a_record_begins_its_own_correction_as_it_was(ready, case, code):
    wrong = ready(code)
    form = wrong.type.form(case.docket, wrong.content)
    assert form.is_valid(), form.errors
    assert form.typed() == wrong.content


INTERNAL = [kind.code for kind in KINDS if not kind.signed_by_party]


@pytest.mark.parametrize("code", INTERNAL)
@pytest.mark.pdf
def test_an_internal_record_asks_for_no_signature_of_the_party(ready, code, case_officer, log_in):
    record = draw(ready(code))
    assert [lack.document for lack in proof.unanswered(record.docket) if lack.document == record] == []
    assert [lack.document for lack in proof.lacking(record.docket) if lack.document == record] == []
    with pytest.raises(RuleBroken):
        services.record_signing(
            record=record, outcome=Ending.REFUSED, on=record.dated, reason="不同意", by=case_officer
        )
    client = log_in(case_officer)
    assert client.get(reverse("notices:record_signing", args=[record.pk])).status_code == 404
    assert (
        reverse("notices:record_signing", args=[record.pk])
        not in client.get(record.get_absolute_url()).content.decode()
    )


def test_reports_and_approvals_lie_in_the_file_and_prove_nothing(ready, case, case_officer):
    for code in ("investigation_report", "internal_approval", "collective_discussion"):
        ready(code)
    titles = [paper.title for paper in casefile.papers(case.docket)]
    assert {"行政处罚案件调查报告", "案件集体讨论笔录"} <= set(titles)
    resting = " ".join(row["label"] for row in sources.rests_on(case.docket, case_officer))
    assert "调查报告" not in resting
    assert "集体讨论" not in resting


# --- two officers (第四十二条) -----------------------------------------------------------------------------------------
WITH_OFFICERS = [kind.code for kind in KINDS if "officers" in kind.content_form.base_fields]


@pytest.mark.parametrize("code", WITH_OFFICERS)
def test_one_officer_alone_is_refused_in_words(ready, code, case_officer):
    more = {"recorder": str(case_officer.pk)} if code == "questioning" else {}
    with pytest.raises(RuleBroken, match="第四十二条") as refusal:
        ready(code, officers=[str(case_officer.pk)], **more)
    assert "officers" in {field for field, _words in refusal.value.faults}


@pytest.mark.parametrize("code", WITH_OFFICERS)
def test_a_certificate_that_had_run_out_on_that_day_is_refused_by_name(ready, code, second_officer):
    Officer.objects.filter(pk=second_officer.pk).update(certificate_expires_on=clock.today() - timedelta(days=1))
    with pytest.raises(RuleBroken, match=second_officer.name) as refusal:
        ready(code)
    assert "officers" in {field for field, _words in refusal.value.faults}


def test_who_has_no_certificate_or_belongs_elsewhere_is_not_offered(case, second_officer, outsider):
    Officer.objects.filter(pk=second_officer.pk).update(certificate_number="")
    form = records.get("questioning").form(case.docket, {"officers": [str(second_officer.pk), str(outsider.pk)]})
    assert {"officers"} <= set(form.errors)


# --- 调查询问笔录 -------------------------------------------------------------------------------------------------------
def test_recusal_that_was_asked_for_is_recorded_with_its_reason(ready):
    with pytest.raises(RuleBroken, match="第四十三条"):
        ready("questioning", recusal_asked="on")
    assert (
        "申请回避，理由：执法人员系本人亲属"
        in ready("questioning", recusal_asked="on", recusal_reason="执法人员系本人亲属").html
    )


def test_who_writes_it_down_was_there(ready, inspector):
    with pytest.raises(RuleBroken) as refusal:
        ready("questioning", recorder=str(inspector.pk))
    assert refusal.value.field == "recorder"


@pytest.mark.parametrize(
    ("began", "ended"), [("2026-09-05T10:00", "2026-09-05T10:00"), ("2026-09-03T09:00", "2026-09-05T09:00")]
)
def test_an_impossible_length_is_refused_at_the_end(ready, began, ended):
    with pytest.raises(RuleBroken) as refusal:
        ready("questioning", began=began, ended=ended)
    assert refusal.value.field == "ended"


def test_what_is_still_to_come_is_not_recorded(ready):
    with pytest.raises(RuleBroken) as refusal:
        ready("questioning", ended="2026-09-05T23:00")
    assert refusal.value.field == "ended"


@pytest.mark.pdf
def test_every_page_has_a_place_for_the_signature_of_the_person_asked(ready):
    long = [{"question": f"第{n}个问题？", "answer": "回答。" * 60} for n in range(8)]
    record = draw(ready("questioning", answers=long))
    assert record.pdf_pages > 2
    assert words_of(record).count("被询问人签名：") == record.pdf_pages


# --- 采样取证登记单 -----------------------------------------------------------------------------------------------------
def test_two_samples_never_bear_one_number(ready):
    rows = ready.content_of("sampling")["samples"]
    with pytest.raises(RuleBroken, match="Y-01") as refusal:
        ready("sampling", samples=[rows[0], rows[1] | {"code": "Y-01"}])
    assert refusal.value.field == "samples"


def test_samples_are_handed_over_after_they_were_taken(ready):
    with pytest.raises(RuleBroken) as refusal:
        ready("sampling", handed_at="2026-09-05T09:30")
    assert refusal.value.field == "handed_at"


# --- 现场照片 -----------------------------------------------------------------------------------------------------------
def test_the_pictures_of_the_file_are_printed_with_what_the_evidence_says(ready, photograph):
    record = ready("photographs")
    assert record.html.count("data:image/jpeg;base64,") == 1
    for words in (photograph.title, photograph.proves, photograph.place, photograph.sha256):
        assert words in record.html


def test_withdrawn_evidence_is_not_printed_any_more(ready, photograph, head):
    from casework import evidence

    evidence.withdraw(evidence=photograph, reason="误传", by=head)
    with pytest.raises(RuleBroken) as refusal:
        ready("photographs")
    assert refusal.value.field == "evidence"


def test_evidence_of_another_docket_is_not_printed(ready, lead):
    with pytest.raises(RuleBroken) as refusal:
        ready("photographs", evidence=["999999"])
    assert refusal.value.field == "evidence"


def test_more_pictures_than_a_record_holds_are_refused(ready, monkeypatch):
    monkeypatch.setattr(photographs, "MOST", 0)
    with pytest.raises(RuleBroken) as refusal:
        ready("photographs")
    assert refusal.value.field == "evidence"


# --- 调查报告, 审批表 ----------------------------------------------------------------------------------------------------
POLICY = [{"instrument": "国发〔2011〕12号", "article": "第一条", "content": "政策依据"}]


@pytest.mark.parametrize(("code", "field"), [("investigation_report", "law"), ("internal_approval", "basis")])
def test_a_policy_document_alone_is_no_basis(ready, code, field):
    with pytest.raises(RuleBroken, match="第十六条") as refusal:
        ready(code, **{field: POLICY})
    assert refusal.value.field == field
    both = [*POLICY, {"instrument": "稀土管理条例", "article": "第二十五条", "content": "处理依据"}]
    assert "稀土管理条例" in ready(code, **{field: both}).html


def test_the_report_starts_with_what_is_on_file(case, ready, photograph, second_officer):
    ready("questioning")
    found = records.get("investigation_report").initial(case.docket)
    assert case.lead.docket.number in found["source"]
    assert found["facts"] == ["废水处理设施未运行。"]
    assert {"调查询问笔录（钱测试）（2026年9月5日）", "污水站现场照片"} <= {row["name"] for row in found["evidence"]}
    assert second_officer.name in found["course"][0]
    assert [row for row in found["law"] if row["content"] == "处理依据"]


def test_nobodys_opinion_is_written_and_nothing_signed_for_him(ready):
    html = ready("internal_approval").html
    assert html.count("签名：　　　　　　") == 4


# --- 集体讨论 -----------------------------------------------------------------------------------------------------------
HEADS = [{"name": "周局长", "post": "局长"}, {"name": "吴副局长", "post": "副局长"}]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"leaders": HEADS[:1], "opinions": [{"name": "周局长", "opinion": "同意。"}]}, "leaders"),
        ({"leaders": [HEADS[0], HEADS[0]]}, "leaders"),
        ({"chair": "别人"}, "chair"),
        ({"opinions": [{"name": "周局长", "opinion": "同意。"}]}, "opinions"),
        ({"absent": [{"name": "吴副局长", "reason": "出差"}]}, "absent"),
    ],
)
def test_a_discussion_that_was_none_is_refused_at_its_field(ready, more, field):
    with pytest.raises(RuleBroken) as refusal:
        ready("collective_discussion", **more)
    assert field in {name for name, _words in refusal.value.faults}


def test_an_investigator_among_those_who_decide_is_asked_about(case, write, case_officer):
    heads = [HEADS[0], {"name": case_officer.name, "post": "副局长"}]
    form = records.get("collective_discussion").form(
        case.docket, write.content_of("collective_discussion", leaders=heads)
    )
    assert case_officer.name in " ".join(written.doubts(form))


# --- 陈述申辩 -----------------------------------------------------------------------------------------------------------
def test_no_heavier_fine_for_having_argued(ready):
    with pytest.raises(RuleBroken, match="第四十五条") as refusal:
        ready("statement_review", reviewed_fine_cny="120000.01")
    assert refusal.value.field == "reviewed_fine_cny"
    assert ready("statement_review", reviewed_fine_cny="120000.00").pk


def test_one_fine_without_the_other_cannot_be_compared(ready):
    with pytest.raises(RuleBroken) as refusal:
        ready("statement_review", reviewed_fine_cny="")
    assert refusal.value.field == "reviewed_fine_cny"
    assert ready("statement_review", proposed_fine_cny="", reviewed_fine_cny="").pk


def test_each_argument_is_adopted_or_not(ready):
    row = ready.content_of("statement_review")["arguments"][0] | {"outcome": "待定"}
    with pytest.raises(RuleBroken, match="不予采纳") as refusal:
        ready("statement_review", arguments=[row])
    assert refusal.value.field == "arguments"


def test_the_review_is_not_earlier_than_the_statement(ready):
    with pytest.raises(RuleBroken) as refusal:
        ready("statement_review", received_on="2026-09-05", on="2026-09-04")
    assert refusal.value.field == "on"


# --- 听证 ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["host", "clerk"])
def test_an_investigator_neither_holds_the_hearing_nor_writes_it_down(ready, case_officer, field):
    with pytest.raises(RuleBroken, match="第六十四条") as refusal:
        ready("hearing_record", **{field: str(case_officer.pk)})
    assert refusal.value.field == field


def test_who_inspected_what_the_case_came_from_does_not_hold_its_hearing(ready, inspector):
    with pytest.raises(RuleBroken, match=inspector.name):
        ready("hearing_record", host=str(inspector.pk))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"manner": "不公开"}, "why_closed"),
        ({"party_present": "", "agents": []}, "party_present"),
        ({"agents": [{"name": f"律师{n}", "capacity": "代理"} for n in range(3)]}, "agents"),
    ],
)
def test_a_hearing_that_the_law_does_not_allow_is_refused_at_its_field(ready, more, field):
    with pytest.raises(RuleBroken, match="第六十四条") as refusal:
        ready("hearing_record", **more)
    assert refusal.value.field == field


def test_host_and_clerk_are_two_people(ready, legal_reviewer):
    with pytest.raises(RuleBroken) as refusal:
        ready("hearing_record", clerk=str(legal_reviewer.pk))
    assert refusal.value.field == "clerk"


def test_a_report_of_a_hearing_needs_its_record_and_starts_with_it(write, case, legal_reviewer):
    with pytest.raises(RuleBroken, match="第六十五条"):
        write("hearing_report")
    write("hearing_record")
    found = hearing.REPORT.initial(case.docket)
    assert found["host"] == legal_reviewer.pk
    assert found["held"] == "2026年9月5日9时00分至11时00分，听证室"
    assert "委托代理人：何律师（特别授权）" in found["attended"]
    assert write("hearing_report").pk


def test_holding_the_hearing_gives_no_hand_in_the_case(ready, case, legal_reviewer, case_officer):
    ready("hearing_report")
    record = notices.records_on(case.docket, "hearing_record").get()
    services.record_signing(record=record, outcome=Ending.REFUSED, on=record.dated, reason="不同意", by=legal_reviewer)
    assert not powers.handles(legal_reviewer, case.docket)
    assert guards.not_a_signatory(case, legal_reviewer) is None
    ready("questioning")
    assert powers.handles(case_officer, case.docket)


def test_who_investigates_writes_no_record_of_the_hearing(write, case, case_officer):
    with pytest.raises(PermissionDenied):
        services.write_record(
            kind="hearing_record", docket=case.docket, content=write.content_of("hearing_record"), by=case_officer
        )


# --- 罚没物品 -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"proceeds_cny": "", "voucher": ""}, "proceeds_cny"),
        ({"way": "销毁"}, "proceeds_cny"),
        ({"voucher": ""}, "voucher"),
    ],
)
def test_the_proceeds_of_confiscated_goods_are_accounted_for(ready, more, field):
    with pytest.raises(RuleBroken) as refusal:
        ready("confiscated_goods", **more)
    assert refusal.value.field == field


def test_what_was_destroyed_brought_nothing(ready):
    assert "无所得款项" in ready("confiscated_goods", way="销毁", proceeds_cny="", voucher="").html


def test_the_preview_shows_also_what_a_rule_refuses(case, write):
    words = write.content_of("statement_review", reviewed_fine_cny="130000.00")
    form = records.get("statement_review").form(case.docket, words)
    assert "¥130,000.00" in written.draft_html(form)
    assert written.missing(form)
