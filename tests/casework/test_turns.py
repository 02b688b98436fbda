"""Whoever must act next is told, and nobody else."""

import pytest

from casework import turns
from casework.models import InboxMessage, Part
from casework.reminders import inbox
from casework.selectors import my_work
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from enforcement.rectification import services as cases
from organisation import roles
from organisation.models import Delegation, Officer
from tests.factories import make_officer
from tests.plugins.matters import DAY, VISIT, refuse, reinspect

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def told(officer: Officer, kind: str = turns.MESSAGE) -> list[str]:
    return list(
        InboxMessage.objects.filter(recipient=officer, kind=kind).order_by("pk").values_list("title", flat=True)
    )


def test_a_lead_that_nobody_handles_yet_is_told_to_those_who_may_take_it_up(lead, case_officer, inspector, outsider):
    assert any(lead.docket.number in title for title in told(case_officer))
    assert told(inspector) == []
    assert told(outsider) == []


def test_who_is_named_on_a_new_matter_hears_of_it_and_who_opened_it_does_not(case, case_officer, second_officer):
    assert any(case.docket.number in title for title in told(second_officer, "named"))
    assert not any(case.docket.number in title for title in told(case_officer, "named"))


def test_a_submitted_case_is_told_to_the_legal_reviewer_alone(legal_reviewer, head, outsider, submitted):
    number = submitted.docket.number
    assert [number in title for title in told(legal_reviewer)] == [True]
    for nobody in (head, outsider):
        assert not [title for title in told(nobody) if number in title]


def test_then_to_the_head_and_back_to_the_case_officers(submitted, legal_reviewer, head, case_officer, second_officer):
    with clock.pinned(DAY):
        agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
        assert [title for title in told(head) if submitted.docket.number in title]
        cases.approve(case=agreed, by=head)
    for officer in (case_officer, second_officer):
        assert any(submitted.docket.number in title for title in told(officer))


def test_nobody_is_told_while_whoever_acted_goes_on_himself(issued, case_officer, second_officer):
    """After the issue the service is for the same two officers: neither needs to hear of it."""
    before = len(told(second_officer))
    assert issued.stage == "serving"
    assert not [title for title in told(second_officer)[before:] if "送达" in title]
    assert not [title for title in told(case_officer) if "送达" in title]


def test_a_reviewer_who_is_on_the_case_is_not_asked_to_review_it(submitted, second_officer, legal_reviewer):
    second_officer.groups.add(*Officer.objects.get(pk=legal_reviewer.pk).groups.all())
    again = Officer.objects.get(pk=second_officer.pk)
    assert again not in turns.who_acts(submitted.docket)
    assert submitted.docket_id not in [item.docket_id for item in my_work(again).mine]


def test_the_deputy_of_a_reviewer_who_is_away_is_told_too(signed, case_officer, legal_reviewer, changzhou_epb):
    deputy = make_officer(roles.LEGAL_REVIEWER, department=changzhou_epb, legally_qualified=True)
    deputy.groups.clear()
    Delegation.objects.create(
        principal=legal_reviewer,
        deputy=deputy,
        starts_on=DAY,
        ends_on=DAY,
        reason="出差",
        created_by=legal_reviewer,
        created_at=clock.now(),
    )
    with clock.pinned(DAY):
        cases.submit(case=signed, by=case_officer)
    assert len(told(deputy)) == 1


def test_a_mail_is_not_sent_once_the_turn_is_over(legal_reviewer, submitted, mailoutbox):
    """Defect D16: nobody is asked for what is done."""
    legal_reviewer.email, legal_reviewer.mail_on, legal_reviewer.digest_on = "zhang@example.test", True, False
    legal_reviewer.save()
    message = InboxMessage.objects.get(recipient=legal_reviewer, kind=turns.MESSAGE)
    message.recipient = legal_reviewer
    assert inbox.mail_alone(message)
    with clock.pinned(DAY):
        cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    jobs.run(Job.objects.get(unique_key=f"mail:{message.pk}").pk)
    assert [mail for mail in mailoutbox if mail.to == ["zhang@example.test"]] == []


def test_my_work_names_the_task_and_not_its_happiest_end(submitted, legal_reviewer):
    (item,) = [item for item in my_work(legal_reviewer).mine if item.docket_id == submitted.docket_id]
    assert item.label == "进行法制审核"


def test_a_missing_signature_is_told_when_a_colleague_has_signed(finding, inspector, case_officer):
    from dataclasses import replace
    from datetime import time

    from enforcement.inspections import services as inspections

    with clock.pinned(DAY):
        inspection = finding.inspection
        inspection.refresh_from_db()
        record = replace(inspection.record(), situation="检查情况", ended_on=DAY, ended_at=time(11, 0))
        written = inspections.describe(
            inspection=inspection, record=record, expected_version=inspection.version, by=inspector
        )
        inspections.sign(inspection=written, seen=written.seen_as(), by=inspector)
    assert len(told(case_officer, "signature")) == 1
    assert told(inspector, "signature") == []


def test_who_is_named_for_the_re_inspection_hears_of_it_and_has_it_on_his_desk_until_it_is_done(
    served, inspector, case_officer, second_officer, outsider
):
    number = served.docket.number
    with clock.pinned(DAY.replace(day=28)):
        assert served.docket_id not in [item.docket_id for item in my_work(inspector).mine]
        case = cases.call_reinspection(case=served, inspectors=[inspector, second_officer], by=case_officer)
        for officer in (inspector, second_officer):
            assert [title for title in told(officer) if number in title and "复查" in title]
            assert case.docket_id in [item.docket_id for item in my_work(Officer.objects.get(pk=officer.pk)).mine]
        assert not [title for title in told(outsider) if number in title]
        cases.record_reinspection(
            case=case, inspected_on=DAY.replace(day=28), inspectors=[inspector, second_officer], visit=VISIT,
            is_done=True, findings="已改正", by=inspector,
        )  # fmt: skip
        refuse(case.docket.site_records.get(), inspector)
        cases.confirm_rectified(case=case, by=case_officer)
    assert case.docket_id not in [item.docket_id for item in my_work(Officer.objects.get(pk=inspector.pk)).mine]
    assert not case.docket.team.filter(officer=inspector).exists()


def test_a_case_that_the_head_sends_back_is_told_to_those_who_looked_last(served, inspector, case_officer, head):
    case = reinspect(served, inspector, case_officer, done=True)
    with clock.pinned(DAY.replace(day=29)):
        case = cases.confirm_rectified(case=case, by=case_officer)
        before = len(told(inspector))
        cases.look_again(case=case, reason="现场照片不清楚", by=head)
    assert len(told(inspector)) == before + 1


def test_a_re_inspection_is_not_called_without_two_certified_inspectors(served, inspector, case_officer):
    with clock.pinned(DAY.replace(day=28)), pytest.raises(RuleBroken) as refused:
        cases.call_reinspection(case=served, inspectors=[inspector], by=case_officer)
    assert refused.value.field == "inspectors"
    served.refresh_from_db()
    assert served.stage == "rectifying"


def test_who_is_named_for_one_step_is_no_officer_of_the_case(served, inspector, case_officer, second_officer):
    with clock.pinned(DAY.replace(day=28)):
        case = cases.call_reinspection(case=served, inspectors=[inspector, second_officer], by=case_officer)
    assert set(case.docket.team.filter(officer=inspector).values_list("part", flat=True)) == {Part.TASK}
    assert set(case.docket.team.filter(officer=second_officer).values_list("part", flat=True)) == {Part.CO, Part.TASK}
