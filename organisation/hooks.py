"""What upper floors tell this one: registered in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organisation.models import Officer


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Work that an officer still has in hand: "12 open dockets", and where to hand it over."""

    label: str
    count: int
    url: str


Ask = Callable[["Officer"], OpenMatters | None]
_asks: list[Ask] = []


def open_matters_of(ask: Ask) -> None:
    """Register a question that is put before an account is closed and on an officer's page."""
    if ask not in _asks:
        _asks.append(ask)


def open_matters(officer: "Officer") -> list[OpenMatters]:
    """What the officer has in hand, by kind; kinds of which he has none are left out."""
    found = [ask(officer) for ask in _asks]
    return [matters for matters in found if matters is not None and matters.count]
