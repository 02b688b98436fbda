"""What every verb on a deadline does: lock, look whether it may be touched, record, settle what follows."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

import trail
from casework.deadlines import kinds
from casework.deadlines.mirroring import mirror
from casework.deadlines.reckoning import dates_of, recomputed
from casework.models import Deadline, Docket, Pause
from casework.reminders import ledger
from core.errors import RuleBroken


def locked(deadline: Deadline, *, must_be_open: bool = True) -> Deadline:
    """The row, locked after its docket as in every step of a procedure; both must still be open."""
    docket = Docket.objects.locked(deadline.docket_id)
    row = Deadline.objects.select_for_update(of=("self",)).select_related("rule").get(pk=deadline.pk)
    row.docket = docket
    if must_be_open:
        if row.met_on is not None:
            raise RuleBroken(_("This period was met on %(on)s.") % {"on": row.met_on})
        if row.cancelled_on is not None:
            raise RuleBroken(_("This period was cancelled on %(on)s.") % {"on": row.cancelled_on})
        check_docket_open(row)
    return row


def check_docket_open(row: Deadline) -> None:
    """Periods of a closed docket stay as they are."""
    if row.docket.closed_on is not None:
        raise RuleBroken(_("The docket is closed: its periods stay as they are."))


def refuse_back(row: Deadline) -> None:
    """A period that counts back is neither paused nor extended."""
    if row.counts_back:
        raise RuleBroken(_("This period counts back from an event: it can be neither paused nor extended."))


def refuse_own(row: Deadline) -> None:
    """A day that the authority sets itself follows what it hangs on: time of its own would part it from that."""
    if kinds.get(row.kind).own_end is not None:
        raise RuleBroken(
            _(
                "The authority has set this day itself, and it follows the period it hangs on: it is neither stopped nor extended. Where it is no longer needed, cancel it with the reason."
            )
        )


def require(value: str, refusal: str, field: str) -> None:
    """RuleBroken at the field when nothing was written into it."""
    if not value.strip():
        raise RuleBroken(refusal, field=field)


def open_pause_of(row: Deadline) -> Pause | None:
    """The pause that stops the clock now."""
    return row.pauses.standing().filter(to_on=None).first()


def close_open_pause(row: Deadline, on: date) -> dict[str, Any]:
    """End the pause that is open, if there is one; answers the dates before."""
    open_pause = open_pause_of(row)
    return end_pause(row, open_pause, max(open_pause.from_on, on)) if open_pause else dates_of(row)


def end_pause(row: Deadline, open_pause: Pause, to_on: date) -> dict[str, Any]:
    """The clock runs again after that day; answers the dates before."""
    open_pause.to_on = to_on
    open_pause.save(update_fields=["to_on"])
    row.paused_since = None
    return recomputed(row)


def open_again(verb: str, row: Deadline, given: Deadline, *, reason: str, by: Any) -> None:
    """An ended period runs as if it had not ended. `verb` tells the trail why: a wrong entry, or an end that did not last."""
    require(reason, _("Give the reason."), "reason")
    if row.is_open:
        raise RuleBroken(_("This period is still running."))
    check_docket_open(row)
    before = {"met_on": row.met_on, "cancelled_on": row.cancelled_on}
    row.met_on, row.cancelled_on, row.cancel_reason = None, None, ""
    row.save(update_fields=["met_on", "cancelled_on", "cancel_reason"])
    recomputed(row)
    record(verb, row, by=by, before={k: v for k, v in before.items() if v}, after=dates_of(row), reason=reason)
    settle(row, given)


def record(verb: str, row: Deadline, *, by: Any, **facts: Any) -> None:
    """Tell the trail what was done to a period."""
    trail.record(verb, row, by=by, docket=row.docket, due_on=row.due_on, label=row.label, **facts)


def settle(row: Deadline, given: Deadline) -> None:
    """The docket's mirror, the reminders and what hangs on this period follow every change; the caller's objects show what
    was stored."""
    ledger.replan(row)
    mirror(row.docket)
    if (follow := kinds.get(row.kind).on_changed) is not None:
        follow(row)
    if given is row:
        return
    for field in Deadline._meta.concrete_fields:
        if field.name not in {"docket", "rule"}:
            setattr(given, field.attname, getattr(row, field.attname))
    given.docket.next_due_on, given.docket.is_paused = row.docket.next_due_on, row.docket.is_paused
