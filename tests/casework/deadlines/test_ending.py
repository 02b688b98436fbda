"""A period is met, taken back, cancelled or overdue."""

from datetime import timedelta

import pytest

from casework import deadlines
from casework.models import Deadline
from core.errors import RuleBroken
from tests.casework.deadlines.acts import (
    D,
    events,
    extend,
    pause,
    start,
)

pytestmark = pytest.mark.django_db


def test_meeting_ends_the_period_and_empties_the_mirror(docket, case_officer, head):
    deadline = start(docket, case_officer)
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    docket.refresh_from_db()
    assert (deadline.met_on, docket.next_due_on) == (D("2026-11-19"), None)
    for verb in (
        lambda: pause(deadline, head),
        lambda: extend(deadline, head),
        lambda: deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer),
    ):
        with pytest.raises(RuleBroken):
            verb()


def test_meeting_ends_an_open_pause_with_it(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    assert deadline.pauses.get().to_on == D("2026-11-19")
    assert deadline.paused_since is None


def test_a_period_is_not_met_in_the_future_nor_before_it_began(docket, case_officer):
    deadline = start(docket, case_officer)
    for on in ("2026-11-21", "2026-08-31"):
        with pytest.raises(RuleBroken):
            deadlines.meet(deadline=deadline, on=D(on), by=case_officer)


def test_cancelling_wants_a_reason_and_frees_the_place(docket, case_officer, head):
    deadline = start(docket, case_officer)
    with pytest.raises(RuleBroken):
        deadlines.cancel(deadline=deadline, reason="", by=head)
    deadlines.cancel(deadline=deadline, reason="起算日录错", by=head)
    assert start(docket, case_officer).pk != deadline.pk


def test_d11_a_wrong_entry_is_taken_back_by_the_head_with_a_reason(docket, case_officer, head):
    deadline = start(docket, case_officer)
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    deadlines.reopen(deadline=deadline, reason="尚未办结", by=head)
    docket.refresh_from_db()
    assert (deadline.met_on, docket.next_due_on) == (None, deadline.due_on)
    [event] = events(docket, "deadline.reopen")
    assert event.facts["reason"] == "尚未办结"


def test_d2_overdue_is_asked_not_stored(docket, case_officer):
    deadline = start(docket, case_officer)
    assert not Deadline.objects.overdue(deadline.due_on).exists()
    assert Deadline.objects.overdue(deadline.due_on + timedelta(1)).exists()
    stored = {field.name for field in Deadline._meta.get_fields()}
    assert not {"overdue", "is_overdue", "days_left", "days_late"} & stored
