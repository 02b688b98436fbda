"""Facilities and lines of a sheet against the registry, and against what the same file brings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from registry import editing
from registry.imports.known import Known
from registry.imports.problems import blame
from registry.imports.sheets import ENTERPRISES, FACILITIES, LINES, Sheet
from registry.imports.values import APART, typed
from registry.models import Enterprise, Facility, ImportAction, ImportRow, ProcessLine
from registry.services.enterprises import already_registered


@dataclass(slots=True)
class FileSoFar:
    """What the sheets read before hold: sound rows, and rows with errors, by what they name."""

    sound: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    bad: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)

    def add(self, sheet: Sheet, rows: Iterable[ImportRow]) -> None:
        for row in rows:
            if (identity := sheet.identity_of(row.values)) is not None:
                where = self.bad if row.problems else self.sound
                where.setdefault(sheet.key, set()).add(identity)

    def brings(self, sheet: Sheet, *identity: str) -> bool:
        return identity in self.sound.get(sheet.key, ())

    def refuses(self, sheet: Sheet, *identity: str) -> bool:
        return identity in self.bad.get(sheet.key, ())


class _PartComparison:
    """Rows that name their enterprise by its code, a batch at a time."""

    sheet: Sheet

    def __init__(self, known: Known, by: Any, so_far: FileSoFar) -> None:
        self.known, self.by, self.so_far = known, by, so_far

    def enterprises_of(self, rows: list[ImportRow]) -> dict[str, Enterprise]:
        codes = {row.values["credit_code"] for row in rows}
        found = Enterprise.objects.select_related("region").filter(credit_code__in=codes)
        return {enterprise.credit_code: enterprise for enterprise in found}

    def place(self, row: ImportRow, enterprise: Enterprise | None) -> None:
        """Find the row's enterprise: in the registry and kept here, or new in the same file."""
        code = row.values["credit_code"]
        if enterprise is not None:
            row.enterprise = enterprise
            if enterprise.region_id not in self.known.own_regions:
                fix = _("Leave the row out, or hand it to the department there.")
                blame(row, "credit_code", code, already_registered(code, by=self.by), fix)
        elif self.so_far.refuses(ENTERPRISES, code):
            reason = _("The row of this enterprise on the sheet “%(sheet)s” has errors.") % {"sheet": ENTERPRISES.title}
            blame(row, "credit_code", code, reason, _("Correct that row first."))
        elif not self.so_far.brings(ENTERPRISES, code):
            reason = _("No enterprise has this code, neither in the registry nor on the sheet “%(sheet)s”.")
            fix = _("Enter the enterprise first, or add it to the sheet.")
            blame(row, "credit_code", code, reason % {"sheet": ENTERPRISES.title}, fix)

    def say_more(self, rows: list[ImportRow]) -> None:
        """Of rows with errors in their cells: that they name no enterprise, or no site, is said with these errors."""
        rows = [row for row in rows if "credit_code" in row.values]
        enterprises = self.enterprises_of(rows)
        placed = []
        for row in rows:
            before = len(row.problems)
            self.place(row, enterprises.get(row.values["credit_code"]))
            if len(row.problems) == before:
                placed.append(row)
        self.say_more_of(placed, enterprises)

    def say_more_of(self, rows: list[ImportRow], enterprises: dict[str, Enterprise]) -> None:
        """Their enterprises are known: what else they name."""

    def compare(self, row: ImportRow, record: Facility | ProcessLine | None) -> None:
        """New, changed or the same."""
        if row.problems:
            return
        if record is None:
            row.action = ImportAction.CREATE
            return
        model = self.sheet.model
        changed = editing.changes(record, typed(row, self.known, without=APART[self.sheet.key]))
        row.changes = {
            name: [editing.words(model, name, editing.plain(before)), editing.words(model, name, editing.plain(after))]
            for name, (before, after) in changed.items()
        }
        row.base_version = record.version
        row.action = ImportAction.UPDATE if changed else ImportAction.UNCHANGED


class FacilityComparison(_PartComparison):
    sheet = FACILITIES

    def put(self, rows: list[ImportRow]) -> None:
        enterprises = self.enterprises_of(rows)
        related = Facility.objects.select_related("region").filter(enterprise__in=enterprises.values())
        present = {(facility.enterprise_id, facility.name): facility for facility in related}
        for row in rows:
            enterprise = enterprises.get(row.values["credit_code"])
            self.place(row, enterprise)
            row.facility = present.get((enterprise.pk, row.values["name"])) if enterprise else None
            self._position(row, row.facility)
            self.compare(row, row.facility)

    def _position(self, row: ImportRow, facility: Facility | None) -> None:
        """A position is whole and names its source."""
        held = {name: getattr(facility, name, None) for name in ("longitude_deg", "latitude_deg", "coordinate_source")}
        given = {**held, **{name: value for name, value in typed(row, self.known).items() if name in held}}
        longitude, latitude = given["longitude_deg"], given["latitude_deg"]
        if (longitude is None) != (latitude is None):
            missing = "latitude_deg" if latitude is None else "longitude_deg"
            reason = _("A position has both a longitude and a latitude.")
            blame(row, missing, "", reason, _("Enter both, or neither."))
        elif longitude is not None and not given["coordinate_source"]:
            reason = _(
                "Say where the position comes from: positions of different systems lie hundreds of metres apart."
            )
            blame(row, "coordinate_source", "", reason, _("Choose from the drop-down list."))


class LineComparison(_PartComparison):
    sheet = LINES

    def put(self, rows: list[ImportRow]) -> None:
        enterprises = self.enterprises_of(rows)
        facilities = self.facilities_of(enterprises)
        related = ProcessLine.objects.select_related("technique").filter(facility__in=facilities.values())
        present = {(line.facility_id, line.name): line for line in related}
        for row in rows:
            enterprise = enterprises.get(row.values["credit_code"])
            self.place(row, enterprise)
            if row.problems:
                continue
            row.facility = facilities.get((enterprise.pk, row.values["facility"])) if enterprise else None
            self._site(row)
            row.line = present.get((row.facility.pk, row.values["name"])) if row.facility else None
            self._new_on_closed_site(row)
            self._apart(row, row.line)
            self.compare(row, row.line)

    def say_more_of(self, rows: list[ImportRow], enterprises: dict[str, Enterprise]) -> None:
        facilities = self.facilities_of(enterprises)
        for row in rows:
            if "facility" in row.values:
                row.facility = facilities.get((row.enterprise_id, row.values["facility"]))
                self._site(row)

    def facilities_of(self, enterprises: dict[str, Enterprise]) -> dict[tuple[int | None, str], Facility]:
        sites = Facility.objects.filter(enterprise__in=enterprises.values())
        return {(facility.enterprise_id, facility.name): facility for facility in sites}

    def _site(self, row: ImportRow) -> None:
        """The row's site: in the registry, or new in the same file."""
        code, name = row.values["credit_code"], row.values["facility"]
        if row.facility is not None:
            return
        if self.so_far.refuses(FACILITIES, code, name):
            reason = _("The row of this site on the sheet “%(sheet)s” has errors.") % {"sheet": FACILITIES.title}
            blame(row, "facility", name, reason, _("Correct that row first."))
        elif not self.so_far.brings(FACILITIES, code, name):
            reason = _("The enterprise has no site of this name, neither in the registry nor on the sheet “%(sheet)s”.")
            fix = _("Compare the name, or add the site to the sheet.")
            blame(row, "facility", name, reason % {"sheet": FACILITIES.title}, fix)

    def _new_on_closed_site(self, row: ImportRow) -> None:
        if row.line is None and row.facility is not None and row.facility.is_closed:
            reason = _("This site is no longer used. Take it into use again first.")
            blame(row, "facility", row.facility.name, reason, _("Do that on the page of the enterprise."))

    def _apart(self, row: ImportRow, line: ProcessLine | None) -> None:
        status = row.values.get("status")
        if line is not None and status is not None and status != line.status:
            reason = _("The registry has the status “%(status)s”.") % {"status": line.get_status_display()}
            fix = _(
                "Leave the cell empty; change the status on the page of the enterprise, with the day and the reason."
            )
            blame(row, "status", editing.words(ProcessLine, "status", status), reason, fix)
