"""Verbs of inspections: open, log a finding, sign, complete, conclude."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import powers
from casework import services as dockets
from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from core.labels import stored
from enforcement.inspections.models import Finding, Inspection, InspectionSignature, Severity
from enforcement.inspections.workflow import INSPECTION, Stage
from organisation.models import Officer
from registry.models import Enterprise


@transaction.atomic
def open_inspection(
    *,
    enterprise: Enterprise,
    inspected_on: date,
    began_at: time,
    place: str,
    inspectors: list[Officer],
    attended_by: str,
    credentials_shown: bool,
    by: Officer,
) -> Inspection:
    """Begin the record of a visit (行政处罚法第四十二条: at least two officers)."""
    if inspected_on > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="inspected_on")
    if len(set(inspectors)) < 2:
        raise RuleBroken(_("At least two inspectors are needed (行政处罚法第四十二条)."), field="inspectors")
    without = [o.name for o in inspectors if not o.has_valid_certificate(inspected_on)]
    if without:
        raise RuleBroken(
            _("No certificate valid on that day: %(names)s.") % {"names": "、".join(without)}, field="inspectors"
        )
    docket = dockets.open_docket(
        kind="inspection",
        title=stored(_lazy("Inspection of %(enterprise)s"), enterprise=enterprise.name),
        by=by,
        department=by.department,
        region=enterprise.region,
        enterprise=enterprise,
        officer=by,
        co_officers=tuple(inspectors),
    )
    inspection = Inspection.objects.create(
        docket=docket,
        enterprise=enterprise,
        stage=Stage.RECORDING,
        inspected_on=inspected_on,
        began_at=began_at,
        place=place,
        attended_by=attended_by,
        credentials_shown=credentials_shown,
    )
    inspection.inspectors.set(inspectors)
    trail.record(
        "inspections.open",
        inspection,
        by=by,
        docket=docket,
        basis="行政处罚法第四十二条",
        inspectors=[o.name for o in inspectors],
    )
    return inspection


@powers.under("inspections.inspect", of="inspection")
@transaction.atomic
def log_finding(
    *,
    inspection: Inspection,
    violation: Violation,
    fact: str,
    place: str,
    severity: str = Severity.ORDINARY,
    by: Officer,
) -> Finding:
    """Add a finding while the record is open and nobody has signed it."""
    locked = _unsigned(inspection)
    finding = Finding.objects.create(
        inspection=locked,
        violation=violation,
        fact=fact,
        place=place,
        severity=severity,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    trail.record(
        "inspections.log_finding",
        finding,
        by=by,
        docket=locked.docket,
        basis=violation.legal_basis,
        fact=fact,
        place=place,
    )
    return finding


@powers.under("inspections.inspect", of="inspection")
@transaction.atomic
def describe(
    *, inspection: Inspection, situation: str, ended_at: time, credentials_shown: bool, attended_by: str, by: Officer
) -> Inspection:
    """Write what was seen, and when the visit ended, before anybody signs."""
    locked = _unsigned(inspection)
    if ended_at < locked.began_at:
        raise RuleBroken(_("The visit ends before it begins."), field="ended_at")
    before = {"situation": locked.situation}
    locked.situation, locked.ended_at = situation, ended_at
    locked.credentials_shown, locked.attended_by = credentials_shown, attended_by
    locked.save(update_fields=["situation", "ended_at", "credentials_shown", "attended_by"])
    trail.record(
        "inspections.describe", locked, by=by, docket=locked.docket, before=before, after={"situation": situation}
    )
    return locked


@powers.under("inspections.inspect", of="inspection")
@transaction.atomic
def sign(*, inspection: Inspection, by: Officer) -> InspectionSignature:
    """Sign the record. When the last inspector has signed, the record is complete."""
    locked = _recording(inspection)
    if not locked.inspectors.filter(pk=by.pk).exists():
        raise RuleBroken(_("Only those who inspected can sign."))
    if not locked.situation.strip() or locked.ended_at is None:
        raise RuleBroken(_("Write what was seen and when the visit ended first."))
    if not locked.credentials_shown:
        raise RuleBroken(_("Record that the certificates were shown before the inspection."))
    if locked.signatures.filter(officer=by).exists():
        raise RuleBroken(_("You have already signed."))
    signature = InspectionSignature.objects.create(
        inspection=locked, officer=by, certificate_number=by.certificate_number, signed_at=clock.now()
    )
    trail.record(
        "inspections.sign",
        locked,
        by=by,
        docket=locked.docket,
        basis="行政处罚法第四十二条",
        certificate=by.certificate_number,
    )
    return signature


@transaction.atomic
def complete_record(*, inspection: Inspection, by: Officer) -> Inspection:
    return INSPECTION.advance(inspection, "complete_record", by=by)


@powers.under("inspections.inspect", of="finding")
@transaction.atomic
def leave_alone(*, finding: Finding, reason: str, by: Officer) -> Finding:
    """A finding that needs no follow-up, with the reason."""
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    if locked.inspection.stage == Stage.CONCLUDED:
        raise RuleBroken(_("The inspection is concluded."))
    if hasattr(locked, "lead"):
        raise RuleBroken(_("This finding already has a lead."))
    locked.needs_lead, locked.no_lead_reason = False, reason
    locked.save(update_fields=["needs_lead", "no_lead_reason"])
    trail.record("inspections.leave_alone", locked, by=by, docket=locked.inspection.docket, reason=reason)
    return locked


@transaction.atomic
def conclude(*, inspection: Inspection, by: Officer) -> Inspection:
    """The visit is over: every finding has its lead or its reason."""
    done = INSPECTION.advance(inspection, "conclude", by=by)
    dockets.close_docket(done.docket, by=by)
    return done


def _recording(inspection: Inspection) -> Inspection:
    locked = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if locked.stage != Stage.RECORDING:
        raise RuleBroken(_("The record is complete and can no longer be changed."))
    return locked


def _unsigned(inspection: Inspection) -> Inspection:
    locked = _recording(inspection)
    if locked.signatures.exists():
        raise RuleBroken(_("The record is already signed and can no longer be changed."))
    return locked
