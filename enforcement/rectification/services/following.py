"""The next look of the authority follows the party's time: extended, stopped, corrected, computed anew."""

from casework import deadlines
from casework.models import Deadline
from core import clock
from core.labels import stored
from enforcement.rectification import events
from enforcement.rectification.deadlines import NEXT_LOOK
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.services.rows import day_of_next_look, put_off, start_next_look
from trail.recording import SYSTEM


def period_changed(period: Deadline) -> None:
    """After every change of the party's period, in its transaction."""
    case = RectificationCase.objects.filter(docket_id=period.docket_id).select_related("docket").first()
    if case is None or not period.is_open or case.served_on != period.started_on:
        return
    look = case.docket.deadlines.open().filter(kind=NEXT_LOOK).order_by("-id").first()
    until = day_of_next_look(case)
    if look is None:
        # Only the look that a stopped clock put off: one that was made, or cancelled by hand, does not come back.
        if until is not None and case.look_waits_since is not None:
            start_next_look(case, event=events.RUNS_AGAIN, by=SYSTEM)
        return
    put_off(case, clock.today() if until is None else None)
    if until is None:
        deadlines.cancel(deadline=look, reason=stored(events.STOPPED), by=SYSTEM)
    elif period.due_on >= look.due_on or until < look.due_on:
        deadlines.set_end(deadline=look, on=until, reason=stored(events.MOVED), by=SYSTEM)
