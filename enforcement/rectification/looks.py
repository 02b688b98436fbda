"""Until when somebody looks again, as a pure rule; and what "why this date?" says of it.

Two periods meet here. The 30 days of 环境保护主管部门实施按日连续处罚办法第十条 run from service and are the authority's own: no
extension, pause or correction of the party's time moves them. What the party is given may be longer; whether all is rectified
can be seen only after it. The authority therefore sets itself a next look, and that one follows the end of the party's time.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework import calendar
from casework.deadlines import reckoning
from core import clock
from core.known_words import said_again
from core.workdays import ONE_DAY, Calendar, add_working_days, next_working_day
from enforcement.rectification import daily_penalty

if TYPE_CHECKING:
    from casework.calendar import Almanac
    from casework.models import Deadline
    from enforcement.rectification.models import RectificationCase

LOOK_WITHIN = 5  # working days: the authority's own target


def next_look_by(*, period_ends: date | None, is_stopped: bool, today: date, days: Calendar) -> date | None:
    """The working day after the party's time; within the next working days where it is over or there was none; no day while
    its clock stands still, because nobody knows then when it ends."""
    if period_ends is not None and is_stopped:
        return None
    if period_ends is not None and period_ends >= today:
        return next_working_day(period_ends + ONE_DAY, days)
    return add_working_days(today, LOOK_WITHIN, days)


def own_end(look: "Deadline", almanac: "Almanac") -> date | None:
    """The next look by another calendar. None: it stays as it was set, because no time of the party lies ahead."""
    case = _case_of(look)
    period = case.period() if case is not None else None
    if period is None or period.paused_since is not None:
        return None
    ends = reckoning.explained(period, almanac).due_on if period.is_open else period.due_on
    today = max(clock.today(), look.started_on)
    if ends < today:
        return None
    return next_look_by(period_ends=ends, is_stopped=False, today=today, days=almanac.calendar)


def ends_with_or_before_the_period(case: "RectificationCase", look: "Deadline") -> bool:
    """Must the authority look while the party still has time, be it the last day of it?"""
    period = case.period()
    if period is None or not period.is_open:
        return False
    return period.paused_since is not None or period.due_on >= look.due_on


def advice_on_statutory(look: "Deadline") -> list[str]:
    """What the officer does where the 30 days end before the party's time."""
    case = _case_of(look)
    found = []
    if case is not None and ends_with_or_before_the_period(case, look):
        period = case.period()
        together = period is not None and period.paused_since is None and period.due_on == look.due_on
        found.append(
            _(
                "These days run from service and end on the same day as the party's period for rectification (环境保护主管部门实施按日连续处罚办法第十条). A look made by then is made while the party still has time: look whether the unlawful discharge has stopped; whether everything is rectified is looked at again after the party's period."
            )
            if together
            else _(
                "These days run from service and end before the party's period for rectification: no extension or pause of that period moves them (环境保护主管部门实施按日连续处罚办法第十条). Look by this day whether the unlawful discharge has stopped; whether everything is rectified is looked at again after the party's period. The portal sets that next look when rectification goes on."
            )
        )
        if case.is_a_discharge:
            found.append(
                _(
                    "Where the look finds that the discharge goes on, rectification is ordered again at once, without waiting for the end of that period (第八条、第十四条)."
                )
            )
    if case is not None and case.daily_penalty_is_unsure:
        found.append(
            _(
                "To be verified: whether this violation is an unlawful discharge, on which alone these 30 days follow. The authority keeps them to be on the safe side."
            )
        )
    return found


def advice_on_next(look: "Deadline") -> list[str]:
    """Why this day, which no statute names."""
    case = _case_of(look)
    period = case.period() if case is not None else None
    words = [_("No statute sets this day: the authority has set it itself.")]
    if case is not None and daily_penalty.reach(case.violation, look.docket.department) == daily_penalty.Reach.NO:
        words.append(
            _(
                "The 30 days from service within which environmental authorities look again are those of unlawful discharges (环境保护主管部门实施按日连续处罚办法第十条); this violation is none."
            )
        )
    if period is not None and period.is_open and period.due_on < look.due_on:
        words.append(
            _(
                "It is the first working day after the party's period for rectification (until %(until)s) and moves with the end of that period."
            )
            % {"until": period.due_on}
        )
    return words


def length_of_next(look: "Deadline") -> str | None:
    """The rule by which the day was found; None where neither gives this day any more."""
    case = _case_of(look)
    period = case.period() if case is not None else None
    days = calendar.current().calendar
    if period is not None and look.due_on == next_working_day(period.due_on + ONE_DAY, days):
        words = _("the first working day after the party's period for rectification (until %(until)s)")
        return words % {"until": period.due_on}
    if look.due_on == add_working_days(look.started_on, LOOK_WITHIN, days):
        return _("%(n)s working days from %(start)s (%(event)s)") % {
            "n": LOOK_WITHIN,
            "start": look.started_on,
            "event": said_again(look.started_by),
        }
    return None


def _case_of(look: "Deadline") -> "RectificationCase | None":
    return getattr(look.docket, "rectification_case", None)
