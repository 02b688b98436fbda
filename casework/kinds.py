"""Kinds of dockets. Upper floors register theirs; casework shows them without knowing what they are."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices

from core.labels import Label

if TYPE_CHECKING:
    from casework.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Action:
    """Something an officer can do next on a docket, or the reasons why not yet."""

    label: str
    url: str
    is_primary: bool = False
    reasons: tuple[str, ...] = ()  # not empty: shown, but not possible yet
    due_on: Any = None
    waits_for: str = ""  # who must act when it is not the viewer
    hotkey: str = ""  # one letter; "e" for the one that edits


@dataclass(frozen=True, slots=True)
class Waking:
    """A stage at which the party acts: the authority's turn comes when the party's period is over, or there is none (at once), or
    a period of the authority's own is about to end (within its reminders)."""

    permission: str  # of those who act then
    party: str  # the kind of the party's period
    own: str = ""  # the kind of the authority's


@dataclass(frozen=True, slots=True)
class DocketKind:
    """What casework must know of a kind of docket in order to list and show it."""

    code: str
    label: Label
    stages: type[TextChoices]
    workflow: "Workflow"
    series: str  # word in the docket number, e.g. 立, 查, 线
    subject_of: Callable[[Any], Any]  # docket -> domain row
    actions: Callable[[Any, Any], list[Action]]  # (docket, viewer) -> what to do next
    facts: Callable[[Any, Any], list[tuple[str, Any]]]  # (docket, viewer) -> label and value
    steps_shown: tuple[str, ...] = ()  # stages in the step bar, in order
    tones: Mapping[str, str] = field(default_factory=dict)  # stage -> red amber green blue grey purple
    awaiting: Mapping[str, str] = field(default_factory=dict)  # stage -> permission of those who must act
    # stage -> (ids of officers -> ids of dockets on which they have decided before, and so do not decide at this stage)
    decided: Mapping[str, Callable[[Collection[int]], Any]] = field(default_factory=dict)
    wakes: Mapping[str, Waking] = field(default_factory=dict)  # stage -> from when on it is the authority's turn
    tasks: Mapping[str, Label] = field(default_factory=dict)  # stage -> what they have to do, as a verb
    origin: Callable[[Any], list[Any]] = lambda docket: []  # the dockets this one came from (casework.origins)
    # Of these dockets, those that came back to who handles them, to be changed: their keys.
    returned: Callable[[Iterable[Any]], set[int]] = lambda dockets: set()
    # How it ended, as the cover of its file says: 处理结果. Its stage where the kind does not say.
    result: Callable[[Any], str] | None = None
    # 案由 on papers of today, where it is another than the title: suspicion ends with the decision.
    cause: Callable[[Any], str] | None = None
    icon: str = "folder"
    new_url_name: str = ""
    new_permission: str = ""
    officers_needed: int = 1  # how many officers the law wants on a matter of this kind
    officers_basis: str = ""  # where it says so


_kinds: dict[str, DocketKind] = {}


def register(kind: DocketKind) -> None:
    if kind.code in _kinds and _kinds[kind.code] is not kind:
        raise ValueError(f"docket kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def get(code: str) -> DocketKind:
    return _kinds[code]


def all_kinds() -> list[DocketKind]:
    return list(_kinds.values())


def permission_at(docket: Any) -> str:
    """The permission of those who must act at this stage; empty when the party must, or time."""
    kind = _kinds.get(docket.kind)
    return kind.awaiting.get(docket.stage, "") if kind else ""


def label_of(code: str) -> Label:
    return _kinds[code].label if code in _kinds else code


def returned(dockets: Iterable[Any]) -> set[int]:
    """Those of these dockets that somebody sent back; a statement for each kind that knows such a thing and stands there."""
    found: set[int] = set()
    rows = list(dockets)
    for kind in _kinds.values():
        found |= kind.returned([row for row in rows if row.kind == kind.code])
    return found


def kind_label(code: str) -> str:
    return str(label_of(code))


def stage_label(code: str, stage: str) -> str:
    kind = _kinds.get(code)
    if kind is None:
        return stage
    try:
        return str(kind.stages(stage).label)
    except ValueError:
        return stage


def result_of(docket: Any) -> str:
    """处理结果: how the matter ended, in the words of its file."""
    kind = _kinds.get(docket.kind)
    return kind.result(docket) if kind and kind.result else stage_label(docket.kind, docket.stage)


def cause_of(docket: Any) -> str:
    """案由, as the papers of the matter name it now."""
    kind = _kinds.get(docket.kind)
    return kind.cause(docket) if kind and kind.cause else docket.title


def stage_tone(code: str, stage: str) -> str:
    kind = _kinds.get(code)
    return kind.tones.get(stage, "blue") if kind else "grey"
