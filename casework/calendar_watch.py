"""Is next year's working calendar here? The announcement comes in November; from then on the portal asks for it."""

from datetime import date
from enum import StrEnum

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework import calendar
from casework.models import CalendarEdition, InboxMessage
from casework.reminders import inbox
from core import clock
from core.labels import Wording
from organisation.models import Officer
from organisation.roles import holders
from trail.recording import SYSTEM


class Urgency(StrEnum):
    """How loud the missing calendar is called for."""

    ASK = "ask"  # from 1 November
    PRESS = "press"  # from 15 December, and when the running year itself is missing


def missing(today: date | None = None) -> tuple[int, Urgency] | None:
    """The year whose calendar is missing, and how urgent it is; None while nothing is."""
    today = today or clock.today()
    last = calendar.current().last_year
    if last is None or last < today.year:
        return today.year, Urgency.PRESS
    if last > today.year or (today.month, today.day) < (11, 1):
        return None
    return today.year + 1, Urgency.PRESS if (today.month, today.day) >= (12, 15) else Urgency.ASK


def words(year: int, urgency: Urgency) -> Wording:
    if urgency is Urgency.PRESS:
        missed = _(
            "The working calendar of %(year)s is still missing. Dates that reach into it are provisional: load the calendar before you rely on them."
        )
    else:
        missed = _(
            "The working calendar of %(year)s has not been loaded yet. Dates that reach into it are provisional."
        )
    return Wording(missed, {"year": year})


@transaction.atomic
def ask_for_next_year() -> int:
    """Ask everyone who may load the calendar, once per stage of urgency. Answers how many were asked."""
    found = missing()
    if found is None:
        return 0
    year, urgency = found
    # One asks at a time, so that nobody is asked twice.
    list(CalendarEdition.objects.select_for_update().order_by("-year")[:1])
    kind = f"calendar_{year}_{urgency}"
    asked = set(InboxMessage.objects.filter(kind=kind).values_list("recipient_id", flat=True))
    roles = [role.code for role in holders("casework.load_calendar")]
    officers = Officer.objects.filter(is_active=True, groups__name__in=roles).exclude(pk__in=asked).distinct()
    url = reverse("casework:calendar")
    return len(inbox.tell(to=officers, kind=kind, title=words(year, urgency), by=SYSTEM, url=url))
