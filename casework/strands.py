"""Strands: procedures that run beside that of their docket (docs/decisions/0040). Upper floors register theirs; casework puts
them on the page of the docket and on the desks of those who must act, without knowing what they are.

A strand's rows have a foreign key `docket`, a stage that only the engine moves, and `visible_to`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import course, powers, turns
from casework.due import DueWords, calendar_for
from casework.kinds import Action
from casework.models import Docket, InboxMessage
from casework.models.dockets import NO_DATE
from casework.selectors import SHOWN, WorkItem
from casework.workflow import Workflow
from core import clock
from core.labels import Label
from organisation.scope import scope_of
from trail.recording import SYSTEM

MESSAGE: Final = "turn.strand"


@dataclass(frozen=True, slots=True)
class Strand:
    """What casework must know of a procedure beside the docket's own."""

    code: str
    label: Label
    model: Any  # the class of its rows
    workflow: Workflow
    actions: Callable[[Any, Any], list[Action]]  # (row, viewer) -> what to do next
    facts: Callable[[Any, Any], list[tuple[str, Any]]]  # (row, viewer) -> label and value
    phases: tuple[
        tuple[Label, tuple[str, ...]], ...
    ] = ()  # the step bar: what several stages together are called, in order
    tones: Mapping[str, str] = field(default_factory=dict)  # stage -> red amber green blue grey purple
    awaiting: Mapping[str, str] = field(default_factory=dict)  # stage -> permission of those who must act
    tasks: Mapping[str, Label] = field(default_factory=dict)  # stage -> what they have to do, as a verb
    # stage -> (ids of officers -> keys of rows on which they have decided before, and so do not decide at this stage)
    decided: Mapping[str, Callable[[Collection[int]], Any]] = field(default_factory=dict)
    icon: str = "gavel"

    def rows(self, docket: Docket) -> list[Any]:
        """Those of a docket, the oldest first."""
        return list(self.model.objects.filter(docket=docket).order_by("pk"))

    def is_over(self, row: Any) -> bool:
        return row.stage in self.workflow.final

    def task(self, stage: str) -> Label:
        """What is to be done at a stage; the step that usually follows where the strand does not say."""
        if stage in self.tasks:
            return self.tasks[stage]
        ahead = [step for step in self.workflow.steps.values() if stage in step.sources]
        usual = next((step for step in ahead if step.is_primary), None)
        return usual.label if usual else self.workflow.stages(stage).label


_strands: dict[str, Strand] = {}


def register(strand: Strand) -> None:
    if _strands.setdefault(strand.code, strand) is not strand:
        raise ValueError(f"strand {strand.code} is registered twice")


def all_strands() -> list[Strand]:
    return list(_strands.values())


def of_row(row: Any) -> Strand | None:
    return next((strand for strand in _strands.values() if isinstance(row, strand.model)), None)


def open_on(docket: Docket) -> list[str]:
    """What still runs beside the docket's own procedure, in words: the docket does not close before."""
    words = _("%(strand)s is still at the stage “%(stage)s”.")
    return [
        str(words) % {"strand": strand.label, "stage": strand.workflow.stages(row.stage).label}
        for strand in _strands.values()
        for row in strand.rows(docket)
        if not strand.is_over(row)
    ]


# --- on the page of the docket ---------------------------------------------------------------------------------------
def shown_on(docket: Docket, viewer: Any, as_tasks: Callable[..., Any], as_row: Callable[..., Any]) -> list[Any]:
    """Each row with its step bar, what to do next and what there is to know, as templates/casework/_strand.html wants it."""
    found = []
    for strand in _strands.values():
        for row in strand.rows(docket):
            stage = strand.workflow.stages(row.stage)
            moves = course.moves_of(
                strand.workflow, docket_id=docket.pk, subject_type=row._meta.label_lower, subject_id=str(row.pk)
            )
            actions = strand.actions(row, viewer)
            found.append(
                {
                    "title": strand.label,
                    "status": {"label": stage.label, "tone": strand.tones.get(row.stage, "blue")},
                    "steps": course.phase_bar(row.stage, strand.workflow, strand.phases, moves),
                    "tasks": as_tasks(docket, viewer, actions),
                    "facts": [as_row(label, value) for label, value in strand.facts(row, viewer)],
                }
            )
    return found


# --- on the desk -----------------------------------------------------------------------------------------------------
def waiting(viewer: Any) -> list[WorkItem]:
    """What waits for him: of what he handles, the steps of those who handle; of others' matters, those on which he decides."""
    scope = scope_of(viewer)
    if scope.is_empty:
        return []
    words = DueWords(calendar_for(viewer))
    found = []
    for strand in _strands.values():
        rows = strand.model.objects.visible_to(viewer).filter(_his_turn(strand, viewer, scope.officers))
        rows = rows.filter(docket__closed_on=None).select_related("docket__enterprise")
        found += [(strand, row) for row in rows.order_by("docket__due_key", "pk")[:SHOWN]]
    words.about(row.docket for _strand, row in found)
    return [_item(strand, row, words) for strand, row in found]


def _his_turn(strand: Strand, viewer: Any, officers: Collection[int]) -> Q:
    wanted = Q(pk__in=[])
    for stage, permission in strand.awaiting.items():
        if not viewer.has_perm(permission):
            continue
        here = Q(stage=stage)
        if powers.is_over_others(permission):
            here &= ~Q(docket__in=Docket.objects.filter(powers.handled([viewer.pk])).values("pk"))
            if stage in strand.decided:
                here &= ~Q(pk__in=strand.decided[stage]([viewer.pk]))
        else:
            here &= Q(docket__in=Docket.objects.filter(Docket.objects.handled_by(officers)).values("pk"))
        wanted |= here
    return wanted


def _item(strand: Strand, row: Any, words: DueWords) -> WorkItem:
    docket = row.docket
    party = docket.enterprise.name if docket.enterprise else docket.title
    return WorkItem(
        label=str(strand.task(row.stage)),
        url=docket.get_absolute_url(),
        title=" · ".join(filter(None, [docket.number, party])),
        due_on=docket.next_due_on or NO_DATE,
        due=words.of(docket).get("due"),
        status={"label": strand.workflow.stages(row.stage).label, "tone": strand.tones.get(row.stage, "blue")},
        docket_id=docket.pk,
        key=f"{strand.code} {row.pk}",
    )


# --- those whose turn it has become hear of it -------------------------------------------------------------------------
def who_acts(strand: Strand, row: Any) -> list[Any]:
    """The officers of the docket who have the power that the stage asks for, else colleagues of its department who do."""
    permission = strand.awaiting.get(row.stage, "")
    return turns.who_have(row.docket, permission) if permission else []


def tell(row: Any, by: Any) -> None:
    """After every step of a row that moves beside its docket. Nobody is told while whoever acted may go on by himself."""
    strand = of_row(row)
    if strand is None:
        return
    docket = row.docket
    InboxMessage.objects.filter(docket=docket, kind=MESSAGE, read_at=None).update(read_at=clock.now())
    officers = who_acts(strand, row)
    if by is not SYSTEM and getattr(by, "pk", None) in {officer.pk for officer in officers}:
        return
    turns.tell_task(docket, officers, strand.task(row.stage), kind=MESSAGE, by=by)


def is_over(docket: Docket, officer: Any) -> bool:
    """Is no strand of the docket this officer's turn any more? Then a mail that still waits says nothing true."""
    rows = ((strand, row) for strand in _strands.values() for row in strand.rows(docket) if not strand.is_over(row))
    return docket.closed_on is not None or not any(officer in who_acts(strand, row) for strand, row in rows)
