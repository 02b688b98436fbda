"""The uploaded rows again, with a red column that says what is wrong: to be corrected and uploaded once more."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from registry.imports.cells import REMARKS
from registry.imports.sheets import SHEETS, Sheet
from registry.models import ImportAction, ImportRun

WHOLE_UP_TO: Final = 5000


def build(run: ImportRun) -> bytes:
    """An .xlsx file in constant memory. Every cell is written as text: nothing in it can run as a formula.

    Of very large files only the rows with errors come back: good ones, once imported, would be found unchanged anyway.
    """
    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "head": book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#0F3C7D", "num_format": "@"}),
        "red": book.add_format({"font_color": "#B42318", "num_format": "@", "text_wrap": True}),
        "red_head": book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#B42318"}),
    }
    for sheet in SHEETS:
        if sheet.key in run.headings:
            _write(book, run, sheet, formats)
    book.close()
    return file.getvalue()


def _write(book: Any, run: ImportRun, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    """One sheet of the upload, as it came, with the red column at its end."""
    page = book.add_worksheet(sheet.title)
    kept = [(place, heading) for place, heading in enumerate(run.headings[sheet.key]) if heading != REMARKS]
    for place, (_source, heading) in enumerate(kept):
        column = sheet.by_heading.get(heading)
        page.set_column(place, place, column.width if column else 16, formats["text"])
        page.write_string(0, place, heading, formats["head"])
    page.set_column(len(kept), len(kept), 60, formats["red"])
    page.write_string(0, len(kept), REMARKS, formats["red_head"])
    page.freeze_panes(1, 0)
    rows = run.lines.filter(sheet=sheet.key).order_by("number").values_list("cells", "problems")
    if run.rows_total > WHOLE_UP_TO:
        rows = rows.filter(action=ImportAction.BAD)
    for number, (cells, problems) in enumerate(rows.iterator(chunk_size=1000), 1):
        for place, (source, _heading) in enumerate(kept):
            page.write_string(number, place, cells[source], formats["text"])
        page.write_string(number, len(kept), in_words(problems), formats["red"])


def in_words(problems: list[dict[str, Any]]) -> str:
    """All problems of a row: "列名：原因 改正办法"."""
    return "\n".join(_one(problem) for problem in problems)


def _one(problem: dict[str, Any]) -> str:
    return f"{problem['column']}：{problem['reason']} {problem['fix']}".strip()
