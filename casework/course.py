"""The course a matter took, from the chain of its events: which stages it went through, who brought it to an end. Reads only."""

from collections.abc import Sequence
from typing import Any

from casework import kinds
from casework.models import Docket
from casework.workflow import Workflow
from core.labels import Label
from trail.models import Event


def _moves(docket: Docket) -> Any:
    return moves_of(kinds.get(docket.kind).workflow, docket_id=docket.pk)


def moves_of(flow: Workflow, **of: Any) -> Any:
    """The events by which a row moved along this table; `of` says which row, by the fields of an event."""
    verbs = [f"{flow.verb_prefix}.{name}" for name in flow.steps]
    return Event.objects.filter(verb__in=verbs, **of)


def gone_through(docket: Docket) -> list[str]:
    """The stages behind the present one, in order. What was returned is to be gone through again: it counts no more."""
    return way_to(docket.stage, kinds.get(docket.kind).workflow, _moves(docket))


def way_to(stage: str, flow: Workflow, moves: Any) -> list[str]:
    way: list[str] = [flow.initial]
    for facts in moves.order_by("pk").values_list("facts", flat=True):
        reached = facts["after"][flow.field]
        way = way[: way.index(reached)] if reached in way else way
        way.append(reached)
    return [one for one in way if one != stage]


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
    kind = kinds.get(docket.kind)
    return bar(docket.stage, kind.workflow, kind.steps_shown, _moves(docket), is_done=docket.closed_on is not None)


def phase_bar(
    stage: str, flow: Workflow, phases: Sequence[tuple[Label, Sequence[str]]], moves: Any
) -> list[dict[str, Any]]:
    """The step bar of a procedure with many stages: those of one phase are one step. Off the way, the stages it went through."""
    at = next((place for place, (_label, stages) in enumerate(phases) if stage in stages), None)
    if at is None:
        return bar(stage, flow, (), moves, is_done=False)
    is_over = stage in flow.final
    return [
        {
            "label": str(label),
            "state": "done" if place < at or (is_over and place == at) else "current" if place == at else "todo",
        }
        for place, (label, _stages) in enumerate(phases)
    ]


def bar(stage: str, flow: Workflow, on_the_way: Sequence[str], moves: Any, *, is_done: bool) -> list[dict[str, Any]]:
    """The same of any row that moves along a table: `moves` are its events."""
    shown = list(on_the_way)
    if stage not in shown:
        shown, is_done = [*way_to(stage, flow, moves), stage], False
    at = shown.index(stage)
    return [
        {
            "label": str(flow.stages(one).label),
            "state": "done" if place < at or is_done else "current" if place == at else "todo",
        }
        for place, one in enumerate(shown)
    ]
