"""How events of the trail and its verifications are shown. Shapes: templates/components/README.md. Reads only."""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.models import Job, JobState
from trail import sentences
from trail.models import Event

# Facts that events are told with, for the auditor; the name of a field of the record itself serves as well.
_FACTS: Final = {
    "addressee": gettext_lazy("Addressee"),
    "bad": gettext_lazy("Rows with errors"),
    "certificate": gettext_lazy("Number of the enforcement certificate"),
    "code": gettext_lazy("Code"),
    "deputy": gettext_lazy("Deputy"),
    "deputy_id": gettext_lazy("Key of the deputy"),
    "document": gettext_lazy("Document"),
    "due_on": gettext_lazy("Due on"),
    "ends_on": gettext_lazy("Last day"),
    "event": gettext_lazy("Event"),
    "fact": gettext_lazy("Fact"),
    "failure": gettext_lazy("Why it failed"),
    "from_on": gettext_lazy("From"),
    "inspected_on": gettext_lazy("Day of the inspection"),
    "inspectors": gettext_lazy("Inspectors"),
    "is_done": gettext_lazy("Done"),
    "job": gettext_lazy("Key of the job"),
    "kind": gettext_lazy("Kind"),
    "label": gettext_lazy("Name"),
    "lead": gettext_lazy("Lead"),
    "length": gettext_lazy("Length"),
    "mentioned": gettext_lazy("Who was mentioned"),
    "method": gettext_lazy("Method"),
    "number": gettext_lazy("Document number"),
    "officer": gettext_lazy("Officer"),
    "on": gettext_lazy("Day"),
    "part": gettext_lazy("Part"),
    "part_id": gettext_lazy("Key of the part"),
    "part_type": gettext_lazy("Type of the part"),
    "place": gettext_lazy("Place"),
    "reason_code": gettext_lazy("Code of the reason"),
    "recipient": gettext_lazy("Recipient"),
    "remark": gettext_lazy("Remark"),
    "role": gettext_lazy("Code of the role"),
    "role_name": gettext_lazy("Role"),
    "rows": gettext_lazy("Number of rows"),
    "served_on": gettext_lazy("Served on"),
    "sha256": gettext_lazy("SHA-256"),
    "size_bytes": gettext_lazy("Size in bytes"),
    "started_on": gettext_lazy("Began on"),
    "starts_on": gettext_lazy("First day"),
    "unit": gettext_lazy("Unit"),
    "version": gettext_lazy("Version number"),
}


def told(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as entries of a timeline."""
    return [
        {
            "title": sentences.sentence(event.verb, event.subject_label, event.facts),
            "who": event.actor_name,
            "acting_for": event.on_behalf_of,
            "at": clock.local(event.at),
            "basis": event.facts.get("basis", ""),
            "reason": event.facts.get("reason", ""),
            "changes": changes(event),
        }
        for event in events
    ]


def changes(event: Event) -> list[dict[str, Any]]:
    """What an event changed, field by field, in words."""
    before, after = event.facts.get("before") or {}, event.facts.get("after") or {}
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [
        {
            "field": _field_label(event.subject_type, name),
            "before": _in_words(before.get(name)),
            "after": _in_words(after.get(name)),
        }
        for name in {**before, **after}
    ]


def _field_label(subject_type: str, name: str) -> str:
    try:
        field: Any = apps.get_model(subject_type)._meta.get_field(name)
        return str(field.verbose_name)
    except (LookupError, FieldDoesNotExist, ValueError):
        return name


def _fact_label(subject_type: str, name: str) -> str:
    return str(_FACTS[name]) if name in _FACTS else _field_label(subject_type, name)


def _in_words(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return _("yes") if value else _("no")
        case _:
            return str(value)


def event_page(event: Event) -> dict[str, Any]:
    """One event of the trail with everything that is kept of it."""
    told_apart = {"before", "after", "basis", "reason"}
    rows = [
        {"label": _("When"), "value": clock.local(event.at).strftime("%Y-%m-%d %H:%M:%S.%f")},
        {"label": _("Who"), "value": event.actor_name},
        {"label": _("On behalf of"), "value": event.on_behalf_of} if event.on_behalf_of else None,
        {"label": _("On what"), "value": event.subject_label, "code": f"{event.subject_type} {event.subject_id}"},
        {"label": _("Kind of act"), "value": event.verb, "mono": True},
        {"label": _("Legal basis"), "value": event.facts["basis"]} if event.facts.get("basis") else None,
        {"label": _("Reason"), "value": event.facts["reason"]} if event.facts.get("reason") else None,
    ]
    facts = [
        {"label": _fact_label(event.subject_type, name), "value": _in_words(value)}
        for name, value in sorted(event.facts.items())
        if name not in told_apart
    ]
    prints = [
        {"label": _("Chain"), "value": f"{event.stream} #{event.position}", "mono": True},
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
        "changes": changes(event),
    }


def verification_rows(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """Earlier verifications as rows of a task list."""
    return [
        {
            "label": clock.local(job.created_at).strftime("%Y-%m-%d %H:%M"),
            "url": reverse("organisation:trail_verified", args=[job.pk]),
            "hint": _("%(events)d events, %(chains)d chains, %(seals)d seals") % job.result
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
