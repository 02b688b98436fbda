"""What upper floors ask to be told of: registered in their `apps.ready()`."""

from collections.abc import Callable
from typing import Any

from registry.models import Enterprise

Tell = Callable[[Enterprise], Any]
# What an enterprise is called and known by; others keep copies of these for searching.
NAMING = frozenset({"name", "short_name", "credit_code"})
_tells: list[Tell] = []


def when_renamed(tell: Tell) -> None:
    """Register what is to be done, in the transaction of the change, when an enterprise is called something else."""
    if tell not in _tells:
        _tells.append(tell)


def renamed(enterprise: Enterprise) -> None:
    for tell in _tells:
        tell(enterprise)
