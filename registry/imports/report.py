"""The uploaded rows again, with a red column that says what is wrong: to be corrected and uploaded once more."""

from io import BytesIO
from typing import Any, Final

import xlsxwriter

from registry.imports.columns import BY_HEADING, REMARKS, SHEET
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
    sheet = book.add_worksheet(SHEET)
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#0F3C7D", "num_format": "@"})
    red = book.add_format({"font_color": "#B42318", "num_format": "@", "text_wrap": True})
    red_head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#B42318"})
    kept = [(place, heading) for place, heading in enumerate(run.headings) if heading != REMARKS]
    for place, (_source, heading) in enumerate(kept):
        column = BY_HEADING.get(heading)
        sheet.set_column(place, place, column.width if column else 16, text)
        sheet.write_string(0, place, heading, head)
    sheet.set_column(len(kept), len(kept), 60, red)
    sheet.write_string(0, len(kept), REMARKS, red_head)
    sheet.freeze_panes(1, 0)
    rows = run.lines.order_by("number").values_list("cells", "problems")
    if run.rows_total > WHOLE_UP_TO:
        rows = rows.filter(action=ImportAction.BAD)
    for number, (cells, problems) in enumerate(rows.iterator(chunk_size=1000), 1):
        for place, (source, _heading) in enumerate(kept):
            sheet.write_string(number, place, cells[source], text)
        sheet.write_string(number, len(kept), in_words(problems), red)
    book.close()
    return file.getvalue()


def in_words(problems: list[dict[str, Any]]) -> str:
    """All problems of a row: "列名：原因 改正办法"."""
    return "\n".join(_one(problem) for problem in problems)


def _one(problem: dict[str, Any]) -> str:
    return f"{problem['column']}：{problem['reason']} {problem['fix']}".strip()
