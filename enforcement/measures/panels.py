"""What measures show on the page of their case."""

from typing import Any

from django.urls import reverse

from casework import powers
from casework.models import Docket
from enforcement.measures import child_page
from enforcement.measures.chain_workflow import LEAD
from enforcement.measures.models import ChildMeasure, Measure
from enforcement.measures.services import HANDLE


def measures(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """Each measure with its document, its days, what happened to it, and where more is recorded."""
    if docket.kind != "rectification":
        return None
    rows = list(Measure.objects.filter(docket=docket).select_related("notice", "ended_by").prefetch_related("happened"))
    if not rows:
        return None
    may = docket.closed_on is None and powers.may(viewer, HANDLE, docket)
    return {"rows": [{"row": row, "may": may and bool(row.possible())} for row in rows]}


def children(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """The child measures with their department, day and state; for whoever leads the case, the way to lay a chain out."""
    if docket.kind != "rectification":
        return None
    may = docket.closed_on is None and powers.may(viewer, LEAD, docket)
    rows = list(ChildMeasure.objects.filter(docket=docket).select_related("department").prefetch_related("feedbacks"))
    if not rows and not may:
        return None
    return {
        "rows": [
            {"row": row, "tags": child_page.tags(row), "last": next(reversed(row.feedbacks.all()), None)}
            for row in rows
        ],
        "lay_out_url": reverse("measures:lay_out", args=[docket.pk]) if may else "",
    }
