"""按日连续处罚: the former fine, times the days from the day after the order to rectify was served to the day on which the re-inspection
found the discharge going on (环境保护主管部门实施按日连续处罚办法第十七条、第十九条). Only `basis_on` asks the database.

Each round has its own order and its own re-inspection; the days of the rounds are added up (第十七条). A round whose re-inspection found the
discharge stopped adds no days, and a violation found after that begins anew with a fine of its own (第十八条).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from casework.statutes import rule_in_force
from core.errors import Fault, refuse_all
from core.labels import in_print
from core.numerals import yuan
from enforcement.penalties.speech import in_a_row
from enforcement.rectification import daily_penalty

RULE = "D14"  # of period_rules.csv: how the days are counted


@dataclass(frozen=True, slots=True)
class Round:
    """An order to rectify and the re-inspection after it that found the discharge going on."""

    served_on: date
    found_on: date

    @property
    def days(self) -> int:
        return (self.found_on - self.served_on).days


@dataclass(frozen=True, slots=True)
class Basis:
    """By which law, and whether all of it is verified. What is not certain informs and establishes no penalty."""

    text: str
    is_certain: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class DailyPenalty:
    """Amounts in yuan."""

    fine: Decimal
    rounds: tuple[Round, ...]
    basis: Basis

    @property
    def days(self) -> int:
        return sum(one.days for one in self.rounds)

    @property
    def amount(self) -> Decimal:
        return self.fine * self.days

    @property
    def lines(self) -> list[str]:
        """One sentence for each round, then the product."""
        said = []
        for number, one in enumerate(self.rounds, 1):
            words = _("Round %(number)s: the order was served on %(served)s, the re-inspection found the discharge on %(found)s: %(days)s days from the day after service to that day.")  # fmt: skip
            said.append(words % {"number": number, "served": one.served_on, "found": one.found_on, "days": one.days})
        facts = {
            "fine": f"{self.fine:,.2f}",
            "days": self.days,
            "amount": f"{self.amount:,.2f}",
            "basis": self.basis.text,
        }
        said.append(_("%(fine)s yuan × %(days)s days = %(amount)s yuan (%(basis)s).") % facts)
        if not self.basis.is_certain:
            said.append(
                in_a_row(
                    _("To be verified: this amount only informs."), f"{self.basis.note}。" if self.basis.note else ""
                )
            )
        return said


def basis_on(day: date) -> Basis:
    """The law by which days are counted that begin after that day. RuleBroken, in words, where there was none yet."""
    rule = rule_in_force((RULE,), day)
    law = daily_penalty.basis_on(day) or ""
    return Basis("；".join(filter(None, (law, in_print(rule.legal_basis)))), rule.is_verified, in_print(rule.note))


def faults(fine: Decimal, rounds: Sequence[Round]) -> Iterator[Fault]:
    """What is wrong with the figures, each at its field."""
    if fine <= 0:
        yield "fine", _("The penalty by the day multiplies a former fine: give its amount.")
    if not rounds:
        yield "rounds", _("Give the service of the order to rectify and the day on which the re-inspection found the discharge.")  # fmt: skip
    for one in rounds:
        if one.found_on <= one.served_on:
            yield "rounds", _("The re-inspection of %(found)s is not later than the service of the order on %(served)s.") % {"found": one.found_on, "served": one.served_on}  # fmt: skip
    for before, after in pairwise(rounds):
        if after.served_on < before.found_on:
            yield "rounds", _("The order served on %(served)s is earlier than the re-inspection of %(found)s before it: a day is counted once only.") % {"served": after.served_on, "found": before.found_on}  # fmt: skip


def penalty(*, fine: Decimal, rounds: Sequence[Round], basis: Basis) -> DailyPenalty:
    """The amount of the penalty by the day. `fine`: the former fine, in yuan. RuleBroken with every fault of the figures."""
    refuse_all(faults(fine, rounds))
    return DailyPenalty(yuan(fine), tuple(rounds), basis)
