"""What hundreds of tests begin with (the groups of the roles, the statute book) is made by the portal's own loaders once in a
session, kept as plain rows, and put into the tables of every further test by one statement per table."""

from collections.abc import Callable
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
_kept: dict[tuple[Any, ...], list[tuple[str, list[str], list[tuple[Any, ...]]]]] = {}


def provide(tables: list[type[models.Model]], load: Callable[[], object]) -> None:
    """The rows of these tables as `load` makes them. It runs itself the first time, and wherever a table is in use already."""
    if any(model._default_manager.exists() for model in tables):
        load()
        return
    # Permissions get other keys when a test that commits has emptied the database.
    key = (tables[0], *Permission.objects.aggregate(Max("pk"), Count("pk")).values())
    if key in _kept:
        for table, columns, rows in _kept[key]:
            _insert(table, columns, rows)
    else:
        load()
        _kept[key] = [_rows_of(model) for model in tables]


def _rows_of(model: type[models.Model]) -> tuple[str, list[str], list[tuple[Any, ...]]]:
    table, columns = model._meta.db_table, [str(field.column) for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_names(columns)} FROM {connection.ops.quote_name(table)}")
        return table, columns, cursor.fetchall()


def _insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    one, step = f"({', '.join(['%s'] * len(columns))})", AT_ONCE // len(columns)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            chunk = rows[start : start + step]
            cursor.execute(
                f"INSERT INTO {connection.ops.quote_name(table)} ({_names(columns)}) VALUES {', '.join([one] * len(chunk))}",
                [value for row in chunk for value in row],
            )


def _names(columns: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))
