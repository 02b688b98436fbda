"""What the verbs share: the locked case, its order, its periods."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import calendar, deadlines, turns
from casework.deadlines import kinds
from casework.models import Deadline, Unit
from core import clock
from core.errors import RuleBroken
from core.labels import Label, stored
from enforcement.rectification import daily_penalty, looks, selectors, service_days
from enforcement.rectification.deadlines import HANDLING, NEXT_LOOK, REINSPECTION
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


def last_of(case: RectificationCase, *wanted: str) -> Deadline | None:
    return case.docket.deadlines.filter(kind__in=wanted).order_by("-id").first()


def name_again(case: RectificationCase, *, by: Any) -> None:
    """Who looked last is named once more and hears that the case came back, as far as he may still look there."""
    last = case.reinspections.filter(corrected_by=None).order_by("-id").first()
    able = selectors.inspectors(case.docket.department)
    named = able.filter(pk__in=last.inspectors.values("pk")) if last else []
    turns.name_for_task(case.docket, named, by)


def resume_handling(case: RectificationCase, *, reason: str) -> None:
    """The decision that ended the period for handling the case is not the last: its days, counted from the opening of the case
    (行政处罚法第六十条), run on. No rule lets them begin anew."""
    decided = case.docket.deadlines.filter(kind=HANDLING, cancelled_on=None).exclude(met_on=None).last()
    if decided is not None:
        deadlines.run_on(deadline=decided, reason=reason, by=SYSTEM)


def start_service(case: RectificationCase, *, event: Label, by: Any) -> None:
    """From today the order must be served, unless its days run already. Those of this very day that the service of an order
    revoked since has met run on."""
    today = clock.today()
    kind = service_days.kind_on(case, today)
    if kind is None or case.docket.deadlines.open().filter(kind__in=service_days.KINDS).exists():
        return
    if not _runs_since(case, kind, today, event):
        deadlines.start(docket=case.docket, kind=kind, on=today, by=by, reason_event=stored(event))


def meet_service(case: RectificationCase, *, on: date) -> None:
    for kind in service_days.KINDS:
        meet(case, kind, on=on)


def has_statutory_look(case: RectificationCase) -> bool:
    """Does a rule say until when the authority has to look? (28号令: environmental authorities, unlawful discharges)"""
    department = case.docket.department
    if not kinds.get(REINSPECTION).binds(department):
        return False
    return daily_penalty.reach(case.violation, department) != daily_penalty.Reach.NO


def start_reinspection(case: RectificationCase, *, on: date, event: Label, by: Any) -> None:
    """The order is served: the authority has to look, by the day a rule sets, or else by one it sets itself."""
    if not has_statutory_look(case):
        start_next_look(case, event=event, by=by)
    elif not _runs_since(case, REINSPECTION, on, event):
        deadlines.start(docket=case.docket, kind=REINSPECTION, on=on, by=by, reason_event=stored(event))


def day_of_next_look(case: RectificationCase) -> date | None:
    """By the party's time as it stands now; None while its clock is stopped."""
    period = case.period()
    return looks.next_look_by(
        period_ends=period.due_on if period is not None else None,
        is_stopped=period is not None and period.paused_since is not None,
        today=clock.today(),
        days=calendar.current().calendar,
    )


def start_next_look(case: RectificationCase, *, event: Label, by: Any) -> None:
    """Somebody has to look once more, after the party's time. While its clock stands still no day is set: the look waits,
    and its day is set when the clock runs again."""
    today, until = clock.today(), day_of_next_look(case)
    put_off(case, today if until is None else None)
    if until is None or _runs_since(case, NEXT_LOOK, today, event):
        return
    deadlines.start(
        docket=case.docket, kind=NEXT_LOOK, on=today, by=by, length=(until - today).days, unit=Unit.CALENDAR_DAY,
        reason_event=stored(event),
    )  # fmt: skip


def put_off(case: RectificationCase, since: date | None) -> None:
    """The next look waits for the party's clock since that day; None: no look waits."""
    if case.look_waits_since != since:
        case.look_waits_since = since
        case.save(update_fields=["look_waits_since"])


def _runs_since(case: RectificationCase, kind: str, on: date, event: Label) -> bool:
    """Is such a period of that very day on file? One that was met, by what fell since, runs on."""
    found = case.docket.deadlines.filter(kind=kind, started_on=on, cancelled_on=None).first()
    if found is not None and not found.is_open:
        deadlines.run_on(deadline=found, reason=stored(event), by=SYSTEM)
    return found is not None
