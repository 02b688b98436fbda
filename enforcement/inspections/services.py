"""Verbs of inspections: open, write the record, log and correct findings, sign, complete, conclude; void."""

from dataclasses import asdict
from datetime import date, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import powers, turns
from casework import services as dockets
from casework.models import Docket, Violation
from casework.stale import changed_meanwhile
from core import clock
from core.errors import RuleBroken, Stale, refuse_all
from core.labels import stored
from enforcement.inspections import records, visit_rules
from enforcement.inspections.models import (
    Finding,
    Inspection,
    InspectionSignature,
    MissingSignature,
    Record,
    Severity,
)
from enforcement.inspections.selectors import kept, unable_to_inspect, visits_on_record
from enforcement.inspections.workflow import INSPECTION, Stage
from notices import services as notices
from notices.models import SiteRecord
from organisation.models import Officer
from registry.models import Enterprise

SIGNING: Final = "行政处罚法第五十五条"  # the record is made and signed by it; how many are needed is 第四十二条
WRITING = ("inspections.describe", "inspections.log_finding", "inspections.edit_finding")


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
    is_another: bool = False,
) -> Inspection:
    """Begin the record of a visit (行政处罚法第四十二条: at least two officers). `is_another`: beside one that is on record of the
    same enterprise and day."""
    faults = [
        *visit_rules.of_begin(inspected_on, began_at),
        *visit_rules.of_certificates(inspectors, inspected_on, named="inspectors"),
        *visit_rules.of_number(inspectors, named="inspectors"),
        *visit_rules.of_another(visits_on_record(enterprise, inspected_on, seen_by=by), is_another=is_another),
    ]
    if others := unable_to_inspect(inspectors):
        # Everybody who is named signs the record: an account without the role never could.
        words = _("Neither inspector nor case officer, and so not able to sign: %(names)s.")
        faults.append(("inspectors", words % {"names": "、".join(others)}))
    refuse_all(faults)
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
    """Add a finding while the record is open."""
    locked = _recording(inspection, by=by)
    refuse_all(visit_rules.of_law([violation], locked.inspected_on, named="violation"))
    finding = Finding.objects.create(
        inspection=locked,
        violation=violation,
        fact=fact,
        place=place,
        severity=severity,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    _signatures_fall(locked)
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


@powers.under("inspections.inspect", of="finding")
@transaction.atomic
def edit_finding(
    *, finding: Finding, violation: Violation, fact: str, place: str, severity: str, expected_version: int, by: Officer
) -> Finding:
    """Correct a finding while the record is open and no lead came of it."""
    inspection = _recording(finding.inspection, expected_version=expected_version, by=by)
    locked = Finding.objects.select_for_update().select_related("violation").get(pk=finding.pk)
    if hasattr(locked, "lead"):
        raise RuleBroken(_("This finding already has a lead."))
    refuse_all(visit_rules.of_law([violation], inspection.inspected_on, named="violation"))
    before = _words(locked)
    locked.violation, locked.fact, locked.place, locked.severity = violation, fact, place, severity
    after = _words(locked)
    if before == after:
        return locked
    # Why it needed no follow-up was said of other words.
    locked.needs_lead, locked.no_lead_reason = True, ""
    locked.save(update_fields=["violation", "fact", "place", "severity", "needs_lead", "no_lead_reason"])
    _signatures_fall(inspection)
    trail.record(
        "inspections.edit_finding",
        locked,
        by=by,
        docket=inspection.docket,
        basis=violation.legal_basis,
        before=before,
        after=after,
    )
    return locked


def _words(finding: Finding) -> dict[str, str]:
    return {
        "violation": finding.violation.act,
        "fact": finding.fact,
        "place": finding.place,
        "severity": finding.severity,
    }


@powers.under("inspections.inspect", of="inspection")
@transaction.atomic
def describe(*, inspection: Inspection, record: Record, expected_version: int, by: Officer) -> Inspection:
    """Write or correct the record of the visit. Signatures stand under a text: a changed text asks for new ones."""
    locked = _recording(inspection, expected_version=expected_version, by=by)
    if record.ended_at is None or record.ended_on is None:
        raise RuleBroken(_("Say when the visit ended."), field="ended_at")
    refuse_all(
        visit_rules.of_record(kept(locked), record.inspected_on, record.began_at, record.ended_on, record.ended_at)
    )
    before, after = locked.record().changes_to(record)
    if not after:
        return locked
    for name, value in asdict(record).items():
        setattr(locked, name, value)
    locked.save(update_fields=list(asdict(record)))
    _signatures_fall(locked)
    trail.record("inspections.describe", locked, by=by, docket=locked.docket, before=before, after=after)
    return locked


@powers.under("inspections.inspect", of="inspection")
@transaction.atomic
def sign(*, inspection: Inspection, seen: str, by: Officer) -> InspectionSignature:
    """Sign the record as it was `seen` (`Inspection.seen_as`)."""
    locked = _recording(inspection, by=by)
    if seen != locked.seen_as():
        raise Stale(_("This was changed after you opened the page. Read it again before you sign."))
    if not locked.inspectors.filter(pk=by.pk).exists():
        raise RuleBroken(_("Only those who inspected can sign."))
    if not locked.situation.strip() or locked.ended_at is None:
        raise RuleBroken(_("Write what was seen and when the visit ended first."))
    if not locked.credentials_shown:
        raise RuleBroken(_("Record that the certificates were shown before the inspection."))
    if locked.current_signatures().filter(officer=by).exists():
        raise RuleBroken(_("You have already signed."))
    signature = InspectionSignature.objects.create(
        inspection=locked,
        officer=by,
        version=locked.version,
        certificate_number=by.certificate_number,
        signed_at=clock.now(),
    )
    trail.record(
        "inspections.sign",
        locked,
        by=by,
        docket=locked.docket,
        basis=SIGNING,
        certificate=by.certificate_number,
        version=locked.version,
    )
    turns.tell_who_must_sign(locked.docket, locked.without_signature(), by)
    return signature


@powers.under("inspections.oversee_record", of="inspection")
@transaction.atomic
def explain_missing_signature(
    *, inspection: Inspection, officer: Officer, reason: str, by: Officer
) -> MissingSignature:
    """An inspector cannot sign: the head records why, so that the record can be completed."""
    locked = _recording(inspection, by=by)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if officer not in locked.without_signature():
        raise RuleBroken(_("The signature of %(officer)s is not missing.") % {"officer": officer}, field="officer")
    row = MissingSignature.objects.create(
        inspection=locked, officer=officer, reason=reason, recorded_by=by, recorded_at=clock.now()
    )
    trail.record(
        "inspections.explain_missing_signature",
        locked,
        by=by,
        docket=locked.docket,
        basis="行政处罚法第四十七条",
        officer=officer.name,
        reason=reason,
    )
    return row


@transaction.atomic
def void(*, inspection: Inspection, reason: str, by: Officer) -> Inspection:
    """An inspection that was opened by mistake, or never took place, ends with its reason. It stays on record."""
    done = INSPECTION.advance(inspection, "void", by=by, reason=reason)
    dockets.close_docket(done.docket, by=by)
    return done


@transaction.atomic
def complete_record(*, inspection: Inspection, by: Officer) -> Inspection:
    """笔录定稿: nobody changes it any more; its document is frozen and drawn, for the party to read and sign."""
    done = INSPECTION.advance(inspection, "complete_record", by=by)
    _freeze(done, by)
    return done


@powers.under("inspections.inspect", of="inspection")
@transaction.atomic
def make_record(*, inspection: Inspection, by: Officer) -> SiteRecord:
    """The document of a record that was completed before records had one."""
    locked = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if locked.stage != Stage.SIGNED:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    if records.of(locked) is not None:
        raise RuleBroken(_("The record has its document already."))
    record = _freeze(locked, by)
    trail.record("inspections.make_record", locked, by=by, docket=locked.docket)
    return record


def _freeze(inspection: Inspection, by: Officer) -> SiteRecord:
    return notices.freeze_record(
        kind=records.KIND.code,
        docket=inspection.docket,
        dated=inspection.inspected_on,
        context=records.context(inspection),
        by=by,
    )


@powers.under("inspections.inspect", of="finding")
@transaction.atomic
def leave_alone(*, finding: Finding, reason: str, by: Officer) -> Finding:
    """A finding that needs no follow-up, with the reason."""
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    _check_follow_up_open(locked)
    locked.needs_lead, locked.no_lead_reason = False, reason
    locked.save(update_fields=["needs_lead", "no_lead_reason"])
    trail.record("inspections.leave_alone", locked, by=by, docket=locked.inspection.docket, reason=reason)
    return locked


@powers.under("inspections.inspect", of="finding")
@transaction.atomic
def follow_up_after_all(*, finding: Finding, reason: str, by: Officer) -> Finding:
    """Take back that a finding needs no follow-up, with the reason, while the inspection goes on."""
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    _check_follow_up_open(locked)
    if locked.needs_lead:
        raise RuleBroken(_("This finding is to be followed up already."))
    before = locked.no_lead_reason
    locked.needs_lead, locked.no_lead_reason = True, ""
    locked.save(update_fields=["needs_lead", "no_lead_reason"])
    trail.record(
        "inspections.follow_up_after_all",
        locked,
        by=by,
        docket=locked.inspection.docket,
        reason=reason,
        before={"no_lead_reason": before},
    )
    return locked


def _check_follow_up_open(finding: Finding) -> None:
    """Whether a finding is followed up is decided while the inspection goes on and no lead came of it."""
    stage = finding.inspection.stage
    if stage in INSPECTION.final:
        raise RuleBroken(_("The inspection is voided.") if stage == Stage.VOIDED else _("The inspection is concluded."))
    if hasattr(finding, "lead"):
        raise RuleBroken(_("This finding already has a lead."))


@transaction.atomic
def conclude(*, inspection: Inspection, by: Officer) -> Inspection:
    """The visit is over: every finding has its lead or its reason."""
    done = INSPECTION.advance(inspection, "conclude", by=by)
    dockets.close_docket(done.docket, by=by)
    return done


def _recording(inspection: Inspection, *, by: Officer, expected_version: int | None = None) -> Inspection:
    """The locked row of an inspection whose record is open. `expected_version`: what the officer had before him who edits."""
    locked = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if locked.stage != Stage.RECORDING:
        raise RuleBroken(_("The record is complete and can no longer be changed."))
    if expected_version is not None and locked.version != expected_version:
        raise changed_meanwhile(locked.docket, WRITING, by=by)
    return locked


def _signatures_fall(locked: Inspection) -> None:
    """The text has changed: what was signed before was another one."""
    locked.version += 1
    locked.save(update_fields=["version"])


def evidence_changed(docket: Docket, by: Officer) -> None:
    """The record lists its attachments: while it is open, one more or one fewer asks for new signatures."""
    inspection = Inspection.objects.select_for_update().filter(docket=docket, stage=Stage.RECORDING).first()
    if inspection is not None:
        _signatures_fall(inspection)


def evidence_warning(docket: Docket) -> str | None:
    """Said before evidence is added or withdrawn, while signatures stand that would fall by it."""
    inspection = Inspection.objects.filter(docket=docket, stage=Stage.RECORDING).first()
    if inspection is None or not inspection.current_signatures().exists():
        return None
    return _(
        "The record lists its attachments: when evidence is added or withdrawn, its signatures fall and the inspectors sign anew."
    )
