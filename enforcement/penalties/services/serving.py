"""What follows from the service of a document, from its correction, and from its revocation. Called by the types of documents."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines
from casework.models import Unit
from core.errors import RuleBroken
from enforcement.penalties import account, events, names
from enforcement.penalties.deadlines import (
    HEARING_REQUEST,
    KINDS,
    LITIGATION,
    PAYMENT,
    RECONSIDERATION,
    SERVICE,
    STATEMENT,
    URGED,
)
from enforcement.penalties.documents import law
from enforcement.penalties.models import Penalty
from enforcement.penalties.services.ending import begin_again
from enforcement.penalties.services.rows import cancel, meet, start
from enforcement.penalties.workflow import PENALTY
from enforcement.rectification.deadlines import HANDLING
from notices.models import Notice
from trail.recording import SYSTEM

BEFORE_DECISION = (STATEMENT, HEARING_REQUEST)


@transaction.atomic
def notice_was_served(*, penalty: Penalty, served_on: date) -> Penalty:
    """The party knows what is proposed: from here it may argue, and ask for a hearing where it was offered one."""
    locked = Penalty.objects.select_for_update().get(pk=penalty.pk)
    locked.notified_on = served_on
    locked.save(update_fields=["notified_on"])
    moved = PENALTY.advance(locked, "notice_served", by=SYSTEM, served_on=served_on)
    _start_rights(moved, served_on)
    return moved


def _start_rights(penalty: Penalty, on: date) -> None:
    notice = penalty.prior_notice
    if notice is None:
        raise RuleBroken(_("Draft the prior notice first."))
    days = int(notice.content["statement_days"])
    unit = Unit.WORKING_DAY if law.on(on).days_are_working else Unit.CALENDAR_DAY
    start(penalty, STATEMENT, on=on, event=events.NOTIFIED, length=days, unit=unit)
    if penalty.offers_hearing:
        start(penalty, HEARING_REQUEST, on=on, event=events.NOTIFIED)


@transaction.atomic
def notice_was_revoked(*, penalty: Penalty, reason: str) -> Penalty:
    """Another notice took the prior notice back: it is proposed, and told, anew."""
    moved = PENALTY.advance(penalty, "take_notice_back", by=SYSTEM, reason=reason)
    cancel(moved, *BEFORE_DECISION, reason=reason)
    return begin_again(moved)


@transaction.atomic
def decision_was_served(*, penalty: Penalty, served_on: date) -> Penalty:
    """The decision binds from here: the party pays within its period, and may have it reviewed."""
    locked = Penalty.objects.select_for_update().get(pk=penalty.pk)
    locked.served_on = served_on
    locked.save(update_fields=["served_on"])
    name = "decision_served" if locked.is_a_penalty else "no_penalty_served"
    moved = PENALTY.advance(locked, name, by=SYSTEM, served_on=served_on)
    meet(moved, SERVICE, on=served_on)
    if moved.is_a_penalty:
        _start_performance(moved, served_on)
    return moved


def _start_performance(penalty: Penalty, on: date) -> None:
    if any(row.amount for row in penalty.sanctions.all()):
        start(penalty, PAYMENT, on=on, event=events.SERVED)
        account.open_claims(penalty)
    start(penalty, RECONSIDERATION, on=on, event=events.SERVED)
    start(penalty, LITIGATION, on=on, event=events.SERVED)


@transaction.atomic
def decision_was_revoked(*, penalty: Penalty, reason: str) -> Penalty:
    """The authority took its decision back by another notice: it decides anew on the same prior notice. The days for handling the
    case, counted from its opening (行政处罚法第六十条), run on."""
    moved = PENALTY.advance(penalty, "take_decision_back", by=SYSTEM, reason=reason)
    cancel(moved, *(kind.code for kind in KINDS), reason=reason)
    account.drop_claims(moved, reason)
    moved.decision, moved.decided_on, moved.served_on = None, None, None
    moved.version += 1
    moved.save(update_fields=["decision", "decided_on", "served_on", "version"])
    decided = moved.docket.deadlines.filter(kind=HANDLING, cancelled_on=None).exclude(met_on=None).last()
    if decided is not None:
        deadlines.run_on(deadline=decided, reason=reason, by=SYSTEM)
    return moved


@transaction.atomic
def demand_was_served(*, penalty: Penalty, served_on: date) -> Penalty:
    """催告书: ten working days to perform (行政强制法第五十四条、第六十九条)."""
    moved = PENALTY.advance(penalty, "urge", by=SYSTEM, served_on=served_on)
    start(moved, URGED, on=served_on, event=events.DEMANDED)
    return moved


@transaction.atomic
def service_was_corrected(*, penalty: Penalty, notice: Notice, served_on: date, reason: str) -> Penalty:
    """The record of a service was wrong: the periods that ran from the wrong day start anew from the right one."""
    locked = Penalty.objects.select_for_update().get(pk=penalty.pk)
    field, kinds = _hanging_on(locked, notice)
    wrong = getattr(locked, field) if field else _start_of(locked, kinds)
    if wrong is None or wrong == served_on:
        return locked
    later = locked.statements.filter(round=locked.round, taken_back_at=None, received_on__lt=served_on)
    if field == "notified_on" and (row := later.first()) is not None:
        words = _("A statement of %(on)s is on file: the prior notice cannot have been served after it.")
        raise RuleBroken(words % {"on": row.received_on})
    if field:
        setattr(locked, field, served_on)
        locked.save(update_fields=[field])
    running = locked.docket.deadlines.filter(kind__in=kinds, started_on=wrong, cancelled_on=None)
    for deadline in list(running.order_by("pk")):
        deadlines.restart(deadline=deadline, on=served_on, reason=reason, by=SYSTEM)
    trail.record(
        "penalties.correct_service", locked, by=SYSTEM, docket=locked.docket, before={"served_on": wrong},
        after={"served_on": served_on}, document=notice.number, reason=reason,
    )  # fmt: skip
    return locked


def _hanging_on(penalty: Penalty, notice: Notice) -> tuple[str, tuple[str, ...]]:
    """The field that keeps the day, and the periods that start on it."""
    if notice.kind == names.DEMAND:
        return "", (URGED,)
    if penalty.prior_notice_id == notice.pk:
        return "notified_on", BEFORE_DECISION
    return "served_on", (PAYMENT, RECONSIDERATION, LITIGATION)


def _start_of(penalty: Penalty, kinds: tuple[str, ...]) -> Any:
    row = penalty.docket.deadlines.filter(kind__in=kinds, cancelled_on=None).order_by("-pk").first()
    return row.started_on if row else None
