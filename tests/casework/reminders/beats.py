"""One beat of the schedule on a given day, and what came of it."""

from datetime import date, datetime

from casework import deadlines
from casework.models import Reminder
from casework.reminders import sending, sweep
from core import clock, jobs
from core.models import Job, JobState

D = date.fromisoformat
DUE = D("2026-11-30")


def start(docket, by, on="2026-10-31", length=30):
    return deadlines.start(docket=docket, kind="test.order", on=D(on), by=by, length=length, unit="calendar_day")


def run(on, hour=9):
    """One beat of the schedule on that day: sweep, then send."""
    on = D(on) if isinstance(on, str) else on
    with clock.pinned(datetime(on.year, on.month, on.day, hour, tzinfo=clock.SHANGHAI)):
        sweep.plan()
        return sending.send_all()


def rows(**filters):
    found = Reminder.objects.filter(**filters).order_by("-offset_days", "recipient_id")
    return [(row.offset_days, row.state, row.reason) for row in found]


def sent(officer):
    return [
        row.offset_days for row in Reminder.objects.filter(recipient=officer, state="sent").order_by("sent_at", "id")
    ]


def prefer(officer, **fields):
    for name, value in fields.items():
        setattr(officer, name, value)
    officer.save()


def work(kind):
    for job in Job.objects.filter(kind=kind, state=JobState.QUEUED):
        jobs.run(job.pk)
