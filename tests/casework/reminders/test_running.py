"""Workers that die, tasks that fail, a ledger that says what was sent and what was not."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group

from casework import tasks
from casework.models import InboxMessage, Reminder, ReminderState
from casework.reminders import ledger, sending, sweep
from casework.reminders.ledger import Why
from core import clock
from core.models import Heartbeat
from organisation import roles
from tests import factories
from tests.casework.reminders.beats import D, run

pytestmark = pytest.mark.django_db


def test_a_claimed_reminder_is_not_claimed_again_until_its_lease_runs_out(deadline):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        token, ids = sending.claim()
        assert len(ids) == 1
        assert sending.claim()[1] == []
    with clock.pinned(datetime(2026, 11, 15, 17, 6, tzinfo=clock.SHANGHAI)):
        other, again = sending.claim()
        assert again == ids
        assert sending.deliver(ids[0], token) is None  # the first worker wakes up too late
        assert sending.deliver(ids[0], other) == ReminderState.SENT
    assert InboxMessage.objects.count() == 1


def test_a_reminder_whose_workers_keep_dying_ends_as_failed(deadline):
    now = datetime(2026, 11, 15, 9, tzinfo=clock.SHANGHAI)
    with clock.pinned(now):
        sweep.plan()
    for attempt in range(sending.MOST_ATTEMPTS):
        with clock.pinned(now + attempt * 2 * sending.LEASE):
            assert len(sending.claim()[1]) == 1
    with clock.pinned(now + 12 * sending.LEASE):
        assert sending.send_all() == {"failed": 1}
    assert not InboxMessage.objects.exists()


def test_d7_every_scheduled_reminder_task_exists_and_leaves_a_heartbeat(deadline):
    from celery import current_app

    from rareearth.celery import BEAT

    with clock.pinned(D("2026-11-15")):
        for task in (
            tasks.sweep_reminders, tasks.sweep_missed, tasks.end_shares, tasks.ask_for_calendar, tasks.send_reminders,
            tasks.send_digests,
        ):  # fmt: skip
            task()
    mine = {name for name in BEAT if name.startswith("casework.")}
    assert mine <= set(current_app.tasks)
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    assert mine == set(beats)
    assert beats["casework.sweep_reminders"].summary["written"] == 1
    assert beats["casework.send_reminders"].summary == {"sent": 1}


def test_d13_a_task_that_fails_says_so_in_its_heartbeat(monkeypatch):
    def broken():
        raise RuntimeError("no disk left")

    monkeypatch.setattr(sweep, "plan", broken)
    with pytest.raises(RuntimeError):
        tasks.sweep_reminders()
    assert "no disk left" in Heartbeat.objects.get(pk="casework.sweep_reminders").error


def test_the_ledger_is_seen_within_the_scope_of_the_dockets_only(deadline, case_officer, outsider):
    run("2026-11-15")
    assert Reminder.objects.visible_to(case_officer).count() == 1
    assert Reminder.objects.visible_to(outsider).count() == 0


def test_why_a_reminder_was_not_sent_reads_as_a_sentence():
    assert all(str(why.label).endswith((".", "。")) for why in Why)
    assert set(ledger.RETURNABLE) <= set(Why)


def test_next_years_calendar_is_asked_for_once_from_november_and_pressed_for_from_mid_december(statute_book):
    roles.sync_roles()
    keeper = factories.make_officer(roles.SYSTEM_ADMINISTRATOR)
    assert Group.objects.filter(name="system_administrator").exists()
    for day in ("2026-10-31", "2026-11-01", "2026-11-02", "2026-12-14", "2026-12-15", "2026-12-16"):
        with clock.pinned(D(day)):
            tasks.ask_for_calendar()
    kinds_of_message = list(InboxMessage.objects.filter(recipient=keeper).order_by("id").values_list("kind", flat=True))
    assert kinds_of_message == ["calendar_2027_ask", "calendar_2027_press"]
