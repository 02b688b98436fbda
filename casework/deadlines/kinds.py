"""Kinds of deadlines. Upper floors register theirs in `apps.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from core.known_words import know
from core.labels import Label

if TYPE_CHECKING:
    from casework.calendar import Almanac
    from casework.models import Deadline
    from organisation.models import Department

# Reminder policy: legal deadlines are announced 15, 7, 3 and 1 days ahead, on the day, and on the day after.
OFFSETS = (15, 7, 3, 1, 0, -1)
# After that an overdue matter comes back every week; the daily summary lists it every morning.
OVERDUE_STEP_DAYS = 7
OVERDUE_STEPS = 12


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """A period that casework runs without knowing what it is about.

    `rules` are candidates from the statute book: the first in force on the day the period starts applies. `special` names
    other candidates where the authority has rules of its own (by Department.kind). A kind without rules takes its length
    from a document (an order, a task) and names its `basis`.
    """

    code: str  # "rectification.period"
    label: Label
    rules: tuple[str, ...] = ()
    special: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Of a lazy text only whether there is one is asked before a row is written: the catalogue is not read at import.
    basis: Label | None = None
    side: str = ""  # agency, party, other; empty: as the rule says
    reminder_offsets: tuple[int, ...] = OFFSETS  # days before the target; negative: after the due date
    escalate_after_days: int | None = 7  # overdue for so long: the supervisors of the region are told
    on_missed: "Callable[[Deadline], None] | None" = None  # called once for each due date that passed
    # Called after every change of such a period, in its transaction: what hangs on its end follows. It may be called twice.
    on_changed: "Callable[[Deadline], None] | None" = None
    # How its length came about, in words, where it is no plain number of days; None: as it was counted.
    length_words: "Callable[[Deadline], str | None] | None" = None
    advice: "Callable[[Deadline], list[str]] | None" = None  # what "why this date?" adds, in sentences
    # The authority sets the last day itself, after something else: what that day is by a calendar; None: as it was set.
    # Such a period is neither stopped nor extended: its day follows.
    own_end: "Callable[[Deadline, Almanac], date | None] | None" = None

    def __post_init__(self) -> None:
        if not self.rules and not self.special and (self.basis is None or not self.side):
            raise ValueError(f"deadline kind {self.code} needs rules, or a basis and a side")

    def rules_for(self, department: "Department") -> tuple[str, ...]:
        """The candidates that bind this authority."""
        return self.special.get(department.kind, self.rules)

    def binds(self, department: "Department") -> bool:
        """Has this authority such a period at all? No statute sets one for every authority."""
        return bool(self.rules_for(department)) or self.basis is not None

    @property
    def all_offsets(self) -> tuple[int, ...]:
        """Offsets from the largest down, with the weekly ones of an overdue matter."""
        later = (-OVERDUE_STEP_DAYS * step for step in range(1, OVERDUE_STEPS + 1))
        return tuple(sorted({*self.reminder_offsets, *later}, reverse=True))


_kinds: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    if kind.code in _kinds and _kinds[kind.code] != kind:
        raise ValueError(f"deadline kind {kind.code} is registered twice")
    _kinds[kind.code] = kind
    know(kind.label)


def get(code: str) -> DeadlineKind:
    if code not in _kinds:
        raise ValueError(f"unknown deadline kind {code}")
    return _kinds[code]


def all_kinds() -> list[DeadlineKind]:
    return list(_kinds.values())
