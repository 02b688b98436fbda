"""Paging by key. A page is found by the sort key and id of the row before it, never by an offset.

The rows may come as several scans that do not overlap; each gives its first rows by its own index, and the database
merges them. So a page costs the same in a table of a thousand rows and of a million, and on the ten-thousandth page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import F, Q

NEVER: Final = object()
Rows = models.QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Fan:
    """Many scans that differ in one value: `rows` asks for `marker`, and stands for the same rows asked for each of `values`.

    It is composed and compiled once, however many scans it stands for. The marker must be a value no filter uses.
    """

    rows: Rows
    marker: Any
    values: Sequence[Any]

    def filled(self, params: Sequence[Any]) -> Iterable[list[Any]]:
        for value in self.values:
            yield [value if param == self.marker and type(param) is type(self.marker) else param for param in params]


Scan = Rows | Fan


def each(scan: Scan, change: Callable[[Rows], Rows]) -> Scan:
    """The scan with its rows changed: filtered, ordered."""
    return replace(scan, rows=change(scan.rows)) if isinstance(scan, Fan) else change(scan)


def rows_in(scan: Scan) -> Rows:
    return scan.rows if isinstance(scan, Fan) else scan


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by, never null. `empty` is its largest value where that means "none": always listed last."""

    field: str
    empty: Any = NEVER
    # Newest first is what a first click on "opened on" means; oldest first on "due".
    descending_first: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    sort: Sort
    descending: bool = False

    def names(self, *, backwards: bool = False) -> tuple[str, str]:
        sign = "-" if self.descending != backwards else ""
        return (f"{sign}{self.sort.field}", f"{sign}pk")


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in an order: its key and id."""

    key: Any
    pk: Any


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or, going back, before) a place. `before` counts the rows ahead of the page."""

    place: Place
    backwards: bool
    before: int


class ForgedCursor(Exception):
    """The cursor was not made by us, or for another list or order."""


def encode(cursor: Cursor, *, salt: str) -> str:
    """As signed text that fits into an address."""
    content = [_plain(cursor.place.key), _plain(cursor.place.pk), int(cursor.backwards), cursor.before]
    return signing.dumps(content, salt=f"core.lists.{salt}")


def decode(text: str, *, salt: str) -> Cursor:
    """Raises ForgedCursor. `salt` names list and order, so that a cursor never serves another one."""
    try:
        key, pk, backwards, before = signing.loads(text, salt=f"core.lists.{salt}")
    except (signing.BadSignature, ValueError) as error:
        raise ForgedCursor from error
    return Cursor(Place(_value(key), _value(pk)), bool(backwards), int(before))


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return ["t", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case Decimal():
            return ["n", str(value)]
        case str() | int():
            return value
        case _:
            raise TypeError(f"a list cannot be sorted by {type(value).__name__}")


def _value(plain: Any) -> Any:
    if not isinstance(plain, list):
        return plain
    kind, text = plain
    if kind == "n":
        return Decimal(text)
    return datetime.fromisoformat(text) if kind == "t" else date.fromisoformat(text)


def _beyond(order: Order, place: Place, backwards: bool) -> list[Q]:
    """The rows after a place: those that share its key, and those past it. Apart, because an index seeks to either."""
    towards = "lt" if order.descending != backwards else "gt"
    key = order.sort.field
    return [Q(**{key: place.key, f"pk__{towards}": place.pk}), Q(**{f"{key}__{towards}": place.key})]


def _segments(order: Order, backwards: bool) -> list[Q]:
    """Rows without a value come last. Ascending they do by nature; descending they are a segment of their own."""
    if order.sort.empty is NEVER or not order.descending:
        return [Q()]
    with_value = Q(**{f"{order.sort.field}__lt": order.sort.empty})
    without = Q(**{order.sort.field: order.sort.empty})
    return [without, with_value] if backwards else [with_value, without]


def ids(
    scans: Sequence[Scan], order: Order, *, limit: int | None, place: Place | None = None, backwards: bool = False
) -> list[Any]:
    """Ids of the first `limit` rows after `place` (before it, nearest first, when `backwards`); None: all of them."""
    segments = _segments(order, backwards)
    if place is not None and len(segments) == 2:
        is_without = place.key == order.sort.empty
        if is_without != backwards:
            segments = segments[1:]
    found: list[Any] = []
    for number, segment in enumerate(segments):
        missing = None if limit is None else limit - len(found)
        if missing == 0:
            break
        start = place if number == 0 else None
        found += _segment(scans, order, segment, missing, start, backwards)
    return found


def _segment(
    scans: Sequence[Scan], order: Order, segment: Q, limit: int | None, place: Place | None, backwards: bool
) -> list[Any]:
    beginnings = [Q()] if place is None else _beyond(order, place, backwards)
    connection = connections[rows_in(scans[0]).db] if scans else None
    # PostgreSQL gives a part the order of its index only when the part asks for it by itself.
    is_cut_apart = limit is not None and connection is not None and connection.vendor == "postgresql"

    def named(rows: Rows, beginning: Q) -> Rows:
        found = rows.filter(segment, beginning).annotate(list_key=F(order.sort.field), list_pk=F("pk"))
        found = found.order_by(*order.names(backwards=backwards))[:limit] if is_cut_apart else found.order_by()
        both: Rows = found.values_list("list_key", "list_pk")
        return both

    compiled = _compiled(
        [each(scan, partial(named, beginning=beginning)) for scan in scans for beginning in beginnings]
    )
    if connection is None or not compiled:
        return []
    # One statement: both databases walk all parts side by side, each by its index, and stop at the last row asked for.
    sign = " DESC" if order.descending != backwards else ""
    cut = f" LIMIT {int(limit)}" if limit is not None else ""
    parts = " UNION ALL ".join(f"({sql})" if is_cut_apart else sql for sql, _params in compiled)
    # A single part is ordered and cut by itself already; PostgreSQL does not take a second order behind its brackets.
    is_whole = is_cut_apart and len(compiled) == 1
    statement = compiled[0][0] if is_whole else f"{parts} ORDER BY 1{sign}, 2{sign}{cut}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _sql, params in compiled for value in params])
        return [row[1] for row in cursor.fetchall()]


def _compiled(parts: Sequence[Scan]) -> list[tuple[str, Sequence[Any]]]:
    """Statement and parameters of every scan that can find something."""
    compiled: list[tuple[str, Sequence[Any]]] = []
    for part in parts:
        rows = rows_in(part)
        try:
            sql, params = rows.query.get_compiler(using=rows.db).as_sql()
        except EmptyResultSet:
            continue
        compiled += [(sql, filled) for filled in part.filled(params)] if isinstance(part, Fan) else [(sql, params)]
    return compiled


@dataclass(frozen=True, slots=True)
class Turned:
    """The ids of one page, how many rows lie before it, and whether there are pages around it."""

    ids: list[Any]
    before: int
    has_previous: bool
    has_next: bool


def turn(scans: Sequence[Scan], order: Order, *, size: int, cursor: Cursor | None) -> Turned:
    """The page a cursor leads to; the first one without."""
    backwards = cursor is not None and cursor.backwards
    found = ids(scans, order, limit=size + 1, place=cursor.place if cursor else None, backwards=backwards)
    more = len(found) > size
    found = found[:size]
    ahead = cursor.before if cursor else 0
    if backwards:
        found.reverse()
        ahead = max(0, ahead - len(found)) if more else 0
    return Turned(
        ids=found,
        before=ahead,
        has_previous=more if backwards else cursor is not None,
        has_next=True if backwards else more,
    )


def capped_count(scans: Sequence[Scan], cap: int) -> int:
    """How many rows there are, counted up to `cap` + 1: "more than cap" is cap + 1."""
    return capped_counts([scans], cap)[0]


def capped_counts(lists: Sequence[Sequence[Scan]], cap: int) -> list[int]:
    """The same for several lists of rows, in one statement."""
    statements: list[str] = []
    values: list[Any] = []
    database = None
    for scans in lists:
        compiled = _compiled([each(scan, lambda rows: _ids_of(rows)[: cap + 1]) for scan in scans])
        if not compiled:
            statements.append("0")
            continue
        parts = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part{n}" for n, (sql, _params) in enumerate(compiled))  # noqa: S608
        counted = f"SELECT 1 FROM ({parts}) AS parts LIMIT {int(cap) + 1}"  # noqa: S608
        statements.append(f"(SELECT COUNT(*) FROM ({counted}) AS counted)")  # noqa: S608
        values += [value for _sql, params in compiled for value in params]
        database = rows_in(scans[0]).db
    if database is None:
        return [0] * len(lists)
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(statements)}", values)
        return [int(count) for count in cursor.fetchone()]


def _ids_of(rows: Rows) -> Rows:
    ids: Rows = rows.order_by().values_list("pk", flat=True)
    return ids


def loaded(rows: Rows, found: Sequence[Any]) -> list[Any]:
    """The rows of these ids, in this order. A row that is gone meanwhile is left out."""
    by_pk = {row.pk: row for row in rows.filter(pk__in=found)}
    return [by_pk[pk] for pk in found if pk in by_pk]
