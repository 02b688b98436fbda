"""Urging (催办): whoever watches over a region asks those who handle a matter, and the head of their department, to get on with it."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import powers
from casework.models import Docket
from casework.reminders import inbox
from core.errors import RuleBroken
from core.labels import Wording
from organisation.models import Officer
from organisation.roles import DEPARTMENT_HEAD

URGE: Final = "casework.urge_docket"
MESSAGE: Final = "urge"


def refusal(docket: Docket, by: Any) -> str | None:
    """Why this officer cannot urge this matter; None when he can."""
    if not powers.may(by, URGE, docket):
        return _("You may not urge matters of %(department)s.") % {"department": docket.department}
    if docket.closed_on is not None:
        return _("The matter is closed.")
    return None


def heads_over(docket: Docket) -> list[Officer]:
    """The heads of its department; of the nearest one above, where it has none in the portal. With their deputies."""
    steps = docket.department.path.strip("/").split("/")
    paths = [f"/{'/'.join(steps[:depth])}/" for depth in range(len(steps), 0, -1)]
    heads = Officer.objects.filter(
        is_active=True, groups__name=DEPARTMENT_HEAD.code, department__path__in=paths
    ).select_related("department")
    nearest = max((head.department.path for head in heads), key=len, default="")
    return inbox.with_deputies(head for head in heads if head.department.path == nearest)


@powers.under(URGE, of="docket")
@transaction.atomic
def urge(*, docket: Docket, reason: str, by: Officer) -> list[Officer]:
    """Ask the officers of a docket and the head of its department to get on with it. Answers who was told."""
    locked = Docket.objects.locked(docket.pk)
    if why := refusal(locked, by):
        raise RuleBroken(why)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    readers = dict.fromkeys([*inbox.team_of(locked), *inbox.who_see(locked, heads_over(locked))])
    told = [officer for officer in readers if officer != by]
    if not told:
        raise RuleBroken(
            _("Nobody handles this matter and its department has no head in the portal: nobody could be told.")
        )
    facts = {"docket": inbox.docket_name(locked), "officer": by.name}
    title = Wording(_lazy("%(docket)s is urged by %(officer)s: get on with it"), facts)
    inbox.tell(to=told, kind=MESSAGE, title=title, body=reason, by=by, docket=locked)
    trail.record(
        "casework.urge", locked, by=by, docket=locked, reason=reason, told="、".join(officer.name for officer in told)
    )
    return told


def is_over(docket: Docket, _officer: Officer) -> bool:
    """A matter that is closed is urged no longer: a mail that still waits is not sent."""
    return docket.closed_on is not None
