"""Questions on penalties that span several rows."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet

from enforcement.penalties.models import Penalty, PenaltyReview, SanctionKind


def current(docket: Any) -> Penalty | None:
    """The latest penalty of a docket."""
    return Penalty.objects.filter(docket=docket).order_by("-pk").first()


def fined_for_the_same_act(penalty: Penalty) -> list[str]:
    """Numbers of decisions in force that fine the same act already: of another penalty on the same lead or finding, whoever handles it."""
    lead = penalty.case.lead
    if lead is None:
        return []
    same = Q(case__lead=lead)
    if lead.finding_id is not None:
        same |= Q(case__lead__finding=lead.finding_id)
    others = Penalty.objects.filter(same, sanctions__kind=SanctionKind.FINE).exclude(pk=penalty.pk)
    found = [other.decision for other in others.select_related("decision").distinct() if other.decision]
    return [str(decision.number) for decision in found if decision.number and decision.is_in_force]


def reviewed(officers: Collection[int]) -> "QuerySet[Any, Any]":
    """Penalties that these officers reviewed in this round, and so do not decide on."""
    return PenaltyReview.objects.filter(reviewer__in=officers, round=F("penalty__round")).values("penalty_id")
