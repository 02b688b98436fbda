"""The running periods for paying follow the ledger: met by the last payment, run on when one is reversed, set anew by a plan of instalments.

One period of instalments runs at a time, that of the next one to be paid; so officers are reminded of each in its turn."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from casework import deadlines
from casework.models import Deadline, Docket, Unit
from core import clock
from core.labels import stored
from enforcement.penalties import arrears, events
from enforcement.penalties.deadlines import INSTALMENT, PAYMENT
from enforcement.penalties.models.money import Receivable
from trail.recording import SYSTEM

DAY: Final = timedelta(days=1)


def follow(docket: Docket) -> None:
    """Part of every act on the ledger, under the lock of the docket."""
    rows = [row for row in arrears.of_docket(docket) if row.cancelled_on is None]
    planned = [row for row in rows if row.settled_on is None and arrears.standing_plan(row)]
    for period in docket.deadlines.filter(kind=PAYMENT).order_by("pk"):
        _follow_payment(period, [row for row in rows if row.due_on == period.due_on])
    _follow_instalments(docket, rows, planned)


def _follow_payment(period: Deadline, rows: Sequence[Receivable]) -> None:
    """The period that the law gives (行政处罚法第六十七条第三款), and what is owed by its last day."""
    unpaid = [row for row in rows if row.settled_on is None]
    deferred = stored(events.DEFERRED)
    if not rows or (period.cancelled_on is not None and period.cancel_reason != deferred):
        return
    if not unpaid:
        if period.is_open:
            deadlines.meet(deadline=period, on=max(_last_payment(rows), period.started_on), by=SYSTEM)
    elif all(arrears.standing_plan(row) for row in unpaid):
        if period.is_open:
            deadlines.cancel(deadline=period, reason=deferred, by=SYSTEM)
    elif period.met_on is not None:
        deadlines.run_on(deadline=period, reason=stored(events.UNPAID_AGAIN), by=SYSTEM)
    elif period.cancelled_on is not None:
        deadlines.reopen(deadline=period, reason=stored(events.NOT_DEFERRED), by=SYSTEM)


def _follow_instalments(docket: Docket, rows: Sequence[Receivable], planned: Sequence[Receivable]) -> None:
    due_on = min((row.due_key for row in planned), default=None)
    for period in docket.deadlines.open().filter(kind=INSTALMENT).order_by("pk"):
        ends_on = _day_of(period)
        if ends_on == due_on:
            return
        paid = _last_payment(rows)
        if paid and (due_on is None or due_on > ends_on) and _is_paid(rows, ends_on):
            deadlines.meet(deadline=period, on=max(paid, period.started_on), by=SYSTEM)
        else:
            deadlines.cancel(deadline=period, reason=stored(events.PLAN_CHANGED), by=SYSTEM)
    if due_on is not None:
        _start(docket, planned, due_on)


def _start(docket: Docket, planned: Sequence[Receivable], due_on: date) -> None:
    """From the day of the agreement, the later ones from the day on which the one before was due."""
    plans = [plan for row in planned if (plan := arrears.standing_plan(row)) is not None]
    earlier = [one.due_on for row in planned for one in arrears.instalments(row) if one.due_on < due_on]
    start = min(max([*earlier, *(plan.agreed_on for plan in plans)]), clock.today(), due_on - DAY)
    taken = set(docket.deadlines.filter(kind=INSTALMENT, cancelled_on=None).values_list("started_on", flat=True))
    while start in taken:
        start -= DAY
    deadlines.start(
        docket=docket, kind=INSTALMENT, on=start, by=SYSTEM, length=(due_on - start).days, unit=Unit.CALENDAR_DAY,
        reason_event=stored(events.AGREED),
    )  # fmt: skip


def _day_of(period: Deadline) -> date:
    """The day that the plan names: a day for paying that falls on a holiday ends on the next working day."""
    return period.started_on + timedelta(days=period.length)


def _is_paid(rows: Sequence[Receivable], due_on: date) -> bool:
    return all(row.settled_on is not None or row.due_key > due_on for row in rows)


def _last_payment(rows: Sequence[Receivable]) -> Any:
    return max((one.on for row in rows for one in arrears.payments(row)), default=None)
