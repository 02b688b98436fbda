"""Keeping facilities and process lines. Their events belong to the chain of the enterprise."""

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import trail
from core import clock
from core.errors import RuleBroken
from organisation.models import Region
from registry import editing
from registry.access import require_keeper
from registry.models import Enterprise, Facility, LineStatus, ProcessLine, Technique
from trail.models import Event


class FacilityValues(TypedDict, total=False):
    """`longitude_deg` and `latitude_deg` are WGS-84, together or not at all, and name their source."""

    name: str
    region: Region
    address: str
    longitude_deg: Decimal | None
    latitude_deg: Decimal | None
    accuracy_m: int | None
    coordinate_source: str
    is_closed: bool
    note: str


class LineValues(TypedDict, total=False):
    """`capacity_t_reo_per_year`: tonnes of rare-earth oxides per year, above zero."""

    name: str
    technique: Technique
    capacity_t_reo_per_year: Decimal
    commissioned_on: date | None
    status: str
    note: str


def events_of_part(enterprise: Enterprise, part: Facility | ProcessLine | Any) -> Any:
    """Events of one facility, line or product, newest first; they stand in the enterprise's chain."""
    return Event.objects.filter(
        subject_type="registry.enterprise",
        subject_id=str(enterprise.pk),
        facts__part_type=part._meta.model_name,
        facts__part_id=part.pk,
    ).order_by("-id")


def record_part(verb: str, part: Any, *, by: Any, **facts: Any) -> None:
    """Write an event of a part of an enterprise: its kind, its id, its name."""
    enterprise = part.facility.enterprise if isinstance(part, ProcessLine) else part.enterprise
    where = part.facility.name if isinstance(part, ProcessLine) else None
    trail.record(
        verb,
        enterprise,
        by=by,
        part_type=part._meta.model_name,
        part_id=part.pk,
        part=part.name,
        where=where,
        version=part.version,
        **facts,
    )


@transaction.atomic
def add_facility(*, enterprise: Enterprise, by: Any, values: FacilityValues, **facts: Any) -> Facility:
    """Add a site to an enterprise. Its region may be another one than the enterprise's."""
    require_keeper(by, enterprise)
    facility = Facility(enterprise=enterprise, region=values.get("region") or enterprise.region)
    _check_position(facility, values)
    _save_new(facility, dict(values))
    record_part("registry.facility_add", facility, by=by, after=_given(values), **facts)
    return facility


@transaction.atomic
def change_facility(*, facility: Facility, by: Any, version: int, values: FacilityValues, **facts: Any) -> Facility:
    locked = Facility.objects.select_for_update(of=("self",)).select_related("enterprise__region").get(pk=facility.pk)
    require_keeper(by, locked.enterprise)
    editing.guard(locked, version, values, events_of_part(locked.enterprise, locked)[:50])
    _check_position(locked, values)
    if values.get("is_closed") and locked.lines.filter(status=LineStatus.OPERATING).exists():
        reason = _("Lines of this site are still operating. Change their status first.")
        raise RuleBroken(reason, field="is_closed")
    changed = editing.changes(locked, values)
    if changed:
        _save_changes(locked, changed)
        record_part("registry.facility_change", locked, by=by, **editing.as_facts(changed), **facts)
    return locked


@transaction.atomic
def add_line(*, facility: Facility, by: Any, values: LineValues, **facts: Any) -> ProcessLine:
    """Add a process line to a site."""
    require_keeper(by, facility.enterprise)
    if facility.is_closed:
        raise RuleBroken(_("This site is no longer used. Take it into use again first."))
    line = ProcessLine(facility=facility)
    _check_capacity(values)
    _save_new(line, dict(values))
    record_part("registry.line_add", line, by=by, after=_given(values), **facts)
    return line


@transaction.atomic
def change_line(*, line: ProcessLine, by: Any, version: int, values: LineValues, **facts: Any) -> ProcessLine:
    """Change facts of a line; its status is changed by `change_line_status`, which asks for the reason."""
    locked = _locked_line(line)
    require_keeper(by, locked.facility.enterprise)
    editing.guard(locked, version, values, events_of_part(locked.facility.enterprise, locked)[:50])
    _check_capacity(values)
    changed = editing.changes(locked, {name: value for name, value in values.items() if name != "status"})
    if changed:
        _save_changes(locked, changed)
        record_part("registry.line_change", locked, by=by, **editing.as_facts(changed), **facts)
    return locked


@transaction.atomic
def change_line_status(*, line: ProcessLine, by: Any, version: int, status: str, on: date, reason: str) -> ProcessLine:
    """Stop, restart or dismantle a line."""
    locked = _locked_line(line)
    require_keeper(by, locked.facility.enterprise)
    editing.guard(locked, version, {"status": status}, events_of_part(locked.facility.enterprise, locked)[:50])
    if status not in LineStatus.values:
        raise RuleBroken(_("Choose a status."), field="status")
    if status == locked.status:
        raise RuleBroken(_("The line already has this status."), field="status")
    if status == LineStatus.OPERATING and locked.facility.is_closed:
        raise RuleBroken(_("This site is no longer used. Take it into use again first."), field="status")
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if on > clock.today():
        raise RuleBroken(_("A status is entered once it is in force."), field="on")
    changed: editing.Changes = {"status": (locked.status, status)}
    editing.put(locked, changed)
    record_part("registry.line_status", locked, by=by, reason=reason.strip(), on=on, **editing.as_facts(changed))
    return locked


def _locked_line(line: ProcessLine) -> ProcessLine:
    related = ProcessLine.objects.select_for_update(of=("self",)).select_related("facility__enterprise__region")
    found: ProcessLine = related.get(pk=line.pk)
    return found


def _given(values: Any) -> dict[str, Any]:
    return {name: editing.plain(value) for name, value in values.items() if value not in (None, "", False)}


def _check_position(facility: Facility, values: FacilityValues) -> None:
    longitude = values.get("longitude_deg", facility.longitude_deg)
    latitude = values.get("latitude_deg", facility.latitude_deg)
    if (longitude is None) != (latitude is None):
        missing = "latitude_deg" if latitude is None else "longitude_deg"
        raise RuleBroken(_("A position has both a longitude and a latitude."), field=missing)
    if longitude is None or latitude is None:
        return
    if not -180 <= longitude <= 180:
        raise RuleBroken(_("A longitude lies between -180 and 180 degrees."), field="longitude_deg")
    if not -90 <= latitude <= 90:
        raise RuleBroken(_("A latitude lies between -90 and 90 degrees."), field="latitude_deg")
    if not values.get("coordinate_source", facility.coordinate_source):
        reason = _("Say where the position comes from: positions of different systems lie hundreds of metres apart.")
        raise RuleBroken(reason, field="coordinate_source")


def _check_capacity(values: LineValues) -> None:
    capacity = values.get("capacity_t_reo_per_year")
    if capacity is not None and capacity <= 0:
        raise RuleBroken(_("The capacity is above zero."), field="capacity_t_reo_per_year")


def _save_new(row: Facility | ProcessLine, values: dict[str, Any]) -> None:
    _save_changes(row, {name: (None, value) for name, value in values.items()})


def _save_changes(row: Facility | ProcessLine, changed: editing.Changes) -> None:
    """Save; a second site or line of the same name is refused in words, even when two officers press at once."""
    try:
        with transaction.atomic():
            editing.put(row, changed)
    except IntegrityError as error:
        siblings = (
            Facility.objects.filter(enterprise=row.enterprise, name=row.name)
            if isinstance(row, Facility)
            else ProcessLine.objects.filter(facility=row.facility, name=row.name)
        )
        if siblings.exclude(pk=row.pk).exists():
            raise RuleBroken(_("This name is already in use here. Choose another."), field="name") from error
        raise
