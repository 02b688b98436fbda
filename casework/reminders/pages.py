"""What the pages on reminders and jobs show. Shapes: templates/components/README.md. Reads only."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Reminder, ReminderState
from casework.reminders import inbox, ledger, schedule
from core import clock, jobs
from core.listing import listed
from core.models import Job, JobState
from organisation.models import Officer

RUN_JOBS = "casework.run_jobs"


def task_words() -> dict[str, str]:
    """What each scheduled task does."""
    return {
        "core.sweep_jobs": _("Find background jobs that nobody carries"),
        "casework.sweep_reminders": _("Plan reminders"),
        "casework.sweep_missed": _("Note dates that passed"),
        "casework.end_shares": _("End shares whose last day is over"),
        "casework.ask_for_calendar": _("Ask for next year’s working calendar"),
        "casework.send_reminders": _("Send planned reminders"),
        "casework.send_digests": _("Mail the daily summaries"),
        "trail.seal": _("Seal the trail"),
        "core.tidy": _("Clear away old records of submitted forms"),
        "organisation.tidy": _("Forget drafts of forms older than 30 days"),
    }


def done_words() -> dict[str, str]:
    """What the figures of a task count."""
    return {
        "written": _("reminders written"),
        "missed": _("dates passed"),
        "calendar_asked": _("calendar asked for"),
        "shares_ended": _("shares ended"),
        "sent": _("sent"),
        "skipped": _("not sent"),
        "failed": _("failed"),
        "queued": _("summaries queued"),
        "requeued": _("jobs queued again"),
        "forms_forgotten": _("keys forgotten"),
        "unnamed_forgotten": _("files of refused forms forgotten"),
        "events": _("events sealed"),
    }


def heartbeats() -> dict[str, Any]:
    words, done = task_words(), done_words()
    beats = schedule.beats()
    return {
        "beats": [
            {
                "label": words.get(beat.name, beat.name),
                "name": beat.name,
                "rhythm": beat.rhythm,
                "last_at": clock.local(beat.last.started_at) if beat.last else None,
                "duration": f"{beat.last.duration_ms / 1000:.1f} s" if beat.last else "",
                "next_at": clock.local(beat.next_at),
                "summary": listed(f"{done.get(key, key)} {value}" for key, value in beat.last.summary.items())
                if beat.last
                else "",
                "error": beat.last.error if beat.last else "",
                "runs": beat.last.runs if beat.last else 0,
                "tag": _tag(beat),
            }
            for beat in beats
        ],
        "stats": stats(beats),
    }


def _tag(beat: schedule.Beat) -> dict[str, str]:
    if beat.is_awaited:
        return {"label": _("Its first time has not come yet"), "tone": "grey"}
    if beat.last is None:
        return {"label": _("Never ran"), "tone": "red"}
    if beat.is_missed:
        return {"label": _("Missed"), "tone": "red"}
    if beat.has_failed:
        return {"label": _("Failed"), "tone": "red"}
    return {"label": _("In time"), "tone": "green"}


def stats(beats: list[schedule.Beat]) -> list[dict[str, Any]]:
    ill = sum(beat.is_missed or beat.has_failed for beat in beats)
    waiting = Reminder.objects.filter(state=ReminderState.PLANNED).count()
    failed = Reminder.objects.filter(state=ReminderState.FAILED).count()
    stuck = Job.objects.filter(state=JobState.FAILED).count()
    held_up = jobs.held_up()
    return [
        {"label": _("Tasks not running"), "value": ill, "tone": "red" if ill else "green"},
        {"label": _("Reminders waiting to be sent"), "value": waiting},
        {"label": _("Reminders given up"), "value": failed, "tone": "red" if failed else "green"},
        {
            "label": _("Jobs held up: a server is away"),
            "value": held_up,
            "tone": "amber" if held_up else "green",
            "url": f"{reverse('casework:jobs')}?state=queued",
        },
        {
            "label": _("Jobs failed"),
            "value": stuck,
            "tone": "red" if stuck else "green",
            "url": f"{reverse('casework:jobs')}?state=failed",
        },
    ]


def job_page(job: Job, viewer: Any) -> dict[str, Any]:
    """A background job: progress, outcome, and what may be done with it."""
    is_keeper = viewer.has_perm(RUN_JOBS)
    asker = Officer.objects.filter(pk=job.requested_by_id).first()
    rows = [
        {"label": _("Asked for by"), "value": asker.name if asker else _("The portal")},
        {"label": _("Asked for"), "value": _moment(job.created_at)},
        {"label": _("Begun"), "value": _moment(job.started_at)},
        {"label": _("Finished"), "value": _moment(job.finished_at)},
        {"label": _("Held up since"), "value": _moment(job.waiting_since)},
        {"label": _("Attempts"), "value": f"{job.attempts}/{job.max_attempts}"},
        {"label": _("Serial number"), "value": str(job.pk), "mono": True},
        *_not_mailed(job),
    ]
    if is_keeper and job.error:
        rows.append({"label": _("Error"), "lines": job.error.splitlines(), "mono": True})
    return {
        "job": job,
        "title": jobs.label_of(job.kind),
        "rows": rows,
        "progress": progress(job),
        "can_retry": jobs.can_retry(job),
        "can_cancel": jobs.can_cancel(job),
    }


def _not_mailed(job: Job) -> list[dict[str, Any]]:
    """Why a mail did not leave, or how much of a summary did not."""
    words = {
        "taken back": _("What it told had been taken back."),
        "settled": _("What it asks for had been done."),
        "inactive": str(ledger.Why.LEFT.label),
        inbox.OUT_OF_SIGHT: str(ledger.Why.OUT_OF_SIGHT.label),
        "unwanted": _("The recipient no longer wanted a summary by mail."),
        "nothing left to say": _("Nothing was left to say."),
    }
    rows = []
    if (reason := job.result.get("skipped")) in words:
        rows.append({"label": _("Not sent"), "value": words[reason]})
    if withheld := job.result.get("withheld"):
        what = ngettext(
            "%(n)s message: the recipient could no longer see its docket.",
            "%(n)s messages: the recipient could no longer see their dockets.",
            withheld,
        )
        rows.append({"label": _("Withheld"), "value": what % {"n": withheld}})
    return rows


def progress(job: Job) -> dict[str, Any]:
    """The shape that components/progress.html wants."""
    states = {JobState.QUEUED: "waiting", JobState.RUNNING: "running", JobState.DONE: "done", JobState.FAILED: "failed"}
    failed = _("This could not be finished. Try again; if it fails again, tell the system administrator.")
    return {
        "id": job.pk,
        "label": jobs.label_of(job.kind),
        "percent": job.progress,
        "step": job.step,
        "state": states.get(JobState(job.state), "cancelled"),
        "poll_url": reverse("casework:job_progress", args=[job.pk]),
        "error": failed if job.state == JobState.FAILED else "",
    }


def _moment(moment: Any) -> str:
    return clock.local(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
