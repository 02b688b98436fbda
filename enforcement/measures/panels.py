"""What measures show on the page of their case."""

from typing import Any

from casework import powers
from casework.models import Docket
from enforcement.measures.models import Measure
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
