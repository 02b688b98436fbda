"""Wrong entries on deadlines put right in the browser, with a reason (defect D11): what was met or cancelled wrongly, a pause of
the wrong days, an extension granted by mistake, a period that started from the wrong day.

Nothing is rewritten: the wrong row stays and is marked, the right one is a new row, the date is computed anew from what stands.
"""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from casework import powers
from casework.deadlines import limits
from casework.deadlines.acts import check_docket_open, locked, open_again, record, require, settle
from casework.deadlines.reckoning import dates_of, is_set_by_document, recomputed
from casework.deadlines.services import begin, cancel, meet
from casework.models import Deadline, Extension, Pause
from casework.reminders import inbox
from core import clock
from core.errors import RuleBroken

E = TypeVar("E", Pause, Extension)


@powers.under(limits.CORRECT, of="deadline")
@transaction.atomic
def reopen(*, deadline: Deadline, reason: str, by: Any) -> Deadline:
    """Take back a wrong "met" or "cancelled"."""
    row = locked(deadline, must_be_open=False)
    if row.cancelled_on is not None and _started_elsewhere(row):
        raise RuleBroken(
            _("The period “%(label)s” that started on %(on)s is already on file.")
            % {"label": row.label, "on": row.started_on}
        )
    open_again("deadline.reopen", row, deadline, reason=reason, by=by)
    return deadline


def _started_elsewhere(row: Deadline) -> bool:
    same = Deadline.objects.filter(docket=row.docket, kind=row.kind, started_on=row.started_on, cancelled_on=None)
    return same.exclude(pk=row.pk).exists()


@powers.under(limits.CORRECT, of="pause")
@transaction.atomic
def take_back_pause(*, pause: Pause, reason: str, by: Any) -> Deadline:
    """The clock should not have been stopped: the days of the pause count."""
    row, wrong = _row_of(pause, reason)
    before = dates_of(row)
    _mark(wrong, reason=reason, by=by)
    if wrong.to_on is None:
        row.paused_since = None
    recomputed(row)
    record(
        "deadline.take_back_pause", row, by=by, before=before, after=dates_of(row), reason=reason.strip(),
        document=wrong.document, from_on=wrong.from_on, to_on=wrong.to_on,
    )  # fmt: skip
    _follow(row, pause.deadline, before, by)
    return pause.deadline


@powers.under(limits.CORRECT, of="pause")
@transaction.atomic
def correct_pause(*, pause: Pause, from_on: date, to_on: date | None, document: str, reason: str, by: Any) -> Pause:
    """The pause had other days, or another document, than was entered. No `to_on`: it is still open."""
    row, wrong = _row_of(pause, reason)
    require(document, _("Name the document that says so."), "document")
    if (from_on, to_on, document.strip()) == (wrong.from_on, wrong.to_on, wrong.document):
        raise RuleBroken(_("This is what is on file already: nothing was changed."))
    before = dates_of(row)
    _mark(wrong, reason=reason, by=by)
    row.paused_since = None if wrong.to_on is None else row.paused_since
    recomputed(row)
    _check_days(row, from_on, to_on)
    made = Pause.objects.create(
        deadline=row,
        reason_code=wrong.reason_code,
        reason=wrong.reason,
        basis=wrong.basis,
        document=document.strip(),
        from_on=from_on,
        to_on=to_on,
        created_by=by,
        created_at=clock.now(),
    )
    row.paused_since = from_on if to_on is None else row.paused_since
    recomputed(row)
    record(
        "deadline.correct_pause", row, by=by,
        before={**before, "from_on": wrong.from_on, "to_on": wrong.to_on},
        after={**dates_of(row), "from_on": from_on, "to_on": to_on},
        reason=reason.strip(), document=made.document,
    )  # fmt: skip
    _follow(row, pause.deadline, before, by)
    return made


def _check_days(row: Deadline, from_on: date, to_on: date | None) -> None:
    """Days that a pause can have, for a period as it is without that pause."""
    today = clock.today()
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
    if to_on is None:
        if not row.is_open:
            raise RuleBroken(_("The period no longer runs: say on which day the pause ended."), field="to_on")
        if row.paused_since is not None:
            raise RuleBroken(_("The clock is already stopped, since %(since)s.") % {"since": row.paused_since})
        return
    if to_on > today:
        raise RuleBroken(_("A pause cannot be ended in the future."), field="to_on")
    if to_on < from_on:
        raise RuleBroken(_("The pause ends before it began (%(from)s).") % {"from": from_on}, field="to_on")


@powers.under(limits.CORRECT, of="extension")
@transaction.atomic
def take_back_extension(*, extension: Extension, reason: str, by: Any) -> Deadline:
    """The extension was granted by mistake: the period ends as if there had been none."""
    row, wrong = _row_of(extension, reason)
    before = dates_of(row)
    _mark(wrong, reason=reason, by=by)
    recomputed(row)
    record(
        "deadline.take_back_extension", row, by=by, before=before, after=dates_of(row), reason=reason.strip(),
        document=wrong.document, length=wrong.length, unit=wrong.unit,
    )  # fmt: skip
    _follow(row, extension.deadline, before, by)
    return extension.deadline


@powers.under(limits.CORRECT, of="deadline")
@transaction.atomic
def restart(*, deadline: Deadline, on: date, reason: str, by: Any) -> Deadline:
    """The event that started the period lies on another day than was recorded: the period is cancelled with the reason, and one
    of the same kind starts from the right day. Pauses, extensions, and the day on which it was met go over to it."""
    row = locked(deadline, must_be_open=False)
    _check_counts(row)
    if row.met_on is not None and row.met_on < on:
        raise RuleBroken(_("The period was met on %(met)s, before that day.") % {"met": row.met_on})
    pauses, extensions = list(row.pauses.standing()), list(row.extensions.standing())
    met_on, due_before = row.met_on, row.due_on
    if met_on is not None:
        reopen(deadline=row, reason=reason, by=by)
    cancel(deadline=row, reason=reason, by=by)
    document_set = is_set_by_document(row)
    again = begin(
        docket=row.docket,
        kind=row.kind,
        on=on,
        by=by,
        length=row.length if document_set else None,
        unit=row.unit if document_set else None,
        reason_event=row.started_by,
    )
    for entry in (*pauses, *extensions):
        entry.pk, entry.deadline = None, again
        entry.save(force_insert=True)
    # Only now does what hangs on the period hear of it: before, its clock seemed to run.
    again.paused_since = next((pause.from_on for pause in pauses if pause.to_on is None), None)
    recomputed(again)
    record(
        "deadline.restart", again, by=by, before={"started_on": row.started_on, "due_on": due_before},
        after={"started_on": on, **dates_of(again)}, reason=reason.strip(),
    )  # fmt: skip
    settle(again, again)
    if met_on is not None:
        meet(deadline=again, on=met_on, by=by)
    settle(row, deadline)
    if again.is_open and due_before != again.due_on:
        inbox.tell_of_change(again, inbox.Change.MOVED, by=by, before=due_before)
    return again


def _row_of(entry: E, reason: str) -> tuple[Deadline, E]:
    """The deadline of an entry, locked, and the entry as it stands."""
    row = locked(entry.deadline, must_be_open=False)
    require(reason, _("Give the reason."), "reason")
    _check_counts(row)
    wrong = type(entry)._default_manager.get(pk=entry.pk)
    if not wrong.stands:
        raise RuleBroken(_("This entry has already been taken back."))
    return row, wrong


def _check_counts(row: Deadline) -> None:
    """What was met may still turn out to have been met in time; what was cancelled matters no more."""
    if row.cancelled_on is not None:
        raise RuleBroken(_("This period was cancelled on %(on)s.") % {"on": row.cancelled_on})
    check_docket_open(row)


def _mark(entry: Pause | Extension, *, reason: str, by: Any) -> None:
    entry.taken_back_at, entry.taken_back_by, entry.taken_back_reason = clock.now(), by, reason.strip()
    entry.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])


def _follow(row: Deadline, given: Deadline, before: dict[str, Any], by: Any) -> None:
    settle(row, given)
    if row.is_open and row.paused_since is None and before["due_on"] != row.due_on:
        inbox.tell_of_change(row, inbox.Change.MOVED, by=by, before=before["due_on"])
