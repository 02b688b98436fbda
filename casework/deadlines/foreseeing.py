"""What an extension or a pause would make of a date, in words, before it is granted. Reads only."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from casework.deadlines import explain, limits, reckoning
from casework.models import Deadline, Extension, Pause, Unit
from core import clock


def of_extension(deadline: Deadline, cleaned: dict[str, Any]) -> str:
    """The new last day; "" while length and unit name none."""
    length, unit = cleaned.get("length"), cleaned.get("unit")
    if not length or unit not in Unit.values or length > limits.LONGEST[unit]:
        return ""
    now, today = clock.now(), clock.today()
    added = Extension(length=length, unit=unit, created_at=now, granted_on=today, follows_on=deadline.due_on)
    facts = {"length": explain.span(length, unit), "due": _day(reckoning.foreseen(deadline, extension=added).due_on)}
    if deadline.paused_since is not None:
        words = _(
            "Extended by %(length)s and run again today, it would end on %(due)s; each further day of the pause moves it."
        )
        return words % facts
    return _("Extended by %(length)s, the period ends on %(due)s instead of %(now)s.") % {
        **facts,
        "now": _day(deadline.due_on),
    }


def of_pause(deadline: Deadline, cleaned: dict[str, Any]) -> str:
    """Nobody knows when a pause will end: what it would be if it ended today, and that each day moves it."""
    from_on, today = cleaned.get("from_on"), clock.today()
    if from_on is None or not deadline.started_on <= from_on <= min(today, deadline.due_on):
        return ""
    stopped = reckoning.foreseen(deadline, pause=Pause(from_on=from_on, to_on=today))
    facts = {"from": _day(from_on), "due": _day(stopped.due_on), "now": _day(deadline.due_on)}
    if stopped.due_on != deadline.due_on:
        words = _(
            "From %(from)s on no date counts. If the clock ran again tomorrow, the period would end on %(due)s instead of %(now)s; each further day of the pause moves it."
        )
        return words % facts
    words = _(
        "From %(from)s on no date counts. If the clock ran again tomorrow, the last day would stay the same, %(now)s; it moves when the pause goes on."
    )
    [of_this] = [pause for pause in stopped.pauses if pause.from_on <= from_on <= pause.to_on]
    why = explain.on_the_first_day(stopped.start.isoformat(), of_this.from_on.isoformat(), of_this.left_out)
    return " ".join(filter(None, [words % facts, why]))


def of_resumption(deadline: Deadline, cleaned: dict[str, Any]) -> str:
    """The last day once the open pause has ended on the day given."""
    to_on, since = cleaned.get("to_on"), deadline.paused_since
    if to_on is None or since is None or not since <= to_on <= clock.today():
        return ""
    pauses, extensions = reckoning.standing(deadline)
    ended = [Pause(from_on=p.from_on, to_on=p.to_on or to_on) for p in pauses]
    found = reckoning.with_these(deadline, ended, extensions)
    return _("The clock runs from %(first)s; the period ends on %(due)s.") % {
        "first": _day(to_on + timedelta(days=1)),
        "due": _day(found.due_on),
    }


def _day(on: date) -> str:
    return explain.day(on.isoformat())
