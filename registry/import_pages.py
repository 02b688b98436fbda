"""What the pages of the Excel import show. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.models import Job, JobState
from registry import editing
from registry.imports.reading import MAX_BYTES
from registry.imports.sheets import BY_KEY, LINES
from registry.models import ImportAction, ImportRow, ImportRun, ImportState
from registry.services.imports import is_stalled

__all__ = ["MAX_BYTES", "pager", "progress", "rows_table", "run_context", "runs_table", "shown_rows"]

STATE_TONES: Final[dict[str, str]] = {
    ImportState.CHECKING: "blue",
    ImportState.CHECKED: "amber",
    ImportState.APPLYING: "blue",
    ImportState.DONE: "green",
    ImportState.CANCELLED: "grey",
    ImportState.FAILED: "red",
}
ACTION_TONES: Final[dict[str, str]] = {
    ImportAction.CREATE: "green",
    ImportAction.UPDATE: "blue",
    ImportAction.UNCHANGED: "grey",
    ImportAction.BAD: "red",
}
JOB_STATES: Final[dict[str, str]] = {
    JobState.QUEUED: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of rows of a dry run."""

    action: str
    queryset: QuerySet[ImportRow]


def runs_table(runs: Iterable[ImportRun]) -> dict[str, Any]:
    return {
        "caption": _("Your imports"),
        "columns": [
            {"key": "file", "label": _("File"), "phone": "main"},
            {"key": "at", "label": _("Uploaded at")},
            {"key": "rows", "label": _("Rows"), "numeric": True},
            {"key": "bad", "label": _("Errors"), "numeric": True},
            {"key": "state", "label": _("State")},
        ],
        "rows": [
            {
                "id": run.pk,
                "label": run.filename,
                "cells": [
                    {"text": run.filename, "url": run.get_absolute_url()},
                    {"text": f"{clock.local(run.created_at):%Y-%m-%d %H:%M}", "nowrap": True},
                    {"text": str(run.rows_total)},
                    {"text": str(run.bad_count)},
                    {"tag": state_tag(run)},
                ],
            }
            for run in runs
        ],
        "empty": {
            "title": _("No file uploaded yet."),
            "text": _(
                "Download the template, fill it in, and upload it. Nothing is written before you have seen the result of the check."
            ),
        },
    }


def state_tag(run: ImportRun) -> dict[str, str]:
    if run.is_expired(clock.now()):
        return {"label": _("Check expired"), "tone": "grey"}
    if run.state == ImportState.CHECKED and not run.has_something_to_write:
        return {"label": _("Checked, nothing to import"), "tone": "grey"}
    return {"label": run.get_state_display(), "tone": STATE_TONES[run.state]}


def shown_rows(run: ImportRun, asked: str) -> Shown:
    """The rows asked for; without a choice the errors, or the first kind there is."""
    counts = _counts(run)
    action = asked if asked in counts else next((key for key, count in counts.items() if count), ImportAction.BAD)
    return Shown(action, run.lines.filter(action=action).select_related("enterprise").order_by("sheet", "number"))


def _counts(run: ImportRun) -> dict[str, int]:
    return {
        ImportAction.BAD.value: run.bad_count,
        ImportAction.CREATE.value: run.created_count,
        ImportAction.UPDATE.value: run.updated_count,
        ImportAction.UNCHANGED.value: run.unchanged_count,
    }


def rows_table(shown: Shown, rows: Sequence[ImportRow]) -> dict[str, Any]:
    if shown.action == ImportAction.BAD:
        return _errors_table(rows)
    columns = [
        {"key": "sheet", "label": _("Sheet")},
        {"key": "row", "label": _("Row"), "numeric": True},
        {"key": "name", "label": _("Name"), "phone": "main"},
        {"key": "code", "label": _("Credit code"), "phone": "wide"},
        {
            "key": "changes",
            "label": _("Changes") if shown.action == ImportAction.UPDATE else _("What happens"),
            "phone": "wide",
        },
    ]
    what = {
        ImportAction.CREATE.value: _("will be entered"),
        ImportAction.UNCHANGED.value: _("nothing: the registry says the same"),
    }
    listed = [
        {
            "id": row.pk,
            "label": row.values.get("name", ""),
            "row": row,
            "sheet": BY_KEY[row.sheet].title,
            "name": _name_of(row),
            "code": row.values.get("credit_code", ""),
            "enterprise": row.enterprise,
            "what": what.get(shown.action, ""),
            "changes": [
                {"field": editing.label(BY_KEY[row.sheet].model, name), "before": before, "after": after}
                for name, (before, after) in row.changes.items()
            ],
        }
        for row in rows
    ]
    empty = {"title": _("No rows of this kind.")}
    return {
        "caption": _("Rows"),
        "columns": columns,
        "rows": listed,
        "row_template": "registry/_import_row.html",
        "empty": empty,
    }


def _name_of(row: ImportRow) -> str:
    """A line under the name of its site."""
    name = str(row.values.get("name", ""))
    return f"{row.values.get('facility', '')} · {name}" if row.sheet == LINES.key else name


def _errors_table(rows: Sequence[ImportRow]) -> dict[str, Any]:
    """One line per problem: sheet, row, column, value, reason, how to fix."""
    listed = [
        {
            "id": f"{row.pk}-{place}",
            "label": str(row.number),
            "cells": [
                {"text": BY_KEY[row.sheet].title, "nowrap": True},
                {"text": str(row.number)},
                {"text": problem["column"]},
                {"text": problem["value"], "mono": True},
                {"text": problem["reason"]},
                {"text": problem["fix"]},
            ],
        }
        for row in rows
        for place, problem in enumerate(row.problems)
    ]
    return {
        "caption": _("Errors"),
        "columns": [
            {"key": "sheet", "label": _("Sheet")},
            {"key": "row", "label": _("Row"), "numeric": True},
            {"key": "column", "label": _("Column"), "phone": "main"},
            {"key": "value", "label": _("Value"), "phone": "wide"},
            {"key": "reason", "label": _("Reason"), "phone": "wide"},
            {"key": "fix", "label": _("How to put it right"), "phone": "wide"},
        ],
        "rows": listed,
        "empty": {"title": _("No errors."), "icon": "circle-check"},
    }


def pager(run: ImportRun, shown: Shown, page: Page[ImportRow]) -> dict[str, Any] | None:
    if page.paginator.num_pages < 2:
        return None

    def url(number: int) -> str:
        return f"{run.get_absolute_url()}?rows={shown.action}&page={number}"

    return {
        "first_url": url(1) if page.has_previous() else "",
        "prev_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
        "last_url": url(page.paginator.num_pages) if page.has_next() else "",
        "label": _("Rows %(first)d to %(last)d of %(all)d")
        % {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count},
    }


def run_context(run: ImportRun, shown: Shown, viewer: Any) -> dict[str, Any]:
    """State, tabs and acts of one import."""
    counts = _counts(run)
    labels = dict(ImportAction.choices)
    expired = run.is_expired(clock.now())
    open_for_decision = run.state == ImportState.CHECKED and not expired
    done = run.state == ImportState.DONE
    same = ImportRun.objects.visible_to(viewer).filter(sha256=run.sha256, state=ImportState.DONE).exclude(pk=run.pk)
    return {
        "state": state_tag(run),
        "expired": expired,
        "stalled": is_stalled(run),
        "job": progress(run),
        "done": done,
        "nothing_to_do": open_for_decision and not run.has_something_to_write,
        "may_decide": open_for_decision and run.has_something_to_write,
        "earlier": same.order_by("-id").first(),
        "tabs": [
            {
                "label": labels[action],
                "count": count,
                "url": f"{reverse('registry:import', args=[run.pk])}?rows={action}",
                "active": action == shown.action,
            }
            for action, count in counts.items()
        ],
    }


def progress(run: ImportRun) -> dict[str, Any] | None:
    """The bar of a running job; None when nothing is under way."""
    if run.state not in {ImportState.CHECKING, ImportState.APPLYING}:
        return None
    job = Job.objects.filter(pk=run.job_id or 0).first()
    if job is None or job.is_over:
        return None
    return {
        "id": job.pk,
        "label": _("Checking the file") if run.state == ImportState.CHECKING else _("Importing the file"),
        "percent": job.progress,
        "step": job.step,
        "state": JOB_STATES[job.state],
        "poll_url": reverse("registry:import_progress", args=[run.pk]),
    }
