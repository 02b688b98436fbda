"""The ledger is written, never edited: refused by the database itself, on SQLite and PostgreSQL (core.triggers)."""

from django.db.backends.base.base import BaseDatabaseWrapper

from core import triggers
from core.triggers import Refusal

ENTRY = "penalties_entry"
MESSAGE = "lines of the ledger are never edited"
REFUSALS = [
    Refusal("penalties_entry_stays", ENTRY, "UPDATE"),
    Refusal("penalties_entry_remains", ENTRY, "DELETE"),
]


def names(vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    return triggers.names(REFUSALS, vendor)


def install(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, REFUSALS, function="penalties_refuse", message=MESSAGE)


def remove(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, REFUSALS)
