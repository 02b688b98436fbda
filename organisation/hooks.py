"""What upper floors tell this one: registered in their `apps.ready()`."""

from collections.abc import Callable, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Excluded:
    """Duties of an absent officer and his deputy that exclude each other: a sentence with %(principal)s and %(deputy)s, and the
    matters it is about."""

    words: str
    matters: tuple[str, ...]


# The absent officer, his deputy, and who is told: nothing of matters that this one does not see.
AskExcluded = Callable[["Officer", "Officer", "Officer"], list[Excluded]]
_excluding: list[AskExcluded] = []


def excluded_duties_of(ask: AskExcluded) -> None:
    """Register a question that is put before a deputy is named."""
    if ask not in _excluding:
        _excluding.append(ask)


def excluded_duties(principal: "Officer", deputy: "Officer", viewer: "Officer") -> list[Excluded]:
    return [found for ask in _excluding for found in ask(principal, deputy, viewer)]


# Ids of dockets → number and party of each.
NameDockets = Callable[[Iterable[int]], Mapping[int, tuple[str, str]]]
_namers: list[NameDockets] = []


def name_dockets_by(name: NameDockets) -> None:
    """Register who says what the dockets are called that events of the trail belong to."""
    if name not in _namers:
        _namers.append(name)


def docket_names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Number and party of these dockets, for whoever reads the trail: he may see of every event on which matter it was."""
    asked = set(ids)
    found: dict[int, tuple[str, str]] = {}
    for name in _namers:
        found |= name(asked)
    return found


# An officer, how many log-ins under his name failed, from how many addresses.
TellOfBlock = Callable[["Officer", int, int], None]
_tellers: list[TellOfBlock] = []


def when_blocked_everywhere(tell: TellOfBlock) -> None:
    """Register who is told when log-in under a user name is blocked at every address."""
    if tell not in _tellers:
        _tellers.append(tell)


def tell_of_block(officer: "Officer", failures: int, addresses: int) -> None:
    """Log-in under this officer's name was just blocked at every address."""
    for tell in _tellers:
        tell(officer, failures, addresses)


# An officer whose access was restored at the machine's console, and the reason given there.
TellOfRecovery = Callable[["Officer", str], None]
_recovery_tellers: list[TellOfRecovery] = []


def when_recovered(tell: TellOfRecovery) -> None:
    """Register who is told when access was restored at the console."""
    if tell not in _recovery_tellers:
        _recovery_tellers.append(tell)


def tell_of_recovery(officer: "Officer", reason: str) -> None:
    """Access of this officer was just restored at the console."""
    for tell in _recovery_tellers:
        tell(officer, reason)
