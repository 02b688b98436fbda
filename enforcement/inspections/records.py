"""现场检查（勘察）笔录: the record of an inspection as a document, drawn from what the inspectors wrote and signed."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.labels import in_chinese
from enforcement.inspections.models import Inspection
from notices import composing
from notices.models import SiteRecord
from notices.records import RecordKind


def place_of(record: SiteRecord) -> str:
    return Inspection.objects.values_list("place", flat=True).get(docket=record.docket_id)


KIND = RecordKind(
    code="inspection_record",
    label=_("Record of the inspection"),
    title="现场检查（勘察）笔录",
    template="notices/inspections/inspection_record.html",
    permission="inspections.inspect",
    place_of=place_of,
    file_order=5,
)


@in_chinese()
def context(inspection: Inspection) -> dict[str, Any]:
    """Words of the document, as the record stands."""
    enterprise, docket = inspection.enterprise, inspection.docket
    ended = None
    if inspection.ended_on is not None and inspection.ended_at is not None:
        ended = datetime.combine(inspection.ended_on, inspection.ended_at)
    return {
        "agency": docket.department.acts_as.name_on(inspection.inspected_on),
        "title": KIND.title,
        "number": docket.number,
        "begun": datetime.combine(inspection.inspected_on, inspection.began_at),
        "ended": ended,
        "place": inspection.place,
        "party": {
            "name": enterprise.name,
            "uscc": enterprise.credit_code,
            "legal_representative": enterprise.legal_representative,
            "address": enterprise.address,
        },
        "present": inspection.attended_by,
        "inspectors": _inspectors(inspection),
        "situation": [line.strip() for line in inspection.situation.splitlines() if line.strip()],
        "findings": [{"place": found.place, "fact": found.fact} for found in inspection.findings.all()],
        "attachments": attachments(inspection),
    }


def attachments(inspection: Inspection) -> list[str]:
    """What the record lists as its attachments: the evidence that stands."""
    return [item.title for item in inspection.docket.evidence.filter(withdrawn_at=None).order_by("pk")]


def _inspectors(inspection: Inspection) -> list[dict[str, Any]]:
    """Each with the certificate he signed with and when, or why his signature is missing."""
    signed = {row.officer_id: row for row in inspection.current_signatures()}
    missing = {row.officer_id: row for row in inspection.missing_signatures.select_related("recorded_by")}
    rows: list[dict[str, Any]] = []
    for officer in inspection.inspectors.order_by("pk"):
        row: dict[str, Any] = {"name": officer.name, "certificate": officer.certificate_number}
        if signature := signed.get(officer.pk):
            row |= {"certificate": signature.certificate_number, "signed_at": signature.signed_at}
        elif why := missing.get(officer.pk):
            row |= {
                "why": why.reason,
                "explained_by": why.recorded_by.name,
                "explained_on": clock.local(why.recorded_at).date(),
            }
        rows.append(row)
    return rows


def draft_html(inspection: Inspection) -> str:
    """To be read on site before it is completed. Raises RenderingFailed."""
    return composing.compose(KIND.template, context(inspection), mark=composing.DRAFT).html


def of(inspection: Inspection) -> SiteRecord | None:
    """The frozen document; None before the record is complete."""
    return SiteRecord.objects.filter(docket=inspection.docket_id, kind=KIND.code).first()
