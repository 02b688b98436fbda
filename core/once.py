"""The key of the form that this request handles, marked as acted upon by the act itself.

The mark is written in the transaction of the act: whatever happens to the process after its commit, the key tells that the act
was done; and an act that was rolled back leaves no mark.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from core.models import SubmittedForm

_handled: Final[ContextVar[str]] = ContextVar("form_key", default="")


@contextmanager
def handling(key: str) -> Iterator[None]:
    """While a form with this key is being handled."""
    token = _handled.set(key)
    try:
        yield
    finally:
        _handled.reset(token)


def acted() -> None:
    """Called in the transaction of every act (by the trail and by the queue of jobs). Outside a form it does nothing."""
    key = _handled.get()
    if key:
        SubmittedForm.objects.filter(pk=key).update(acted=True)
