"""What the verbs share: the locked case, its order, its periods."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import deadlines
from casework.deadlines import kinds
from casework.models import Deadline
from core.errors import RuleBroken
from core.labels import Label, stored
from enforcement.rectification.deadlines import REINSPECTION
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage
from notices.models import Notice
from trail.recording import SYSTEM


def locked_at(case: RectificationCase, *stages: str) -> RectificationCase:
    """The case, locked. RuleBroken when it stands at another stage."""
    locked = RectificationCase.objects.select_for_update().get(pk=case.pk)
    if locked.stage not in stages:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    return locked


def order_of(case: RectificationCase) -> Notice:
    """The order of a case whose guards have looked at it."""
    if case.order is None:
        raise RuleBroken(_("Draft the rectification order first."))
    return case.order


def meet(case: RectificationCase, kind: str, *, on: date) -> None:
    for deadline in case.docket.deadlines.open().filter(kind=kind):
        deadlines.meet(deadline=deadline, on=max(on, deadline.started_on), by=SYSTEM)


def cancel(case: RectificationCase, *wanted: str, reason: str) -> None:
    for deadline in case.docket.deadlines.open().filter(kind__in=wanted):
        deadlines.cancel(deadline=deadline, reason=reason, by=SYSTEM)


def last_of(case: RectificationCase, kind: str) -> Deadline | None:
    return case.docket.deadlines.filter(kind=kind).order_by("-id").first()


def start_reinspection(case: RectificationCase, *, on: date, event: Label, by: Any) -> None:
    """The authority has to look again, where a rule says until when."""
    if not kinds.get(REINSPECTION).binds(case.docket.department):
        return
    of_today = case.docket.deadlines.filter(kind=REINSPECTION, started_on=on, cancelled_on=None).first()
    if of_today is None:
        deadlines.start(docket=case.docket, kind=REINSPECTION, on=on, by=by, reason_event=stored(event))
    elif not of_today.is_open:
        # The look taken back is of the very day on which its period began: that period runs on.
        deadlines.reopen(deadline=of_today, reason=stored(event), by=SYSTEM)
