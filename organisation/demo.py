"""The accounts that a demonstration lists on its log-in page. Empty in production."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One way into the demonstration: who it is and what he can do."""

    username: str
    password: str
    name: str
    can: str  # lazy: one line


_source: list[Callable[[], Sequence[DemoAccount]]] = []


def set_accounts(source: Callable[[], Sequence[DemoAccount]]) -> None:
    """Name the function that lists the accounts. Called in `ready()` of the project, which knows the demo data."""
    _source[:] = [source]


def accounts() -> Sequence[DemoAccount]:
    """The accounts to list: none outside a demonstration, whatever was registered."""
    return _source[0]() if settings.DEMO and _source else ()
