"""The current view as an Excel file: what the officer sees, with codes as text and nothing that could run as a formula."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, jobs, whole_files
from core.lists import building, keyset
from core.lists.bulk import officer_of
from core.lists.state import State, read
from core.models import Job, JobState

KIND: Final = "lists.export"
KEPT: Final = timedelta(days=7)
AT_ONCE: Final = 5000  # rows; beyond, a worker writes the file
CHUNK: Final = 1000
MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Called with (viewer, page name, facts) for every export: a floor above writes it into the trail.
_witness: list[Callable[[Any, str, dict[str, Any]], None]] = []


def record_with(witness: Callable[[Any, str, dict[str, Any]], None]) -> None:
    _witness[:] = [witness]


def file_name(state: State) -> str:
    """案件_待我办_20261122.xlsx"""
    parts = [str(state.page.title), str(state.tab.label) if state.tab else "", clock.today().strftime("%Y%m%d")]
    safe = ["".join(char for char in part if char not in '\\/:*?"<>|') for part in parts if part]
    return "_".join(safe) + ".xlsx"


def ids_of(state: State, selected: Sequence[int] | None) -> list[int]:
    """Which rows, in the order of the view: all that match, or the selected ones among them."""
    scans = state.scans()
    if selected is not None:
        scans = [keyset.each(scan, lambda rows: rows.filter(pk__in=selected)) for scan in scans]
    return keyset.ids(scans, state.order, limit=None)


def is_large(state: State) -> bool:
    return keyset.capped_count(state.scans(), AT_ONCE) > AT_ONCE


class Stopped(Exception):
    """The export was cancelled, or another worker has taken it over."""


def rows_of(state: State, ids: Sequence[int], on_chunk: Callable[[int], bool]) -> Iterator[Any]:
    """The rows, until `on_chunk(how many so far)` says False."""
    for start in range(0, len(ids), CHUNK):
        rows = keyset.loaded(state.page.rows(state.viewer), ids[start : start + CHUNK])
        if state.page.prepare and rows:
            state.page.prepare(rows, state.viewer)
        yield from rows
        if not on_chunk(start + len(rows)):
            return


def write(
    state: State, ids: Sequence[int], out: io.BytesIO | Path, on_chunk: Callable[[int], bool] = lambda done: True
) -> int:
    """Write the workbook; returns the number of rows in it. Memory stays constant however many there are."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, options)
    sheet = book.add_worksheet(_sheet_name(str(state.page.title)))
    formats = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#E8F0FC", "border": 1, "text_wrap": True, "valign": "vcenter"}
        ),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "minute": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "number": book.add_format({"num_format": "General", "valign": "top"}),
    }
    for at, column in enumerate(state.columns):
        sheet.set_column(at, at, column.width, formats["text"])
        sheet.write_string(0, at, str(column.label), formats["head"])
    sheet.freeze_panes(1, 0)
    count = 0
    for row in rows_of(state, ids, on_chunk):
        count += 1
        for at, column in enumerate(state.columns):
            _put(sheet, count, at, column.value(row), formats)
    sheet.autofilter(0, 0, max(count, 1), len(state.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_who(state)}&R&P / &N")
    _watermark(book, state, count, formats)
    book.close()
    return count


def _put(sheet: Any, line: int, at: int, value: Any, formats: Mapping[str, Any]) -> None:
    """Numbers and dates as such; everything else as text, so that = + - @ at its start stay characters."""
    match value:
        case None | "":
            return
        case bool():
            sheet.write_string(line, at, _("yes") if value else _("no"), formats["text"])
        case int() | float() | Decimal():
            sheet.write_number(line, at, value, formats["number"])
        case datetime():
            sheet.write_datetime(line, at, clock.local(value).replace(tzinfo=None), formats["minute"])
        case date():
            sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
        case _:
            sheet.write_string(line, at, str(value), formats["text"])


def _sheet_name(title: str) -> str:
    return "".join(char for char in title if char not in "[]:*?/\\")[:31] or "1"


def _who(state: State) -> str:
    return f"{state.viewer} {clock.local(clock.now()):%Y-%m-%d %H:%M}"


def _watermark(book: Any, state: State, count: int, formats: Mapping[str, Any]) -> None:
    """Whose export this is, of when, of what: on a sheet of its own and in every printed footer."""
    sheet = book.add_worksheet(_sheet_name(_("About this export")))
    conditions = "；".join(
        f"{chip['label']}：{chip['value']}" if chip["value"] else str(chip["label"]) for chip in building.chips(state)
    )
    lines = [
        (_("List"), str(state.page.title)),
        (_("View"), str(state.tab.label) if state.tab else _("All")),
        (_("Conditions"), conditions or _("none")),
        (_("Order"), building.sort_label(state)),
        (_("Rows"), str(count)),
        (_("Exported by"), str(state.viewer)),
        (_("Department"), str(getattr(state.viewer, "department", ""))),
        (_("Exported at"), clock.local(clock.now()).strftime("%Y-%m-%d %H:%M:%S")),
        (_("Notice"), _("Internal working material. Do not pass it on.")),
    ]
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 70, formats["text"])
    for at, (label, value) in enumerate(lines):
        sheet.write_string(at, 0, label, formats["head"])
        sheet.write_string(at, 1, value, formats["text"])


def witness(state: State, count: int) -> None:
    for record in _witness:
        record(
            state.viewer,
            state.page.name,
            {"rows": count, "query": state.query.urlencode(), "list": str(state.page.title)},
        )


def workbook(state: State, selected: Sequence[int] | None) -> bytes:
    out = io.BytesIO()
    count = write(state, ids_of(state, selected), out)
    witness(state, count)
    return out.getvalue()


def start(state: State) -> Job:
    principal = getattr(state.viewer, "acting_for", None)
    payload = {
        "page": state.page.name,
        "query": state.query.urlencode(),
        "acting_for": principal.pk if principal else None,
        "name": file_name(state),
    }
    return jobs.enqueue(KIND, payload, by_id=state.viewer.pk)


def run(job: Job) -> Mapping[str, Any]:
    """The job's handler: writes the file again from the start when it is run again."""
    from core.lists.page import named

    viewer = officer_of(job)
    with translation.override(viewer.language):
        state = read(named(job.payload["page"]), viewer, QueryDict(job.payload["query"]))
        ids = ids_of(state, None)

        def on_chunk(done: int) -> bool:
            step = _("%(done)s of %(total)s rows") % {"done": done, "total": len(ids)}
            return jobs.report(job, progress=min(99, done * 100 // max(1, len(ids))), step=step)

        def fill(path: Path) -> None:
            if write(state, ids, path, on_chunk) < len(ids) or not jobs.report(job, progress=99):
                raise Stopped

        try:
            path = whole_files.write(f"exports/{job.pk}.xlsx", fill)
        except Stopped:
            return {}  # no file, and nothing to be known of: the outcome is that of who stopped it
        _witness_once(job, state, len(ids))
    return {"file": path, "name": job.payload["name"], "rows": len(ids)}


@transaction.atomic
def _witness_once(job: Job, state: State, count: int) -> None:
    """One export is one event, however often a killed worker made others write its file again."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if not locked.payload.get("witnessed"):
        witness(state, count)
        Job.objects.filter(pk=job.pk).update(payload={**locked.payload, "witnessed": True})


def forget_old() -> int:
    """Delete files made more than a week ago: they hold data of the portal and are out of date. Returns how many."""
    over = Job.objects.filter(kind=KIND, state=JobState.DONE, finished_at__lt=clock.now() - KEPT)
    forgotten = 0
    for job in over.exclude(result__file="").iterator():
        default_storage.delete(job.result["file"])
        job.result = {**job.result, "file": ""}
        job.save(update_fields=["result"])
        forgotten += 1
    return forgotten
