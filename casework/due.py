"""A docket's deadline as the due component shows it: the date, the words, the colour."""

from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.calendar import current
from casework.models import Docket
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
    """Words for many dockets by one calendar; one for each page."""

    def __init__(self, calendar: Calendar) -> None:
        self._today = clock.today()
        self.calendar = calendar
        self._known: dict[date, tuple[str, str]] = {}
        self._why = reverse("casework:docket_tab", args=[MARK, "deadlines"])

    def of(self, docket: Docket) -> dict[str, Any]:
        """A cell: {"due": Due} or a tag when no deadline runs."""
        if docket.closed_on is not None:
            return {"tag": {"label": _("Closed"), "tone": "grey"}}
        if docket.next_due_on is None:
            return {"tag": {"label": _("Clock stopped"), "tone": "grey"}} if docket.is_paused else {"text": ""}
        words, tone = self.words(docket.next_due_on)
        why = self._why.replace(str(MARK), str(docket.pk))
        return {"due": {"on": docket.next_due_on, "words": words, "tone": tone, "why_url": why}}

    def words(self, on: date) -> tuple[str, str]:
        """ "Overdue by 3 days", red."""
        if on not in self._known:
            self._known[on] = self._compute(on)
        return self._known[on]

    def _compute(self, on: date) -> tuple[str, str]:
        days = (self._today - on).days
        if days > 0:
            return ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days}, "red"
        if days == 0:
            return _("Due today"), "amber"
        left = working_days_between(self._today, on, self.calendar)
        last = previous_working_day(on, self.calendar)
        facts = {"n": left, "last": f"{last:%m-%d}"}
        if last < self._today:
            return _("No working day left before it"), "amber"
        if last == on:
            words = ngettext("%(n)s working day left", "%(n)s working days left", left)
        elif last == self._today:
            words = _("Today is the last working day before it")
        else:
            words = ngettext(
                "%(n)s working day left, on %(last)s", "%(n)s working days left, the last on %(last)s", left
            )
        return words % facts, "amber" if left <= CLOSE else "green"
