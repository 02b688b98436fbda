"""The ledger of reminders: why one was not sent, and what a change of its deadline does to it."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Deadline, Reminder, ReminderState


class Why(models.TextChoices):
    """Why a planned reminder was not sent. Stored as code, shown in the reader's language."""

    MET = "met", _("The period had been met.")
    CANCELLED = "cancelled", _("The period had been cancelled.")
    PAUSED = "paused", _("The clock was stopped.")
    MOVED = "moved", _("The due date had moved.")
    CLOSED = "closed", _("The docket had been closed.")
    OVERTAKEN = "overtaken", _("A nearer reminder was already due; only that one was sent.")
    LEFT = "left", _("The recipient was no longer active.")
    OUT_OF_SIGHT = "out_of_sight", _("The recipient could no longer see the docket.")
    OFF_CASE = "off_case", _("The recipient no longer had anything to do with the docket.")


# A change may be undone, and the date be again what it was.
RETURNABLE: Final = (Why.PAUSED, Why.MOVED, Why.MET, Why.CANCELLED)


def reason_now(deadline: Deadline, reminder: Reminder) -> Why | None:
    """Why this reminder must not be sent as things stand; None when it may."""
    if deadline.met_on is not None:
        return Why.MET
    if deadline.cancelled_on is not None:
        return Why.CANCELLED
    if deadline.docket.closed_on is not None:
        return Why.CLOSED
    if deadline.paused_since is not None:
        return Why.PAUSED
    if deadline.due_on != reminder.due_on:
        return Why.MOVED
    return None


def replan(deadline: Deadline) -> None:
    """After a change of the deadline: planned reminders that no longer hold are struck out with the reason; those struck
    out for a reason that has gone, and whose day is the due date again, wait again. The next sweep plans what is new."""
    planned = Reminder.objects.filter(deadline=deadline, state=ReminderState.PLANNED)
    for reminder in planned:
        reason = reason_now(deadline, reminder)
        if reason is not None:
            Reminder.objects.filter(pk=reminder.pk, state=ReminderState.PLANNED).update(
                state=ReminderState.SKIPPED, reason=reason, lease_until=None, lease_token=""
            )
    if deadline.is_open and deadline.paused_since is None:
        Reminder.objects.filter(
            deadline=deadline, due_on=deadline.due_on, state=ReminderState.SKIPPED, reason__in=RETURNABLE
        ).update(state=ReminderState.PLANNED, reason="", attempts=0)
