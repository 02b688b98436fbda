"""Duties that exclude each other (行政处罚法第五十七条、第五十八条): whoever handles a case does not review or approve it. A deputy who has the one
by himself and gets the other from an absent colleague is told so, with the cases, before he is named."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework import powers
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
            _handled_by(principal, viewer), deputy,
            _("%(deputy)s reviews or approves cases that %(principal)s handles. Whatever he signs in them as deputy, he may not review or approve afterwards: another must do that."),
        ),
        *_told(
            _has_a_hand_in(deputy, viewer), principal,
            _("%(deputy)s has a hand in cases that %(principal)s reviews or approves. As deputy he has no power over a case that he handles, or in which he signed, drafted or recorded, or in what it came from; and whoever handled a case or its inspection reviews and approves it in no capacity: another must do that."),
        ),
    ]  # fmt: skip


def _told(dockets: "QuerySet[Docket]", reviewer: Officer, words: str) -> list[Excluded]:
    cases = [docket for docket in dockets if _decides_on(reviewer, docket)]
    return [Excluded(words, tuple(str(docket) for docket in cases))] if cases else []


def _handled_by(officer: Officer, viewer: Officer) -> "QuerySet[Docket]":
    """Whose work the deputy would take over: that of the team."""
    on_it = DocketOfficer.objects.filter(officer=officer).exclude(part=Part.TASK).values("docket")
    return _open(viewer).filter(Q(officer=officer) | Q(pk__in=on_it))


def _has_a_hand_in(officer: Officer, viewer: Officer) -> "QuerySet[Docket]":
    """What keeps a deputy from a case (casework.powers): a hand in it, in its lead, or in the inspection that found it."""
    hands = Docket.objects.filter(powers.handled([officer.pk])).values("pk")
    return _open(viewer).filter(
        Q(pk__in=hands)
        | Q(rectification_case__lead__docket__in=hands)
        | Q(rectification_case__lead__finding__inspection__docket__in=hands)
    )


def _open(viewer: Officer) -> "QuerySet[Docket]":
    rows = Docket.objects.visible_to(viewer).filter(kind="rectification", closed_on=None)
    return rows.select_related("department", "region").order_by("pk")


def _decides_on(officer: Officer, docket: Docket) -> bool:
    """By a role of his own."""
    return any(
        permission in own_permissions(officer)
        and reaches(officer, permission, department=docket.department, region_code=docket.region_id, lent=False)
        for permission in (REVIEW, APPROVE)
    )
