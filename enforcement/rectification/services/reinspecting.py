"""复查: look again, and what follows from what was found."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines, powers, turns
from core import clock
from core.errors import RuleBroken, refuse_all
from core.labels import stored
from enforcement.rectification import events, look_rules, records, selectors, service_days
from enforcement.rectification.deadlines import NEXT_LOOK, PERIOD, REINSPECTION
from enforcement.rectification.models import RectificationCase, Reinspection
from enforcement.rectification.services.rows import (
    cancel,
    last_of,
    locked_at,
    meet,
    name_again,
    put_off,
    resume_handling,
    start_next_look,
    start_service,
)
from enforcement.rectification.workflow import CASE, INSPECT, LOOKING_AGAIN, Stage
from notices.models import SiteRecord
from organisation.models import Officer
from trail.recording import SYSTEM

LOOKS = (REINSPECTION, NEXT_LOOK)  # each look ends the one that was waited for


@dataclass(frozen=True, slots=True)
class Visit:
    """When and where it was looked again, on one day, and who was there for the party, as what; nobody: both are empty."""

    began_at: time
    ended_at: time
    place: str
    attended_by: str = ""
    attended_as: str = ""


@transaction.atomic
def call_reinspection(*, case: RectificationCase, inspectors: Sequence[Officer], by: Any) -> RectificationCase:
    """The party reports that it is done, or the period is over: look again. The inspectors named hear of it."""
    refuse_all(look_rules.of_inspectors(inspectors, clock.today()))
    _check_reach(case, inspectors)
    moved = CASE.advance(case, "call_reinspection", by=by, inspectors="、".join(officer.name for officer in inspectors))
    turns.name_for_task(moved.docket, inspectors, by)
    return moved


@powers.under(INSPECT, of="case")
@transaction.atomic
def record_reinspection(
    *,
    case: RectificationCase,
    inspected_on: date,
    inspectors: list[Officer],
    visit: Visit,
    is_done: bool,
    findings: str,
    by: Officer,
    correction: str = "",
    open_at_once: Sequence[str] | None = None,
) -> Reinspection:
    """What two certified inspectors found. Once in a round; a wrong record is answered by a second one that gives the reason
    (`correction`): the first is kept, and the periods follow what is now on record. `open_at_once`: what of the order was
    to be done at once and is not; None where that was not asked."""
    locked = locked_at(case, Stage.REINSPECTION)
    former = locked.last_reinspection()
    if former is not None and not correction.strip():
        raise RuleBroken(
            _("The re-inspection is on record already. Give the reason why the record is corrected."),
            field="correction",
        )
    before = selectors.before_the_look(locked)
    refuse_all(
        [
            *look_rules.of_day(before, inspected_on),
            *look_rules.of_inspectors(inspectors, inspected_on),
            *look_rules.of_presence(visit.attended_by, visit.attended_as),
            *look_rules.of_what_is_open(
                locked.due_at_once(), open_at_once, is_all=locked.is_due_at_once(), is_done=is_done
            ),
            *look_rules.of_hours(before, inspected_on, visit.began_at, visit.ended_at),
        ]
    )
    row = Reinspection.objects.create(
        case=locked,
        for_round=locked.round,
        inspected_on=inspected_on,
        **asdict(visit),
        is_done=is_done,
        findings=findings,
        open_at_once=None if is_done or open_at_once is None else list(open_at_once),
        recorded_by=by,
        recorded_at=clock.now(),
        corrects=former,
        correction_reason=correction.strip() if former else "",
    )
    row.inspectors.set(inspectors)
    row.record = records.freeze(row, by=by)
    row.save(update_fields=["record"])
    trail.record(
        "rectification.correct_reinspection" if former else "rectification.record_reinspection",
        locked,
        by=by,
        docket=locked.docket,
        basis=LOOKING_AGAIN(locked),
        reason=row.correction_reason,
        before=_told(former) if former else None,
        after=_told(row),
        inspected_on=inspected_on,
    )
    if former is not None:
        _take_back(locked, former, reason=row.correction_reason)
    for kind in LOOKS:
        meet(locked, kind, on=inspected_on)
    put_off(locked, None)
    if is_done:
        meet(locked, PERIOD, on=inspected_on)
    return row


@powers.under(INSPECT, of="case")
@transaction.atomic
def make_record(*, case: RectificationCase, by: Officer) -> SiteRecord:
    """The document of a re-inspection that was recorded before records had one."""
    locked = locked_at(case, Stage.REINSPECTION, Stage.CLOSING)
    row = locked.last_reinspection()
    if row is None:
        raise RuleBroken(_("Record the re-inspection first."))
    if row.record is not None:
        raise RuleBroken(_("The record has its document already."))
    row.record = records.freeze(row, by=by)
    row.save(update_fields=["record"])
    trail.record("rectification.make_record", locked, by=by, docket=locked.docket, inspected_on=row.inspected_on)
    return row.record


def _check_reach(case: RectificationCase, inspectors: Sequence[Officer]) -> None:
    """Who is named sees the case and takes this step: that is given to inspectors of its department only."""
    department = case.docket.department
    able = set(selectors.inspectors(department))
    others = [officer.name for officer in inspectors if officer not in able]
    if others:
        raise RuleBroken(
            _("%(names)s may not re-inspect for %(department)s.")
            % {"names": "、".join(others), "department": department},
            field="inspectors",
        )


def _told(row: Reinspection) -> dict[str, Any]:
    return {
        "inspected_on": row.inspected_on,
        "began_at": row.began_at,
        "ended_at": row.ended_at,
        "place": row.place,
        "attended_by": row.attended_by,
        "attended_as": row.attended_as,
        "is_done": row.is_done,
        "findings": row.findings,
        **({"open_at_once": "；".join(row.open_at_once)} if row.open_at_once else {}),
        "inspectors": [officer.name for officer in row.inspectors.all()],
    }


def _take_back(case: RectificationCase, former: Reinspection, *, reason: str) -> None:
    """The periods that the wrong record ended run again."""
    ended = [last_of(case, *LOOKS), last_of(case, PERIOD) if former.is_done else None]
    for deadline in ended:
        if deadline is not None and deadline.met_on == max(former.inspected_on, deadline.started_on):
            deadlines.reopen(deadline=deadline, reason=reason, by=SYSTEM)


@transaction.atomic
def confirm_rectified(*, case: RectificationCase, by: Officer) -> RectificationCase:
    return CASE.advance(case, "confirm_rectified", by=by)


@transaction.atomic
def continue_rectification(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """Not rectified yet, and the party still has time: another re-inspection is due later."""
    moved = CASE.advance(case, "continue_rectification", by=by)
    moved.round += 1
    moved.save(update_fields=["round"])
    period = moved.period()
    if period is not None and period.met_on is not None:
        # An earlier look found it done, and it is not: the time the order gave runs on.
        deadlines.run_on(deadline=period, reason=stored(events.PERIOD_NOT_OVER), by=SYSTEM)
    start_next_look(moved, event=events.LOOKED_EARLY, by=by)
    return moved


@transaction.atomic
def look_after_period(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """Looked at early, not rectified, and the period has ended since: what counts is what is found after it."""
    moved = CASE.advance(case, "look_after_period", by=by)
    name_again(moved, by=by)
    moved.round += 1
    moved.save(update_fields=["round"])
    start_next_look(moved, event=events.LOOKED_EARLY, by=by)
    return moved


@transaction.atomic
def order_again(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """Not rectified in time: a second order, written, signed, reviewed and approved anew. The first order stays on record.

    The period for handling the case runs on. On an unlawful discharge the second order is made and served as the first
    (环境保护主管部门实施按日连续处罚办法第十四条, which refers to 第八条): its days to serve run already.
    """
    moved = CASE.advance(case, "order_again", by=by, reason=reason)
    cancel(moved, PERIOD, reason=stored(events.NOT_RECTIFIED))
    resume_handling(
        moved,
        reason=stored(events.HANDLING_RUNS_ON),
    )
    if service_days.is_on_discharge(moved):
        start_service(moved, event=events.ORDERED_AGAIN, by=by)
    moved.round += 1
    moved.version += 1
    moved.order, moved.served_on, moved.look_waits_since = None, None, None
    moved.save(update_fields=["round", "version", "order", "served_on", "look_waits_since"])
    return moved
