"""What inspections show on pages of lower floors."""

from typing import Any

from casework import powers
from casework.models import Docket
from enforcement.inspections.models import Inspection
from enforcement.inspections.workflow import Stage


def findings(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "inspection":
        return None
    rows = docket.inspection.findings.select_related("violation", "recorded_by", "lead__docket")
    may_act = powers.may(viewer, "inspections.inspect", docket) and docket.closed_on is None
    return {
        "inspection": docket.inspection,
        "findings": rows,
        "may_act": may_act,
        "may_edit": may_act and docket.inspection.stage == Stage.RECORDING,
    }


def signatures(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "inspection":
        return None
    inspection = docket.inspection
    signed = {row.officer_id: row for row in inspection.current_signatures()}
    missing = {row.officer_id: row for row in inspection.missing_signatures.select_related("recorded_by")}
    rows = [(officer, signed.get(officer.pk), missing.get(officer.pk)) for officer in inspection.inspectors.all()]
    return {"rows": rows, "fallen": inspection.signatures.exclude(version=inspection.version).exists()}


def of_enterprise(enterprise: Any, viewer: Any) -> dict[str, Any] | None:
    rows = (
        Inspection.objects.visible_to(viewer)
        .filter(enterprise=enterprise)
        .select_related("docket")
        .order_by("-inspected_on")
    )
    found = list(rows[:10])
    return {"rows": found} if found else None
