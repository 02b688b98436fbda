"""Celery doorways of casework: one call each, and a heartbeat that says what was done (defects D7, D13)."""

from celery import shared_task

from casework import calendar_watch, services
from casework.deadlines import passing
from casework.reminders import digest, sending, sweep
from core.heartbeats import beating


@shared_task(name="casework.sweep_reminders")
def sweep_reminders() -> None:
    """Plan the reminders that are due."""
    with beating("casework.sweep_reminders") as summary:
        summary["written"] = sweep.plan()


@shared_task(name="casework.sweep_missed")
def sweep_missed() -> None:
    """Have the due dates noted that passed."""
    with beating("casework.sweep_missed") as summary:
        summary["missed"] = passing.queue_all()


@shared_task(name="casework.end_shares")
def end_shares() -> None:
    """End the shares whose last day is over."""
    with beating("casework.end_shares") as summary:
        summary["shares_ended"] = services.end_expired_shares()


@shared_task(name="casework.ask_for_calendar")
def ask_for_calendar() -> None:
    """Ask for next year's calendar while it is missing."""
    with beating("casework.ask_for_calendar") as summary:
        summary["calendar_asked"] = calendar_watch.ask_for_next_year()


@shared_task(name="casework.send_reminders")
def send_reminders() -> None:
    with beating("casework.send_reminders") as summary:
        summary.update(sending.send_all())


@shared_task(name="casework.send_digests")
def send_digests() -> None:
    with beating("casework.send_digests") as summary:
        summary["queued"] = digest.send_all()
