"""The state of a list is its address: read from it here, and written back to it by every link."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import FieldError
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.lists import keyset
from core.lists.filters import ListFilterSet
from core.lists.keyset import Cursor, Order, Rows, Scan
from core.lists.page import SIZES, Column, ListPage, Selection, Tab

OWN: Final = ("tab", "sort", "columns", "density", "size", "at")
CAP: Final = 1000
DEFAULT_SIZE: Final = 50


@dataclass(slots=True)
class State:
    """What the address asks for, checked. `warnings` say in words what of it could not be followed."""

    page: ListPage
    viewer: Any
    query: QueryDict
    tab: Tab | None
    sort_text: str
    order: Order
    columns: Sequence[Column]
    density: str
    size: int
    cursor: Cursor | None
    filterset: ListFilterSet | None
    is_valid: bool
    warnings: list[str] = field(default_factory=list)
    _scans: list[Scan] | None = None

    @property
    def salt(self) -> str:
        return f"{self.page.name}:{self.tab.key if self.tab else ''}:{self.sort_text}"

    def narrow(self, rows: Rows) -> Rows:
        """The tab and the filters, put on any queryset of the page's model."""
        if not self.is_valid:
            return rows.none()
        if self.tab is not None:
            rows = self.tab.narrow(rows, self.viewer)
        return self.filterset.narrow(rows) if self.filterset is not None else rows

    def scans(self) -> list[Scan]:
        """The rows to list, as scans that do not overlap."""
        if self._scans is None:
            self._scans = [keyset.each(scan, self.narrow) for scan in self._sources()]
        return self._scans

    def _sources(self) -> Sequence[Scan]:
        if self.page.scans is None or not self.is_valid:
            return [self.page.rows(self.viewer)]
        return self.page.scans(self.selection)

    @property
    def selection(self) -> Selection:
        cleaned = self.filterset.form.cleaned_data if self.filterset is not None else {}
        return Selection(self.viewer, self.tab.key if self.tab else "", cleaned)

    def url(self, **changes: Any) -> str:
        """This list with other parameters; None removes one. Whatever changes, paging begins anew unless `at` is given."""
        query = self.query.copy()
        query.pop("at", None)
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            elif isinstance(value, list):
                query.setlist(name, value)
            else:
                query[name] = str(value)
        text = query.urlencode()
        return f"{self.page.url()}?{text}" if text else self.page.url()

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """Name and value of every parameter but those, for hidden inputs of a GET form."""
        return [
            (name, value) for name, values in self.query.lists() if name not in (*without, "at") for value in values
        ]


def read(page: ListPage, viewer: Any, params: QueryDict) -> State:
    """The state an address asks for. What it cannot mean is said in `warnings` or as errors of the filter form."""
    warnings: list[str] = []
    query = _cleaned(page, params)
    tab = _tab(page, viewer, query, warnings)
    default_sort = (tab.sort if tab else "") or page.sort
    sort_text = query.get("sort") or default_sort
    if page.sorting(sort_text) is None:
        warnings.append(
            _("This list cannot be sorted in the way the address asks for. It is shown in its usual order.")
        )
        query.pop("sort", None)
        sort_text = default_sort
    filterset = page.filters(query, page.rows(viewer), viewer) if page.filters else None
    state = State(
        page=page,
        viewer=viewer,
        query=query,
        tab=tab,
        sort_text=sort_text,
        order=page.order(sort_text),
        columns=_columns(page, query, warnings),
        density=_density(query, viewer),
        size=_size(query, warnings),
        cursor=None,
        filterset=filterset,
        is_valid=filterset is None or filterset.is_valid(),
        warnings=warnings,
    )
    state.cursor = _cursor(state)
    return state


def read_query(page: ListPage, params: QueryDict) -> QueryDict:
    """The parameters worth keeping under a name: known ones, without the place in the list."""
    query = _cleaned(page, params)
    query.pop("at", None)
    return query


def _cleaned(page: ListPage, params: QueryDict) -> QueryDict:
    """Only parameters this list knows, without empty ones."""
    known = {*OWN, *(page.filters.base_filters if page.filters else ())}
    query = QueryDict(mutable=True)
    for name, values in params.lists():
        kept = [value for value in values if value != ""]
        if name in known and kept:
            query.setlist(name, kept)
    return query


def _tab(page: ListPage, viewer: Any, query: QueryDict, warnings: list[str]) -> Tab | None:
    offered = page.offered_tabs(viewer)
    asked = query.get("tab")
    found = next((tab for tab in offered if tab.key == asked), None)
    if asked and found is None:
        warnings.append(_("There is no such view for you. The first one is shown."))
        query.pop("tab")
    if found is None and not asked and page.start is not None:
        begin = page.start(viewer)
        found = next((tab for tab in offered[1:] if tab.key == begin), None)
        if found is not None:
            query["tab"] = found.key  # so that every link of the page stays on it
    return found or (offered[0] if offered else None)


def _columns(page: ListPage, query: QueryDict, warnings: list[str]) -> list[Column]:
    asked = set(query.getlist("columns"))
    if not asked:
        return [column for column in page.columns if column.shown or column.fixed]
    if asked - {column.key for column in page.columns}:
        warnings.append(_("The address names columns this list does not have. They are left out."))
    chosen = [column for column in page.columns if column.key in asked or column.fixed]
    return chosen or [column for column in page.columns if column.shown or column.fixed]


def _density(query: QueryDict, viewer: Any) -> str:
    asked = query.get("density", "")
    usual: str = getattr(viewer, "density", "comfortable")
    return asked if asked in {"comfortable", "compact"} else usual


def _size(query: QueryDict, warnings: list[str]) -> int:
    asked = query.get("size", "")
    if not asked:
        return DEFAULT_SIZE
    if asked in {str(size) for size in SIZES}:
        return int(asked)
    warnings.append(_("A page shows 25, 50 or 100 rows."))
    query.pop("size")
    return DEFAULT_SIZE


def _cursor(state: State) -> Cursor | None:
    text = state.query.get("at", "")
    if not text:
        return None
    try:
        return keyset.decode(text, salt=state.salt)
    except keyset.ForgedCursor:
        state.warnings.append(_("The address of this page is damaged or out of date. The first page is shown."))
        state.query.pop("at")
        return None


@dataclass(slots=True)
class Results:
    """One page of rows with what surrounds it. `total` is capped: CAP + 1 means more than CAP; `at_least`: it may be more."""

    rows: list[Any]
    total: int
    first: int  # number of the first row shown, from 1
    previous: str | None  # cursors
    next: str | None
    at_least: bool = False

    @property
    def total_text(self) -> str:
        if self.total > CAP:
            return f"{CAP}+"
        return f"{self.total}+" if self.at_least else str(self.total)


def fetch(state: State) -> Results:
    """The page's rows in two or three statements, however many rows the table has."""
    scans = state.scans()
    turned = keyset.turn(scans, state.order, size=state.size, cursor=state.cursor)
    rows = keyset.loaded(state.page.rows(state.viewer), turned.ids)
    ahead = turned.before
    if state.page.prepare and rows:
        state.page.prepare(rows, state.viewer)
    total, at_least = ahead + len(turned.ids), False
    if turned.has_next:
        known = state.page.total(state.selection)
        total = keyset.capped_count(scans, CAP) if known == "count" else CAP + 1 if known == "many" else total
        at_least = known == "skip"
    return Results(
        rows=rows,
        total=total,
        first=ahead + 1 if rows else 0,
        previous=_mark(state, rows[0], True, ahead) if rows and turned.has_previous else None,
        next=_mark(state, rows[-1], False, ahead + len(rows)) if rows and turned.has_next else None,
        at_least=at_least,
    )


def _mark(state: State, row: Any, backwards: bool, before: int) -> str:
    place = keyset.Place(key_of(row, state.order.sort.field), row.pk)
    return keyset.encode(Cursor(place, backwards, before), salt=state.salt)


def key_of(row: Any, name: str) -> Any:
    """The value of a (dotted by __) field on a loaded row."""
    value = row
    for part in name.split("__"):
        value = getattr(value, part, None)
    if value is None:
        raise FieldError(f"lists cannot be sorted by {name}: it is empty on {row!r}")
    return value
