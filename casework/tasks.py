"""Celery doorways of casework: one call each, and a heartbeat that says what was done (defects D7, D13)."""

from celery import shared_task

from casework import calendar_watch, services
from casework.deadlines import passing
from casework.reminders import digest, sending, sweep
from core.heartbeats import beating


@shared_task(name="casework.sweep_reminders")
def sweep_reminders() -> None:
    """Plan the reminders that are due, note due dates that passed, end shares whose last day is over, and ask for next
    year's calendar."""
    with beating("casework.sweep_reminders") as summary:
        summary["written"] = sweep.plan()
        summary["missed"] = passing.note_all()
        summary["shares_ended"] = services.end_expired_shares()
        summary["calendar_asked"] = calendar_watch.ask_for_next_year()


@shared_task(name="casework.send_reminders")
def send_reminders() -> None:
    with beating("casework.send_reminders") as summary:
        summary.update(sending.send_all())


@shared_task(name="casework.send_digests")
def send_digests() -> None:
    with beating("casework.send_digests") as summary:
        summary["queued"] = digest.send_all()
