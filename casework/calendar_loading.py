"""Loading a year: which running periods would move, and then moving them, in one transaction."""

import hashlib
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import calendar, deadlines
from casework.deadlines import kinds, reckoning
from casework.models import CalendarDay, CalendarEdition, Deadline
from core.errors import RuleBroken, Stale
from core.labels import stored
from core.workdays import Calendar

# How far before its due date, at most, the days that decide it can lie when the period is not counted in working days.
MARGIN = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Move:
    """A running period whose date, or whose certainty, the new calendar changes."""

    deadline: Deadline
    before: date
    after: date
    becomes_certain: bool

    @property
    def moves(self) -> bool:
        return self.before != self.after


def with_year(year: int, days: Iterable[CalendarDay]) -> calendar.Almanac:
    """The almanac as it would be with these days as the edition of `year`; nothing is stored."""
    held = list(CalendarEdition.objects.filter(superseded_at=None).exclude(year=year))
    kept = CalendarDay.objects.filter(edition__in=held).select_related("edition").order_by("edition__year", "date")
    added = list(days)
    # A later year speaks last of the days around New Year.
    parts = [day for day in kept if day.edition.year < year] + added + [day for day in kept if day.edition.year > year]
    return calendar.build([*held, CalendarEdition(year=year, edition=0, source="")], parts)


def first_change(before: Calendar, after: Calendar, year: int) -> date | None:
    """The first day on which the two calendars differ, or of which only one is certain; None when they are the same."""
    day = date(year - 1, 12, 1)
    while day <= date(year, 12, 31):
        if before.is_working(day) != after.is_working(day) or before.covers(day) != after.covers(day):
            return day
        day += timedelta(days=1)
    return None


def impact(year: int, days: Iterable[CalendarDay]) -> Iterator[Move]:
    """Every running period that would move or become certain, in the order of the present dates."""
    present, almanac = calendar.current(), with_year(year, days)
    since = first_change(present.calendar, almanac.calendar, year)
    if since is None:
        return
    touched = Deadline.objects.open().filter(docket__closed_on=None, due_on__gte=since - MARGIN)
    touched = touched.select_related("docket", "rule").prefetch_related("pauses", "extensions")
    for deadline in touched.order_by("due_on", "pk").iterator(chunk_size=2000):
        tried = copy(deadline)
        tried.length = reckoning.own_length(deadline, almanac)
        found = reckoning.explained(tried, almanac)
        # A stopped clock moves its date every day, whatever the calendar says: it is compared as it stands today.
        stands: Any = deadline if deadline.paused_since is None else reckoning.explained(deadline, present)
        certain = stands.is_provisional and not found.is_provisional
        if (found.due_on, found.target_on) != (stands.due_on, stands.target_on) or certain:
            yield Move(deadline, stands.due_on, found.due_on, certain)


def fingerprint(moves: Iterable[Move]) -> str:
    """What somebody has before him who confirms a preview: which periods, from when to when."""
    told = [f"{m.deadline.pk} {m.before} {m.after} {m.becomes_certain}" for m in moves]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@transaction.atomic
def load_year(
    *, year: int, days: Iterable[CalendarDay], source: str, by: Any, seen: str | None = None
) -> tuple[CalendarEdition, int]:
    """Make these days the calendar of the year, and compute every period anew that they touch. Answers how many moved.

    `seen`: the fingerprint of the preview that is confirmed; Stale when other periods would move by now.
    """
    added = list(days)
    if not added:
        raise RuleBroken(_("No day was found in what you gave."))
    if not source.strip():
        raise RuleBroken(_("Name the announcement."), field="source")
    present = CalendarEdition.objects.filter(year=year, superseded_at=None).prefetch_related("days").first()
    if present is not None and sorted(map(calendar.facts_of, present.days.all())) == sorted(
        map(calendar.facts_of, added)
    ):
        raise RuleBroken(_("The calendar of %(year)s already says exactly this.") % {"year": year})
    moves = list(impact(year, added))
    if seen is not None and seen != fingerprint(moves):
        raise Stale(
            _("Other periods would move by now than you were shown. Look at the list again before you confirm it.")
        )
    # Those whose day hangs on another period first: else they would follow it unseen, and not be counted as the preview did.
    touched = sorted((move.deadline for move in moves), key=lambda row: kinds.get(row.kind).own_end is None)
    edition = calendar.write_edition(year, added, source=source.strip(), confidence="high", by_name=str(by))
    reason = stored(_lazy("Working calendar of %(year)s, edition %(edition)s"), year=year, edition=edition.edition)
    moved = sum(deadlines.recompute(deadline=deadline, by=by, reason=reason) for deadline in touched)
    trail.record(
        "calendar.load", edition, by=by, year=year, edition=edition.edition, source=edition.source,
        days=len(added), moved=moved,
    )  # fmt: skip
    return edition, moved
