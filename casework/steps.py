"""A step of a procedure is one line of law: name, label, from, to, who may, on which basis, and guards.

The table in each app's `workflow.py` is made of these; `casework.workflow` is the engine that moves along them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.labels import Label

# A guard returns the reason to refuse, in words an officer can read, or None.
Guard = Callable[[Any], str | None]
# Like a guard, but of the row and the officer who acts: separation of duties.
PersonalGuard = Callable[[Any, Any], str | None]


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    label: Label  # a verb
    sources: frozenset[str]
    target: str
    permission: str
    basis: str = ""
    guards: tuple[Guard, ...] = ()
    personal_guards: tuple[PersonalGuard, ...] = ()
    needs_reason: bool = False
    is_primary: bool = False  # the one button the page shows first at its source stages

    def __str__(self) -> str:
        return str(self.label)


def step(
    name: str,
    label: Label,
    *,
    sources: Iterable[str],
    target: str,
    permission: str,
    basis: str = "",
    guards: Sequence[Guard] = (),
    personal_guards: Sequence[PersonalGuard] = (),
    needs_reason: bool = False,
    is_primary: bool = False,
) -> Step:
    return Step(
        name,
        label,
        frozenset(sources),
        target,
        permission,
        basis,
        tuple(guards),
        tuple(personal_guards),
        needs_reason,
        is_primary,
    )
