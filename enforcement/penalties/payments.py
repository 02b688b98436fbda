"""Verbs of the money of a penalty. The ledger is written, never edited: a wrong entry is answered by a reversing one."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models.dockets import NO_DATE
from core import clock
from core.errors import RuleBroken, refuse_all
from core.numerals import yuan
from enforcement.penalties import arrears, general_law, money_rules, payment_periods
from enforcement.penalties.models.money import Entry, Plan, PlannedInstalment, Purpose, Receivable, Review
from enforcement.penalties.surcharge import Instalment, Reason
from notices.models import Notice
from organisation.models import Officer

KEEP: Final = "penalties.keep_money"
PAYING: Final = "行政处罚法第六十七条"
REVIEWING: Final = "行政处罚法第七十三条第三款"

# Called in the transaction of the act with a receivable of which everything is paid, or is no longer: what hangs on it follows.
_followers: list[Callable[[Receivable, Any], None]] = []


def when_settled_or_open_again(follow: Callable[[Receivable, Any], None]) -> None:
    """Register in `apps.ready()`: `follow(receivable, by)`; `receivable.settled_on` says which it is."""
    if follow not in _followers:
        _followers.append(follow)


# --- the claim -------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_receivable(*, decision: Notice, purpose: str, principal: Decimal, due_on: date, by: Any) -> Receivable:
    """The decision was served: its sum is owed. Called by the act that records the service, under the lock of the docket; a second call
    for the same decision gives back the first row, with the day for paying as the service now says it."""
    refuse_all(money_rules.of_amount(principal, field="principal"))
    found = Receivable.objects.select_for_update().filter(decision=decision, purpose=purpose).first()
    if found is not None:
        return _moved(found, due_on, by)
    row = Receivable.objects.create(
        docket=decision.docket,
        decision=decision,
        purpose=Purpose(purpose),
        payer=decision.addressee_name,
        principal_cny=yuan(principal),
        due_on=due_on,
        due_key=due_on,
        opened_at=clock.now(),
    )
    facts = {"decision": decision.number, "amount": f"{row.principal_cny:,.2f}", "due_on": due_on}
    trail.record("penalties.open_receivable", row, by=by, docket=row.docket, basis=PAYING, **facts)
    return row


def _moved(row: Receivable, due_on: date, by: Any) -> Receivable:
    """The record of service was corrected."""
    if row.due_on == due_on:
        return row
    before, row.due_on = row.due_on, due_on
    row.save(update_fields=["due_on"])
    _keep_days(row, by)
    trail.record(
        "penalties.move_due", row, by=by, docket=row.docket, before={"due_on": before}, after={"due_on": due_on},
        basis=PAYING, due_on=due_on,
    )  # fmt: skip
    return row


@transaction.atomic
def cancel_receivable(*, receivable: Receivable, reason: str, by: Any) -> Receivable:
    """The decision fell (revoked, annulled): nothing is owed on it. What was paid stays in the ledger, to be given back."""
    row = Receivable.objects.select_for_update().get(pk=receivable.pk)
    if row.cancelled_on is not None:
        raise RuleBroken(_("This claim was cancelled already."))
    longest = Receivable._meta.get_field("cancel_reason").max_length  # the trail keeps the whole
    row.cancelled_on, row.cancel_reason, row.due_key = clock.today(), reason[:longest], NO_DATE
    row.save(update_fields=["cancelled_on", "cancel_reason", "due_key"])
    trail.record("penalties.cancel_receivable", row, by=by, docket=row.docket, reason=reason)
    return row


# --- payments --------------------------------------------------------------------------------------------------------


@powers.under(KEEP, of="receivable")
def record_payment(
    *,
    receivable: Receivable,
    paid_on: date,
    amount: Decimal,
    receipt_number: str,
    channel: str,
    by: Officer,
    remark: str = "",
    is_more: bool = False,
) -> Entry:
    """A payment with its receipt (票据). `is_more`: it is confirmed that more came than was owed."""
    row = _locked(receivable)
    is_open = arrears.state(row, paid_on).open
    faults = list(
        money_rules.of_payment(amount, paid_on, decided_on=_decided_on(row), is_open=is_open, is_more=is_more)
    )
    if _has_receipt(row, receipt_number):
        faults.append(("receipt_number", _("A payment with this receipt is in the ledger of this matter already.")))
    refuse_all(faults)
    entry = Entry.objects.create(
        receivable=row,
        paid_on=paid_on,
        amount_cny=yuan(amount),
        receipt_number=receipt_number,
        channel=channel,
        remark=remark,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    facts = {"amount": f"{entry.amount_cny:,.2f}", "paid_on": paid_on, "receipt": receipt_number}
    trail.record("penalties.record_payment", entry, by=by, docket=row.docket, basis=PAYING, **facts)
    _keep_days(row, by)
    return entry


@powers.under(KEEP, of="entry")
def reverse_payment(*, entry: Entry, reason: str, by: Officer) -> Entry:
    """An entry was wrong: another line takes it off again, and says why. Both stay."""
    row = _locked(entry.receivable)
    if entry.reverses_id is not None:
        raise RuleBroken(_("This line reverses another: enter the payment again instead."))
    if Entry.objects.filter(reverses=entry).exists():
        raise RuleBroken(_("This payment was reversed already."))
    reversal = Entry.objects.create(
        receivable=row,
        paid_on=entry.paid_on,
        amount_cny=-entry.amount_cny,
        receipt_number=entry.receipt_number,
        channel=entry.channel,
        reverses=entry,
        reason=reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    facts = {"amount": f"{entry.amount_cny:,.2f}", "paid_on": entry.paid_on, "receipt": entry.receipt_number}
    trail.record("penalties.reverse_payment", reversal, by=by, docket=row.docket, reason=reason, **facts)
    _keep_days(row, by)
    return reversal


# --- deferral and instalments ----------------------------------------------------------------------------------------


@powers.under(KEEP, of="receivable")
def record_plan(
    *,
    receivable: Receivable,
    applied_on: date,
    agreed_on: date,
    document: str,
    instalments: Sequence[Instalment],
    by: Officer,
) -> Plan:
    """The authority agreed to defer or divide the payment. One instalment: a deferral. A later plan takes the place of the one before."""
    former = arrears.instalments(_locked(receivable))
    refuse_all(money_rules.of_plan(instalments, former=former, applied_on=applied_on, agreed_on=agreed_on))
    return write_plan(
        receivable=receivable,
        applied_on=applied_on,
        agreed_on=agreed_on,
        document=document,
        instalments=instalments,
        by=by,
    )


@transaction.atomic
def write_plan(
    *,
    receivable: Receivable,
    applied_on: date,
    agreed_on: date,
    document: str,
    instalments: Sequence[Instalment],
    by: Officer,
) -> Plan:
    """A plan that was looked at already: by `record_plan`, or before its notice was issued (`beside`). `by` issued that notice."""
    row = _locked(receivable)
    plan = Plan.objects.create(
        receivable=row,
        applied_on=applied_on,
        agreed_on=agreed_on,
        document=document,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    for one in instalments:
        PlannedInstalment.objects.create(plan=plan, due_on=one.due_on, amount_cny=yuan(one.amount))
    trail.record(
        "penalties.record_plan", plan, by=by, docket=row.docket, basis=general_law.on(agreed_on).deferral,
        document=document, instalments=[f"{one.due_on} {one.amount:,.2f}" for one in instalments],
    )  # fmt: skip
    _keep_days(row, by)
    return plan


@powers.under(KEEP, of="plan")
def take_back_plan(*, plan: Plan, reason: str, by: Officer) -> Plan:
    """The plan was entered wrongly: what stood before applies again."""
    return drop_plan(plan=plan, reason=reason, by=by)


@transaction.atomic
def drop_plan(*, plan: Plan, reason: str, by: Any) -> Plan:
    """Part of the act by which the plan falls."""
    _locked(plan.receivable)
    row = _taken_back(Plan, plan.pk, reason)
    trail.record("penalties.take_back_plan", row, by=by, docket=row.docket, reason=reason, document=row.document)
    _keep_days(row.receivable, by)
    return row


# --- reconsideration and litigation ----------------------------------------------------------------------------------


@powers.under(KEEP, of="receivable")
def begin_review(*, receivable: Receivable, kind: str, first_on: date, document: str, by: Officer) -> Review:
    """Reconsideration or litigation began: from that day on no surcharge arises."""
    row = _locked(receivable)
    faults = list(money_rules.of_review(first_on, decided_on=_decided_on(row)))
    if any(one.kind == kind and one.last_on is None and one.taken_back_at is None for one in row.reviews.all()):
        faults.append(("kind", _("A review of this kind is under way already: record its end first.")))
    refuse_all(faults)
    review = Review.objects.create(
        receivable=row, kind=Reason(kind), first_on=first_on, document=document, recorded_by=by, recorded_at=clock.now()
    )
    facts = {"first_on": first_on, "document": document}
    trail.record("penalties.begin_review", review, by=by, docket=row.docket, basis=REVIEWING, **facts)
    _keep_days(row, by)
    return review


@powers.under(KEEP, of="review")
def end_review(*, review: Review, last_on: date, ended_document: str, by: Officer) -> Review:
    """It ended: from the day after, the surcharge runs on."""
    _locked(review.receivable)
    row = Review.objects.select_for_update().get(pk=review.pk)
    if row.last_on is not None or row.taken_back_at is not None:
        raise RuleBroken(_("This review is not under way any more."))
    refuse_all(money_rules.of_end(row.first_on, last_on))
    row.last_on, row.ended_document = last_on, ended_document
    row.save(update_fields=["last_on", "ended_document"])
    facts = {"last_on": last_on, "document": ended_document}
    trail.record("penalties.end_review", row, by=by, docket=row.docket, basis=REVIEWING, **facts)
    _keep_days(row.receivable, by)
    return row


@powers.under(KEEP, of="review")
def take_back_review(*, review: Review, reason: str, by: Officer) -> Review:
    """It was entered wrongly, its days count as if nothing had been entered."""
    _locked(review.receivable)
    row = _taken_back(Review, review.pk, reason)
    trail.record("penalties.take_back_review", row, by=by, docket=row.docket, reason=reason, document=row.document)
    _keep_days(row.receivable, by)
    return row


# --- what the verbs share --------------------------------------------------------------------------------------------


def _locked(receivable: Receivable) -> Receivable:
    """Under the lock of its docket. RuleBroken where the claim fell."""
    row = Receivable.objects.select_for_update().get(pk=receivable.pk)
    if row.cancelled_on is not None:
        raise RuleBroken(_("The decision fell on %(on)s: nothing is owed on it.") % {"on": row.cancelled_on})
    return row


def _decided_on(row: Receivable) -> date:
    return row.decision.issued_on or clock.local(row.opened_at).date()


def _has_receipt(row: Receivable, receipt_number: str) -> bool:
    standing = Entry.objects.filter(receivable__docket_id=row.docket_id, reverses=None, reversed_by=None)
    return standing.filter(receipt_number=receipt_number).exists()


def _taken_back(model: Any, pk: int, reason: str) -> Any:
    row = model.objects.select_for_update().get(pk=pk)
    if row.taken_back_at is not None:
        raise RuleBroken(_("This was taken back already."))
    longest = model._meta.get_field("taken_back_reason").max_length  # the trail keeps the whole
    row.taken_back_at, row.taken_back_reason = clock.now(), reason[:longest]
    row.save(update_fields=["taken_back_at", "taken_back_reason"])
    return row


def _keep_days(row: Receivable, by: Any) -> None:
    """What lists sort by, after every change; and those told that wait for the payment."""
    row = Receivable.objects.get(pk=row.pk)
    before = row.settled_on
    due = arrears.next_due(row)
    row.due_key = due or NO_DATE
    row.settled_on = None if due else max(one.on for one in arrears.payments(row))
    row.save(update_fields=["due_key", "settled_on"])
    payment_periods.follow(row.docket)
    if (before is None) != (row.settled_on is None):
        verb = "penalties.open_again" if row.settled_on is None else "penalties.settle"
        trail.record(verb, row, by=by, docket=row.docket, settled_on=row.settled_on)
        for follow in _followers:
            follow(row, by)
