"""Verbs on records written on the spot: freeze what was completed, record how it ended with the party."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import evidence, powers
from casework.models import Docket, Evidence, EvidenceKind
from core import clock, moments, uploads
from core.errors import RuleBroken
from notices import composing, printing, records, rendering, signing_notes
from notices.models import Ending, PartySigning, SiteRecord
from organisation.models import Officer

# What a signed page can be: a scan or a photograph.
PAGES = ("application/pdf", "image/jpeg", "image/png", "image/heic", "image/webp")


@transaction.atomic
def freeze_record(
    *,
    kind: str,
    docket: Docket,
    dated: date,
    context: Mapping[str, Any],
    by: Officer,
    corrects: SiteRecord | None = None,
    which: str = "",
    content: Mapping[str, Any] | None = None,
) -> SiteRecord:
    """Part of a completing verb: keep the record's final text; a worker draws the PDF after commit. `corrects`: the wrong one
    whose place it takes. `which`: what tells it from the others of its kind wherever records are listed; its page needs no such mark.
    `content`: what was typed into its form, from which a correction begins.

    Refused in words when it cannot be printed (a character no font has).
    """
    described = records.get(kind)
    with powers.acting(by, described.permission, docket):
        Docket.objects.locked(docket.pk)
        return _freeze(described, docket, dated, context, by, corrects, which, content)


def _freeze(
    described: records.RecordKind,
    docket: Docket,
    dated: date,
    context: Mapping[str, Any],
    by: Officer,
    corrects: SiteRecord | None = None,
    which: str = "",
    content: Mapping[str, Any] | None = None,
) -> SiteRecord:
    try:
        composed = composing.compose(described.template, context)
    except rendering.RenderingFailed as failure:
        raise RuleBroken(str(failure)) from failure
    record = SiteRecord.objects.create(
        docket=docket,
        kind=described.code,
        title=f"{composed.title}（{which}）" if which else composed.title,
        dated=dated,
        completed_by=by,
        completed_at=clock.now(),
        corrects=corrects,
        content=None if content is None else dict(content),
        html=composed.html,
        template=composed.template,
        template_sha256=composed.template_sha256,
    )
    printing.enqueue(record, by_id=by.pk)
    return record


@transaction.atomic
def record_signing(
    *,
    record: SiteRecord,
    outcome: str,
    on: date,
    by: Officer,
    signatory: str = "",
    scan: "UploadedFile[Any] | None" = None,
    reason: str = "",
    witness_name: str = "",
    witness_organisation: str = "",
) -> PartySigning:
    """How the record ended with the party, once: its signature (the signed page is kept as evidence), or its refusal or
    absence, noted by the inspector with the reason and, where one was there, a witness."""
    if not record.type.signed_by_party:
        raise RuleBroken(_("This record is not signed by the party."))
    with powers.acting(by, record.type.permission, record.docket):
        docket = Docket.objects.locked(record.docket_id)
        # A row of its own: what is refused below leaves nothing on the caller's.
        record = SiteRecord.objects.select_related("docket__enterprise").get(pk=record.pk)
        if record.is_corrected:
            raise RuleBroken(_("Another record has taken its place: that one is signed."))
        if record.ending is not None:
            raise RuleBroken(_("It is already on record how this ended with the party."))
        if docket.closed_on:
            raise RuleBroken(_("The docket is closed."))
        signed = outcome == Ending.SIGNED
        words = {
            "signatory": signatory.strip() if signed else "",
            "reason": "" if signed else reason.strip(),
            "witness_name": witness_name.strip(),
            "witness_organisation": witness_organisation.strip(),
        }
        _check(record, outcome, on, **words)
        row = PartySigning(record=record, outcome=outcome, on=on, officer=by, recorded_at=clock.now(), **words)
        if signed:
            row.scan = _kept(record, scan, by, on)
        else:
            note = records.get(records.NOTE)
            row.note = _freeze(note, docket, on, signing_notes.context(row), by)
        row.save()
        of_whom = "party" if record.type.by_handlers else "hearing"
        trail.record(
            f"notices.{of_whom}_{outcome}", record, by=by, docket=docket, basis=record.type.signing_basis, on=on,
            **{name: value for name, value in words.items() if value},
        )  # fmt: skip
        return row


@transaction.atomic
def attach_note_scan(*, record: SiteRecord, scan: "UploadedFile[Any]", by: Officer) -> SiteRecord:
    """Add the page of a note that the inspectors and the witness have signed, once; also when the docket was closed without."""
    if record.kind != records.NOTE:
        raise RuleBroken(_("Only a note is signed in this way."))
    with powers.acting(by, record.noted_signing.record.type.permission, record.docket):
        Docket.objects.locked(record.docket_id)
        locked = SiteRecord.objects.select_for_update().get(pk=record.pk)
        if not locked.is_printed:
            raise RuleBroken(_("The PDF is not ready yet."))
        if locked.signed_scan_id is not None:
            raise RuleBroken(_("The signed note is on file already."))
        locked.signed_scan = _kept(locked, scan, by, what="签名件", proves="当事人未在笔录上签名的情况")
        locked.save(update_fields=["signed_scan"])
        noted = record.noted_signing.record.type
        verb = "notices.attach_note_scan" if noted.by_handlers else "notices.hearing_note_scan"
        trail.record(verb, locked, by=by, docket=locked.docket, basis=noted.signing_basis)
        return locked


def _check(
    record: SiteRecord,
    outcome: str,
    on: date,
    *,
    signatory: str,
    reason: str,
    witness_name: str,
    witness_organisation: str,
) -> None:
    moments.refuse_to_come(on, day="on")
    completed_on = clock.local(record.completed_at).date()
    if on < completed_on:
        raise RuleBroken(
            _("The record was completed on %(day)s only: before that nobody could sign it or refuse to.")
            % {"day": completed_on},
            field="on",
        )
    if outcome == Ending.SIGNED:
        if not record.is_printed:
            raise RuleBroken(_("The PDF is not ready yet."))
        if not signatory:
            raise RuleBroken(_("Say who signed for the party."), field="signatory")
        return
    if not reason:
        raise RuleBroken(_("Give the reason."), field="reason")
    if outcome == Ending.ABSENT and not witness_name:
        raise RuleBroken(
            _("When nobody is there for the party, a witness signs: name the witness."), field="witness_name"
        )
    if witness_organisation and not witness_name:
        raise RuleBroken(_("Name the witness."), field="witness_name")


def _kept(
    record: SiteRecord,
    scan: "UploadedFile[Any] | None",
    by: Officer,
    on: date | None = None,
    what: str = "当事人签名页",
    proves: str = "",
) -> Evidence:
    """The signed page as evidence of the docket."""
    if scan is None:
        raise RuleBroken(_("Add the signed page."), field="scan")
    if uploads.check(scan, field="scan").media_type not in PAGES:
        raise RuleBroken(_("The signed page is a PDF or a picture."), field="scan")
    try:
        return evidence.keep(
            docket=record.docket,
            upload=scan,
            kind=EvidenceKind.RECORD,
            title=f"{record.name}（{what}）",
            proves=proves or record.type.signed_proves,
            made_by=by.name,
            made_at=_made_at(record, on),
            place=_place(record),
            by=by,
            completes_closed_file=record.kind == records.NOTE,
        )
    except RuleBroken as refusal:
        raise RuleBroken(refusal.reasons, field="scan") from refusal


def _made_at(record: SiteRecord, on: date | None) -> datetime:
    """When the paper was made, not when it was uploaded: a note when it was written, a signed page on the day of its signature
    (of a later day than the record's only the day is known)."""
    completed_at = clock.local(record.completed_at)
    if on is None or on <= completed_at.date():
        return completed_at
    return datetime.combine(on, time(), clock.SHANGHAI)


def _place(record: SiteRecord) -> str:
    """Where the record was written; a note beside the record it speaks of."""
    written = record.noted_signing.record if record.kind == records.NOTE else record
    found = written.type.place_of(written) if written.type.place_of else ""
    enterprise = record.docket.enterprise
    return found or (enterprise.address if enterprise else "")
