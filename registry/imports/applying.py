"""Writing the rows of a dry run, one by one, by the verbs of the registry. Runs inside the caller's transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from registry.imports.known import Known
from registry.imports.sheets import BY_KEY, ENTERPRISES, FACILITIES, LINES
from registry.imports.values import APART, gone, typed
from registry.models import Enterprise, Facility, ImportAction, ImportRow, ImportRun, ProcessLine
from registry.services import enterprises, facilities


def place_of(row: ImportRow) -> str:
    """ "3" of the sheet of enterprises, "厂区 3" of another."""
    return str(row.number) if row.sheet == ENTERPRISES.key else f"{BY_KEY[row.sheet].title} {row.number}"


def at(row: ImportRow, reason: str) -> str:
    """A reason with the row it concerns, as a sentence."""
    if row.sheet == ENTERPRISES.key:
        return _("Row %(number)d: %(reason)s") % {"number": row.number, "reason": reason}
    words = {"sheet": BY_KEY[row.sheet].title, "number": row.number, "reason": reason}
    return _("Sheet “%(sheet)s”, row %(number)d: %(reason)s") % words


# --- has the registry moved on? ------------------------------------------------------------------------------------


def outdated(run: ImportRun, known: Known) -> list[str]:
    """Rows whose record changed, vanished or appeared since they were compared, or whose enterprise moved elsewhere."""
    pending = run.lines.filter(is_applied=False, action__in=[ImportAction.CREATE, ImportAction.UPDATE])
    related = pending.select_related("enterprise", "facility", "line").order_by("sheet", "number")
    found: list[str] = []
    for batch in _batches(related):
        taken = _taken(batch)
        for row in batch:
            moved = row.enterprise is not None and row.enterprise.region_id not in known.own_regions
            if moved or (_is_taken(row, taken) if row.action == ImportAction.CREATE else _has_changed(row)):
                found.append(place_of(row))
    return found


def _batches(rows: Any) -> Iterator[list[ImportRow]]:
    batch: list[ImportRow] = []
    for row in rows.iterator(chunk_size=500):
        batch.append(row)
        if len(batch) == 500:
            yield batch
            batch = []
    if batch:
        yield batch


def _has_changed(row: ImportRow) -> bool:
    return row.record is None or row.record.version != row.base_version


def _taken(rows: Iterable[ImportRow]) -> dict[str, set[tuple[str, ...]]]:
    """What of the new rows is in the registry by now."""
    codes = {row.values["credit_code"] for row in rows if row.action == ImportAction.CREATE}
    sites = Facility.objects.filter(enterprise__credit_code__in=codes)
    lines = ProcessLine.objects.filter(facility__enterprise__credit_code__in=codes)
    return {
        ENTERPRISES.key: set(Enterprise.objects.filter(credit_code__in=codes).values_list("credit_code")),
        FACILITIES.key: set(sites.values_list("enterprise__credit_code", "name")),
        LINES.key: set(lines.values_list("facility__enterprise__credit_code", "facility__name", "name")),
    }


def _is_taken(row: ImportRow, taken: Mapping[str, set[tuple[str, ...]]]) -> bool:
    return BY_KEY[row.sheet].identity_of(row.values) in taken[row.sheet]


# --- writing -------------------------------------------------------------------------------------------------------


def apply(row: ImportRow, run: ImportRun, known: Known) -> None:
    """Enter or change what the row says. RuleBroken when the registry refuses it by now."""
    facts = {"import_run": run.pk, "file": run.filename, "row": row.number, "sheet": BY_KEY[row.sheet].title}
    _WRITERS[row.sheet](row, run.owner, known, facts)
    row.is_applied = True
    row.save(update_fields=["enterprise", "facility", "line", "is_applied"])


def _enterprise(row: ImportRow, by: Any, known: Known, facts: dict[str, Any]) -> None:
    if row.action == ImportAction.CREATE:
        row.enterprise = enterprises.create_enterprise(by=by, values=_values(row, known), **facts)
    elif row.enterprise is None:
        raise gone()
    else:
        enterprises.change_enterprise(
            enterprise=row.enterprise, by=by, version=row.base_version or 0, values=_values(row, known), **facts
        )


def _facility(row: ImportRow, by: Any, known: Known, facts: dict[str, Any]) -> None:
    if row.action == ImportAction.CREATE:
        row.enterprise = row.enterprise or _enterprise_called(row)
        row.facility = facilities.add_facility(enterprise=row.enterprise, by=by, values=_values(row, known), **facts)
    elif row.facility is None:
        raise gone()
    else:
        facilities.change_facility(
            facility=row.facility, by=by, version=row.base_version or 0, values=_values(row, known), **facts
        )


def _line(row: ImportRow, by: Any, known: Known, facts: dict[str, Any]) -> None:
    if row.action == ImportAction.CREATE:
        row.enterprise = row.enterprise or _enterprise_called(row)
        row.facility = row.facility or row.enterprise.facilities.filter(name=row.values["facility"]).first()
        if row.facility is None:
            raise gone()
        row.line = facilities.add_line(facility=row.facility, by=by, values=_values(row, known), **facts)
    elif row.line is None:
        raise gone()
    else:
        facilities.change_line(line=row.line, by=by, version=row.base_version or 0, values=_values(row, known), **facts)


def _values(row: ImportRow, known: Known) -> Any:
    """As the verb takes them: of what is there already, without what a verb of its own changes."""
    return typed(row, known, without=() if row.action == ImportAction.CREATE else APART[row.sheet])


def _enterprise_called(row: ImportRow) -> Enterprise:
    """The enterprise that the same file brought. RuleBroken when its own row was refused."""
    found = Enterprise.objects.select_related("region").filter(credit_code=row.values["credit_code"]).first()
    if found is None:
        raise gone()
    return found


_WRITERS: Final[Mapping[str, Callable[[ImportRow, Any, Known, dict[str, Any]], None]]] = {
    ENTERPRISES.key: _enterprise,
    FACILITIES.key: _facility,
    LINES.key: _line,
}
