"""加处罚款: three per cent a day on what is not paid in time (行政处罚法第七十二条第一款第一项、行政强制法第四十五条). Asks no database.

- It runs from the day after the last day for paying; each instalment has its own.
- A payment takes off the principal first, the instalment due first before the others, what is left over the surcharge. The day on which
  it is made still counts.
- Since 2012-01-01 the surcharge never exceeds the fine. Since 2021-07-15 it stands still during reconsideration and litigation
  (行政处罚法第七十三条第三款), from the first day to the last, both included.
- It is computed exactly; the running total is cut off at the fen, in favour of the party. So the stretches always add up to the total.

Rates, cap and pause are rows of reference/surcharge_rules.csv, chosen by the day that is charged.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.labels import in_print
from core.numerals import yuan
from enforcement.penalties.speech import in_a_row
from organisation.models.places import is_certain

FEN: Final = Decimal("0.01")
DAY: Final = timedelta(days=1)
NOTHING: Final = Decimal(0)


class Reason(StrEnum):
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"


REASONS: Final[dict[Reason, Promise]] = {
    Reason.RECONSIDERATION: gettext_lazy("administrative reconsideration"),
    Reason.LITIGATION: gettext_lazy("administrative litigation"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """The law of the surcharge from one day to another, both included."""

    first: date
    last: date
    percent: Decimal  # a day
    is_capped: bool
    pauses_in_review: bool
    legal_basis: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is to be paid by a day (the last on which paying is in time). A fine without instalments is one."""

    due_on: date
    amount: Decimal  # yuan


@dataclass(frozen=True, slots=True)
class Payment:
    on: date
    amount: Decimal  # yuan; entries that were reversed are left out


@dataclass(frozen=True, slots=True)
class Suspension:
    """Reconsideration or litigation, from its first day to its last; without a last day it goes on."""

    first: date
    last: date | None
    reason: Reason
    document: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that follow each other and are charged alike, both ends included."""

    first: date
    last: date
    unpaid: Decimal  # yuan of the principal that were due and unpaid on each of these days
    percent: Decimal
    amount: Decimal  # yuan charged for these days
    basis: str
    why_none: str = ""  # a sentence, where nothing is charged
    doubt: str = ""  # a sentence, where the law is to be verified

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """2026-01-17 to 2026-01-26, 10 days: 100,000.00 × 3% × 10 = 30,000.00 yuan (…)."""
        facts = {
            "first": self.first, "last": self.last, "days": self.days, "unpaid": f"{self.unpaid:,.2f}",
            "percent": f"{self.percent.normalize():f}", "amount": f"{self.amount:,.2f}", "basis": self.basis,
        }  # fmt: skip
        if self.why_none:
            said = _("%(first)s to %(last)s, days: %(days)s; unpaid: %(unpaid)s yuan; charged: nothing.") % facts
        elif self.is_exact:
            said = _("%(first)s to %(last)s: %(unpaid)s × %(percent)s%% × %(days)s days = %(amount)s yuan (%(basis)s).") % facts  # fmt: skip
        else:
            said = _("%(first)s to %(last)s: %(unpaid)s × %(percent)s%% × %(days)s days, limited to the rest up to the amount of the fine or cut off at the fen: %(amount)s yuan (%(basis)s).") % facts  # fmt: skip
        return in_a_row(said, self.why_none, self.doubt)

    @property
    def is_exact(self) -> bool:
        return self.unpaid * self.percent / 100 * self.days == self.amount


@dataclass(frozen=True, slots=True)
class Surcharge:
    """The state of a fine on a day, that day included. All amounts are yuan."""

    until: date
    principal: Decimal
    stretches: tuple[Stretch, ...]
    total: Decimal  # surcharge that has arisen
    paid: Decimal

    @property
    def principal_open(self) -> Decimal:
        return max(self.principal - self.paid, NOTHING)

    @property
    def surcharge_open(self) -> Decimal:
        return max(self.total - max(self.paid - self.principal, NOTHING), NOTHING)

    @property
    def open(self) -> Decimal:
        return self.principal_open + self.surcharge_open

    @property
    def overpaid(self) -> Decimal:
        return max(self.paid - self.principal - self.total, NOTHING)

    @property
    def is_certain(self) -> bool:
        return not any(stretch.doubt for stretch in self.stretches)

    @property
    def charged_days(self) -> int:
        return sum(stretch.days for stretch in self.stretches if not stretch.why_none)


@cache
def rules() -> tuple[Rule, ...]:
    """In the order of the file: one follows on the other."""
    with (settings.ROOT / "reference" / "surcharge_rules.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Rule(
                first=date.fromisoformat(row["valid_from"]),
                last=date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
                percent=Decimal(row["rate_percent"]),
                is_capped={"yes": True, "no": False}[row["is_capped"]],
                pauses_in_review={"yes": True, "no": False}[row["pauses_in_review"]],
                legal_basis=in_print(row["legal_basis"]),
                is_certain=is_certain(row["confidence"]),
            )
            for row in csv.DictReader(file)
        )


def rule_on(day: date) -> Rule | None:
    return next((rule for rule in rules() if rule.first <= day <= rule.last), None)


def rounded(exact: Decimal) -> Decimal:
    """Cut off at the fen, in favour of the party."""
    return exact.quantize(FEN, ROUND_FLOOR)


def surcharge(
    *,
    instalments: Sequence[Instalment],
    payments: Sequence[Payment] = (),
    suspensions: Sequence[Suspension] = (),
    until: date,
) -> Surcharge:
    """What has arisen up to and with `until`. The principal is the sum of the instalments. ValueError for input that contradicts itself
    (no instalment, an amount that is none, a suspension that ends before it begins): forms and verbs refuse that in words before."""
    _refuse_nonsense(instalments, payments, suspensions)
    principal = sum((one.amount for one in instalments), NOTHING)
    made = [one for one in payments if one.on <= until]
    stretches: list[Stretch] = []
    exact = NOTHING  # the running total, not rounded
    for first, last in _pieces(instalments, made, suspensions, until):
        unpaid = _unpaid(instalments, made, first)
        rule = rule_on(first)
        if not unpaid or rule is None:
            continue
        for piece, after in _charged(first, last, unpaid, rule, suspensions, exact, principal):
            stretches.append(piece)
            exact = after
    paid = sum((one.amount for one in made), NOTHING)
    return Surcharge(until, principal, tuple(stretches), rounded(exact), paid)


def _refuse_nonsense(
    instalments: Sequence[Instalment], payments: Sequence[Payment], suspensions: Sequence[Suspension]
) -> None:
    if not instalments:
        raise ValueError("a fine has at least one day by which it is to be paid")
    for amount in (*(one.amount for one in instalments), *(one.amount for one in payments)):
        if not yuan(amount):
            raise ValueError("an instalment or a payment of nothing")
    for suspension in suspensions:
        if suspension.last is not None and suspension.last < suspension.first:
            raise ValueError("a suspension ends before it begins")


def _pieces(
    instalments: Sequence[Instalment], payments: Sequence[Payment], suspensions: Sequence[Suspension], until: date
) -> list[tuple[date, date]]:
    """Days that follow each other and differ in nothing: (first, last), from the first day that may be charged to `until`."""
    start = min(one.due_on for one in instalments) + DAY
    turns = {start, until + DAY}
    turns |= {one.due_on + DAY for one in instalments} | {one.on + DAY for one in payments}
    turns |= {one.first for one in suspensions}
    turns |= {one.last + DAY for one in suspensions if one.last is not None and one.last < date.max}
    turns |= {rule.first for rule in rules()}
    days = sorted(day for day in turns if start <= day <= until + DAY)
    return [(first, after - DAY) for first, after in pairwise(days)]


def _unpaid(instalments: Sequence[Instalment], payments: Sequence[Payment], day: date) -> Decimal:
    """Of what was due before that day, what had not been paid before it."""
    due = sum((one.amount for one in instalments if one.due_on < day), NOTHING)
    paid = sum((one.amount for one in payments if one.on < day), NOTHING)
    return max(due - paid, NOTHING)


def _charged(
    first: date,
    last: date,
    unpaid: Decimal,
    rule: Rule,
    suspensions: Sequence[Suspension],
    exact: Decimal,
    principal: Decimal,
) -> list[tuple[Stretch, Decimal]]:
    """One piece, or two where the surcharge reaches the amount of the fine within it; each with the running total after it."""
    held = next((one for one in suspensions if one.covers(first)), None)
    if held is not None and rule.pauses_in_review:
        return [(Stretch(first, last, unpaid, rule.percent, NOTHING, rule.legal_basis, _paused(held)), exact)]
    days = (last - first).days + 1
    daily = unpaid * rule.percent / 100
    doubt = _doubt(rule, held)
    if not rule.is_capped or exact + daily * days <= principal:
        return [_stretch(first, last, unpaid, rule, exact, exact + daily * days, doubt)]
    found = []
    room = max(principal - exact, NOTHING)
    whole, rest = divmod(room, daily)
    charged = int(whole) + bool(rest)  # the last of these days may be charged in part
    if charged:
        reached = first + DAY * (charged - 1)
        found.append(_stretch(first, reached, unpaid, rule, exact, principal, doubt))
        exact, first = principal, reached + DAY
    if first <= last:
        full = Stretch(first, last, unpaid, rule.percent, NOTHING, rule.legal_basis, _full())
        found.append((full, exact))
    return found


def _stretch(
    first: date, last: date, unpaid: Decimal, rule: Rule, before: Decimal, after: Decimal, doubt: str
) -> tuple[Stretch, Decimal]:
    amount = rounded(after) - rounded(before)
    return Stretch(first, last, unpaid, rule.percent, amount, rule.legal_basis, doubt=doubt), after


def _paused(held: Suspension) -> str:
    facts = {"reason": REASONS[held.reason], "document": held.document}
    if held.document:
        return _("It stands still during %(reason)s (%(document)s; 行政处罚法第七十三条第三款).") % facts
    return _("It stands still during %(reason)s (行政处罚法第七十三条第三款).") % facts


def _full() -> str:
    return _("It has reached the amount of the fine and grows no further (行政强制法第四十五条第二款).")


def _doubt(rule: Rule, held: Suspension | None) -> str:
    if held is not None:
        return _("To be verified: before 2021-07-15 the law did not say whether it stands still during reconsideration and litigation.")  # fmt: skip
    return "" if rule.is_certain else _("To be verified: the rule of these days.")
