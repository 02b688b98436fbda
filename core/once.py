"""The key of the form that this request handles, marked as acted upon by the act itself.

The mark is written in the transaction of the act: whatever happens to the process after its commit, the key tells that the act
was done; and an act that was rolled back leaves no mark. It is written on the arrival that acts (its token), never on that of the
same form sent again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.models import SubmittedForm

_handled: Final[ContextVar[SubmittedForm | None]] = ContextVar("form", default=None)


@contextmanager
def handling(arrival: SubmittedForm) -> Iterator[None]:
    """While a form that arrived is being handled."""
    before = _handled.set(arrival)
    try:
        yield
    finally:
        _handled.reset(before)


def acted() -> None:
    """Called in the transaction of every act (by the trail and by the queue of jobs). Outside a form it does nothing.

    RuleBroken, which undoes the act, when the form took so long that it was given up and sent again.
    """
    arrival = _handled.get()
    if arrival is not None and not arrival.still_here().update(acted=True):
        raise RuleBroken(_("This form took so long that it was sent again meanwhile. Open the page again and look."))
