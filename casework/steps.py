"""A step of a procedure is one line of law: name, label, from, to, who may, on which basis, and guards.

The table in each app's `workflow.py` is made of these; `casework.workflow` is the engine that moves along them.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from core.labels import Label
from organisation.models.places import is_certain

# A guard returns the reason to refuse, in words an officer can read, or None.
Guard = Callable[[Any], str | None]
# Like a guard, but of the row and the officer who acts: separation of duties.
PersonalGuard = Callable[[Any, Any], str | None]


@cache
def known_bases() -> dict[str, str]:
    """Citation → confidence, from reference/step_bases.csv."""
    with (settings.ROOT / "reference" / "step_bases.csv").open(encoding="utf-8", newline="") as file:
        return {row["basis"]: row["confidence"] for row in csv.DictReader(file)}


def marked(basis: str) -> str:
    """The citations of a basis, each that nobody has verified marked so. KeyError for one the file does not name."""
    known = known_bases()
    cited = [one for one in basis.split("；") if one]
    return "；".join(one if is_certain(known[one]) else f"{one}（待核实）" for one in cited)


@dataclass(frozen=True, slots=True)
class ByAuthority:
    """A basis that differs: environmental authorities have rules of their own (生态环境行政处罚办法), the others have not."""

    environmental: str
    others: str

    def __call__(self, row: Any) -> str:
        return self.environmental if row.docket.department.is_environmental else self.others

    def __str__(self) -> str:
        return f"{self.environmental}（生态环境部门）；{self.others}（其他部门）"


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    label: Label  # a verb
    sources: frozenset[str]
    target: str
    permission: str
    basis: str | ByAuthority = ""
    guards: tuple[Guard, ...] = ()
    personal_guards: tuple[PersonalGuard, ...] = ()
    needs_reason: bool = False
    is_primary: bool = False  # the one button the page shows first at its source stages

    def __str__(self) -> str:
        return str(self.label)

    def basis_for(self, row: Any) -> str:
        """What binds the authority that handles this row, as screens, trail and papers cite it."""
        return marked(self.basis(row) if isinstance(self.basis, ByAuthority) else self.basis)


def step(
    name: str,
    label: Label,
    *,
    sources: Iterable[str],
    target: str,
    permission: str,
    basis: str | ByAuthority = "",
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
