"""An order is issued, served and revoked, and the next one issued, all on one day: the days to serve run on from that day."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.service_days import KINDS
from enforcement.rectification.workflow import Stage
from notices import services as notices
from notices.models import Effect, Method
from tests.plugins.matters import DAY, RECEIPT, drafted_order, draw
from trail import sentences
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def again(case) -> RectificationCase:
    return RectificationCase.objects.get(pk=case.pk)


def hand_over(case, officer, colleague) -> None:
    draw(case)
    order = again(case).order
    signed = SimpleUploadedFile("送达回证.pdf", RECEIPT + order.number.encode(), "application/pdf")
    notices.record_service(
        notice=order, method=Method.DIRECT, by=officer, co_server=colleague, recipient="钱测试",
        relation="办公室负责人", place="萃取车间", receipt_file=signed,
    )  # fmt: skip


def revoke(case, officer, head) -> None:
    answer = notices.supersede(notice=again(case).order, reason="引用条款有误", effect=Effect.REVOKES, by=officer)
    notices.issue(notice=notices.approve(notice=notices.submit(notice=answer, by=officer), by=head), by=officer)


def issue_anew(case, officer, colleague, reviewer, head) -> None:
    drafted_order(again(case), officer)
    for signatory in (officer, colleague):
        cases.sign(case=again(case), by=signatory)
    agreed = cases.agree(case=cases.submit(case=again(case), by=officer), opinion="同意", by=reviewer)
    cases.issue_order(case=cases.approve(case=agreed, by=head), by=officer)


@pytest.fixture
def issued_again(issued, case_officer, second_officer, legal_reviewer, head):
    with clock.pinned(DAY):
        hand_over(issued, case_officer, second_officer)
        revoke(issued, case_officer, head)
        issue_anew(issued, case_officer, second_officer, legal_reviewer, head)
    return again(issued)


def test_an_order_is_issued_again_on_the_day_its_predecessor_was_issued_served_and_revoked(issued_again):
    assert issued_again.stage == Stage.SERVING
    [service] = issued_again.docket.deadlines.open()
    assert (service.kind in KINDS, service.started_on) == (True, DAY)


def test_the_second_order_is_served_on_that_day_as_the_first_was(issued_again, case_officer, second_officer):
    with clock.pinned(DAY):
        hand_over(issued_again, case_officer, second_officer)
    assert again(issued_again).stage == Stage.RECTIFYING
    service = issued_again.docket.deadlines.get(kind__in=KINDS)
    assert service.met_on == DAY
    assert issued_again.docket.deadlines.open().filter(kind=cases.PERIOD, started_on=DAY).count() == 1


def test_the_trail_tells_that_periods_run_on_not_that_an_entry_was_wrong(issued_again):
    told = Event.objects.filter(docket_id=issued_again.docket_id)
    assert not told.filter(verb="deadline.reopen").exists()
    handling, service = told.filter(verb="deadline.run_on").order_by("pk")
    assert (handling.facts["reason"], service.facts["reason"]) == ("引用条款有误", "责令改正决定书制发")
    assert handling.facts["before"] == {"met_on": "2026-09-01"}
    said = sentences.sentence(handling.verb, handling.subject_label, handling.facts)
    assert "继续计算" in said
    assert "撤回" not in said
