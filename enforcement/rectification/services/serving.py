"""Callbacks of the order: what follows when it is served, or taken back by another notice."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines
from casework.models import Unit
from core.errors import RuleBroken
from core.labels import stored
from enforcement.rectification import events, service_days
from enforcement.rectification.deadlines import NEXT_LOOK, PERIOD, REINSPECTION
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.services.rows import cancel, meet_service, resume_handling, start_reinspection
from enforcement.rectification.workflow import CASE
from trail.recording import SYSTEM


@transaction.atomic
def order_was_revoked(*, case: RectificationCase, reason: str) -> RectificationCase:
    """Called when another notice takes the order back: its periods end, the period for handling the case runs on, and a
    new order may be drafted."""
    moved = CASE.advance(case, "take_order_back", by=SYSTEM, reason=reason)
    cancel(moved, *service_days.KINDS, PERIOD, REINSPECTION, NEXT_LOOK, reason=reason)
    resume_handling(moved, reason=reason)
    moved.round += 1
    moved.version += 1  # the signatures stood under the order taken back
    moved.order, moved.served_on, moved.look_waits_since = None, None, None
    moved.save(update_fields=["round", "version", "order", "served_on", "look_waits_since"])
    return moved


@transaction.atomic
def order_was_served(*, case: RectificationCase, served_on: date) -> RectificationCase:
    """Called when the service of the order is recorded: the clocks start from service, not from printing."""
    locked = RectificationCase.objects.select_for_update().get(pk=case.pk)
    locked.served_on = served_on
    locked.save(update_fields=["served_on"])
    moved = CASE.advance(locked, "start_rectification", by=SYSTEM, served_on=served_on)
    meet_service(moved, on=served_on)
    event = stored(events.SERVED)
    if moved.rectification_days:  # "at once" leaves the party no period that could run
        deadlines.start(
            docket=moved.docket,
            kind=PERIOD,
            on=served_on,
            by=SYSTEM,
            length=moved.rectification_days,
            unit=Unit.CALENDAR_DAY,
            reason_event=event,
        )
    start_reinspection(moved, on=served_on, event=event, by=SYSTEM)
    return moved


@transaction.atomic
def order_service_was_corrected(*, case: RectificationCase, served_on: date, reason: str) -> RectificationCase:
    """Called when the record of the order's service is corrected: periods that ran from the wrong day are cancelled with the
    reason and start anew from the right one."""
    locked = RectificationCase.objects.select_for_update().get(pk=case.pk)
    wrong = locked.served_on
    if wrong is None or wrong == served_on:
        return locked
    looks = locked.reinspections.filter(corrected_by=None, inspected_on__gte=wrong, inspected_on__lt=served_on)
    if (done := looks.first()) is not None:
        raise RuleBroken(
            _("A re-inspection of %(on)s is on file: the order cannot have been served after it.")
            % {"on": done.inspected_on}
        )
    locked.served_on = served_on
    locked.save(update_fields=["served_on"])
    running = locked.docket.deadlines.filter(kind__in=(PERIOD, REINSPECTION), started_on=wrong, cancelled_on=None)
    for deadline in list(running.order_by("pk")):
        deadlines.restart(deadline=deadline, on=served_on, reason=reason, by=SYSTEM)
    _met_on_another_day(locked, wrong, served_on, reason=reason)
    trail.record(
        "rectification.correct_service",
        locked,
        by=SYSTEM,
        docket=locked.docket,
        before={"served_on": wrong},
        after={"served_on": served_on},
        reason=reason,
    )
    return locked


def _met_on_another_day(case: RectificationCase, wrong: date, right: date, *, reason: str) -> None:
    """The days to serve the order were met by the service, so on its right day."""
    met = case.docket.deadlines.filter(kind__in=service_days.KINDS, cancelled_on=None).exclude(met_on=None)
    for deadline in list(met.order_by("pk")):
        if deadline.met_on == max(wrong, deadline.started_on):
            deadlines.reopen(deadline=deadline, reason=reason, by=SYSTEM)
            deadlines.meet(deadline=deadline, on=max(right, deadline.started_on), by=SYSTEM)
