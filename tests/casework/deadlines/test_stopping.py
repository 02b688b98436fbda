"""The clock is stopped and runs again: the date moves, and everyone can read why."""

import pytest
from django.core.exceptions import PermissionDenied

from casework import deadlines
from casework.models import Deadline
from core.errors import RuleBroken
from tests.casework.deadlines.acts import (
    D,
    events,
    pause,
    start,
)

pytestmark = pytest.mark.django_db


def test_d9_a_pause_moves_the_date_and_explains_it(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    deadline.refresh_from_db()
    assert deadline.due_on == D("2026-12-10")  # 30 November and ten days
    [told] = deadline.reasons["pauses"]
    assert (told["from"], told["to"], told["left_out"], told["reasons"]) == (
        "2026-09-10",
        "2026-09-19",
        10,
        ["举行听证"],
    )
    [event] = events(docket, "deadline.resume")
    assert event.facts["after"]["due_on"] == "2026-12-10"


def test_while_the_clock_is_stopped_no_date_counts(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    docket.refresh_from_db()
    assert (docket.next_due_on, docket.is_paused) == (None, True)
    assert not Deadline.objects.overdue(D("2030-01-01")).exists()
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    docket.refresh_from_db()
    assert (docket.next_due_on, docket.is_paused) == (D("2026-12-10"), False)


def test_a_docket_is_paused_only_when_nothing_runs(docket, case_officer, head):
    first = start(docket, case_officer)
    second = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    pause(first, head)
    docket.refresh_from_db()
    assert (docket.next_due_on, docket.is_paused) == (second.due_on, False)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"from_on": "2026-11-21"}, "from_on"),  # tomorrow
        ({"from_on": "2026-08-31"}, "from_on"),  # before the period
        ({"reason": " "}, "reason"),
        ({"document": ""}, "document"),
        ({"reason_code": "because"}, "reason_code"),
    ],
)
def test_a_pause_that_cannot_be_is_refused_in_words(docket, case_officer, fields, field, head):
    deadline = start(docket, case_officer)
    with pytest.raises(RuleBroken) as refusal:
        pause(deadline, head, **fields)
    assert refusal.value.field == field


def test_the_clock_is_stopped_once_and_ended_once(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    with pytest.raises(RuleBroken):
        pause(deadline, head, "2026-09-12")
    with pytest.raises(RuleBroken):
        deadlines.resume(deadline=deadline, to_on=D("2026-11-21"), reason="中止原因消除", by=head)  # tomorrow
    with pytest.raises(RuleBroken):
        deadlines.resume(deadline=deadline, to_on=D("2026-09-09"), reason="中止原因消除", by=head)  # before it began
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    with pytest.raises(RuleBroken):
        deadlines.resume(deadline=deadline, to_on=D("2026-09-20"), reason="中止原因消除", by=head)


def test_a_pause_after_the_end_comes_too_late(docket, case_officer, head):
    deadline = start(docket, case_officer, on="2026-08-03")  # due on 1 November
    with pytest.raises(RuleBroken):
        pause(deadline, head, "2026-11-02")
    pause(deadline, head, "2026-10-20")  # recorded late, but begun in time


def test_only_reasons_that_the_rule_names_stop_its_clock(docket, case_officer, head):
    deadline = start(docket, case_officer, kind="test.seizure", on="2026-11-10")
    with pytest.raises(RuleBroken, match="检测"):
        pause(deadline, head, "2026-11-12")
    pause(deadline, head, "2026-11-12", reason_code="monitoring", reason="样品检测")
    fine = start(docket, case_officer, kind="test.fine", on="2026-11-10")
    with pytest.raises(RuleBroken):  # the rule on paying a fine leaves no time out
        pause(fine, head, "2026-11-12")


def test_the_clock_does_not_run_again_without_a_reason(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    with pytest.raises(RuleBroken) as refused:
        deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason=" ", by=head)
    assert refused.value.field == "reason"


def test_only_a_head_stops_a_clock(docket, case_officer, head):
    deadline = start(docket, case_officer)
    with pytest.raises(PermissionDenied):
        pause(deadline, case_officer)
    pause(deadline, head)
