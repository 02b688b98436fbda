"""What the penalty shows on pages of lower floors."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import powers
from casework.kinds import Action
from casework.models import Docket
from enforcement.penalties import checkup as check
from enforcement.penalties.models import Penalty
from enforcement.penalties.selectors import current
from enforcement.penalties.services.hearing import HEARD_AT
from enforcement.penalties.workflow import HANDLE, PENALTY


def pursue(case: Any, viewer: Any) -> list[Action]:
    """On the page of a case that is open, where none is pursued yet or the last has ended."""
    if case.docket.closed_on is not None or not powers.may(viewer, HANDLE, case.docket):
        return []
    if Penalty.objects.filter(case=case).open().exists():
        return []
    return [Action(_("Pursue a penalty"), reverse("penalties:pursue", args=[case.pk]))]


def checkup(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """案件体检, while the penalty runs."""
    penalty = current(docket)
    if penalty is None or penalty.stage in PENALTY.final:
        return None
    return {"items": check.of(penalty)}


def party(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """What the party said to the penalty, and its hearing."""
    penalty = current(docket)
    if penalty is None:
        return None
    may_take_back = penalty.stage in HEARD_AT and powers.may(viewer, HANDLE, docket)
    said = [
        {
            "row": row,
            "url": reverse("penalties:take_back_statement", args=[penalty.pk, row.pk])
            if may_take_back and row.round == penalty.round
            else "",
        }
        for row in penalty.statements.all()
    ]
    hearings = list(penalty.hearings.select_related("host", "clerk"))
    return {"statements": said, "hearings": hearings} if said or hearings else None


def hands(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """Who signed and who reviewed."""
    penalty = current(docket)
    if penalty is None:
        return None
    signed = list(penalty.signatures.select_related("officer").order_by("signed_at"))
    reviews = list(penalty.reviews.select_related("reviewer"))
    if not signed and not reviews:
        return None
    return {"signatures": signed, "current": {row.pk for row in penalty.current_signatures()}, "reviews": reviews}
