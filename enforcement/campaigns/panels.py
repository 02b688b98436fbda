"""What campaigns show on the page of a docket."""

from typing import Any

from casework import powers
from casework.models import Docket
from core import clock
from enforcement.campaigns import selectors
from enforcement.campaigns.results import CheckResult
from enforcement.campaigns.services.planning import CHANGING
from enforcement.campaigns.services.self_checks import RECORDED_AT
from enforcement.campaigns.services.supervising import KINDS, SUPERVISE, supervising_refusal
from enforcement.campaigns.workflow import CAMPAIGN, LEAD, RUNNING, WORK, TaskStage

RESULT_TONES: dict[str, str] = {
    CheckResult.IN_ORDER: "green",
    CheckResult.GAPS: "amber",
    CheckResult.NOT_RECEIVED: "red",
}
TASK_TONES: dict[str, str] = {
    TaskStage.ASSIGNED: "amber",
    TaskStage.DECLINED: "red",
    TaskStage.REPORTED: "purple",
    TaskStage.RETURNED: "amber",
    TaskStage.DONE: "green",
    TaskStage.WITHDRAWN: "grey",
}


def targets(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "campaign":
        return None
    campaign = docket.campaign
    may_record = campaign.stage in RECORDED_AT and powers.may(viewer, WORK, docket)
    may_change = campaign.stage in CHANGING and powers.may(viewer, LEAD, docket)
    rows = [
        {
            "target": target,
            "label": target.get_result_display() if target.result else "",
            "tone": RESULT_TONES.get(target.result, "grey"),
            "late": not target.result and target.due_on < clock.today(),
        }
        for target in campaign.targets.select_related("enterprise__region", "recorded_by")
    ]
    return {"rows": rows, "may_record": may_record, "may_change": may_change}


def members(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "campaign":
        return None
    campaign = docket.campaign
    may_change = campaign.stage in CHANGING and powers.may(viewer, LEAD, docket)
    return {"rows": list(campaign.members.select_related("department")), "may_change": may_change, "campaign": campaign}


def tasks(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """Every task of the campaign; its own page opens for those who see it."""
    if docket.kind != "campaign":
        return None
    found = list(docket.campaign.tasks.select_related("docket__department", "docket__officer"))
    if not found:
        return None
    seen = set(
        Docket.objects.visible_to(viewer).filter(pk__in=[row.docket_id for row in found]).values_list("pk", flat=True)
    )
    rows = [
        {
            "task": row,
            "opens": row.docket_id in seen,
            "tone": TASK_TONES.get(row.stage, "blue"),
            "late": row.docket.closed_on is None and row.due_on < clock.today(),
        }
        for row in found
    ]
    return {"rows": rows}


def links(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "campaign" or docket.campaign.stage not in {*RUNNING, *CAMPAIGN.final}:
        return None
    campaign = docket.campaign
    may_change = campaign.stage in RUNNING and powers.may(viewer, WORK, docket)
    rows = list(selectors.links_seen(campaign, viewer))
    return {"rows": rows, "campaign": campaign, "may_change": may_change}


def supervision(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """The listing that stands and those released before; for whoever may list it, the way to do so."""
    if docket.kind not in KINDS:
        return None
    rows = list(
        docket.supervisions.select_related("department", "released_by").prefetch_related("extensions").order_by("-pk")
    )
    listed = next((row for row in rows if row.released_on is None), None)
    may = powers.may(viewer, SUPERVISE, docket)
    may_list = may and listed is None and docket.closed_on is None
    if not rows and not may_list:
        return None
    may_release = (
        may and listed is not None and supervising_refusal(listed.department, viewer.acting_for or viewer) is None
    )
    return {
        "rows": rows,
        "docket": docket,
        "may_list": may_list,
        "may_release": may_release,
        "late": listed is not None and listed.due_on < clock.today(),
    }
