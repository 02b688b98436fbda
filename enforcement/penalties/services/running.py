"""Periods that end by themselves: a right of the party that ran out, the time after the demand, the remedies."""

from casework import deadlines, strands
from casework.models import Deadline
from core import clock
from enforcement.penalties import events
from enforcement.penalties.deadlines import APPLICATION, LITIGATION, REMEDIES
from enforcement.penalties.models import Penalty
from enforcement.penalties.selectors import current
from enforcement.penalties.services.rows import start
from enforcement.penalties.workflow import Stage
from trail.recording import SYSTEM


def ran_out(deadline: Deadline) -> None:
    """After the last day of such a period, in the transaction that notes it: it is over, and whoever goes on hears of it."""
    deadlines.meet(deadline=deadline, on=deadline.due_on, by=SYSTEM)
    penalty = current(deadline.docket)
    if penalty is None:
        return
    if deadline.kind in REMEDIES:
        _remedies_ended(penalty, deadline)
    strands.tell(penalty, SYSTEM)


def _remedies_ended(penalty: Penalty, deadline: Deadline) -> None:
    """当事人在法定期限内不申请行政复议或者提起行政诉讼，又不履行: three months to apply, from the end of those periods (行政强制法第五十三条)."""
    open_still = penalty.docket.deadlines.open().filter(kind__in=REMEDIES)
    if penalty.stage in {Stage.PERFORMING, Stage.URGING} and not open_still.exists():
        ended = penalty.docket.deadlines.filter(kind=LITIGATION, cancelled_on=None).order_by("-pk").first()
        last = max(deadline.due_on, ended.due_on if ended else deadline.due_on)
        start(penalty, APPLICATION, on=min(last, clock.today()), event=events.REMEDIES_OVER)
