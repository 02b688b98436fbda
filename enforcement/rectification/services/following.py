"""The next look of the authority follows the party's time: extended, stopped, corrected, computed anew."""

from django.utils.translation import gettext_lazy as _lazy

from casework import deadlines
from casework.models import Deadline
from core.labels import stored
from enforcement.rectification.deadlines import NEXT_LOOK
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.services.rows import day_of_next_look, start_next_look
from enforcement.rectification.workflow import Stage
from trail.recording import SYSTEM

STOPPED = _lazy("The clock of the party's period is stopped: the next look is set when it runs again")
MOVED = _lazy("The party's period for rectification ends on another day")


def period_changed(period: Deadline) -> None:
    """After every change of the party's period, in its transaction."""
    case = RectificationCase.objects.filter(docket_id=period.docket_id).select_related("docket").first()
    if case is None or not period.is_open or case.served_on != period.started_on:
        return
    look = case.docket.deadlines.open().filter(kind=NEXT_LOOK).order_by("-id").first()
    until = day_of_next_look(case)
    if until is None:
        if look is not None:
            deadlines.cancel(deadline=look, reason=stored(STOPPED), by=SYSTEM)
    elif look is None:
        if _waits_for_a_look(case):
            start_next_look(case, event=MOVED, by=SYSTEM)
    elif period.due_on >= look.due_on or until < look.due_on:
        deadlines.set_end(deadline=look, on=until, reason=stored(MOVED), by=SYSTEM)


def _waits_for_a_look(case: RectificationCase) -> bool:
    """Must the authority look by a day of its own that is not set: once more, or because a stopped clock took that day away?"""
    if case.stage not in {Stage.RECTIFYING, Stage.REINSPECTION} or case.last_reinspection() is not None:
        return False
    if case.reinspections.filter(corrected_by=None, inspected_on__gte=case.served_on).exists():
        return True
    set_before = case.docket.deadlines.filter(kind=NEXT_LOOK, started_on__gte=case.served_on)
    return set_before.exclude(cancelled_on=None).exists()
