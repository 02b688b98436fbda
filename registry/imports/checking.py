"""The dry run: every row compared with the registry. Writes nothing but what it found."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _

from core.listing import listed
from registry import editing
from registry.imports.cells import REMARKS, CellError, text_of
from registry.imports.known import Known
from registry.imports.parts import FacilityComparison, FileSoFar, LineComparison
from registry.imports.problems import blame
from registry.imports.reading import Page, Row, Workbook
from registry.imports.sheets import ENTERPRISES, FACILITIES, LINES
from registry.imports.values import APART, typed
from registry.models import Enterprise, ImportAction, ImportRow, ImportRun
from registry.services.enterprises import already_registered

BATCH: Final = 500


def check(run: ImportRun, book: Workbook, by: Any) -> Iterator[list[ImportRow]]:
    """Unsaved rows in batches, sheet by sheet, in the order of each sheet."""
    known = Known.of(by)
    so_far = FileSoFar()
    comparisons: dict[str, Any] = {
        ENTERPRISES.key: _Comparison(known, by),
        FACILITIES.key: FacilityComparison(known, by, so_far),
        LINES.key: LineComparison(known, by, so_far),
    }
    for page in book.pages:
        repeated = _repeated(page)
        rows = page.rows()
        while batch := list(islice(rows, BATCH)):
            read = [_read(run, page, row, known, repeated) for row in batch]
            refused = [row for row in read if row.problems]
            comparisons[page.sheet.key].put([row for row in read if not row.problems])
            comparisons[page.sheet.key].say_more(refused)
            so_far.add(page.sheet, read)
            yield read


def _repeated(page: Page) -> dict[tuple[str, ...], list[int]]:
    """What stands in several rows: the numbers of those rows."""
    places = [page.place_of(name) for name in page.sheet.identity]
    numbers: dict[tuple[str, ...], list[int]] = {}
    for row in page.rows():
        texts = [text_of(row.cells[place]) for place in places]
        # The code comes first on every sheet; blanks and small letters in it are put right.
        texts[0] = texts[0].upper().replace(" ", "")
        if all(texts):
            numbers.setdefault(tuple(texts), []).append(row.number)
    return {found: rows for found, rows in numbers.items() if len(rows) > 1}


def _read(run: ImportRun, page: Page, row: Row, known: Known, repeated: dict[tuple[str, ...], list[int]]) -> ImportRow:
    """One row's cells as values, or as problems."""
    found = ImportRow(
        run=run,
        sheet=page.sheet.key,
        number=row.number,
        action=ImportAction.BAD,
        cells=[
            "" if heading == REMARKS else text_of(cell) for heading, cell in zip(page.headings, row.cells, strict=True)
        ],
        values={},
        problems=[],
    )
    for column, cell in zip(page.columns, row.cells, strict=True):
        if column is None:
            continue
        if text_of(cell) == "":
            if column.required:
                blame(found, column.name, "", _("This cell must be filled in."), _("Enter the value."))
            continue
        try:
            found.values[column.name] = column.read(cell, known)
        except CellError as error:
            blame(found, column.name, text_of(cell), error.reason, error.fix)
    _say_repeated(found, page, repeated)
    return found


def _say_repeated(found: ImportRow, page: Page, repeated: dict[tuple[str, ...], list[int]]) -> None:
    identity = page.sheet.identity_of(found.values)
    others = [number for number in repeated.get(identity or (), []) if number != found.number]
    if not identity or not others:
        return
    reason = (
        _("The same code stands in row %(rows)s.")
        if page.sheet is ENTERPRISES
        else _("The same name stands in row %(rows)s.")
    )
    shown = listed(str(number) for number in others[:5])
    blame(found, page.sheet.identity[-1], identity[-1], reason % {"rows": shown}, _("Keep one of the rows."))


class _Comparison:
    """Sound rows against the registry, a batch at a time."""

    def __init__(self, known: Known, by: Any) -> None:
        self.known, self.by = known, by

    def put(self, rows: list[ImportRow]) -> None:
        codes = [row.values["credit_code"] for row in rows]
        related = Enterprise.objects.select_related("region", "base", "group").prefetch_related("material_classes")
        present = {enterprise.credit_code: enterprise for enterprise in related.filter(credit_code__in=codes)}
        for row in rows:
            enterprise = present.get(row.values["credit_code"])
            if enterprise is None:
                self._new(row)
            else:
                self._known(row, enterprise)
            self._agreement(row, enterprise)

    def say_more(self, rows: list[ImportRow]) -> None:
        """Of an enterprise everything that is wrong stands in its own cells."""

    def _new(self, row: ImportRow) -> None:
        row.action = ImportAction.CREATE

    def _known(self, row: ImportRow, enterprise: Enterprise) -> None:
        if enterprise.region_id not in self.known.own_regions:
            reason = already_registered(enterprise.credit_code, by=self.by)
            blame(
                row,
                "credit_code",
                enterprise.credit_code,
                reason,
                _("Leave the row out, or hand it to the department there."),
            )
            return
        self._apart(row, enterprise)
        if row.problems:
            return
        changed = editing.changes(enterprise, typed(row, self.known, without=APART[ENTERPRISES.key]))
        row.changes = {
            name: [
                editing.words(Enterprise, name, editing.plain(before)),
                editing.words(Enterprise, name, editing.plain(after)),
            ]
            for name, (before, after) in changed.items()
        }
        row.enterprise, row.base_version = enterprise, enterprise.version
        row.action = ImportAction.UPDATE if changed else ImportAction.UNCHANGED

    def _apart(self, row: ImportRow, enterprise: Enterprise) -> None:
        if row.values["name"] != enterprise.name:
            reason = _("The registry has the name “%(name)s” for this code.") % {"name": enterprise.name}
            fix = _("If it was renamed, enter that on the page of the enterprise first, with the day and the reason.")
            blame(row, "name", row.values["name"], reason, fix)
        status = row.values.get("status")
        if status is not None and status != enterprise.status:
            reason = _("The registry has the status “%(status)s”.") % {"status": enterprise.get_status_display()}
            fix = _(
                "Leave the cell empty; change the status on the page of the enterprise, with the day and the reason."
            )
            blame(row, "status", editing.words(Enterprise, "status", status), reason, fix)

    def _agreement(self, row: ImportRow, enterprise: Enterprise | None) -> None:
        agreed = row.values.get(
            "agreed_electronic_service", enterprise.agreed_electronic_service if enterprise else False
        )
        address = row.values.get("electronic_address", enterprise.electronic_address if enterprise else "")
        if agreed and not address:
            reason = _("Whoever agrees to electronic service gives an address for it.")
            blame(row, "electronic_address", "", reason, _("Enter the address, or “否” in the column before it."))


def counted(actions: Iterable[str]) -> dict[str, int]:
    """How many rows of each action, by the counters of ImportRun."""
    counts = Counter(actions)
    return {
        "created_count": counts[ImportAction.CREATE],
        "updated_count": counts[ImportAction.UPDATE],
        "unchanged_count": counts[ImportAction.UNCHANGED],
        "bad_count": counts[ImportAction.BAD],
    }
