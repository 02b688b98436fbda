"""The database itself refuses to change or delete the trail (core.triggers)."""

from django.db.backends.base.base import BaseDatabaseWrapper

from core import triggers
from core.triggers import Refusal

MESSAGE = "the trail is append-only"
REFUSALS = tuple(
    Refusal(f"{table}_no_{act.lower()}", table, act)
    for table in ("trail_event", "trail_seal")
    for act in ("UPDATE", "DELETE")
)


def names(vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    return triggers.names(REFUSALS, vendor)


def install(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, REFUSALS, function="trail_refuse", message=MESSAGE)


def remove(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, REFUSALS)
