"""What hundreds of tests begin with (the groups of the roles, the statute book) is made by the portal's own loaders once in a
session, kept as plain rows, and put into the tables of every further test by one statement per table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.db import connection, models
from django.db.models import Count, Max

from casework.models import CalendarDay, CalendarEdition, DocumentForm, Instrument, PeriodRule, Provision, Violation

ROLES: Final[list[type[models.Model]]] = [Group, Group.permissions.through]
STATUTE_BOOK: Final[list[type[models.Model]]] = [
    CalendarEdition, CalendarDay, Instrument, Provision, PeriodRule, Violation, DocumentForm,
]  # fmt: skip
AT_ONCE: Final = 2000  # values in one statement, far below what either database takes


@dataclass(frozen=True, slots=True)
class Rows:
    columns: list[str]
    values: list[tuple[Any, ...]]


_kept: dict[tuple[Any, ...], dict[str, Rows]] = {}


def provide(tables: list[type[models.Model]], load: Callable[[], object]) -> None:
    """The rows of these tables as `load` makes them. It runs itself the first time, and wherever a table is in use already."""
    if any(model._default_manager.exists() for model in tables):
        load()
        return
    # Permissions get other keys when a test that commits has emptied the database.
    key = (tables[0], *Permission.objects.aggregate(Max("pk"), Count("pk")).values())
    if key in _kept:
        for table, rows in _kept[key].items():
            insert(table, rows)
    else:
        load()
        _kept[key] = {model._meta.db_table: rows_of(model) for model in tables}


def rows_of(model: type[models.Model]) -> Rows:
    """All rows as they are stored, without columns that the database fills itself."""
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.generated]
    # SQLite's driver makes times and dates of columns so declared, and takes no time back; "+" leaves the value alone.
    asked = ", ".join(f"+{name}" for name in _quoted(columns)) if connection.vendor == "sqlite" else _names(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return Rows(columns, cursor.fetchall())


def insert(table: str, rows: Rows) -> None:
    """By as few statements as the database takes."""
    one, step = f"({', '.join(['%s'] * len(rows.columns))})", AT_ONCE // len(rows.columns)
    into = f"INSERT INTO {connection.ops.quote_name(table)} ({_names(rows.columns)}) VALUES "
    with connection.cursor() as cursor:
        for start in range(0, len(rows.values), step):
            chunk = rows.values[start : start + step]
            cursor.execute(into + ", ".join([one] * len(chunk)), [value for row in chunk for value in row])


def _names(columns: list[str]) -> str:
    return ", ".join(_quoted(columns))


def _quoted(columns: list[str]) -> list[str]:
    return [connection.ops.quote_name(column) for column in columns]
