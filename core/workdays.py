"""Working-day arithmetic: pure, and the only place that says what a working day is (`Calendar.is_working`).

Here days are counted for their number alone. A statutory period also says which days it passed over and why, and stands still
while it is paused: `casework.deadlines.periods` counts it day by day on the same calendar, and a test holds both to one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ from the plain Monday-to-Friday week: False is a day off, True a make-up working day.

    `covers_until` is the last day of the last published year; later answers are guesses and must be marked provisional.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    covers_from: date = date.min
    covers_until: date = date.max
    names: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return self.overrides.get(day, day.weekday() < 5)

    def covers(self, day: date) -> bool:
        return self.covers_from <= day <= self.covers_until


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The last day of a period of `days` (≥ 1) working days that begins the day after `start`."""
    if days < 1:
        raise ValueError("a period is at least one working day")
    day = start
    while days:
        day += ONE_DAY
        days -= calendar.is_working(day)
    return day


def next_working_day(day: date, calendar: Calendar) -> date:
    """`day`, or the first working day after it."""
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


def previous_working_day(day: date, calendar: Calendar) -> date:
    """`day`, or the last working day before it."""
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
    if end < start:
        return -working_days_between(end, start, calendar)
    span = (end - start).days
    return sum(calendar.is_working(start + timedelta(days=offset)) for offset in range(1, span + 1))


def add_months(start: date, months: int) -> date:
    """The day of the same number `months` later; the month's last day where that month has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))
