"""How events of the trail and its verifications are shown. Shapes: templates/components/README.md. Reads only."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.labels import in_print
from core.models import Job, JobState
from organisation import trail_words
from trail import sentences
from trail.models import Event


def told(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as entries of a timeline."""
    return [
        {
            "title": sentences.sentence(event.verb, event.subject_label, event.facts),
            "who": event.who,
            "acting_for": event.on_behalf_of,
            "at": clock.local(event.at),
            "basis": in_print(event.facts.get("basis", "")),
            "reason": sentences.reason(event.facts),
            "changes": trail_words.changes(event),
        }
        for event in events
    ]


def event_page(event: Event) -> dict[str, Any]:
    """One event of the trail with everything that is kept of it."""
    told_apart = {"before", "after", "basis", "reason"}
    rows = [
        {"label": _("When"), "value": clock.local(event.at).strftime("%Y-%m-%d %H:%M:%S.%f")},
        {"label": _("Who"), "value": event.who},
        {"label": _("On behalf of"), "value": event.on_behalf_of} if event.on_behalf_of else None,
        {"label": _("On what"), "value": event.about},
        {
            "label": _("Kind of act"),
            "value": sentences.kind_of_act(event.verb) if event.verb in sentences.known() else "",
        },
        {"label": _("Legal basis"), "value": in_print(event.facts["basis"])} if event.facts.get("basis") else None,
        {"label": _("Reason"), "value": sentences.reason(event.facts)} if event.facts.get("reason") else None,
    ]
    facts = [trail_words.fact(event, name) for name in sorted(event.facts) if name not in told_apart]
    prints = [
        {
            "label": _("Place in its chain"),
            "value": _("event %(position)d of this chain") % {"position": event.position},
            "code": event.stream,
        },
        {
            "label": _("Keys of the act and of the record"),
            "value": f"{event.verb} · {event.subject_type} {event.subject_id}",
            "mono": True,
        },
        {"label": _("Fingerprint"), "value": event.hash, "mono": True},
        {"label": _("Fingerprint of the event before"), "value": event.previous_hash, "mono": True},
        {"label": _("Request id"), "value": event.request_id, "mono": True},
    ]
    return {
        "event": event,
        "title": sentences.sentence(event.verb, event.subject_label, event.facts),
        "rows": [row for row in rows if row],
        "facts": facts,
        "prints": prints,
        "changes": trail_words.changes(event),
    }


def verification_rows(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """Earlier verifications as rows of a task list."""
    return [
        {
            "label": clock.local(job.created_at).strftime("%Y-%m-%d %H:%M"),
            "url": reverse("organisation:trail_verified", args=[job.pk]),
            "hint": _("Events: %(events)d; chains: %(chains)d; seals: %(seals)d") % job.result
            if "events" in job.result
            else "",
            "status": _verdict_tag(job),
        }
        for job in jobs
    ]


def _verdict_tag(job: Job) -> dict[str, str]:
    if job.state == JobState.DONE:
        return (
            {"label": _("Flawed"), "tone": "red"}
            if job.result["flaw_count"]
            else {"label": _("Intact"), "tone": "green"}
        )
    return {"label": job.get_state_display(), "tone": "red" if job.state == JobState.FAILED else "blue"}


def verification_page(job: Job) -> dict[str, Any]:
    """A verification: how far it is, or what it found."""
    states = {JobState.QUEUED: "waiting", JobState.RUNNING: "running", JobState.DONE: "done", JobState.FAILED: "failed"}
    progress = {
        "id": job.pk,
        "label": _("Verification of the trail"),
        "percent": job.progress,
        "step": job.step,
        "state": states.get(JobState(job.state), "cancelled"),
        "poll_url": reverse("organisation:trail_verified", args=[job.pk]),
        "error": job.error.splitlines()[0] if job.error else "",
    }
    return {"job": progress, "found": job.result if job.state == JobState.DONE else None}
