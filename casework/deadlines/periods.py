"""When a period ends, and why then: pure arithmetic over dates.

How days are counted (2010办法第七十九条; 民事诉讼法第八十五条; 行政处罚法第八十五条; 行政强制法第六十九条; 行政许可法第八十二条):

* the day of the event that starts a period is not counted;
* a period in working days counts working days only, every other period counts each calendar day;
* a period in months or years ends on the day of the same number, or on the month's last day where it has no such day;
* time that the law leaves out (a pause) is not counted; overlapping pauses count once; a pause without an end stops the clock;
* an extension begins on the day after the expiry reached so far, that of a *party's* period being the day to which it was
  rolled: that is the day the party was told, and no unit gives it less than its full number of days after it. One granted
  before it was counted so keeps its way of counting, from the day before any roll; the calendar moves both ways alike;
* when the last day of a *party's* period is no working day, the period ends on the first working day after it;
* the *authority's own* period keeps its statutory end; the target is the last working day on or before it;
* a period before an event (举行听证的七个工作日前) is counted back from it, the day of the event not counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from core.workdays import ONE_DAY, Calendar, add_months, previous_working_day

Unit = Literal["calendar_day", "working_day", "month", "year"]
Side = Literal["agency", "party", "other"]
UNITS: Final[tuple[Unit, ...]] = ("calendar_day", "working_day", "month", "year")
SIDES: Final[tuple[Side, ...]] = ("agency", "party", "other")
MONTHS: Final = {"month": 1, "year": 12}


def as_unit(text: str) -> Unit:
    """A stored unit as one of UNITS; ValueError for any other text."""
    for unit in UNITS:
        if unit == text:
            return unit
    raise ValueError(f"{text} is no unit of a period")


def as_side(text: str) -> Side:
    for side in SIDES:
        if side == text:
            return side
    raise ValueError(f"{text} is nobody's side")


@dataclass(frozen=True, slots=True)
class PauseSpan:
    """Days not counted, both included. No `to_on`: the pause is still open."""

    from_on: date
    to_on: date | None = None
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionSpan:
    length: int
    unit: Unit
    reason: str = ""
    document: str = ""
    follows_expiry: bool = True  # False: counted from the last day before any roll, as it was when this one was granted


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was passed over: `name` is the holiday's, empty for a plain weekend."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A Saturday or Sunday that counted because it was worked in exchange for a holiday."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class MergedPause:
    """One stretch of time not counted. `days` is its length, `left_out` what it took from this period's count."""

    from_on: date
    to_on: date
    is_open: bool
    days: int
    left_out: int
    reasons: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extended:
    length: int
    unit: Unit
    reason: str
    document: str
    after: date  # the expiry on which it follows
    rolled_from: date | None  # the last day before that expiry was moved to a working day
    end_on: date


@dataclass(frozen=True, slots=True)
class Explained:
    """A date with everything that led to it. All days are dates in Shanghai."""

    start: date
    length: int
    unit: Unit
    side: Side
    counts_back: bool
    first_counted_on: date
    plain_end_on: date  # without pauses, extensions, or a roll
    statutory_due_on: date  # with pauses and extensions, before any roll
    due_on: date  # what counts
    target_on: date  # for the authority: the last working day on or before the statutory end
    is_provisional: bool
    is_stopped: bool  # an open pause: the date is what it would be if the pause ended today
    skipped: tuple[Skipped, ...]
    made_up: tuple[MadeUp, ...]
    pauses: tuple[MergedPause, ...]
    extensions: tuple[Extended, ...]
    years: tuple[int, ...]  # whose calendars were looked at

    @property
    def rolled(self) -> bool:
        return self.due_on != self.statutory_due_on

    @property
    def left_out(self) -> int:
        """Days (working days, for a period in working days) that pauses took out of the count."""
        return sum(pause.left_out for pause in self.pauses)


def merge(pauses: Iterable[PauseSpan], today: date | None) -> list[MergedPause]:
    """Pauses in order, overlapping and adjoining ones as one. An open pause reaches until `today`."""
    merged: list[MergedPause] = []
    for pause in sorted(pauses, key=lambda p: (p.from_on, p.to_on or date.max)):
        if pause.to_on is None and today is None:
            raise ValueError("an open pause needs to know what day it is")
        end = pause.to_on or max(pause.from_on, today or pause.from_on)
        if end < pause.from_on:
            raise ValueError("a pause ends before it starts")
        found = MergedPause(pause.from_on, end, pause.to_on is None, 0, 0, _words(pause.reason), _words(pause.document))
        if merged and found.from_on <= merged[-1].to_on + ONE_DAY:
            found = _joined(merged.pop(), found)
        merged.append(replace(found, days=(found.to_on - found.from_on).days + 1))
    return merged


def _joined(first: MergedPause, second: MergedPause) -> MergedPause:
    return replace(
        first,
        to_on=max(first.to_on, second.to_on),
        is_open=first.is_open or second.is_open,
        reasons=tuple(dict.fromkeys(first.reasons + second.reasons)),
        documents=tuple(dict.fromkeys(first.documents + second.documents)),
    )


def _words(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


class _Count:
    """Counts days forward and remembers which were passed over, which were made up, and what each pause took."""

    def __init__(self, calendar: Calendar, pauses: Sequence[MergedPause]) -> None:
        self.calendar = calendar
        self.pauses = pauses
        self.left_out = [0] * len(pauses)
        self.skipped: list[Skipped] = []
        self.made_up: list[MadeUp] = []

    def paused_at(self, day: date) -> int | None:
        return next((i for i, pause in enumerate(self.pauses) if pause.from_on <= day <= pause.to_on), None)

    def forward(self, start: date, length: int, unit: Unit) -> date:
        """The last day of `length` units after `start`, pauses left out."""
        if unit not in MONTHS:
            return self._days(start, length, working=unit == "working_day")
        end = add_months(start, length * MONTHS[unit])
        # Months pass whole; every paused day within them is given back at the end.
        owed, day = 0, start
        while day < end:
            day += ONE_DAY
            place = self.paused_at(day)
            if place is not None:
                self.left_out[place] += 1
                owed += 1
        return self._days(end, owed, working=False)

    def _days(self, day: date, length: int, *, working: bool) -> date:
        while length:
            day += ONE_DAY
            place = self.paused_at(day)
            if place is None:
                length -= self._counts_as_working_day(day) if working else True
            elif not working or self.calendar.is_working(day):
                self.left_out[place] += 1
        return day

    def _counts_as_working_day(self, day: date) -> bool:
        if not self.calendar.is_working(day):
            self.skipped.append(Skipped(day, self.calendar.names.get(day, "")))
            return False
        if day.weekday() >= 5:
            self.made_up.append(MadeUp(day, self.calendar.names.get(day, "")))
        return True

    def roll(self, day: date) -> date:
        """`day`, or the first working day after it on which the clock is not stopped."""
        while not self.calendar.is_working(day) or self.paused_at(day) is not None:
            if self.paused_at(day) is None:
                self.skipped.append(Skipped(day, self.calendar.names.get(day, "")))
            day += ONE_DAY
        return day


def compute(
    start: date,
    length: int,
    unit: Unit,
    calendar: Calendar,
    actor_side: Side,
    pauses: Sequence[PauseSpan] = (),
    extensions: Sequence[ExtensionSpan] = (),
    *,
    today: date | None = None,
) -> Explained:
    """The end of a period that an event on `start` set going. `today` is needed while a pause is open.

    Raises ValueError for a length below one, an unknown unit, or a pause that ends before it starts.
    """
    _check(length, unit)
    merged = merge(pauses, today)
    plain = _Count(calendar, ()).forward(start, length, unit)
    count = _Count(calendar, merged)
    # Pauses that begin before the period cannot take anything from it: counting starts on the day after the event.
    end = count.forward(start, length, unit)
    extended = []
    for extension in extensions:
        _check(extension.length, extension.unit)
        expiry = count.roll(end) if actor_side == "party" and extension.follows_expiry else end
        rolled_from = end if expiry != end else None
        end = count.forward(expiry, extension.length, extension.unit)
        extended.append(
            Extended(extension.length, extension.unit, extension.reason, extension.document, expiry, rolled_from, end)
        )
    due = count.roll(end) if actor_side == "party" else end
    target = _target(start, end, calendar) if actor_side == "agency" else due
    in_working_days = unit == "working_day" or any(item.unit == "working_day" for item in extended)
    first = start + ONE_DAY if in_working_days else min(end, target, *(item.rolled_from or end for item in extended))
    return Explained(
        start=start,
        length=length,
        unit=unit,
        side=actor_side,
        counts_back=False,
        first_counted_on=start + ONE_DAY,
        plain_end_on=plain,
        statutory_due_on=end,
        due_on=due,
        target_on=target,
        is_provisional=not (calendar.covers(first) and calendar.covers(due)),
        is_stopped=any(pause.is_open for pause in merged),
        skipped=tuple(count.skipped),
        made_up=tuple(count.made_up),
        pauses=tuple(replace(pause, left_out=count.left_out[place]) for place, pause in enumerate(merged)),
        extensions=tuple(extended),
        years=tuple(range(first.year, due.year + 1)),
    )


def compute_back(event_on: date, length: int, unit: Unit, calendar: Calendar, actor_side: Side) -> Explained:
    """The last day to act `length` units before an event. Such a period is neither paused, extended nor rolled forward:
    any of these would cut short the notice that the law grants the other side. The target is a working day."""
    _check(length, unit)
    skipped: list[Skipped] = []
    made_up: list[MadeUp] = []
    if unit in MONTHS:
        end = add_months(event_on, -length * MONTHS[unit])
    elif unit == "calendar_day":
        end = event_on - length * ONE_DAY
    else:
        end, left = event_on, length
        while left:
            end -= ONE_DAY
            working = calendar.is_working(end)
            if not working:
                skipped.append(Skipped(end, calendar.names.get(end, "")))
            elif end.weekday() >= 5:
                made_up.append(MadeUp(end, calendar.names.get(end, "")))
            left -= working
    target = previous_working_day(end, calendar)
    last = event_on - ONE_DAY if unit == "working_day" else end
    return Explained(
        start=event_on,
        length=length,
        unit=unit,
        side=actor_side,
        counts_back=True,
        first_counted_on=event_on - ONE_DAY,
        plain_end_on=end,
        statutory_due_on=end,
        due_on=end,
        target_on=target,
        is_provisional=not (calendar.covers(target) and calendar.covers(last)),
        is_stopped=False,
        skipped=tuple(reversed(skipped)),
        made_up=tuple(reversed(made_up)),
        pauses=(),
        extensions=(),
        years=tuple(range(target.year, last.year + 1)),
    )


def _check(length: int, unit: str) -> None:
    if unit not in UNITS:
        raise ValueError(f"{unit} is no unit of a period")
    if length < 1:
        raise ValueError("a period is at least one unit long")


def _target(start: date, end: date, calendar: Calendar) -> date:
    """The last working day on or before `end`; `end` itself where the whole period holds no working day."""
    target = previous_working_day(end, calendar)
    return target if target > start else end


__all__ = [
    "Explained",
    "Extended",
    "ExtensionSpan",
    "MadeUp",
    "MergedPause",
    "PauseSpan",
    "Side",
    "Skipped",
    "Unit",
    "compute",
    "compute_back",
    "merge",
]
