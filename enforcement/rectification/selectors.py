"""Who may handle and sign a case (行政处罚法第四十二条: two officers with enforcement certificates); what went before a look."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet

from core import clock
from enforcement.rectification.look_rules import Before
from enforcement.rectification.models import LegalReview, RectificationCase, Reinspection
from enforcement.rectification.workflow import HANDLE, INSPECT, SIGN
from organisation import roles
from organisation.models import Department, Officer


def looked_again(officers: Collection[int]) -> "QuerySet[Any, Any]":
    """Dockets of the cases in which these officers looked again, whoever of them wrote the record."""
    return Reinspection.objects.filter(inspectors__in=officers).values("case__docket_id")


def reviewed(officers: Collection[int]) -> "QuerySet[Any, Any]":
    """Dockets of the cases that these officers reviewed in this round, and so do not approve (guards.did_not_review)."""
    return LegalReview.objects.filter(reviewer__in=officers, round=F("case__round")).values("case__docket_id")


def may_sign(officer: Officer) -> bool:
    return _holds(officer, SIGN) and officer.has_valid_certificate()


def may_lead(officer: Officer) -> bool:
    """Leads a case: handles it and signs it."""
    return _holds(officer, HANDLE) and may_sign(officer)


def _holds(officer: Officer, permission: str) -> bool:
    """By a role of his own: nobody becomes officer of a case because he stands in for a colleague."""
    return officer.is_active and any(role in roles.holders(permission) for role in officer.roles)


def signatories(*departments: Department) -> QuerySet[Officer]:
    """The officers of these departments who may sign a case today."""
    return _holders(SIGN, *departments)


def leaders(*departments: Department) -> QuerySet[Officer]:
    """Those of them who may also lead one."""
    return _holders(SIGN, *departments).filter(pk__in=_holders(HANDLE, *departments).values("pk"))


def inspectors(*departments: Department) -> QuerySet[Officer]:
    """Those who may re-inspect, and sign the record of it with their certificate."""
    return _holders(INSPECT, *departments)


def _holders(permission: str, *departments: Department) -> QuerySet[Officer]:
    named = [role.code for role in roles.holders(permission)]
    certified = Q(certificate_expires_on=None) | Q(certificate_expires_on__gte=clock.today())
    found = Officer.objects.filter(certified, is_active=True, department__in=departments, groups__name__in=named)
    return found.exclude(certificate_number="").distinct().order_by("username")


def before_the_look(case: RectificationCase) -> Before:
    """What the case holds that a re-inspection in this round must come after."""
    earlier = case.reinspections.filter(for_round__lt=case.round, corrected_by=None).order_by("-inspected_on").first()
    return Before(
        served_on=case.served_on,
        handed_over_at=case.handed_over_at(),
        last_look_on=earlier.inspected_on if earlier is not None else None,
    )
