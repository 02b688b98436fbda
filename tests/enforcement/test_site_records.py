"""Records written on the spot: frozen when they are complete, drawn by the worker, signed by the party once or not."""

import io
import uuid
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from casework import evidence
from casework.models import Docket, EvidenceKind
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from enforcement.inspections import services as inspections
from enforcement.inspections.workflow import INSPECTION
from enforcement.rectification import services as cases
from enforcement.rectification.workflow import Stage
from notices import selectors
from notices import services as notices
from notices.models import Ending, Frozen, PartySigning, SiteRecord
from tests.notices.rendered_pages import text_of
from tests.plugins.matters import DAY, refuse
from tests.plugins.matters import draw as draw_all
from trail.models import Event

pytestmark = pytest.mark.django_db
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.pinned(DAY):
        yield


def scan_of(record: SiteRecord, name: str = "签名页.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, record.pdf_bytes(), "application/pdf")


def draw(record: SiteRecord) -> SiteRecord:
    with clock.pinned(clock.now() + timedelta(days=60)):
        jobs.run(Job.objects.get(unique_key=f"notices.render_record:{record.pk}").pk)
    return SiteRecord.objects.get(pk=record.pk)


def words_of(record: SiteRecord) -> str:
    return text_of(record.pdf_bytes())


@pytest.fixture
def recorded(finding, inspector):
    """The record of an inspection, written, not signed yet."""
    inspection = finding.inspection
    inspection.refresh_from_db()
    return inspections.describe(
        inspection=inspection,
        record=replace(
            inspection.record(), situation="一号线正在生产。\n二号线停产。", ended_on=DAY, ended_at=time(11, 20)
        ),
        expected_version=inspection.version,
        by=inspector,
    )


@pytest.fixture
def complete(recorded, inspector, case_officer):
    for officer in (inspector, case_officer):
        inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
    return inspections.complete_record(inspection=recorded, by=inspector)


@pytest.fixture
def record(complete) -> SiteRecord:
    """The frozen record of the inspection, drawn."""
    return draw(complete.docket.site_records.get())


class TestTheRecordOfAnInspection:
    def test_it_is_frozen_when_the_inspection_record_is_complete_and_drawn_by_the_worker(self, complete):
        record = complete.docket.site_records.get()
        assert not record.is_printed
        record = draw(record)
        assert record.pdf_bytes().startswith(b"%PDF")
        assert record.title == "现场检查（勘察）笔录"

    def test_before_that_there_is_none(self, recorded):
        assert not recorded.docket.site_records.exists()

    def test_it_tells_the_visit_the_findings_and_who_signed_when(self, record, complete, inspector, case_officer):
        found = words_of(record)
        for words in (
            "常州市生态环境局",
            str(complete.docket.number),
            "2026年9月1日8时30分至2026年9月1日11时20分",
            "萃取车间",
            complete.enterprise.name,
            complete.enterprise.credit_code,
            "钱测试",
            "一号线正在生产。",
            "二号线停产。",
            "污水站：废水处理设施未运行。",
            inspector.certificate_number,
            case_officer.certificate_number,
            "当事人签名",
            "见证人签名",
        ):
            assert words in found
        assert found.count("电子签名") == 2

    def test_it_names_the_photographs_taken_until_then(self, recorded, inspector, case_officer):
        evidence.add(
            docket=recorded.docket, upload=SimpleUploadedFile("a.txt", "照片说明".encode()), kind=EvidenceKind.DOCUMENT,
            title="污水站照片", proves="未运行", made_by="陈测试", made_at=clock.now(), place="污水站", by=inspector,
        )  # fmt: skip
        recorded.refresh_from_db()  # its list of attachments has changed
        for officer in (inspector, case_officer):
            inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
        done = inspections.complete_record(inspection=recorded, by=inspector)
        assert "附件：污水站照片" in words_of(draw(done.docket.site_records.get()))

    def test_a_missing_signature_stands_there_with_its_reason_and_who_gave_it(
        self, recorded, inspector, case_officer, head
    ):
        inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=inspector)
        inspections.explain_missing_signature(inspection=recorded, officer=case_officer, reason="突发疾病", by=head)
        done = inspections.complete_record(inspection=recorded, by=inspector)
        found = words_of(draw(done.docket.site_records.get()))
        assert "未签名，原因：突发疾病（周测试2026年9月1日注明）" in found
        assert found.count("电子签名") == 1

    def test_the_certificate_is_the_one_that_was_signed_with(self, recorded, inspector, case_officer):
        signed_with = inspector.certificate_number
        for officer in (inspector, case_officer):
            inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
        inspector.certificate_number = "新证件0001"
        inspector.save()
        done = inspections.complete_record(inspection=recorded, by=inspector)
        found = words_of(draw(done.docket.site_records.get()))
        assert signed_with in found
        assert "新证件0001" not in found

    def test_later_changes_of_the_enterprise_do_not_rewrite_it(self, record, complete):
        before = record.pdf_bytes()
        complete.enterprise.name = "改名有限公司"
        complete.enterprise.save()
        assert SiteRecord.objects.get(pk=record.pk).pdf_bytes() == before

    def test_what_no_font_can_draw_is_refused_before_it_is_complete(self, recorded, inspector, case_officer):
        recorded = inspections.describe(
            inspection=recorded, record=replace(recorded.record(), situation="现场📷"),
            expected_version=recorded.version, by=inspector,
        )  # fmt: skip
        for officer in (inspector, case_officer):
            inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
        with pytest.raises(RuleBroken):
            inspections.complete_record(inspection=recorded, by=inspector)
        recorded.refresh_from_db()
        assert recorded.stage == "recording"

    def test_a_draft_is_read_on_site_and_stored_nowhere(self, log_in, recorded, inspector, outsider):
        address = reverse("inspections:draft_record", args=[recorded.pk])
        answer = log_in(inspector).get(address)
        assert "一号线正在生产" in text_of(answer.content)
        assert "电子签名" not in text_of(answer.content)
        assert not SiteRecord.objects.exists()
        assert log_in(outsider).get(address).status_code == 404

    def test_the_draft_gives_way_to_the_complete_record(self, log_in, record, complete, inspector):
        answer = log_in(inspector).get(reverse("inspections:draft_record", args=[complete.pk]))
        assert answer["Location"] == record.get_absolute_url()

    def test_the_documents_of_the_inspection_show_it_and_print_it(self, log_in, record, complete, inspector, outsider):
        client = log_in(inspector)
        tab = client.get(reverse("casework:docket_tab", args=[complete.docket_id, "documents"])).content.decode()
        assert record.get_absolute_url() in tab
        assert "待当事人签名" in tab
        assert client.get(record.get_absolute_url()).status_code == 200
        address = reverse("notices:record_file", args=[record.pk])
        assert client.get(address).content == record.pdf_bytes()
        for place in (address, record.get_absolute_url(), reverse("notices:record_page", args=[record.pk, 1])):
            assert log_in(outsider).get(place).status_code == 404


class TestWithTheParty:
    def test_the_signed_page_is_kept_as_evidence_and_told_on_the_trail(self, record, complete, inspector):
        signing = notices.record_signing(
            record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试", scan=scan_of(record), by=inspector
        )
        assert signing.scan in complete.docket.evidence.all()
        assert signing.scan.kind == EvidenceKind.RECORD
        event = Event.objects.get(verb="notices.party_signed")
        assert event.docket_id == complete.docket_id
        assert event.facts["signatory"] == "钱测试"

    def test_a_refusal_is_noted_in_a_document_of_its_own_with_reason_and_witness(self, record, complete, inspector):
        signing = notices.record_signing(
            record=record, outcome=Ending.REFUSED, on=DAY, reason="须请示公司负责人", witness_name="孙见山",
            witness_organisation="园区管理办公室", by=inspector,
        )  # fmt: skip
        found = words_of(draw(signing.note))
        for words in (
            "拒绝签名情况说明",
            "须请示公司负责人",
            "孙见山，园区管理办公室",
            "现场检查（勘察）笔录",
            inspector.name,
        ):
            assert words in found
        event = Event.objects.get(verb="notices.party_refused")
        assert event.facts["reason"] == "须请示公司负责人"
        assert event.facts["witness_name"] == "孙见山"

    def test_a_refusal_needs_no_witness_but_a_reason(self, record, inspector):
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason=" ", by=inspector)
        assert refused.value.field == "reason"
        signing = notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        assert "现场无见证人" in words_of(draw(signing.note))

    def test_when_nobody_is_there_a_witness_signs(self, record, inspector):
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(record=record, outcome=Ending.ABSENT, on=DAY, reason="门卫称无人", by=inspector)
        assert refused.value.field == "witness_name"

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"signatory": ""}, "signatory"),
            ({"scan": None}, "scan"),
            ({"on": NEXT_DAY}, "on"),
            ({"on": DAY - timedelta(days=1)}, "on"),
        ],
    )
    def test_what_is_missing_or_impossible_is_said_at_its_field(self, record, inspector, changed, field):
        usual = {"on": DAY, "signatory": "钱测试", "scan": scan_of(record)}
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(record=record, outcome=Ending.SIGNED, by=inspector, **usual | changed)
        assert refused.value.field == field

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("签名页.pdf", b"MZ not a pdf"),
            ("签名页.txt", "已签名".encode()),
            ("签名页.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 60),
        ],
    )
    def test_the_signed_page_is_checked_by_its_content(self, record, complete, inspector, name, content):
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(
                record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试",
                scan=SimpleUploadedFile(name, content), by=inspector,
            )  # fmt: skip
        assert refused.value.field == "scan"
        assert not complete.docket.evidence.exists()

    def test_it_is_recorded_once(self, record, inspector):
        notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        with pytest.raises(RuleBroken):
            notices.record_signing(
                record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试", scan=scan_of(record), by=inspector
            )
        assert PartySigning.objects.count() == 1

    def test_an_outsider_records_nothing(self, log_in, record, outsider):
        with pytest.raises(PermissionDenied):
            notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=outsider)
        assert log_in(outsider).get(reverse("notices:record_signing", args=[record.pk])).status_code == 404

    def test_it_goes_through_the_page(self, log_in, record, inspector):
        client, address = log_in(inspector), reverse("notices:record_signing", args=[record.pk])
        assert client.get(address).status_code == 200
        data = {"on": "2026-09-01", "signatory": "钱测试", "scan": scan_of(record)}
        assert client.post(f"{address}?method=signed", data)["Location"] == record.get_absolute_url()
        assert "当事人已签名" in client.get(record.get_absolute_url()).content.decode()

    def test_the_signed_page_cannot_be_withdrawn(self, record, inspector, head):
        signing = notices.record_signing(
            record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试", scan=scan_of(record), by=inspector
        )
        with pytest.raises(RuleBroken, match="签名页"):
            evidence.withdraw(evidence=signing.scan, reason="误传", by=head)

    def test_the_inspection_is_not_concluded_before_it_is_on_record(self, record, complete, finding, inspector):
        inspections.leave_alone(finding=finding, reason="已当场改正", by=inspector)
        with pytest.raises(RuleBroken, match="签名"):
            inspections.conclude(inspection=complete, by=inspector)
        notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        assert inspections.conclude(inspection=complete, by=inspector).stage == "concluded"

    def test_it_is_the_next_step_of_the_inspection(self, log_in, record, complete, inspector):
        page = log_in(inspector).get(complete.get_absolute_url()).content.decode()
        assert reverse("notices:record_signing", args=[record.pk]) in page


class TestNobodyRewritesIt:
    def test_python_refuses(self, record, inspector):
        record.html = "<p>改写</p>"
        with pytest.raises(Frozen):
            record.save()
        for doomed in (record, SiteRecord.objects.all()):
            with pytest.raises(Frozen):
                doomed.delete()
        signing = notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        with pytest.raises(Frozen):
            signing.save()
        with pytest.raises(Frozen):
            signing.delete()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE notices_siterecord SET html = 'x'",
            "UPDATE notices_siterecord SET pdf_sha256 = 'x'",
            "DELETE FROM notices_siterecord",
            "UPDATE notices_partysigning SET reason = 'x'",
            "DELETE FROM notices_partysigning",
        ],
    )
    def test_the_database_refuses(self, record, inspector, statement):
        notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


class TestARecordCompletedBeforeRecordsHadADocument:
    @pytest.fixture
    def older(self, recorded, inspector, case_officer):
        for officer in (inspector, case_officer):
            inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
        done = INSPECTION.advance(recorded, "complete_record", by=inspector)
        inspections.leave_alone(finding=done.findings.get(), reason="当场改正", by=inspector)
        return done

    def test_its_inspection_is_not_concluded_before_the_document_is_made_and_answered(
        self, older, inspector, outsider, log_in
    ):
        with pytest.raises(RuleBroken, match="尚未生成文书"):
            inspections.conclude(inspection=older, by=inspector)
        where = reverse("inspections:make_record", args=[older.pk])
        assert log_in(outsider).post(where).status_code == 404
        client = log_in(inspector)
        assert where in client.get(older.get_absolute_url()).content.decode()
        answer = client.post(where, {"_once": str(uuid.uuid4())})
        record = older.docket.site_records.get()
        assert answer["Location"] == record.get_absolute_url()
        assert "二号线停产" in words_of(draw(record))
        assert Event.objects.filter(verb="inspections.make_record").count() == 1
        with pytest.raises(RuleBroken, match="当事人签名情况"):
            inspections.conclude(inspection=older, by=inspector)
        refuse(record, inspector)
        assert inspections.conclude(inspection=older, by=inspector).docket.closed_on

    def test_it_is_made_once_and_only_of_a_complete_record(self, recorded, inspector, case_officer):
        with pytest.raises(RuleBroken):
            inspections.make_record(inspection=recorded, by=inspector)
        for officer in (inspector, case_officer):
            inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
        complete = inspections.complete_record(inspection=recorded, by=inspector)
        with pytest.raises(RuleBroken, match="已经生成"):
            inspections.make_record(inspection=complete, by=inspector)

    def test_a_case_is_not_closed_before_the_document_of_its_reinspection_is_made(
        self, served, inspector, case_officer, head, outsider, log_in, monkeypatch
    ):
        with clock.pinned(date(2026, 9, 20)):
            case = cases.call_reinspection(case=served, by=inspector)
            with monkeypatch.context() as before:
                before.setattr("enforcement.rectification.records.freeze", lambda row, by: None)
                cases.record_reinspection(
                    case=case, inspected_on=date(2026, 9, 20), inspectors=[inspector, case_officer], is_done=True,
                    findings="设施运行正常。", by=inspector,
                )  # fmt: skip
            case = cases.confirm_rectified(case=case, by=case_officer)
            with pytest.raises(RuleBroken, match="2026-09-20的复查笔录尚未生成文书"):
                cases.close(case=case, by=head)
            where = reverse("rectification:make_record", args=[case.pk])
            assert log_in(outsider).post(where).status_code == 404
            client = log_in(inspector)
            assert where in client.get(case.get_absolute_url()).content.decode()
            client.post(where, {"_once": str(uuid.uuid4())})
        record = case.docket.site_records.get()
        assert "设施运行正常" in words_of(draw(record))
        with clock.pinned(date(2026, 9, 20)):
            assert case.last_reinspection().record == record
            with pytest.raises(RuleBroken, match="已经生成"):
                cases.make_record(case=case, by=inspector)
            refuse(record, inspector)
        draw_all(case)
        with clock.pinned(date(2026, 9, 20)):
            assert cases.close(case=case, by=head).stage == Stage.CLOSED


class TestTheRecordOfAReinspection:
    @pytest.fixture
    def reinspected(self, served, inspector, case_officer):
        with clock.pinned(date(2026, 9, 20)):
            case = cases.call_reinspection(case=served, by=inspector)
            cases.record_reinspection(
                case=case, inspected_on=date(2026, 9, 20), inspectors=[inspector, case_officer], is_done=True,
                findings="设施运行正常。", by=inspector,
            )  # fmt: skip
        return case

    def test_it_is_drawn_from_what_was_recorded(self, reinspected, inspector, case_officer):
        found = words_of(draw(reinspected.docket.site_records.get()))
        for words in (
            "复查笔录",
            str(reinspected.order.number),
            "2026年9月20日",
            "恢复废水处理设施正常运行",
            "设施运行正常。",
            "责令改正的内容已全部改正",
            inspector.name,
            inspector.certificate_number,
            case_officer.name,
            case_officer.certificate_number,
            "见证人签名",
        ):
            assert words in found

    def test_how_it_ended_with_the_party_is_recorded_like_that_of_an_inspection(self, reinspected, inspector, outsider):
        record = draw(reinspected.docket.site_records.get())
        with clock.pinned(date(2026, 9, 20)):
            with pytest.raises(PermissionDenied):
                notices.record_signing(
                    record=record, outcome=Ending.REFUSED, on=record.dated, reason="不同意", by=outsider
                )
            notices.record_signing(
                record=record, outcome=Ending.SIGNED, on=record.dated, signatory="钱测试", scan=scan_of(record),
                by=inspector,
            )  # fmt: skip
        assert record.ending.outcome == Ending.SIGNED

    def test_a_case_is_not_closed_before_its_record_is_drawn_and_answered(
        self, reinspected, case_officer, inspector, head
    ):
        record = reinspected.docket.site_records.get()
        with clock.pinned(date(2026, 9, 21)):
            case = cases.confirm_rectified(case=reinspected, by=case_officer)
            with pytest.raises(RuleBroken, match="复查笔录"):
                cases.close(case=case, by=head)
        draw(record)
        with clock.pinned(date(2026, 9, 21)):
            with pytest.raises(RuleBroken, match="当事人签名情况"):
                cases.close(case=case, by=head)
            refuse(record, inspector)
        draw_all(case)
        with clock.pinned(date(2026, 9, 21)):
            assert cases.close(case=case, by=head).stage == Stage.CLOSED

    def test_its_answer_is_a_step_of_the_case(self, log_in, reinspected, inspector):
        where = reverse("notices:record_signing", args=[reinspected.docket.site_records.get().pk])
        assert where in log_in(inspector).get(reinspected.get_absolute_url()).content.decode()

    def test_a_corrected_reinspection_has_a_record_of_its_own_and_the_wrong_one_is_marked(
        self, log_in, reinspected, inspector, case_officer
    ):
        wrong = reinspected.docket.site_records.get()
        with clock.pinned(date(2026, 9, 21)):
            cases.record_reinspection(
                case=reinspected, inspected_on=date(2026, 9, 20), inspectors=[inspector, case_officer], is_done=False,
                findings="设施仍未运行。", correction="录入有误", by=inspector,
            )  # fmt: skip
        right = draw(reinspected.docket.site_records.get(corrects=wrong))
        assert "本笔录更正此前录入的复查笔录，原因：录入有误" in words_of(right)
        assert wrong.label == "复查笔录（已更正）"
        with pytest.raises(RuleBroken, match="更正"):
            refuse(wrong, inspector)
        with clock.pinned(date(2026, 9, 21)):
            refuse(right, inspector)


def test_the_documents_of_a_docket_are_listed_with_as_many_questions_however_many_records_there_are(record, inspector):
    docket = Docket.objects.get(pk=record.docket_id)

    def listed():
        with CaptureQueriesContext(connection) as asked:
            rows = selectors.of_docket(docket, inspector)["rows"]
        return [row["tag"]["label"] for row in rows], len(asked)

    listed()  # what the officer may is asked once
    labels, before = listed()
    assert labels == ["待当事人签名"]
    refuse(record, inspector)  # which leaves a note beside the record
    labels, after = listed()
    assert len(labels) == 2
    assert "当事人拒绝签名" in labels
    assert after == before


def test_a_record_has_the_pages_its_row_says(record):
    assert len(PdfReader(io.BytesIO(record.pdf_bytes())).pages) == record.pdf_pages
