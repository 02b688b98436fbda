"""The law of the day as the documents of a penalty cite it. The articles of 行政处罚法 by version; periods come from the statute book.

The old texts (1996, 2009, 2017) are cited as the law numbered them until 2021-07-14.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import cn2an
from django.utils.translation import gettext as _

from casework import calendar, statutes
from casework.deadlines import periods
from casework.models import PeriodRule, Unit
from core.errors import RuleBroken

PENALTY_LAW: Final = "中华人民共和国行政处罚法"

# Rules of the statute book, each with the earlier law on the same act.
REQUEST_HEARING: Final = ("D22", "D23")
PAY: Final = ("D31",)
RECONSIDER: Final = ("D33",)
SUE: Final = ("D34", "D35")
SUE_AFTER_RECONSIDERATION: Final = ("D36",)
AFTER_REMINDER: Final = ("D38",)
APPLY_TO_COURT: Final = ("D39",)
COUNTED: Final = {
    Unit.CALENDAR_DAY: "日",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}


@dataclass(frozen=True, slots=True)
class Law:
    """One version of 行政处罚法: where it says what a document cites, and its amounts in yuan."""

    valid_from: date
    valid_to: date
    told: str  # what is told before the decision
    heard: str  # statement and defence
    hearing: str  # the right to it, and its rules
    surcharge: str
    instalments: str
    to_court: str
    summary: str
    summary_citizen: Decimal
    summary_organisation: Decimal
    collected_small: str  # collected on the spot: a small fine
    collected_small_most: Decimal
    collected_hard: str  # collected on the spot: hard to enforce afterwards
    education: str  # empty: the law asks for none where nothing is punished
    electronic: bool  # may also be paid by electronic payment
    days_are_working: bool  # the periods of two, three, five and seven days
    name: str = PENALTY_LAW


VERSIONS: Final = (
    Law(
        valid_from=date(2021, 7, 15),
        valid_to=date.max,
        told="第四十四条",
        heard="第四十五条",
        hearing="第六十三条第一款、第六十四条",
        surcharge="第七十二条第一款第一项",
        instalments="第六十六条第二款",
        to_court="第七十二条第一款第四项",
        summary="第五十一条",
        summary_citizen=Decimal(200),
        summary_organisation=Decimal(3000),
        collected_small="第六十八条第一项",
        collected_small_most=Decimal(100),
        collected_hard="第六十八条第二项",
        education="第三十三条第三款",
        electronic=True,
        days_are_working=True,
    ),
    Law(
        valid_from=date(1996, 10, 1),
        valid_to=date(2021, 7, 14),
        told="第三十一条",
        heard="第三十二条",
        hearing="第四十二条第一款",
        surcharge="第五十一条第一项",
        instalments="第五十二条",
        to_court="第五十一条第三项",
        summary="第三十三条",
        summary_citizen=Decimal(50),
        summary_organisation=Decimal(1000),
        collected_small="第四十七条第一项",
        collected_small_most=Decimal(20),
        collected_hard="第四十七条第二项",
        education="",
        electronic=False,
        days_are_working=False,
    ),
)

# Before the decision it made on the spot can be sued, its reconsideration comes first (行政复议法（2023修订）第二十三条第一款第一项).
RECONSIDERATION_FIRST_SINCE: Final = date(2024, 1, 1)
# The surcharge is no higher than the fine (行政强制法第四十五条第二款).
SURCHARGE_CAPPED_SINCE: Final = date(2012, 1, 1)
ENFORCEMENT_LAW: Final = "中华人民共和国行政强制法"
# 28号令: punished by the day is who was fined and ordered to stop.
DAILY_PENALTY_SINCE: Final = date(2015, 1, 1)


def on(day: date) -> Law:
    """The version in force on the day. RuleBroken before 1996-10-01."""
    for version in VERSIONS:
        if version.valid_from <= day <= version.valid_to:
            return version
    raise RuleBroken(_("The law on penalties is on file only from %(from)s.") % {"from": VERSIONS[-1].valid_from})


def days(number: int, day: date) -> str:
    """So many days of 行政处罚法 in words, counted as its version of that day counts them: 五个工作日, 三日."""
    return f"{in_words(number)}{'个工作日' if on(day).days_are_working else '日'}"


def period(codes: tuple[str, ...], day: date) -> str:
    """The period of the statute book that begins on that day, in words: 六个月, 十五日. RuleBroken where none is in force."""
    rule = _rule(codes, day)
    return f"{in_words(rule.length or 0)}{COUNTED[Unit(rule.unit)]}"


def end_of(codes: tuple[str, ...], begins: date) -> date:
    """The last day of a statutory period that begins with an event of that day. As for parties: a last day off moves to the next
    working day, so that nobody's time is cut short here."""
    rule = _rule(codes, begins)
    unit = periods.as_unit(rule.unit)
    return periods.compute(begins, rule.length or 0, unit, calendar.current().calendar, "party").due_on


def _rule(codes: tuple[str, ...], day: date) -> PeriodRule:
    rule = statutes.rule_in_force(codes, day)
    if not rule.is_computable:
        raise RuleBroken(statutes.not_a_length(rule))
    return rule


def in_words(number: int) -> str:
    """15 → 十五."""
    text: str = cn2an.an2cn(number)
    return text
