"""What a list page declares. How it answers is in `core.lists.views`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.db import models
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from core.lists.bulk import BulkAction
from core.lists.filters import ListFilterSet
from core.lists.keyset import Order, Rows, Scan, Sort

Text = str | Promise
SIZES: Final = (25, 50, 100)
# Singular and plural: `unit % number` chooses.
ROWS: Final = npgettext_lazy("unit of a list", "row", "rows")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value(row)` is plain and goes to Excel as well; `cell(row)` shows it otherwise."""

    key: str
    label: Text
    value: Callable[[Any], Any]
    cell: Callable[[Any], Any] | None = None
    sort: str | Sort | None = None
    link: bool = False  # the cell leads to the row's page
    phone: str = ""  # "main", "wide", "hide": its place on a phone's card
    numeric: bool = False
    mono: bool = False
    shown: bool = True  # unless the officer chooses otherwise
    fixed: bool = False  # cannot be left out
    width: int = 16  # of the Excel column, in characters

    @property
    def sorting(self) -> Sort | None:
        return Sort(self.sort) if isinstance(self.sort, str) else self.sort


@dataclass(frozen=True, slots=True)
class Tab:
    """A built-in view. `narrow(rows, viewer)` leaves its rows; `counted` shows how many (up to 99)."""

    key: str
    label: Text
    narrow: Callable[[Rows, Any], Rows]
    counted: bool = False
    sort: str = ""  # e.g. "-opened"; else the page's
    offered: Callable[[Any], bool] = lambda viewer: True


@dataclass(frozen=True, slots=True)
class Selection:
    """What an officer asked a list for: who, which tab, which cleaned filters. Given to `ListPage.scans`."""

    viewer: Any
    tab: str
    filters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Empty:
    """What, why, next step: shown when there is nothing to list at all (not when filters leave nothing)."""

    title: Text
    text: Text = ""
    action: Callable[[Any], dict[str, Any] | None] = lambda viewer: None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list page; see the package's docstring."""

    name: str  # key of saved views
    title: Text
    url_name: str  # "app:name"; the other addresses of the page are app:name_export and so on
    rows: Callable[[Any], Rows]
    columns: Sequence[Column]
    sort: str  # key of a column, "-" before it for descending
    filters: type[ListFilterSet] | None = None
    unit: Any = ROWS  # npgettext_lazy
    lead: Text = ""
    permission: str = ""
    tabs: Sequence[Tab] = ()
    start: Callable[[Any], str] | None = None  # key of the tab on which this viewer begins; without, on the first one
    scans: Callable[[Selection], Sequence[Scan]] | None = None
    # What is known of the total without counting: "count" (nothing, so count), "many" (more than is ever counted), "skip"
    # (counting would cost more than it tells: say "at least").
    total: Callable[[Selection], str] = lambda selection: "count"
    prepare: Callable[[list[Any], Any], None] | None = None
    actions: Sequence[BulkAction] = ()
    primary: Callable[[Any], dict[str, Any] | None] = lambda viewer: None  # an Action of the components' README
    secondary: Callable[[Any], list[dict[str, Any]]] = lambda viewer: []
    preview: tuple[str, Callable[[Any, Any], dict[str, Any]]] | None = None  # template, context(row, viewer)
    row_url: Callable[[Any], str] | None = None
    walks: bool = False  # the row's page leads on to the next row of the view (core.lists.walking)
    row_label: Callable[[Any], str] = str
    empty: Empty = field(default_factory=lambda: Empty(_("Nothing here yet.")))
    visible_filters: int = 4
    template: str = "lists/page.html"
    context: Callable[[Any], dict[str, Any]] = lambda request: {}

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"list {self.name}: two columns of the same key")
        for given in (self.sort, *(tab.sort for tab in self.tabs if tab.sort)):
            if self.sorting(given) is None:
                raise ValueError(f"list {self.name} cannot be sorted by {given}")
        if not any(column.link for column in self.columns) and not any(column.cell for column in self.columns):
            raise ValueError(f"list {self.name}: no column leads to the row")
        _pages[self.name] = self

    def sorting(self, text: str) -> Order | None:
        """ "-due" → the order it names; None for what this list cannot be sorted by."""
        key = text.removeprefix("-")
        for column in self.columns:
            if column.key == key and column.sorting is not None:
                return Order(column.sorting, descending=text.startswith("-"))
        return None

    def order(self, text: str) -> Order:
        """The order of a text that `sorting` knows."""
        found = self.sorting(text)
        if found is None:
            raise ValueError(f"list {self.name} cannot be sorted by {text}")
        return found

    def offered_tabs(self, viewer: Any) -> list[Tab]:
        return [tab for tab in self.tabs if tab.offered(viewer)]

    def actions_for(self, viewer: Any) -> list[BulkAction]:
        return [action for action in self.actions if not action.permission or viewer.has_perm(action.permission)]

    def action(self, key: str, viewer: Any) -> BulkAction | None:
        return next((action for action in self.actions_for(viewer) if action.key == key), None)

    def url_of(self, row: Any) -> str:
        if self.row_url is not None:
            return self.row_url(row)
        url: str = row.get_absolute_url()
        return url

    def url(self, part: str = "", *args: Any) -> str:
        return reverse(f"{self.url_name}_{part}" if part else self.url_name, args=args)

    def urls(self, prefix: str = "") -> list[URLPattern]:
        """The page and what belongs to it. `prefix` ends in a slash."""
        from core.lists import views

        name = self.url_name.rpartition(":")[2]
        routes: list[tuple[str, str, Any]] = [
            ("", name, views.show),
            ("export/", f"{name}_export", views.export),
            ("export/<int:job_id>/", f"{name}_export_job", views.export_job),
            ("export/<int:job_id>/file/", f"{name}_export_file", views.export_file),
            ("views/", f"{name}_views", views.saved_views),
            ("bulk/", f"{name}_bulk", views.bulk_preview),
            ("bulk/run/", f"{name}_bulk_run", views.bulk_run),
            ("bulk/<int:job_id>/", f"{name}_bulk_result", views.bulk_result),
            ("bulk/<int:job_id>/undo/", f"{name}_bulk_undo", views.bulk_undo),
        ]
        if not self.actions:
            routes = [route for route in routes if "bulk" not in route[0]]
        if self.preview:
            routes.append(("<int:pk>/preview/", f"{name}_preview", views.preview))
        return [path(prefix + route, partial(view, page=self), name=called) for route, called, view in routes]


_pages: dict[str, ListPage] = {}


def all_pages() -> list[ListPage]:
    """Every list page of the portal, for the tests they must all pass."""
    return list(_pages.values())


def named(name: str) -> ListPage:
    """Raises KeyError for a list that does not exist (any more)."""
    return _pages[name]


__all__ = ["SIZES", "Column", "Empty", "ListPage", "Selection", "Tab", "all_pages", "models", "named"]
