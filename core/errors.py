"""Refusals: what the rules do not allow, said in words an officer can read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS

if TYPE_CHECKING:
    from django.forms import BaseForm


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


class Stale(RuleBroken):
    """Somebody else changed the record since this officer opened it."""


@contextmanager
def refusals_on(form: "BaseForm") -> Iterator[None]:
    """A refused act becomes a message at the form's field, or above the form."""
    try:
        yield
    except RuleBroken as refusal:
        field = refusal.field if refusal.field in form.fields else NON_FIELD_ERRORS
        for reason in refusal.reasons:
            form.add_error(field, reason)
