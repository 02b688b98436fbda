"""The reminder ladder: planned once, sent once, caught up after an outage."""

from datetime import timedelta

import pytest

from casework.models import DocketOfficer, InboxMessage, Part, Reminder
from casework.reminders import inbox, sweep
from casework.reminders.ledger import Why
from core import clock
from organisation.models import Delegation
from tests.casework.reminders.beats import DUE, D, rows, run, sent, start

pytestmark = pytest.mark.django_db


def inbox_title(deadline, days):
    with clock.pinned(DUE - timedelta(days)):
        return inbox.words_for(deadline, clock.today())


def test_reminders_come_15_7_3_and_1_days_ahead_on_the_day_and_after_it(deadline, case_officer):
    day = D("2026-11-01")
    while day <= D("2026-12-08"):
        run(day)
        day += timedelta(1)
    assert sent(case_officer) == [15, 7, 3, 1, 0, -1, -7]
    assert [m.title for m in InboxMessage.objects.filter(recipient=case_officer).order_by("at")][:2] == [
        inbox_title(deadline, 15),
        inbox_title(deadline, 7),
    ]


def test_a_second_sweep_writes_nothing(deadline):
    with clock.pinned(D("2026-11-15")):
        assert sweep.plan() == 1
        assert sweep.plan() == 0


def test_the_day_of_an_offset_before_the_start_is_no_day(docket, case_officer):
    with clock.pinned(D("2026-11-16")):
        start(docket, case_officer, on="2026-11-16", length=5)
        assert sweep.plan() == 0
    with clock.pinned(D("2026-11-18")):
        sweep.plan()
    assert rows() == [(3, "planned", "")]


def test_the_head_hears_of_it_when_it_is_late_and_the_supervisors_after_a_week(
    deadline, case_officer, head, supervisor, outsider
):
    run("2026-11-30")
    assert sent(head) == []
    run("2026-12-01")
    assert (sent(head), sent(supervisor)) == ([-1], [])
    run("2026-12-07")
    assert sent(head) == [-1, -7]
    assert sent(supervisor) == [-7]
    assert not Reminder.objects.filter(recipient=outsider).exists()


def test_a_restricted_docket_is_not_told_to_supervisors(deadline, supervisor):
    deadline.docket.confidentiality = "restricted"
    deadline.docket.save()
    run("2026-12-07")
    assert sent(supervisor) == []


def test_a_docket_without_an_officer_reaches_the_head(docket, case_officer, head):
    with clock.pinned(D("2026-10-31")):
        start(docket, case_officer)
    DocketOfficer.objects.all().delete()
    docket.officer = None
    docket.save()
    run("2026-11-15")
    assert sent(head) == [15]


def test_co_handlers_and_deputies_on_leave_cover_are_reminded_too(
    deadline, case_officer, second_officer, inspector, head
):
    DocketOfficer.objects.create(docket=deadline.docket, officer=inspector, part=Part.CO)
    Delegation.objects.create(
        principal=case_officer, deputy=second_officer, starts_on=D("2026-11-10"), ends_on=D("2026-11-20"),
        reason="休假", created_by=head, created_at=clock.now(),
    )  # fmt: skip
    run("2026-11-15")
    run("2026-11-23")  # the leave is over
    assert sent(case_officer) == [15, 7]
    assert sent(inspector) == [15, 7]
    assert sent(second_officer) == [15]


def test_d1_the_scheduler_off_for_three_days_loses_no_reminder(deadline, case_officer):
    """Due in 7 days on the 23rd; the schedule sleeps from the 22nd to the 25th."""
    run("2026-11-15")
    run("2026-11-21")
    run("2026-11-25")
    assert sent(case_officer) == [15, 7]
    with clock.pinned(D("2026-11-25")):
        assert InboxMessage.objects.latest("id").title == inbox.words_for(deadline, D("2026-11-25"))
    assert "5" in InboxMessage.objects.latest("id").title  # days left when it was sent, not when it was due to be sent


def test_d1_after_a_long_outage_only_the_nearest_is_sent_and_the_others_are_written_down(deadline, case_officer):
    run("2026-11-29")
    assert rows() == [
        (15, "skipped", Why.OVERTAKEN),
        (7, "skipped", Why.OVERTAKEN),
        (3, "skipped", Why.OVERTAKEN),
        (1, "sent", ""),
    ]
    assert InboxMessage.objects.filter(recipient=case_officer, kind="reminder").count() == 1


def test_d1_every_length_of_outage_ends_with_one_reminder_that_is_true(deadline, case_officer):
    for days in range(45):
        Reminder.objects.all().delete()
        InboxMessage.objects.all().delete()
        day = D("2026-11-15") + timedelta(days)
        run(day)
        [message] = InboxMessage.objects.filter(recipient=case_officer)
        assert message.title == inbox.words_for(deadline, day)
