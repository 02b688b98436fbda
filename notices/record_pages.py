"""What the page of a record written on the spot shows, and its line on the docket. Reads only; labels arrive translated."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import kinds, powers
from casework.models import Docket
from core import clock
from notices import records, showing
from notices.models import Ending, PartySigning, SiteRecord
from notices.services.issuing import who_prints

TONES = {Ending.SIGNED: "green", Ending.REFUSED: "amber", Ending.ABSENT: "amber"}


def tag(record: SiteRecord) -> dict[str, str]:
    """How it stands with the party; a note is complete as it is."""
    if record.kind == records.NOTE:
        if record.signed_scan_id is None:
            return {"label": _("To be signed by the inspectors"), "tone": "blue"}
        return {"label": _("Signed by the inspectors"), "tone": "green"}
    if record.is_corrected:
        return {"label": _("Corrected"), "tone": "grey"}
    if not record.type.signed_by_party:
        return {"label": _("Complete"), "tone": "green"}
    ending = record.ending
    if ending is None:
        return {"label": _("To be signed by the party"), "tone": "blue"}
    return {"label": str(ending.get_outcome_display()), "tone": TONES[Ending(ending.outcome)]}


def may_sign(record: SiteRecord, viewer: Any) -> bool:
    """May the viewer record how it ended with the party?"""
    if not record.type.signed_by_party or record.docket.closed_on or record.ending is not None or record.is_corrected:
        return False
    return powers.may(viewer, record.type.permission, record.docket)


def may_correct(record: SiteRecord, viewer: Any) -> bool:
    """May the viewer write the record that takes its place? Only what was written by a form is corrected by its form."""
    if record.content is None or record.docket.closed_on or record.is_corrected:
        return False
    return powers.may(viewer, record.type.permission, record.docket)


def unsigned_notes(docket: Docket, viewer: Any) -> list[kinds.Action]:
    """Next steps of a docket, also of one that was closed without: where each note that lacks its signatures takes them."""
    return [
        kinds.Action(
            _("Add the signed note of %(day)s") % {"day": note.dated},
            reverse("notices:attach_note_scan", args=[note.pk]),
        )
        for note in docket.site_records.filter(kind=records.NOTE, signed_scan=None)
        if note.is_printed and powers.may(viewer, who_prints(note), docket)
    ]


def offered(docket: Docket, viewer: Any) -> list[dict[str, str]]:
    """The records that the viewer may write on the docket."""
    if docket.closed_on is not None:
        return []
    return [
        {"label": str(kind.label), "url": reverse("notices:new_record", args=[docket.pk, kind.code])}
        for kind in records.offered_on(docket)
        if powers.may(viewer, kind.permission, docket)
    ]


def line(record: SiteRecord, *, held_by: Docket | None = None) -> dict[str, Any]:
    """Its line on tab 文书. `held_by`: the docket it lies in, when that is another one."""
    return {
        "label": record.name,
        "url": record.get_absolute_url(),
        "number": f"{kinds.kind_label(held_by.kind)} {held_by}" if held_by else "",
        "tag": tag(record),
        "on": record.dated,
        "by": record.completed_by.name,
    }


def head(record: SiteRecord, viewer: Any) -> dict[str, Any]:
    docket = record.docket
    primary = None
    if may_sign(record, viewer):
        primary = {
            "label": _("Record the party's signature"),
            "url": reverse("notices:record_signing", args=[record.pk]),
            "method": "get",
            "tone": "primary",
            "icon": "pencil",
        }
    return {
        "number": docket.number or "",
        "title": record.name,
        "tags": [tag(record)],
        "primary": primary,
        "secondary": [_correct(record)] if may_correct(record, viewer) else [],
        "more": [],
        "facts": [
            {
                "label": _("Docket"),
                "value": str(docket),
                "url": reverse("casework:docket_tab", args=[docket.pk, "documents"]),
            },
            {"label": _("Party"), "value": docket.enterprise.name if docket.enterprise else ""},
            {
                "label": _("Day of the visit") if record.content is None else _("Day"),
                "value": record.dated.isoformat(),
            },
            {
                "label": _("Completed by"),
                "value": f"{record.completed_by.name} {clock.local(record.completed_at):%Y-%m-%d %H:%M}",
            },
            *_corrections(record),
        ],
    }


def _correct(record: SiteRecord) -> dict[str, str]:
    return {
        "label": _("Correct by another record"),
        "url": reverse("notices:correct_record", args=[record.pk]),
        "method": "get",
        "tone": "secondary",
    }


def _corrections(record: SiteRecord) -> list[dict[str, str]]:
    """Which record it takes the place of, and which one took its."""
    after = SiteRecord.objects.filter(corrects=record).first()
    linked = [(_("Takes the place of"), record.corrects), (_("Its place was taken by"), after)]
    return [
        {"label": label, "value": f"{other.title} {other.dated}", "url": other.get_absolute_url()}
        for label, other in linked
        if other is not None
    ]


def preview(record: SiteRecord) -> dict[str, Any] | None:
    """The frozen PDF as pictures; None while there is none."""
    return showing.preview(record, title=record.name, page="notices:record_page", file="notices:record_file")


def printing_job(record: SiteRecord) -> dict[str, Any] | None:
    """The progress of a PDF that is not there yet, as the progress component wants it."""
    return showing.progress(record, poll="notices:record_printing")


def note_scan(record: SiteRecord, viewer: Any) -> dict[str, Any] | None:
    """Of a note: its signed page, or where it is added; None for other records."""
    if record.kind != records.NOTE:
        return None
    if (scan := record.signed_scan) is not None:
        address = reverse("casework:evidence_file", args=[scan.pk])
        return {"rows": [{"label": _("Signed note"), "value": scan.filename, "url": address}]}
    may_add = record.is_printed and powers.may(viewer, who_prints(record), record.docket)
    return {"add_url": reverse("notices:attach_note_scan", args=[record.pk]) if may_add else ""}


def ending(record: SiteRecord) -> dict[str, Any] | None:
    """How it ended with the party, as a panel shows it."""
    found = record.ending
    return {"tag": tag(record), "rows": _rows(found)} if found else None


def _rows(signing: PartySigning) -> list[dict[str, Any]]:
    lines = [
        (_("Day"), signing.on.isoformat()),
        (_("Who signed for the party"), signing.signatory),
        (_("Reason"), signing.reason),
        (_("Witness"), "　".join(filter(None, [signing.witness_name, signing.witness_organisation]))),
        (_("Recorded by"), f"{signing.officer.name} {clock.local(signing.recorded_at):%Y-%m-%d %H:%M}"),
    ]
    rows: list[dict[str, Any]] = [{"label": label, "value": value} for label, value in lines if value]
    if signing.scan is not None:
        address = reverse("casework:evidence_file", args=[signing.scan.pk])
        rows.append({"label": _("Signed page"), "value": signing.scan.filename, "url": address})
    if signing.note is not None:
        rows.append(
            {"label": _("Note of the inspectors"), "value": signing.note.title, "url": signing.note.get_absolute_url()}
        )
    return rows
