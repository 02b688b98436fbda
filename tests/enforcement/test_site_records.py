"""Records written on the spot: frozen when they are complete, drawn by the worker, rewritten by nobody."""

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from casework import evidence
from casework.models import Docket, EvidenceKind
from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from notices import selectors
from notices import services as notices
from notices.models import Ending, Frozen, SiteRecord
from tests.enforcement.records import draw, words_of
from tests.notices.rendered_pages import text_of
from tests.plugins.matters import DAY, refuse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


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
            "UPDATE notices_siterecord SET id = id + 987654",
            "UPDATE notices_siterecord SET pdf_sha256 = 'x'",
            "DELETE FROM notices_siterecord",
            "UPDATE notices_partysigning SET reason = 'x'",
            "DELETE FROM notices_partysigning",
        ],
    )
    def test_the_database_refuses(self, record, inspector, statement):
        notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


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


def test_a_note_is_called_by_the_record_it_belongs_to_wherever_it_is_listed(record, inspector, log_in):
    """Two records of one day may both be refused; their notes bear the same title."""
    refuse(record, inspector)
    note = SiteRecord.objects.get(kind="party_note")
    name = "当事人拒绝签名情况说明——现场检查（勘察）笔录"
    assert (note.title, note.name, record.name) == ("当事人拒绝签名情况说明", name, "现场检查（勘察）笔录")
    client = log_in(inspector)
    for tab in ("documents", "evidence"):
        page = client.get(reverse("casework:docket_tab", args=[record.docket_id, tab])).content.decode()
        assert name in page, tab
    assert name in client.get(note.get_absolute_url()).content.decode()
    assert note.pdf_name == f"{name}_{record.docket.number}.pdf"


def test_a_record_has_the_pages_its_row_says(record):
    assert len(PdfReader(io.BytesIO(record.pdf_bytes())).pages) == record.pdf_pages
