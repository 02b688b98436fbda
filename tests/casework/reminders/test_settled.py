"""Nobody is reminded of what is done, stopped or moved, nor who has left the matter."""

from datetime import timedelta

import pytest
from django.core import mail

from casework import deadlines
from casework.models import Deadline, DocketOfficer, InboxMessage, Part, Reminder, ReminderState
from casework.reminders import inbox, sending, sweep
from casework.reminders.ledger import Why
from core import clock
from tests.casework.reminders.beats import D, prefer, rows, run, sent, work

pytestmark = pytest.mark.django_db


def test_d16_nobody_is_reminded_of_what_he_has_done(deadline, case_officer):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        deadlines.meet(deadline=deadline, on=D("2026-11-15"), by=case_officer)
        assert sending.send_all() == {}
    assert rows() == [(15, "skipped", Why.MET)]
    assert not InboxMessage.objects.exists()


def test_d16_state_is_looked_at_again_between_claim_and_delivery(deadline, case_officer):
    """The officer meets the deadline after a worker has claimed the reminder, before it delivers it."""
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        token, [reminder_id] = sending.claim()
        Deadline.objects.filter(pk=deadline.pk).update(met_on=D("2026-11-15"))
        assert sending.deliver(reminder_id, token) == ReminderState.SKIPPED
    assert rows() == [(15, "skipped", Why.MET)]


def test_d16_a_mail_already_queued_is_not_sent_once_the_matter_is_settled(deadline, case_officer):
    prefer(case_officer, mail_on=True, digest_on=False)
    run("2026-11-15")
    with clock.pinned(D("2026-11-15")):
        deadlines.meet(deadline=deadline, on=D("2026-11-15"), by=case_officer)
    work(inbox.MAIL)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda d, by: deadlines.cancel(deadline=d, reason="录错", by=by), Why.CANCELLED),
        (
            lambda d, by: deadlines.pause(
                deadline=d, reason_code="hearing", reason="听证", document="3号", from_on=D("2026-11-15"), by=by
            ),
            Why.PAUSED,
        ),
        (lambda d, by: deadlines.extend(deadline=d, length=5, reason="复杂", document="1号", by=by), Why.MOVED),
    ],
)
def test_a_change_strikes_out_what_was_planned_and_says_why(deadline, head, change, why):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        change(deadline, head)
    assert rows() == [(15, "skipped", why)]


def test_d14_a_date_moved_twice_is_reminded_of_at_its_new_date_only(deadline, case_officer, head):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        deadlines.extend(deadline=deadline, length=10, reason="复杂", document="1号", by=head)  # 10 December
        deadlines.extend(deadline=deadline, length=5, reason="复杂", document="2号", by=head)  # 15 December
        sweep.plan()
        sending.send_all()
    assert rows() == [(15, "skipped", Why.MOVED)]
    day = D("2026-11-16")
    while day <= D("2026-12-15"):
        run(day)
        day += timedelta(1)
    assert sent(case_officer) == [15, 7, 3, 1, 0]
    assert set(Reminder.objects.filter(state="sent").values_list("due_on", flat=True)) == {D("2026-12-15")}


def test_a_change_taken_back_puts_the_planned_reminder_back(deadline, case_officer, head):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        deadlines.meet(deadline=deadline, on=D("2026-11-15"), by=case_officer)
        deadlines.reopen(deadline=deadline, reason="录错", by=head)
        sweep.plan()
        assert sending.send_all() == {"sent": 1}


def test_d1_a_stopped_clock_reminds_of_nothing_until_it_runs_again(deadline, case_officer, head):
    with clock.pinned(D("2026-11-10")):
        deadlines.pause(
            deadline=deadline,
            reason_code="hearing",
            reason="听证",
            document="3号",
            from_on=D("2026-11-10"),
            by=head,
        )
    run("2026-11-16")
    assert not Reminder.objects.exists()
    with clock.pinned(D("2026-11-20")):
        deadlines.resume(deadline=deadline, to_on=D("2026-11-19"), reason="中止原因消除", by=head)
    assert deadline.due_on == D("2026-12-10")
    run("2026-11-25")
    assert sent(case_officer) == [15]


def test_who_has_left_or_gone_off_the_case_is_not_reminded(deadline, case_officer, inspector, second_officer):
    for officer in (inspector, second_officer):
        DocketOfficer.objects.create(docket=deadline.docket, officer=officer, part=Part.CO)
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        inspector.is_active = False
        inspector.save()
        DocketOfficer.objects.filter(officer=second_officer).delete()
        sending.send_all()
    assert rows(recipient=inspector) == [(15, "skipped", Why.LEFT)]
    assert rows(recipient=second_officer) == [(15, "skipped", Why.OFF_CASE)]
    assert sent(case_officer) == [15]
