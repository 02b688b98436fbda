"""Duties that exclude each other (行政处罚法第五十七条、第五十八条): whoever handles a case does not review or approve it. A deputy who has the one
by himself and gets the other from an absent colleague is told so, with the cases, before he is named."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.models import Docket, DocketOfficer, Part
from enforcement.rectification.workflow import APPROVE, REVIEW
from organisation.authority import reaches
from organisation.backends import own_permissions
from organisation.hooks import Excluded
from organisation.models import Officer


def excluded(principal: Officer, deputy: Officer, viewer: Officer) -> list[Excluded]:
    """Open cases, of those the viewer sees, that one of the two handles and the other reviews or approves."""
    return [
        *_told(
            principal, deputy, viewer,
            _("%(deputy)s reviews or approves cases that %(principal)s handles. Whatever he signs in them as deputy, he may not review or approve afterwards: another must do that."),
        ),
        *_told(
            deputy, principal, viewer,
            _("%(deputy)s handles cases that %(principal)s reviews or approves. As deputy he has no power over a case that he handles, or in which he signed, drafted or recorded, and he reviews and approves it in no capacity: another must do that."),
        ),
    ]  # fmt: skip


def _told(handler: Officer, reviewer: Officer, viewer: Officer, words: str) -> list[Excluded]:
    cases = [docket for docket in _handled_by(handler, viewer) if _decides_on(reviewer, docket)]
    return [Excluded(words, tuple(str(docket) for docket in cases))] if cases else []


def _handled_by(officer: Officer, viewer: Officer) -> "QuerySet[Docket]":
    on_it = DocketOfficer.objects.filter(officer=officer).exclude(part=Part.TASK).values("docket")
    rows = Docket.objects.visible_to(viewer).filter(Q(officer=officer) | Q(pk__in=on_it), kind="rectification")
    return rows.filter(closed_on=None).select_related("department", "region").order_by("pk")


def _decides_on(officer: Officer, docket: Docket) -> bool:
    """By a role of his own."""
    return any(
        permission in own_permissions(officer)
        and reaches(officer, permission, department=docket.department, region_code=docket.region_id, lent=False)
        for permission in (REVIEW, APPROVE)
    )
