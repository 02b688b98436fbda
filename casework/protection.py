"""Dockets, deadlines and officers are never deleted and keep their keys: the database itself refuses anything else.

The reminder ledger names deadlines and officers without a foreign key of the database (docs/decisions/0006): a row of theirs
that went, or went by another key, would leave a reminder of nothing.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from core import triggers
from core.triggers import Refusal

MESSAGE = "dockets, deadlines and officers are never deleted and keep their keys"
REFUSALS = tuple(
    refusal
    for table in ("casework_docket", "casework_deadline", "organisation_officer")
    for refusal in (
        Refusal(f"{table}_remains", table, "DELETE"),
        Refusal(f"{table}_keeps_its_key", table, "UPDATE", 'NEW."id" <> OLD."id"'),
    )
)


def names(vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    return triggers.names(REFUSALS, vendor)


def install(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, REFUSALS, function="casework_refuse", message=MESSAGE)


def remove(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, REFUSALS)
