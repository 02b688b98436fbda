"""What the verbs share: the locked case, its order, its periods."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import calendar, deadlines
from casework.deadlines import kinds
from casework.models import Deadline, Unit
from core import clock
from core.errors import RuleBroken
from core.labels import Label, stored
from core.workdays import ONE_DAY, add_working_days, next_working_day
from enforcement.rectification.deadlines import NEXT_LOOK, REINSPECTION
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage
from notices.models import Notice
from trail.recording import SYSTEM

LOOK_WITHIN = 5  # working days: the authority's own target


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


def last_of(case: RectificationCase, *wanted: str) -> Deadline | None:
    return case.docket.deadlines.filter(kind__in=wanted).order_by("-id").first()


def start_reinspection(case: RectificationCase, *, on: date, event: Label, by: Any) -> None:
    """The order is served: the authority has to look, where a rule says until when."""
    if not kinds.get(REINSPECTION).binds(case.docket.department):
        return
    if not _runs_since(case, REINSPECTION, on, event):
        deadlines.start(docket=case.docket, kind=REINSPECTION, on=on, by=by, reason_event=stored(event))


def start_next_look(case: RectificationCase, *, event: Label, by: Any) -> None:
    """Somebody has to look once more: on the working day after the party's time is over; where it is over already or its
    clock stands still, within the next working days."""
    today, days = clock.today(), calendar.current().calendar
    if _runs_since(case, NEXT_LOOK, today, event):
        return
    period = case.period()
    if period is not None and period.paused_since is None and period.due_on >= today:
        until = next_working_day(period.due_on + ONE_DAY, days)
    else:
        until = add_working_days(today, LOOK_WITHIN, days)
    deadlines.start(
        docket=case.docket, kind=NEXT_LOOK, on=today, by=by, length=(until - today).days, unit=Unit.CALENDAR_DAY,
        reason_event=stored(event),
    )  # fmt: skip


def _runs_since(case: RectificationCase, kind: str, on: date, event: Label) -> bool:
    """Is such a period of that very day on file? One that a look taken back has ended runs on."""
    found = case.docket.deadlines.filter(kind=kind, started_on=on, cancelled_on=None).first()
    if found is not None and not found.is_open:
        deadlines.reopen(deadline=found, reason=stored(event), by=SYSTEM)
    return found is not None
