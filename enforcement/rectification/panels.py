"""What rectification shows on pages of lower floors."""

from typing import Any

from django.utils.translation import gettext as _

from casework.models import Docket
from enforcement.rectification.models import RectificationCase


def signatures(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "rectification":
        return None
    case = docket.rectification_case
    rows = case.signatures.select_related("officer").order_by("signed_at")
    if not rows and case.stage != "investigating":
        return None
    return {"case": case, "rows": rows}


def reviews(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "rectification":
        return None
    rows = docket.rectification_case.reviews.select_related("reviewer")
    return {"rows": rows} if rows else None


def reinspections(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "rectification":
        return None
    rows = docket.rectification_case.reinspections.prefetch_related("inspectors").select_related("recorded_by")
    return {"rows": rows} if rows else None


def of_enterprise(enterprise: Any, viewer: Any) -> dict[str, Any] | None:
    rows = RectificationCase.objects.visible_to(viewer).filter(enterprise=enterprise).select_related("docket__officer")
    found = list(rows.order_by("-docket__opened_on")[:10])
    return {"rows": found} if found else None


def outcome_of_lead(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """At the head of a lead on which a case was opened: the case."""
    case = RectificationCase.objects.visible_to(viewer).filter(lead__docket=docket).select_related("docket").first()
    if case is None:
        return None
    return {
        "text": _("A case was opened on this lead; it goes on there:"),
        "url": case.get_absolute_url(),
        "url_label": str(case),
        "tone": "green",
    }


def related(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """The chain a matter belongs to: inspection → lead → case."""
    chain = [row for row in _chain(docket) if Docket.objects.visible_to(viewer).filter(pk=row.pk).exists()]
    return {"rows": [row for row in chain if row.pk != docket.pk]} if len(chain) > 1 else None


def _chain(docket: Docket) -> list[Docket]:
    if docket.kind == "rectification":
        lead = docket.rectification_case.lead
        return [*(_chain(lead.docket) if lead else []), *([] if lead else [docket])]
    if docket.kind == "lead":
        lead = docket.lead
        before = [lead.finding.inspection.docket] if lead.finding else []
        case = RectificationCase.objects.filter(lead=lead).select_related("docket").first()
        return [*before, docket, *([case.docket] if case else [])]
    leads = [finding.lead for finding in docket.inspection.findings.all() if hasattr(finding, "lead")]
    cases = RectificationCase.objects.filter(lead__in=leads).select_related("docket")
    return [docket, *(lead.docket for lead in leads), *(case.docket for case in cases)]
