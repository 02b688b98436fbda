"""Refusals: what the rules do not allow, said in words an officer can read."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS

if TYPE_CHECKING:
    from django.forms import BaseForm


Fault = tuple[str | None, str]  # the form field that is wrong, if it is one, and a whole translated sentence


class RuleBroken(Exception):
    """An act that a rule refuses. `reasons` are whole translated sentences; `field` names the form field that is wrong."""

    def __init__(self, reasons: str | Sequence[str], *, field: str | None = None) -> None:
        self.reasons: list[str] = (
            [str(reasons)]
            if isinstance(reasons, str) or not isinstance(reasons, Sequence)
            else [str(reason) for reason in reasons]
        )
        self.field = field
        super().__init__(" ".join(self.reasons))

    @property
    def faults(self) -> list[Fault]:
        return [(self.field, reason) for reason in self.reasons]


class SeveralBroken(RuleBroken):
    """Several fields are wrong at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = list(dict.fromkeys(faults))
        fields = {field for field, _reason in self._faults}
        super().__init__([reason for _field, reason in self._faults], field=fields.pop() if len(fields) == 1 else None)

    @property
    def faults(self) -> list[Fault]:
        return self._faults


def refuse_all(faults: Iterable[Fault]) -> None:
    """RuleBroken with everything that is wrong, each at its field; nothing where nothing is."""
    if found := list(faults):
        raise SeveralBroken(found)


def say_all(form: "BaseForm", faults: Iterable[Fault]) -> None:
    """Each fault at its field, or above the form. Called from `clean`, so that what a verb would refuse later is said beside what is empty."""
    for field, reason in dict.fromkeys(faults):
        form.add_error(field if field in form.fields else NON_FIELD_ERRORS, reason)


class Stale(RuleBroken):
    """Somebody else changed the record since this officer opened it."""


@contextmanager
def refused_at(field: str) -> Iterator[None]:
    """What refuses an act inside concerns this field of its form, whatever the verb below called it."""
    try:
        yield
    except Stale:
        raise
    except RuleBroken as refusal:
        raise RuleBroken(refusal.reasons, field=field) from refusal


@contextmanager
def refusals_on(form: "BaseForm") -> Iterator[None]:
    """A refused act becomes a message at the form's field, or above the form."""
    try:
        yield
    except RuleBroken as refusal:
        say_all(form, refusal.faults)
