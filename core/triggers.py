"""Triggers by which the database itself refuses an act on a table, on SQLite and PostgreSQL alike.

A later migration that alters a guarded table on SQLite makes the table anew and loses its triggers: such a migration ends by
installing them again (tests/architecture/test_triggers.py compares the triggers that exist with those that must). One that
alters a column's type also begins by removing them: PostgreSQL alters no column that a trigger looks at.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Refusal:
    """`act` ("UPDATE" or "DELETE") on rows of `table` is refused where `condition` (SQL on NEW and OLD) holds."""

    name: str
    table: str
    act: str
    condition: str = "1 = 1"


def install(connection: BaseDatabaseWrapper, refusals: Iterable[Refusal], *, function: str, message: str) -> None:
    """Create the triggers; those that exist are made anew. `function` names the PostgreSQL function that raises `message`."""
    refusals = list(refusals)
    remove(connection, refusals)
    on_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if on_postgres:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
            )
        for refusal in refusals:
            if on_postgres:
                head = f"FOR EACH ROW WHEN ({refusal.condition})"
                body = f"EXECUTE FUNCTION {function}()"
            else:
                head = f"FOR EACH ROW WHEN {refusal.condition}"
                body = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            cursor.execute(f"CREATE TRIGGER {refusal.name} BEFORE {refusal.act} ON {refusal.table} {head} {body}")


def remove(connection: BaseDatabaseWrapper, refusals: Iterable[Refusal]) -> None:
    """Drop the triggers (reverse migration; emptying a test database)."""
    with connection.cursor() as cursor:
        for refusal in refusals:
            on_table = f" ON {refusal.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {refusal.name}{on_table}")
