"""A docket's deadline as the due component shows it: the date, the words, the colour."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.calendar import current
from casework.models import Deadline, Docket, Unit
from core import clock
from core.workdays import ONE_DAY, Calendar, next_working_day, previous_working_day, working_days_between

CLOSE: Final = 5  # working days: from here on the light is amber
# Where a period ends on a day off, what is left is counted to the last working day before it: nobody works after that.
MARK: Final = 999_999_999


def calendar_for(viewer: Any) -> Calendar:
    """The working calendar, looked at once for a request: kept on its viewer."""
    if "_calendar" not in viewer.__dict__:
        viewer.__dict__["_calendar"] = current().calendar
    found: Calendar = viewer.__dict__["_calendar"]
    return found


def through_rest(day: date, calendar: Calendar) -> date:
    """The last end of a period up to which `day` is the time to act: days off that follow it belong to it."""
    return next_working_day(day + ONE_DAY, calendar) - ONE_DAY


class DueWords:
    """Words for many dockets by one calendar; one for each page. Say first which dockets: `about(dockets)` looks their periods
    up in one statement.

    What is left is counted in the unit of the period itself.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._today = clock.today()
        self.calendar = calendar
        self._known: dict[tuple[date, bool], tuple[str, str]] = {}
        self._running: dict[int, Deadline | None] = {}
        self._why = reverse("casework:docket_tab", args=[MARK, "deadlines"])

    def about(self, dockets: Iterable[Docket]) -> None:
        """Look up the periods that these dockets show."""
        asked = {docket.pk: docket for docket in dockets if docket.next_due_on is not None}
        self._running |= dict.fromkeys(asked)
        if not asked:
            return
        rows = Deadline.objects.open().filter(docket__in=asked, paused_since=None).order_by("-pk")
        for deadline in rows.only("docket", "kind", "label", "unit", "due_on"):
            if deadline.due_on == asked[deadline.docket_id].next_due_on:
                self._running[deadline.docket_id] = deadline

    def period(self, docket: Docket) -> Deadline | None:
        """The period whose end a docket shows."""
        if docket.pk not in self._running:
            self.about([docket])
        return self._running.get(docket.pk)

    def of(self, docket: Docket) -> dict[str, Any]:
        """A cell: {"due": Due} or a tag when no deadline runs."""
        if docket.closed_on is not None:
            return {"tag": {"label": _("Dealt with"), "tone": "grey"}}
        if docket.next_due_on is None:
            return {"tag": {"label": _("Clock stopped"), "tone": "grey"}} if docket.is_paused else {"text": ""}
        period = self.period(docket)
        words, tone = self.words(docket.next_due_on, period.unit if period else Unit.CALENDAR_DAY)
        why = self._why.replace(str(MARK), str(docket.pk))
        return {"due": {"on": docket.next_due_on, "words": words, "tone": tone, "why_url": why}}

    def words(self, on: date, unit: str) -> tuple[str, str]:
        """ "Overdue by 3 days", red."""
        key = (on, unit == Unit.WORKING_DAY)
        if key not in self._known:
            self._known[key] = self._compute(*key)
        return self._known[key]

    def _compute(self, on: date, in_working_days: bool) -> tuple[str, str]:
        days = (self._today - on).days
        if days > 0:
            return ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days}, "red"
        if days == 0:
            return _("Due today"), "amber"
        left = working_days_between(self._today, on, self.calendar)
        last = previous_working_day(on, self.calendar)
        tone = "amber" if left <= CLOSE else "green"
        if last < self._today:
            return _("No working day left before it"), tone
        if last < on and last == self._today:
            return _("Today is the last working day before it"), tone
        if in_working_days:
            return ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}, tone
        facts = {"n": -days, "last": f"{last:%m-%d}"}
        if last < on and tone == "amber":
            words = ngettext(
                "%(n)s day left, the last working day is %(last)s",
                "%(n)s days left, the last working day is %(last)s",
                -days,
            )
        else:
            words = ngettext("%(n)s day left", "%(n)s days left", -days)
        return words % facts, tone
