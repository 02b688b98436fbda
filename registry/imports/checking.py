"""The dry run: every row compared with the registry. Writes nothing but what it found."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final, cast

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from registry import editing
from registry.imports.columns import BY_NAME, REMARKS, CellError, text_of
from registry.imports.known import Known
from registry.imports.reading import Row, Workbook
from registry.models import Enterprise, ImportAction, ImportRow, ImportRun
from registry.services.enterprises import EnterpriseValues, already_registered

BATCH: Final = 500
# What an import may not change: each is a verb of its own that asks for a day and a reason.
APART: Final = ("name", "status")


def check(run: ImportRun, book: Workbook, by: Any) -> Iterator[list[ImportRow]]:
    """Unsaved rows in batches, in the order of the sheet."""
    known = Known.of(by)
    first_rows = _first_rows(book)
    compare = _Comparison(known, by)
    rows = book.rows()
    while batch := list(islice(rows, BATCH)):
        read = [_read(run, book, row, known, first_rows) for row in batch]
        compare.put([row for row in read if not row.problems])
        yield read


def _first_rows(book: Workbook) -> dict[str, list[int]]:
    """Codes that stand in several rows: the numbers of those rows."""
    place = book.place_of("credit_code")
    numbers: dict[str, list[int]] = {}
    for row in book.rows():
        code = text_of(row.cells[place]).upper().replace(" ", "")
        if code:
            numbers.setdefault(code, []).append(row.number)
    return {code: found for code, found in numbers.items() if len(found) > 1}


def _read(run: ImportRun, book: Workbook, row: Row, known: Known, repeated: dict[str, list[int]]) -> ImportRow:
    """One row's cells as values, or as problems."""
    found = ImportRow(
        run=run,
        number=row.number,
        action=ImportAction.BAD,
        cells=[
            "" if heading == REMARKS else text_of(cell) for heading, cell in zip(book.headings, row.cells, strict=True)
        ],
        values={},
        problems=[],
    )
    for column, cell in zip(book.columns, row.cells, strict=True):
        if column is None:
            continue
        if text_of(cell) == "":
            if column.required:
                _blame(found, column.name, "", _("This cell must be filled in."), _("Enter the value."))
            continue
        try:
            found.values[column.name] = column.read(cell, known)
        except CellError as error:
            _blame(found, column.name, text_of(cell), error.reason, error.fix)
    others = [number for number in repeated.get(found.values.get("credit_code", ""), []) if number != row.number]
    if others:
        reason = _("The same code stands in row %(rows)s.") % {"rows": "、".join(str(number) for number in others[:5])}
        _blame(found, "credit_code", found.values["credit_code"], reason, _("Keep one of the rows."))
    return found


def _blame(row: ImportRow, name: str, value: str, reason: str, fix: str) -> None:
    row.action = ImportAction.BAD
    row.problems.append({"column": BY_NAME[name].heading, "value": value[:200], "reason": reason, "fix": fix})


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

    def _new(self, row: ImportRow) -> None:
        row.action = ImportAction.CREATE

    def _known(self, row: ImportRow, enterprise: Enterprise) -> None:
        if enterprise.region_id not in self.known.own_regions:
            reason = already_registered(enterprise.credit_code, by=self.by)
            _blame(
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
        changed = editing.changes(enterprise, typed(row.values, self.known, without=APART))
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
            _blame(row, "name", row.values["name"], reason, fix)
        status = row.values.get("status")
        if status is not None and status != enterprise.status:
            reason = _("The registry has the status “%(status)s”.") % {"status": enterprise.get_status_display()}
            fix = _(
                "Leave the cell empty; change the status on the page of the enterprise, with the day and the reason."
            )
            _blame(row, "status", editing.words(Enterprise, "status", status), reason, fix)

    def _agreement(self, row: ImportRow, enterprise: Enterprise | None) -> None:
        agreed = row.values.get(
            "agreed_electronic_service", enterprise.agreed_electronic_service if enterprise else False
        )
        address = row.values.get("electronic_address", enterprise.electronic_address if enterprise else "")
        if agreed and not address:
            reason = _("Whoever agrees to electronic service gives an address for it.")
            _blame(row, "electronic_address", "", reason, _("Enter the address, or “否” in the column before it."))


def typed(values: dict[str, Any], known: Known, *, without: Iterable[str] = ()) -> EnterpriseValues:
    """Kept values (JSON) as the verbs take them. What vanished since the check raises RuleBroken."""
    convert: dict[str, Callable[[Any], Any]] = {
        "region": lambda code: known.regions[code],
        "base": lambda code: known.regions[code],
        "group": lambda pk: known.groups[pk],
        "material_classes": lambda codes: [known.classes[code] for code in codes],
        "registered_capital_10k_cny": Decimal,
        "founded_on": date.fromisoformat,
    }
    skipped = set(without)
    try:
        found = {
            name: convert[name](value) if name in convert else value
            for name, value in values.items()
            if name not in skipped
        }
    except KeyError as error:
        raise RuleBroken(_("What this row refers to no longer exists: check the file again.")) from error
    return cast(EnterpriseValues, found)


def counted(actions: Iterable[str]) -> dict[str, int]:
    """How many rows of each action, by the counters of ImportRun."""
    counts = Counter(actions)
    return {
        "created_count": counts[ImportAction.CREATE],
        "updated_count": counts[ImportAction.UPDATE],
        "unchanged_count": counts[ImportAction.UNCHANGED],
        "bad_count": counts[ImportAction.BAD],
    }
