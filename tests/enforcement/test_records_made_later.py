"""A visit whose record was complete before records had a document of their own."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from enforcement.inspections.workflow import INSPECTION
from enforcement.rectification import services as cases
from enforcement.rectification.workflow import Stage
from tests.enforcement.records import draw, words_of
from tests.plugins.matters import VISIT, refuse
from tests.plugins.matters import draw as draw_all
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


class TestARecordCompletedBeforeRecordsHadADocument:
    @story
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
            case = cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
            with monkeypatch.context() as before:
                before.setattr("enforcement.rectification.records.freeze", lambda row, by: None)
                cases.record_reinspection(
                    case=case, inspected_on=date(2026, 9, 20), inspectors=[inspector, case_officer], visit=VISIT, is_done=True,
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
