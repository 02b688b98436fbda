"""What rectification shows on pages of lower floors."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.models import Docket
from core import clock
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.services.writing import ORDER
from notices.models import Decision, NoticeApproval


def signatures(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "rectification":
        return None
    case = docket.rectification_case
    rows = case.signatures.select_related("officer").order_by("signed_at")
    if not rows and case.stage != "investigating":
        return None
    return {"rows": rows, "current": {row.pk for row in case.current_signatures()}}


def reviews(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "rectification":
        return None
    rows = docket.rectification_case.reviews.select_related("reviewer")
    return {"rows": rows} if rows else None


def approvals(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """What the head decided on the orders of the case; what the legal reviewer decided stands beside it."""
    if docket.kind != "rectification":
        return None
    reviewers = docket.rectification_case.reviews.values("reviewer")
    decided = NoticeApproval.objects.filter(notice__docket=docket, notice__kind=ORDER)
    by_head = Q(decision=Decision.APPROVED) | Q(decision=Decision.RETURNED) & ~Q(officer__in=reviewers)
    rows = list(decided.filter(by_head).order_by("pk"))
    return {"rows": rows} if rows else None


def reinspections(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    if docket.kind != "rectification":
        return None
    case = docket.rectification_case
    rows = case.reinspections.prefetch_related("inspectors").select_related("corrected_by", "record")
    # At the re-inspection only a look of this round is its result; what an earlier one found is not.
    return {"rows": rows, "present": case.round} if rows else None


def opinion_to_answer(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """At the head of a case that came back: why, until it is handed in again."""
    opinion = docket.rectification_case.returned()
    if opinion is None:
        return None
    words = _("Returned by %(who)s on %(at)s: %(opinion)s")
    facts = {"who": opinion.officer_name, "at": f"{clock.local(opinion.at):%Y-%m-%d %H:%M}", "opinion": opinion.remark}
    return {"text": words % facts, "tone": "amber"}


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


# What else belongs to a matter of each kind: the inspection, its leads, their cases.
CHAINS = {
    "inspection": ("lead__finding__inspection__docket", "rectification_case__lead__finding__inspection__docket"),
    "lead": ("inspection__findings__lead__docket", "rectification_case__lead__docket"),
    "rectification": ("inspection__findings__lead__case__docket", "lead__case__docket"),
}


def related(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """The chain a matter belongs to, as far as the viewer sees it: inspection → lead → case."""
    paths = CHAINS.get(docket.kind, ())
    if not paths:
        return None
    same_chain = reduce(or_, (Q(**{path: docket}) for path in paths))
    rows = list(Docket.objects.visible_to(viewer).filter(same_chain).order_by("opened_on", "id"))
    return {"rows": rows} if rows else None
