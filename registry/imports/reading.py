"""Opening an uploaded workbook: what it really is, and its rows. Everything wrong with the file as a whole is said in words."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from core.errors import RuleBroken
from core.listing import listed
from core.uploads import PACKED_BY, DamagedZip, reading_zip
from registry.imports.cells import REMARKS, SAMPLE, Column, text_of
from registry.imports.extent import extent_of
from registry.imports.sheets import BY_TITLE, ENTERPRISES, SHEETS, Sheet

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MAX_ROWS: Final = 100_000
# From the first cell of a sheet to the last, empty ones too: as many rows, each far wider than the template. The reader takes some
# 32 bytes for each.
MAX_CELLS: Final = 5_000_000
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADING_ROWS: Final = 5
_FORMULAS: Final = (b"<f>", b"<f ", b"<f/>")
_ERRORS: Final = (b' t="e"',)


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is that of the row in Excel, from 1; cells stand in the order of the headings."""

    number: int
    cells: list[Any]


@dataclass(slots=True)
class Page:
    """One sheet of the file: its headings in their order (unknown ones too) and its rows."""

    sheet: Sheet
    headings: list[str]
    columns: list[Column | None]  # None: a heading that is ignored
    heading_row: int
    cells: CalamineSheet

    @property
    def ignored(self) -> list[str]:
        return [
            heading
            for heading, column in zip(self.headings, self.columns, strict=True)
            if column is None and heading and heading != REMARKS
        ]

    def place_of(self, name: str) -> int:
        """Where the column of a field stands; the required ones are always there."""
        return next(i for i, column in enumerate(self.columns) if column is not None and column.name == name)

    def rows(self) -> Iterator[Row]:
        """Rows that hold anything, below the headings, without the sample of the template."""
        width = len(self.headings)
        place = self.place_of("credit_code")
        for number, cells in _numbered(self.cells):
            if number <= self.heading_row:
                continue
            kept = [*cells[:width], *([""] * (width - len(cells)))]
            if all(text_of(cell) == "" for cell in kept):
                continue
            if text_of(kept[place]).startswith(SAMPLE):
                continue
            yield Row(number, kept)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The pages of the file that the template knows, in the order in which they are imported."""

    pages: list[Page]

    @property
    def headings(self) -> dict[str, list[str]]:
        return {page.sheet.key: page.headings for page in self.pages}

    @property
    def ignored(self) -> list[str]:
        return list(dict.fromkeys(heading for page in self.pages for heading in page.ignored))


def check_bytes(file: IO[bytes], name: str) -> None:
    """Refuse what is no readable .xlsx, with what it is instead. Raises RuleBroken on the field "file"."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    reason = _size_refusal(size) or _type_refusal(file, head, name)
    if reason:
        raise RuleBroken(reason, field="file")


def _size_refusal(size: int) -> str:
    if size == 0:
        return _("The file is empty.")
    if size > MAX_BYTES:
        return _("The file is larger than %(limit)s. Divide it into several.") % {"limit": filesizeformat(MAX_BYTES)}
    return ""


def _type_refusal(file: IO[bytes], head: bytes, name: str) -> str:
    if head.startswith(_OLE):
        whole = file.read()
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in whole:
            return _("The file is protected by a password. Remove the protection in Excel and upload it again.")
        return _("This is an old Excel file (.xls). Save it as an Excel workbook (.xlsx) and upload it again.")
    if not head.startswith(_ZIP):
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith((b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta")):
            return _(
                "This is a web page with the ending of an Excel file. Open it in Excel and save it as a workbook (.xlsx)."
            )
        return _("This is not an Excel workbook (.xlsx), whatever its name says. Use the template.")
    if not name.lower().endswith(".xlsx"):
        return _("The name of the file must end in .xlsx.")
    return _package_refusal(file)


def _package_refusal(file: IO[bytes]) -> str:
    damaged = _("The file is damaged and cannot be opened. Save it again in Excel.")
    try:
        with reading_zip(), zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:
                return _("This is not an Excel workbook (.xlsx), whatever its name says. Use the template.")
            if any(part.lower().endswith("vbaproject.bin") for part in names):
                return _("The file contains macros. Save it as a workbook without macros (.xlsx).")
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED_BYTES:
                return _("Unpacked, the file is too large. Divide it into several.")
            if any(part.compress_type not in PACKED_BY for part in package.infolist()) or package.testzip() is not None:
                return damaged
            sheets = [part for part in names if part.startswith("xl/worksheets/") and part.endswith(".xml")]
            for part in sheets:
                with package.open(part) as sheet:
                    extent = extent_of(sheet)
                if extent.cells > MAX_CELLS:
                    return _(
                        "A sheet reaches as far as row %(row)d and column %(column)s. Delete what stands away from your rows, and upload it again."
                    ) % {"row": extent.rows, "column": _letter(extent.columns - 1)}
            if any(_holds(package, part, _FORMULAS) for part in sheets):
                return _(
                    "The sheet contains formulas, whose results cannot be relied on here. Copy it, paste “values only”, and upload that."
                )
            if any(_holds(package, part, _ERRORS) for part in sheets):
                return _("Cells of the sheet hold errors of Excel, such as #REF!. Enter the values themselves.")
    except DamagedZip:
        return damaged
    finally:
        file.seek(0)
    return ""


def _holds(package: zipfile.ZipFile, part: str, marks: tuple[bytes, ...]) -> bool:
    """Whether one of the marks occurs in the XML of a sheet. The reader would give such cells as empty ones."""
    tail = b""
    with package.open(part) as file:
        while block := file.read(1024 * 1024):
            seen = tail + block
            if any(mark in seen for mark in marks):
                return True
            tail = block[-8:]
    return False


def open_workbook(file: IO[bytes]) -> Workbook:
    """The sheets of a checked file. Raises RuleBroken (every reason) when they are not laid out like the template."""
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        found = list(_sheets(book))
    except PasswordError as error:
        reason = _("The file is protected by a password. Remove the protection in Excel and upload it again.")
        raise RuleBroken(reason, field="file") from error
    except CalamineError as error:
        raise RuleBroken(
            _("The file is damaged and cannot be opened. Save it again in Excel."), field="file"
        ) from error
    pages: list[Page] = []
    reasons: list[str] = []
    for sheet, cells in found:
        page = _page(sheet, cells)
        if page is not None:
            pages.append(page)
            wrong = [*_merged(page), *_wrong_headings(page)]
        elif len(found) > 1 and _is_empty(cells):
            continue
        else:
            wrong = [_no_headings()]
        # Which sheet is meant needs to be said only where there are several.
        reasons += wrong if len(found) == 1 else [f"{sheet.title}：{reason}" for reason in wrong]
    if not pages and not reasons:
        reasons.append(_no_headings())
    if reasons:
        raise RuleBroken(reasons, field="file")
    return Workbook(pages)


def _sheets(book: CalamineWorkbook) -> Iterator[tuple[Sheet, CalamineSheet]]:
    """The sheets by their titles; the only sheet of a file may bear any name and holds enterprises."""
    known = [sheet for sheet in SHEETS if sheet.title in book.sheet_names]
    for sheet in known:
        yield sheet, book.get_sheet_by_name(sheet.title)
    if known:
        return
    if len(book.sheet_names) == 1:
        yield ENTERPRISES, book.get_sheet_by_index(0)
        return
    reason = _("There is no sheet “%(sheet)s”; the file has: %(sheets)s.") % {
        "sheet": "”、“".join(BY_TITLE),
        "sheets": listed(book.sheet_names),
    }
    raise RuleBroken(reason, field="file")


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[Any]]]:
    """Rows with their numbers in Excel; leading empty columns are kept."""
    # iter_rows starts at the first row of the sheet and at its first column, whether they hold anything or not.
    yield from enumerate(sheet.iter_rows(), 1)


def _page(sheet: Sheet, cells: CalamineSheet) -> Page | None:
    """The headings: the first row among the first five that bears one of them. None when there is none."""
    for number, row in _numbered(cells):
        if number > _HEADING_ROWS:
            break
        texts = [text_of(cell).rstrip("*＊ ") for cell in row]
        if any(text in sheet.by_heading for text in texts):
            while texts and not texts[-1]:
                texts.pop()
            return Page(sheet, texts, [sheet.by_heading.get(heading) for heading in texts], number, cells)
    return None


def _is_empty(cells: CalamineSheet) -> bool:
    return all(text_of(cell) == "" for _number, row in _numbered(cells) for cell in row)


def _no_headings() -> str:
    reason = _(
        "The headings of the template are not in the first %(rows)d rows. Download the template and copy your rows into it."
    )
    return reason % {"rows": _HEADING_ROWS}


def _merged(page: Page) -> Iterator[str]:
    """Merged cells hide to which row a value belongs. Above the headings they do no harm."""
    below = [
        f"{_letter(left)}{top + 1}:{_letter(right)}{bottom + 1}"
        for (top, left), (bottom, right) in page.cells.merged_cell_ranges or ()
        if bottom + 1 >= page.heading_row
    ]
    if below:
        shown = listed(below[:5])
        yield _("Cells are merged (%(cells)s). Unmerge them and fill in every row.") % {"cells": shown}


def _letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _wrong_headings(page: Page) -> Iterator[str]:
    known, headings = page.sheet.by_heading, page.headings
    missing = [column.heading for column in page.sheet.columns if column.required and column.heading not in headings]
    if missing:
        yield _("These headings are missing: %(headings)s.") % {"headings": listed(missing)}
    twice = sorted({heading for heading in headings if heading in known and headings.count(heading) > 1})
    if twice:
        yield _("These headings stand twice: %(headings)s.") % {"headings": listed(twice)}
