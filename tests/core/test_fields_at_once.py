"""Everything that is wrong with a form is said together: a day to come and a wrong file beside the empty fields."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.forms import EvidenceForm
from core import clock
from core.errors import RuleBroken
from enforcement.inspections.forms import RecordForm
from enforcement.leads.forms import ReceiptOfLeadForm, TimeOfActForm
from enforcement.leads.intake_forms import LeadForm
from enforcement.rectification import services as cases
from enforcement.rectification.forms import ReinspectionForm
from tests.casework.deadlines.acts import D

pytestmark = pytest.mark.django_db


def test_a_wrong_file_and_a_moment_to_come_are_said_beside_what_is_empty():
    later = clock.local(clock.now()) + timedelta(hours=30)
    file = SimpleUploadedFile("证据.pdf", b"MZ\x90\x00\x03")
    errors = EvidenceForm({"made_at": f"{later:%Y-%m-%dT%H:%M}"}, {"file": file}).errors
    assert "不接收" in errors["file"][0]
    assert len(errors["made_at"]) == 1
    assert errors["title"] == ["请填写名称。"]


def test_a_day_to_come_is_said_beside_a_missing_reason():
    with clock.pinned(D("2026-11-20")):
        errors = ReceiptOfLeadForm({"received_on": "2026-11-21", "reason": ""}).errors
        assert set(errors) == {"received_on", "reason"}
        assert not ReceiptOfLeadForm({"received_on": "2026-11-20", "reason": "登记有误"}).errors


class TestTheFormOfAReinspection:
    DAY = "2026-09-20"

    def sent(self, case, inspector, **fields):
        fields = {
            "inspected_on": self.DAY, "began_at": "09:30", "ended_at": "10:40", "place": "1号车间", "is_done": "yes",
            "inspectors": [inspector.pk], "findings": "设施运行正常。", **fields,
        }  # fmt: skip
        return ReinspectionForm(fields, by=inspector, of=case, former=None).errors

    def test_says_what_is_wrong_with_hours_people_and_presence_beside_what_is_empty(self, served, inspector):
        with clock.pinned(D(self.DAY)):
            errors = self.sent(served, inspector, ended_at="08:00", attended_by="钱测试", findings="")
        assert set(errors) == {"ended_at", "inspectors", "attended_as", "findings"}

    def test_says_a_day_before_the_service_beside_hours_that_run_backwards(self, served, inspector, case_officer):
        with clock.pinned(D(self.DAY)):
            errors = self.sent(
                served,
                inspector,
                inspectors=[inspector.pk, case_officer.pk],
                inspected_on="2026-08-01",
                ended_at="08:00",
            )
            assert set(errors) == {"inspected_on", "ended_at"}
            assert not self.sent(served, inspector, inspectors=[inspector.pk, case_officer.pk])


def test_the_verb_that_records_a_reinspection_refuses_everything_at_once(served, inspector):
    with clock.pinned(D("2026-09-20")):
        case = cases.call_reinspection(case=served, inspectors=[inspector, served.docket.officer], by=inspector)
    with clock.pinned(D("2026-09-20")), pytest.raises(RuleBroken) as refusal:
        cases.record_reinspection(
            case=case, inspected_on=D("2026-08-01"), inspectors=[inspector], is_done=True, findings="…", by=inspector,
            visit=cases.Visit(time(10), time(9), "1号车间", "钱测试"),
        )  # fmt: skip
    assert {field for field, _words in refusal.value.faults} == {
        "inspected_on", "inspectors", "attended_as", "ended_at",
    }  # fmt: skip


def test_the_form_of_a_lead_says_an_act_that_runs_backwards_beside_empty_facts(violation, enterprise, case_officer):
    fields = {
        "enterprise": enterprise.pk, "origin": "report", "received_on": "2026-09-01", "acted_from": "2026-09-05",
        "acted_to": "2026-09-04", "violation": violation.pk, "facts": "",
    }  # fmt: skip
    with clock.pinned(D("2026-09-10")):
        errors = LeadForm(fields, by=case_officer).errors
    assert set(errors) == {"acted_from", "acted_to", "facts"}


def test_the_form_of_the_time_of_an_act_says_all_at_once(lead):
    sent = {"acted_from": "2026-12-01", "acted_to": "2026-11-01", "violation": lead.violation_id, "reason": ""}
    with clock.pinned(D("2026-09-10")):
        form = TimeOfActForm(sent, since=D("2020-01-01"), received_on=lead.received_on)
        assert set(form.errors) == {"acted_from", "acted_to", "reason"}


def test_the_form_of_a_visit_says_an_end_before_its_beginning_beside_what_is_empty(inspection):
    sent = {
        "inspected_on": "2026-09-01", "began_at": "09:00", "ended_on": "2026-08-01", "ended_at": "08:00", "place": "",
        "attended_by": "钱测试", "situation": "", "version": inspection.version,
    }  # fmt: skip
    with clock.pinned(D("2026-09-10")):
        errors = RecordForm(sent, of=inspection).errors
    assert set(errors) == {"ended_on", "place", "situation"}
