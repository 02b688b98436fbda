"""The course a matter took, from the chain of its events: which stages it went through, who brought it to an end. Reads only."""

from typing import Any

from casework import kinds
from casework.models import Docket
from trail.models import Event


def _moves(docket: Docket) -> Any:
    flow = kinds.get(docket.kind).workflow
    verbs = [f"{flow.verb_prefix}.{name}" for name in flow.steps]
    return Event.objects.filter(docket_id=docket.pk, verb__in=verbs)


def gone_through(docket: Docket) -> list[str]:
    """The stages behind the present one, in order. What was returned is to be gone through again: it counts no more."""
    flow = kinds.get(docket.kind).workflow
    way: list[str] = [flow.initial]
    for facts in _moves(docket).order_by("pk").values_list("facts", flat=True):
        stage = facts["after"][flow.field]
        way = way[: way.index(stage)] if stage in way else way
        way.append(stage)
    return [stage for stage in way if stage != docket.stage]


def ended_by(docket: Docket) -> str:
    """Who took the step that ended the matter, and in whose place; "" where it goes on."""
    if docket.closed_on is None:
        return ""
    last: Event | None = _moves(docket).order_by("-pk").first()
    return last.who_for_whom if last else ""


def last_reason(docket: Docket) -> str:
    """The reason given for the step that brought the matter where it stands."""
    facts = _moves(docket).order_by("-pk").values_list("facts", flat=True).first() or {}
    reason: str = facts.get("reason", "")
    return reason


def step_bar(docket: Docket) -> list[dict[str, Any]]:
    """The stages of the kind in order; what lies before the present one is done. A matter that left the way (dismissed,
    withdrawn, voided) shows the stages it went through and where it stands: the others it was spared."""
    on_the_way = list(kinds.get(docket.kind).steps_shown)
    if docket.stage in on_the_way:
        shown, is_done = on_the_way, docket.closed_on is not None
    else:
        shown, is_done = [*gone_through(docket), docket.stage], False
    at = shown.index(docket.stage)
    return [
        {
            "label": kinds.stage_label(docket.kind, stage),
            "state": "done" if place < at or is_done else "current" if place == at else "todo",
        }
        for place, stage in enumerate(shown)
    ]
