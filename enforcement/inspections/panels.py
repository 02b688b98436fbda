"""What inspections show on pages of lower floors."""

from typing import Any

from casework import powers
from casework.models import Docket
from enforcement.inspections.models import Finding, Inspection


def findings(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "inspection":
        return None
    rows = docket.inspection.findings.select_related("violation", "recorded_by", "lead__docket")
    return {
        "inspection": docket.inspection,
        "findings": rows,
        "may_act": powers.may(viewer, "inspections.inspect", docket),
    }


def signatures(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "inspection":
        return None
    signed = {row.officer_id: row for row in docket.inspection.signatures.all()}
    return {"rows": [(officer, signed.get(officer.pk)) for officer in docket.inspection.inspectors.all()]}


def of_enterprise(enterprise: Any, viewer: Any) -> dict[str, Any] | None:
    rows = (
        Inspection.objects.visible_to(viewer)
        .filter(enterprise=enterprise)
        .select_related("docket")
        .order_by("-inspected_on")
    )
    found = list(rows[:10])
    open_findings = Finding.objects.visible_to(viewer).filter(inspection__enterprise=enterprise).count()
    return {"rows": found, "findings": open_findings} if found else None
