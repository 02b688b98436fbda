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
# 证据保管链 (0023): a row of it is answered by another, never changed.
CUSTODY_MESSAGE = "the chain of custody is append-only"
CUSTODY = tuple(Refusal(f"casework_custody_no_{act.lower()}", "casework_custody", act) for act in ("UPDATE", "DELETE"))


def names(vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    return triggers.names([*REFUSALS, *CUSTODY], vendor)


def install_custody(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, CUSTODY, function="casework_custody_refuse", message=CUSTODY_MESSAGE)


def remove_custody(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, CUSTODY)


def install(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, REFUSALS, function="casework_refuse", message=MESSAGE)


def remove(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, REFUSALS)
