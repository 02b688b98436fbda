"""From a state and its rows to what the components want. Everything arrives formatted: templates only place it."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.lists import keyset, saved, walking
from core.lists.page import SIZES, Column, ListPage, Selection
from core.lists.state import CAP, OWN, Results, State

TAB_CAP: Final = 99


def shown(value: Any) -> Any:
    """A plain value as text of a cell."""
    match value:
        case datetime():
            return clock.local(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case _:
            return value


def cell(state: State, column: Column, row: Any) -> Any:
    content = column.cell(row) if column.cell is not None else shown(column.value(row))
    if not column.link and not column.mono:
        return content
    if not isinstance(content, dict):
        content = {"text": content}
    if column.link and "url" not in content:
        content["url"] = walking.row_url(state, row) if state.page.walks else state.page.url_of(row)
    if column.mono:
        content["mono"] = True
    return content


def table(state: State, results: Results) -> dict[str, Any]:
    page = state.page
    selectable = bool(page.actions_for(state.viewer))
    rows = [
        {
            "id": row.pk,
            "label": page.row_label(row),
            "preview_url": page.url("preview", row.pk) if page.preview else "",
            "cells": [cell(state, column, row) for column in state.columns],
        }
        for row in results.rows
    ]
    return {
        "caption": f"{page.title} · {sort_label(state)}",
        "columns": [_heading(state, column) for column in state.columns],
        "rows": rows,
        "selectable": selectable,
        "density": state.density,
        "empty": _empty(state),
    }


def _heading(state: State, column: Column) -> dict[str, Any]:
    heading: dict[str, Any] = {
        "key": column.key,
        "label": column.label,
        "numeric": column.numeric,
        "phone": column.phone,
    }
    sorting = column.sorting
    if sorting is not None:
        is_current = state.sort_text.removeprefix("-") == column.key
        descending = not state.order.descending if is_current else sorting.descending_first
        heading["sort_url"] = state.url(sort=f"-{column.key}" if descending else column.key)
        heading["sorted"] = ("desc" if state.order.descending else "asc") if is_current else None
    return heading


def sort_label(state: State) -> str:
    key = state.sort_text.removeprefix("-")
    label = next(column.label for column in state.page.columns if column.key == key)
    if state.order.descending:
        return _("sorted by %(column)s, descending") % {"column": label}
    return _("sorted by %(column)s, ascending") % {"column": label}


def _empty(state: State) -> dict[str, Any]:
    if not state.is_valid:
        return {"title": _("The conditions contain an error."), "text": _("Correct the marked field and search again.")}
    if chips(state):
        return {
            "title": _("Nothing matches these conditions."),
            "text": _("Remove a condition, or choose another view."),
            "action": {"label": _("Clear all conditions"), "url": _without_filters(state)},
        }
    empty = state.page.empty
    return {"title": empty.title, "text": empty.text, "action": empty.action(state.viewer)}


def _without_filters(state: State) -> str:
    return state.url(**{name: None for name in state.query if name not in OWN})


def chips(state: State) -> list[dict[str, Any]]:
    if state.filterset is None or not state.is_valid:
        return []
    return [
        {"label": label, "value": value, "remove_url": state.url(**{name: None})}
        for name, label, value in state.filterset.applied()
    ]


def pager(state: State, results: Results) -> dict[str, Any]:
    last = results.first + len(results.rows) - 1
    label = ""
    if results.rows:
        label = _("Rows %(first)s–%(last)s of %(total)s") % {
            "first": results.first,
            "last": last,
            "total": results.total_text,
        }
    return {
        "label": label,
        "first_url": state.url() if results.previous else None,
        "prev_url": state.url(at=results.previous) if results.previous else None,
        "next_url": state.url(at=results.next) if results.next else None,
        "sizes": [{"label": str(size), "url": state.url(size=size), "active": size == state.size} for size in SIZES],
    }


def tabs(state: State) -> list[dict[str, Any]]:
    """The built-in views, then the officer's own and those shared with his department."""
    store = saved.store()
    kept = store.of(state.page.name, state.viewer) if store else []
    here = _comparable(state.query.urlencode())
    active = next((view for view in kept if _comparable(view.query) == here), None)
    counts = tab_counts(state.page, state.viewer)
    shown_tabs: list[dict[str, Any]] = [
        {
            "label": tab.label,
            "url": f"{state.page.url()}?tab={tab.key}",
            "count": counts.get(tab.key),
            "active": active is None and tab == state.tab,
        }
        for tab in state.page.offered_tabs(state.viewer)
    ]
    return shown_tabs + [
        {
            "label": view.name,
            "url": f"{state.page.url()}?{view.query}",
            "count": None,
            "active": view is active,
            "shared": view.is_shared,
        }
        for view in kept
    ]


def tab_counts(page: ListPage, viewer: Any) -> dict[str, str]:
    """How many rows the counted tabs hold, in one statement."""
    counted = [tab for tab in page.offered_tabs(viewer) if tab.counted]
    lists = []
    for tab in counted:
        sources = page.scans(Selection(viewer, tab.key, {})) if page.scans else [page.rows(viewer)]
        lists.append([keyset.each(scan, lambda rows, tab=tab: tab.narrow(rows, viewer)) for scan in sources])  # type: ignore[misc]
    counts = keyset.capped_counts(lists, TAB_CAP) if lists else []
    return {
        tab.key: f"{TAB_CAP}+" if count > TAB_CAP else str(count) for tab, count in zip(counted, counts, strict=True)
    }


def _comparable(query: str) -> list[str]:
    return sorted(part for part in query.split("&") if part and not part.startswith("at="))


def chooser(state: State) -> dict[str, Any]:
    on = {column.key for column in state.columns}
    return {
        "columns": [
            {"key": column.key, "label": column.label, "on": column.key in on, "fixed": column.fixed}
            for column in state.page.columns
        ],
        "url": state.page.url(),
        "keep": state.kept("columns", "density"),
        "density": state.density,
    }


def bulkbar(state: State, results: Results) -> dict[str, Any] | None:
    page = state.page
    actions = page.actions_for(state.viewer)
    if not actions or not results.rows:
        return None
    buttons: list[dict[str, Any]] = [
        {
            "label": action.label,
            "name": "action",
            "value": action.key,
            "icon": action.icon,
            "tone": action.tone,
            "hotkey": action.hotkey,
        }
        for action in actions
    ]
    buttons.append({"label": _("Export the selected rows"), "url": export_url(state), "icon": "download"})
    total_label = ""
    if results.total > len(results.rows):
        total_label = _("Select all %(total)s matching rows") % {"total": results.total_text}
    return {"actions": buttons, "total": results.total, "total_label": total_label}


def export_url(state: State) -> str:
    query = state.query.copy()
    query.pop("at", None)
    return f"{state.page.url('export')}?{query.urlencode()}"


def bulk_url(state: State) -> str:
    query = state.query.copy()
    query.pop("at", None)
    return f"{state.page.url('bulk')}?{query.urlencode()}"


def count_text(state: State, results: Results) -> str:
    """ "1000+ matters": what is said aloud when the results change."""
    if not state.is_valid:
        return _("The conditions contain an error.")
    return ngettext("%(total)s row found", "%(total)s rows found", min(results.total, CAP)) % {
        "total": results.total_text
    }


def context(request: HttpRequest, state: State, results: Results) -> dict[str, Any]:
    """Everything `lists/page.html` wants."""
    page, viewer = state.page, state.viewer
    export = {"label": _("Export to Excel"), "url": export_url(state), "method": "post", "icon": "download"}
    return {
        "page": page,
        "title": page.title,
        "count": results.total_text if state.is_valid else "",
        "unit": page.unit % results.total,
        "primary": page.primary(viewer),
        "secondary": [export, *page.secondary(viewer)],
        "views": _Late(lambda: tabs(state)),
        "save_url": page.url("views") if saved.store() else "",
        "manage_url": page.url("views") if saved.store() else "",
        "form": state.filterset.form if state.filterset is not None else None,
        "keep": [(name, value) for name, value in state.kept() if name in OWN],
        "reset_url": state.page.url() + (f"?tab={state.tab.key}" if state.tab else ""),
        "chips": chips(state),
        "clear_url": _without_filters(state),
        "result": count_text(state, results),
        "sort_label": sort_label(state),
        "chooser": chooser(state),
        "table": table(state, results),
        "pager": pager(state, results),
        "bulk": bulkbar(state, results),
        "bulk_url": bulk_url(state) if page.actions else "",
        "warnings": state.warnings,
        "invalid": not state.is_valid,
        **page.context(request),
    }


class _Late:
    """Computed when a template asks: the partial answer shows no tabs and pays for no counts."""

    def __init__(self, compute: Any) -> None:
        self._compute = compute
        self._known: Any = None

    def __call__(self) -> Any:
        if self._known is None:
            self._known = self._compute()
        return self._known
