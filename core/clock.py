"""The only "now". Statutory days are dates in Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_pinned: ContextVar[datetime | None] = ContextVar("pinned_now", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _pinned.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI)


@contextmanager
def pinned(moment: datetime | date) -> Iterator[None]:
    """Let time stand at `moment` (a date means five in the afternoon, when the day's work is done): for tests and for making demo histories."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 17, tzinfo=SHANGHAI)
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
