"""Verbs on deadlines: start, pause, resume, extend, meet, run on, cancel, compute again. Wrong entries: casework.deadlines.correcting.

Each locks the docket and then the deadline, computes the date anew from the facts, writes the trail, keeps the docket's mirror and
the reminder ledger true: all in one transaction.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework import calendar, powers, statutes
from casework.deadlines import kinds, limits, periods
from casework.deadlines.acts import (
    close_open_pause,
    end_pause,
    locked,
    open_again,
    open_pause_of,
    record,
    refuse_back,
    refuse_own,
    require,
    settle,
)
from casework.deadlines.reckoning import dates_of, fill_in, is_set_by_document, own_length, recomputed, ruling
from casework.models import Deadline, Docket, Extension, Pause, PeriodRule, Unit
from casework.reminders import inbox
from core import clock
from core.errors import RuleBroken
from core.labels import stored
from trail.recording import SYSTEM

# What the trail says of a period whose end the authority sets itself.
OWN_DAY = _lazy("%(event)s; the day is one the authority sets itself")
LONGEST = 3660  # units: what is longer is a typing mistake


@transaction.atomic
def start(
    *,
    docket: Docket,
    kind: str,
    on: date,
    by: Any,
    length: int | None = None,
    unit: str | None = None,
    reason_event: str = "",
) -> Deadline:
    """Start a period on the day of its event (which is not counted).

    Without `length` the period is that of the kind's rule in force on that day; with it, a document set the length, and the
    rule, if the kind has any, is the basis only. RuleBroken when no rule is in force, or the same period already runs.
    """
    deadline = begin(docket=docket, kind=kind, on=on, by=by, length=length, unit=unit, reason_event=reason_event)
    settle(deadline, deadline)
    docket.next_due_on, docket.is_paused = deadline.docket.next_due_on, deadline.docket.is_paused
    return deadline


def begin(
    *, docket: Docket, kind: str, on: date, by: Any, length: int | None, unit: str | None, reason_event: str
) -> Deadline:
    """The row of a period that starts. Whoever calls it settles what follows, once the row is what it is to be."""
    found = kinds.get(kind)
    held = Docket.objects.locked(docket.pk)
    _check_start(held, found, on)
    candidates = found.rules_for(held.department)
    rule = statutes.rule_in_force(candidates, on) if candidates else None
    counts_back = rule.counts_back if rule else False
    if on > clock.today() and not counts_back:
        raise RuleBroken(_("A period cannot start in the future (%(on)s).") % {"on": on}, field="on")
    if length is None:
        if rule is None:
            raise ValueError(f"{kind} has no rule: it needs a length")
        if rule.length is None or not rule.is_computable:
            raise RuleBroken(statutes.not_a_length(rule))
        chosen, chosen_unit = rule.length, rule.unit
    else:
        chosen, chosen_unit = length, unit or (rule.unit if rule else "calendar_day")
    _check_length(chosen, chosen_unit)
    deadline = Deadline(
        docket=held,
        kind=kind,
        rule=rule,
        label=stored(found.label),
        basis=rule.legal_basis if rule else "" if found.basis is None else stored(found.basis),
        actor_side=found.side or (rule.actor_side if rule else ""),
        started_on=on,
        started_by=reason_event or (rule.trigger if rule else stored(found.label)),
        length=chosen,
        unit=chosen_unit,
        counts_back=counts_back,
        reasons={"length_from": "rule" if length is None else "document"},
    )
    fill_in(deadline, [], [])
    deadline.save(force_insert=True)
    event = deadline.started_by
    if found.own_end is not None:
        event = stored(OWN_DAY, event=event)
    record("deadline.start", deadline, by=by, after=dates_of(deadline), started_on=on, event=event)
    return deadline


def _check_start(docket: Docket, kind: kinds.DeadlineKind, on: date) -> None:
    if docket.closed_on is not None:
        raise RuleBroken(_("The docket is closed: no period can start."))
    running = docket.deadlines.filter(kind=kind.code, started_on=on, cancelled_on=None)
    if running.exists():
        raise RuleBroken(
            _("The period “%(label)s” that started on %(on)s is already on file.") % {"label": kind.label, "on": on}
        )


def _check_length(length: int, unit: str) -> None:
    if unit not in periods.UNITS:
        raise ValueError(f"{unit} is no unit of a period")
    if not 1 <= length <= LONGEST:
        raise RuleBroken(
            _("A length of %(length)s is not possible: 1 to %(longest)s.") % {"length": length, "longest": LONGEST},
            field="length",
        )


@powers.under(limits.PAUSE, of="deadline")
@transaction.atomic
def pause(*, deadline: Deadline, reason_code: str, reason: str, document: str, from_on: date, by: Any) -> Pause:
    """Stop the clock from a day on (that day is not counted). The document says why."""
    row = locked(deadline)
    today = clock.today()
    if reason_code not in limits.PauseReason.values:
        raise RuleBroken(_("Choose a reason from the list."), field="reason_code")
    require(reason, _("Give the reason."), "reason")
    require(document, _("Name the document that says so."), "document")
    refuse_back(row)
    refuse_own(row)
    if row.paused_since is not None:
        raise RuleBroken(_("The clock is already stopped, since %(since)s.") % {"since": row.paused_since})
    if from_on > today:
        raise RuleBroken(_("A pause cannot begin in the future."), field="from_on")
    if from_on < row.started_on:
        raise RuleBroken(
            _("The pause begins before the period (%(start)s).") % {"start": row.started_on}, field="from_on"
        )
    if from_on > row.due_on:
        raise RuleBroken(
            _("The period had run out on %(due)s, before the pause begins.") % {"due": row.due_on}, field="from_on"
        )
    rule = ruling(row)
    if rule is not None and (refusal := limits.pause_refused(rule, reason_code)):
        raise RuleBroken(refusal, field="reason_code")
    if reason_code not in limits.reasons_of(rule, row.actor_side):
        raise RuleBroken(
            _("That does not stop a period of this side: choose a reason from the list."), field="reason_code"
        )
    basis = stored(limits.basis_of_more_time(rule))
    made = Pause.objects.create(
        deadline=row,
        reason_code=reason_code,
        reason=reason.strip(),
        basis=basis,
        document=document.strip(),
        from_on=from_on,
        created_by=by,
        created_at=clock.now(),
    )
    row.paused_since = from_on
    before = recomputed(row)
    record(
        "deadline.pause", row, by=by, before=before, after=dates_of(row), basis=basis, reason=made.reason,
        document=made.document, from_on=from_on, reason_code=reason_code,
    )  # fmt: skip
    settle(row, deadline)
    inbox.tell_of_change(row, inbox.Change.STOPPED, by=by)
    return made


@powers.under(limits.PAUSE, of="deadline")
@transaction.atomic
def resume(*, deadline: Deadline, to_on: date, reason: str, by: Any, document: str = "") -> Pause:
    """Let the clock run again, and why. `to_on` is the last day not counted."""
    row = locked(deadline)
    require(reason, _("Give the reason."), "reason")
    open_pause = open_pause_of(row)
    if open_pause is None:
        raise RuleBroken(_("The clock is running: there is no pause to end."))
    if to_on > clock.today():
        raise RuleBroken(_("A pause cannot be ended in the future."), field="to_on")
    if to_on < open_pause.from_on:
        raise RuleBroken(_("The pause ends before it began (%(from)s).") % {"from": open_pause.from_on}, field="to_on")
    open_pause.ended_reason, open_pause.ended_document = reason.strip(), document.strip()
    open_pause.save(update_fields=["ended_reason", "ended_document"])
    before = end_pause(row, open_pause, to_on)
    record(
        "deadline.resume", row, by=by, before=before, after=dates_of(row), reason=open_pause.ended_reason,
        document=open_pause.ended_document, from_on=open_pause.from_on, to_on=to_on,
    )  # fmt: skip
    settle(row, deadline)
    inbox.tell_of_change(row, inbox.Change.RUNS_AGAIN, by=by)
    return open_pause


@powers.under(limits.EXTEND, of="deadline")
@transaction.atomic
def extend(
    *,
    deadline: Deadline,
    length: int,
    unit: str | None = None,
    reason: str,
    document: str,
    by: Any,
) -> Extension:
    """Grant more time from today on, once or as often as the rule allows, before the period has run out."""
    row = locked(deadline)
    granted_on = clock.today()
    by_rule = ruling(row)
    basis = stored(limits.basis_of_more_time(by_rule))
    granted = list(row.extensions.standing())
    already = len(granted)
    chosen = unit or (limits.unit_of_extension(by_rule, already) if by_rule else row.unit)
    _check_length(length, chosen)
    require(reason, _("Give the reason."), "reason")
    require(document, _("Name the document that says so."), "document")
    if any(one.document == document.strip() for one in granted):
        # The same form sent once more: each document grants its time once.
        raise RuleBroken(
            _("%(document)s has extended this period already.") % {"document": document.strip()}, field="document"
        )
    refuse_back(row)
    refuse_own(row)
    if row.paused_since is None and granted_on > row.due_on:
        raise RuleBroken(
            _("The period ran out on %(due)s: an extension had to be decided before that.") % {"due": row.due_on}
        )
    if by_rule is not None:
        if refusal := limits.extension_refused(by_rule, already, length):
            raise RuleBroken(refusal, field="length")
        if refusal := limits.unit_refused(by_rule, already, chosen):
            raise RuleBroken(refusal, field="unit")
    if refusal := limits.slip_of_the_pen(by_rule, granted, length, chosen):
        raise RuleBroken(refusal, field="length")
    made = Extension.objects.create(
        deadline=row,
        length=length,
        unit=chosen,
        reason=reason.strip(),
        basis=basis,
        document=document.strip(),
        granted_on=granted_on,
        follows_on=row.due_on,
        granted_by=by,
        created_at=clock.now(),
    )
    before = recomputed(row)
    record(
        "deadline.extend", row, by=by, before=before, after=dates_of(row), basis=basis, reason=made.reason,
        document=made.document, length=length, unit=chosen,
    )  # fmt: skip
    settle(row, deadline)
    inbox.tell_of_change(row, inbox.Change.MOVED, by=by, before=before["due_on"])
    return made


@transaction.atomic
def meet(*, deadline: Deadline, on: date, by: Any) -> Deadline:
    """What the period was for has been done on that day: part of the verb that did it. An open pause ends with it."""
    row = locked(deadline)
    if on > clock.today():
        raise RuleBroken(_("A period cannot be met in the future."), field="on")
    if on < row.started_on and not row.counts_back:
        raise RuleBroken(
            _("The day lies before the start of the period (%(start)s).") % {"start": row.started_on}, field="on"
        )
    before = close_open_pause(row, on)
    row.met_on = on
    row.save(update_fields=["met_on"])
    record(
        "deadline.meet",
        row,
        by=by,
        before=before,
        after={**dates_of(row), "met_on": on},
        on=on,
        late=on > row.due_on or None,
    )
    settle(row, deadline)
    return deadline


@transaction.atomic
def run_on(*, deadline: Deadline, reason: str, by: Any) -> Deadline:
    """What met the period did not last (the order was revoked, the next look found it undone): part of the verb by which it
    fell. Nothing was entered wrongly, and the days count from their first."""
    row = locked(deadline, must_be_open=False)
    if row.cancelled_on is not None:
        raise RuleBroken(_("This period was cancelled on %(on)s.") % {"on": row.cancelled_on})
    open_again("deadline.run_on", row, deadline, reason=reason, by=by)
    return deadline


@powers.under(limits.CORRECT, of="deadline")
@transaction.atomic
def cancel(*, deadline: Deadline, reason: str, by: Any) -> Deadline:
    """The period no longer matters, for a reason that is not its being met."""
    row = locked(deadline)
    require(reason, _("Give the reason."), "reason")
    longest = Deadline._meta.get_field("cancel_reason").max_length or 0
    if len(reason.strip()) > longest:
        raise RuleBroken(_("The reason is longer than %(longest)s characters.") % {"longest": longest}, field="reason")
    today = clock.today()
    before = close_open_pause(row, today)
    row.cancelled_on, row.cancel_reason = today, reason.strip()
    row.save(update_fields=["cancelled_on", "cancel_reason"])
    record("deadline.cancel", row, by=by, before=before, after={"cancelled_on": today}, reason=reason)
    settle(row, deadline)
    return deadline


@transaction.atomic
def set_end(*, deadline: Deadline, on: date, reason: str, by: Any) -> bool:
    """Another last day for a period that the authority has set itself: a statutory one keeps its own. Answers whether the
    date moved."""
    row = locked(deadline)
    if row.rule is not None or row.unit != Unit.CALENDAR_DAY:
        raise ValueError(f"the end of {row.kind} is not the authority's to set")
    length = (on - row.started_on).days
    if length == row.length:
        return False
    _check_length(length, row.unit)
    row.length = length
    before = recomputed(row)
    record("deadline.set_end", row, by=by, before=before, after=dates_of(row), reason=reason)
    settle(row, deadline)
    if before["due_on"] != row.due_on:
        inbox.tell_of_change(row, inbox.Change.MOVED, by=by, before=before["due_on"])
    return bool(before["due_on"] != row.due_on)


@transaction.atomic
def recompute(*, deadline: Deadline, by: Any, reason: str) -> bool:
    """Compute the date anew with the calendar of today; an event is written when it moved or ceased to be provisional."""
    row = locked(deadline)
    row.length = own_length(row, calendar.current())
    before = recomputed(row)
    after = dates_of(row)
    if before == after:
        return False
    record("deadline.recompute", row, by=by, before=before, after=after, reason=reason)
    settle(row, deadline)
    if before["due_on"] != row.due_on:
        inbox.tell_of_change(row, inbox.Change.MOVED, by=by, before=before["due_on"])
    return True


@transaction.atomic
def apply_rule(*, deadline: Deadline, rule: PeriodRule, by: Any, reason: str) -> bool:
    """Another version of the law applies to a running period: its basis, and its length unless a document set that.
    Answers whether the date moved."""
    row = locked(deadline)
    row.rule, row.basis = rule, rule.legal_basis
    row.actor_side = kinds.get(row.kind).side or rule.actor_side
    if not is_set_by_document(row):
        if rule.length is None or not rule.is_computable:
            raise RuleBroken(statutes.not_a_length(rule))
        row.length, row.unit = rule.length, rule.unit
    before = recomputed(row)
    record("deadline.apply_rule", row, by=by, before=before, after=dates_of(row), reason=reason, rule=rule.code)
    settle(row, deadline)
    if before["due_on"] != row.due_on:
        inbox.tell_of_change(row, inbox.Change.MOVED, by=by, before=before["due_on"])
    return bool(before["due_on"] != row.due_on)


@transaction.atomic
def note_missed(*, deadline_id: int) -> bool:
    """Write once that a due date passed unmet, and tell the kind. State is looked at again under the lock."""
    row = locked(Deadline.objects.get(pk=deadline_id), must_be_open=False)
    if not row.is_open or row.paused_since or row.due_on >= clock.today() or row.missed_due_on == row.due_on:
        return False
    row.missed_due_on = row.due_on
    row.save(update_fields=["missed_due_on"])
    record("deadline.missed", row, by=SYSTEM)
    callback = kinds.get(row.kind).on_missed
    if callback:
        callback(row)
    return True
