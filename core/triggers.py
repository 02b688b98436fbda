"""Triggers by which the database itself refuses an act on a table, on SQLite and PostgreSQL alike.

A row is also lost without an UPDATE or a DELETE: PostgreSQL empties a table by TRUNCATE, and SQLite's INSERT OR REPLACE and
UPDATE OR REPLACE remove the row that stands in the way, without a word to its DELETE triggers unless the client has set
`PRAGMA recursive_triggers` (the portal does, rareearth/env.py; another client need not). Every table with a refusal is guarded
against these too: on SQLite no row is put in the place of one that has its id or one of its unique keys. What fails by that fails
as it would by the unique key itself, as an IntegrityError; only INSERT OR IGNORE and ON CONFLICT (`bulk_create` with
`ignore_conflicts` or `update_conflicts`) are not to be had on such a table.

A later migration that alters a guarded table on SQLite makes the table anew and loses its triggers: such a migration ends by
installing them again, and so does one that gives such a table a new unique key (tests/architecture/test_triggers.py compares the
triggers that exist with those that must). One that alters a column's type also begins by removing them: PostgreSQL alters no
column that a trigger looks at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Refusal:
    """`act` ("UPDATE" or "DELETE") on rows of `table` is refused where `condition` (SQL on NEW and OLD) holds."""

    name: str
    table: str
    act: str
    condition: str = "1 = 1"


def names(refusals: Iterable[Refusal], vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    refusals = list(refusals)
    return {refusal.name for refusal in refusals} | {
        name for table in _tables(refusals) for name in _guards(table, vendor)
    }


def install(connection: BaseDatabaseWrapper, refusals: Iterable[Refusal], *, function: str, message: str) -> None:
    """Create the triggers; those that exist are made anew. `function` names the PostgreSQL function that raises `message`."""
    refusals = list(refusals)
    remove(connection, refusals)
    with connection.cursor() as cursor:
        for statement in statements(cursor, refusals, connection.vendor, function=function, message=message):
            cursor.execute(statement)


def statements(cursor: Any, refusals: list[Refusal], vendor: str, *, function: str, message: str) -> list[str]:
    """The SQL that makes them. On SQLite the unique keys are read from the tables as they are now."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
            *(
                f"CREATE TRIGGER {refusal.name} BEFORE {refusal.act} ON {refusal.table} "
                f"FOR EACH ROW WHEN ({refusal.condition}) EXECUTE FUNCTION {function}()"
                for refusal in refusals
            ),
            *(
                f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
                for table in _tables(refusals)
                for name in _guards(table, vendor)
            ),
        ]
    body = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    made = [
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.act} ON {refusal.table} "
        f"FOR EACH ROW WHEN {refusal.condition} {body}"
        for refusal in refusals
    ]
    for table in _tables(refusals):
        put, moved = _guards(table, vendor)
        taken = _taken(cursor, table)
        made.append(f"CREATE TRIGGER {put} BEFORE INSERT ON {table} WHEN {' OR '.join(k.sql for k in taken)} {body}")
        by_others = " OR ".join(key.sql_of_others for key in taken)
        # Of whatever column: the id is also called rowid, _rowid_ and oid, and a list of columns would match by name alone.
        made.append(f"CREATE TRIGGER {moved} BEFORE UPDATE ON {table} WHEN {by_others} {body}")
    return made


def remove(connection: BaseDatabaseWrapper, refusals: Iterable[Refusal]) -> None:
    """Drop the triggers (reverse migration; emptying a test database)."""
    refusals = list(refusals)
    named = [(refusal.name, refusal.table) for refusal in refusals]
    named += [(name, table) for table in _tables(refusals) for name in _guards(table, connection.vendor)]
    with connection.cursor() as cursor:
        for name, table in named:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _tables(refusals: list[Refusal]) -> list[str]:
    return list(dict.fromkeys(refusal.table for refusal in refusals))


def _guards(table: str, vendor: str) -> tuple[str, ...]:
    return (f"{table}_not_emptied",) if vendor == "postgresql" else (f"{table}_not_replaced", f"{table}_not_displaced")


@dataclass(frozen=True, slots=True)
class _Key:
    """A unique key of a table: has a row this key of NEW? Each is one look-up in its own index."""

    table: str
    columns: tuple[str, ...]
    condition: str = ""  # of a partial index

    @property
    def sql(self) -> str:
        return f"EXISTS (SELECT 1 FROM {self.table} AS kept WHERE {self._same})"  # noqa: S608 - the portal's own names

    @property
    def sql_of_others(self) -> str:
        return f"EXISTS (SELECT 1 FROM {self.table} AS kept WHERE {self._same} AND kept.id <> OLD.id)"  # noqa: S608

    @property
    def _same(self) -> str:
        # The id of a row that gets one by itself is -1 as long as it has none.
        same = [f'kept."{column}" = NEW."{column}"' for column in self.columns]
        if self.condition:
            of_new = re.sub(r'"(\w+)"', r'NEW."\1"', self.condition)
            same += [f"({self.condition})", f"({of_new})"]
        return " AND ".join(same)


def _taken(cursor: Any, table: str) -> list[_Key]:
    """The unique keys of a table of SQLite. ValueError for one that is made of expressions."""
    keys = [_Key(table, ("id",))]
    cursor.execute('SELECT name, partial FROM pragma_index_list(%s) WHERE "unique" ORDER BY name', [table])
    for name, partial in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [name])
        columns = tuple(row[0] for row in cursor.fetchall())
        if None in columns:
            raise ValueError(f"{name}: a guarded table takes no unique key made of expressions")
        condition = ""
        if partial:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = %s", [name])
            condition = cursor.fetchone()[0].split(" WHERE ", 1)[1]
        keys.append(_Key(table, columns, condition))
    return keys
