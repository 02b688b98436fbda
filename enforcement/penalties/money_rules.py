"""What is wrong with a payment, a plan of instalments, a review: every fault at its field, for forms and verbs alike. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from core import moments
from core.errors import Fault
from core.numerals import NotAnAmount, yuan
from enforcement.penalties.general_law import on as law_on
from enforcement.penalties.surcharge import Instalment

MOST_INSTALMENTS = 24


def of_amount(amount: Decimal, *, field: str) -> Iterator[Fault]:
    try:
        if not yuan(amount):
            yield field, _("Give an amount above nothing.")
    except NotAnAmount as wrong:
        yield field, str(wrong)


def of_payment(amount: Decimal, paid_on: date, *, decided_on: date, is_open: Decimal, is_more: bool) -> Iterator[Fault]:
    """`is_open`: what was open on that day, in yuan. `is_more`: the officer confirms that more came than was owed."""
    yield from of_amount(amount, field="amount")
    yield from moments.faults_to_come(paid_on, day="paid_on")
    if paid_on < decided_on:
        yield "paid_on", _("The decision is of %(on)s: nothing can have been paid on it before.") % {"on": decided_on}
    elif amount > is_open and not is_more:
        facts = {"amount": f"{amount:,.2f}", "open": f"{is_open:,.2f}"}
        yield "is_more", _("On that day %(open)s yuan were open, less than the %(amount)s yuan paid. Look at the receipt again; confirm it if so much really came.") % facts  # fmt: skip


def of_plan(
    instalments: Sequence[Instalment], *, former: Sequence[Instalment], applied_on: date, agreed_on: date
) -> Iterator[Fault]:
    """`former`: how it was to be paid so far. The party applies while time for paying still runs (行政处罚法第六十六条第二款); what was due
    before stays due, and what is planned is the whole principal."""
    yield from moments.faults_to_come(applied_on, day="applied_on")
    yield from moments.faults_to_come(agreed_on, day="agreed_on")
    due_on = former[-1].due_on
    if applied_on > due_on:
        facts = {"on": applied_on, "due": due_on, "law": law_on(applied_on).deferral}
        yield "applied_on", _("The application of %(on)s came after the last day for paying, %(due)s: what is overdue is not deferred (%(law)s).") % facts  # fmt: skip
    if agreed_on < applied_on:
        yield "agreed_on", _("It cannot be agreed to before it was applied for.")
    if not instalments or len(instalments) > MOST_INSTALMENTS:
        yield "instalments", _("Give between one and %(most)s instalments.") % {"most": MOST_INSTALMENTS}
        return
    for one in instalments:
        yield from of_amount(one.amount, field="instalments")
    yield from _of_days(instalments, former, applied_on)
    total, principal = (sum((one.amount for one in rows), Decimal(0)) for rows in (instalments, former))
    if total != principal:
        facts = {"total": f"{total:,.2f}", "principal": f"{principal:,.2f}"}
        yield "instalments", _("The instalments add up to %(total)s yuan; the sum to be paid is %(principal)s yuan.") % facts  # fmt: skip


def _of_days(instalments: Sequence[Instalment], former: Sequence[Instalment], applied_on: date) -> Iterator[Fault]:
    for before, after in pairwise(instalments):
        if after.due_on <= before.due_on:
            yield "instalments", _("Each instalment is due later than the one before: %(before)s, %(after)s.") % {"before": before.due_on, "after": after.due_on}  # fmt: skip
    if instalments[-1].due_on <= former[-1].due_on:
        yield "instalments", _("The last day for paying is %(due)s already: a plan defers something beyond it.") % {"due": former[-1].due_on}  # fmt: skip
    for kept in former:
        if kept.due_on < applied_on and kept not in instalments:
            facts = {"due": kept.due_on, "amount": f"{kept.amount:,.2f}"}
            yield "instalments", _("What was due before the application stays due: %(amount)s yuan on %(due)s.") % facts


def of_review(first_on: date, *, decided_on: date) -> Iterator[Fault]:
    yield from moments.faults_to_come(first_on, day="first_on")
    if first_on < decided_on:
        yield "first_on", _("The decision is of %(on)s: nobody can have asked for its review before.") % {"on": decided_on}  # fmt: skip


def of_end(first_on: date, last_on: date) -> Iterator[Fault]:
    yield from moments.faults_to_come(last_on, day="last_on")
    if last_on < first_on:
        yield "last_on", _("The review began on %(on)s: it cannot have ended before.") % {"on": first_on}
