"""The working calendar as it stands: published editions, and beyond them the statutory days that are already certain.

A day that lies past the published years is answered with the statutory days of 《全国年节及纪念日放假办法》 alone: which days
are exchanged for weekends is known only when the State Council's office announces the year. Dates that reach there are provisional.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from casework.models import CalendarDay, CalendarEdition
from core import clock
from core.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Edition:
    """Which announcement answers for a year."""

    year: int
    edition: int
    source: str

    def as_json(self) -> dict[str, Any]:
        return {"year": self.year, "edition": self.edition, "source": self.source}


@dataclass(frozen=True, slots=True)
class Almanac:
    """The calendar for counting, and where its days come from."""

    calendar: Calendar
    editions: Mapping[int, Edition] = field(default_factory=dict)

    def editions_of(self, years: Iterable[int]) -> list[dict[str, Any]]:
        return [self.editions[year].as_json() for year in years if year in self.editions]

    @property
    def last_year(self) -> int | None:
        """The last year of the unbroken run of published years; None when none is loaded."""
        return self.calendar.covers_until.year if self.editions else None


def current() -> Almanac:
    """The almanac of the database. One small query; the days themselves are kept until an edition is added."""
    key = tuple(
        CalendarEdition.objects.filter(superseded_at=None)
        .order_by("year")
        .values_list("pk", "year", "edition", "loaded_at")
    )
    return _of_editions(key)


@lru_cache(maxsize=4)
def _of_editions(key: tuple[tuple[Any, ...], ...]) -> Almanac:
    rows = list(CalendarEdition.objects.filter(pk__in=[part[0] for part in key]))
    days = CalendarDay.objects.filter(edition__in=rows).select_related("edition").order_by("edition__year", "date")
    return build(rows, days)


def build(editions: Iterable[CalendarEdition], days: Iterable[CalendarDay]) -> Almanac:
    """An almanac of these editions and days (saved or not); of two editions that speak of a day, the later year's counts."""
    known = {row.year: Edition(row.year, row.edition, row.source) for row in editions}
    overrides = {day.date: day.is_working for day in days}
    names = {day.date: _name(day) for day in days}
    first, last = _unbroken(known)
    for on, name in statutory_days():
        if on > last and on.year not in known:
            overrides.setdefault(on, False)
            names.setdefault(on, name)
    return Almanac(Calendar(overrides, first, last, names), known)


def _name(day: CalendarDay) -> str:
    if day.is_working:
        return f"{day.name}调休上班"
    return f"{day.name}调休放假" if day.in_lieu else day.name


def _unbroken(years: Iterable[int]) -> tuple[date, date]:
    """First and last day of the unbroken run of years that begins with the first; an empty span for no years."""
    held = sorted(years)
    if not held:
        return date.max, date.min
    last = held[0]
    while last + 1 in held:
        last += 1
    return date(held[0], 1, 1), date(last, 12, 31)


def read_statutory_days(folder: Path) -> list[tuple[date, str]]:
    """Statutory days off of coming years, computed (festivals of the lunar calendar) from the rule on public holidays."""
    with (folder / "statutory_days.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(date.fromisoformat(row["date"]), row["name"]) for row in csv.DictReader(file)]


@lru_cache(maxsize=1)
def statutory_days() -> tuple[tuple[date, str], ...]:
    return tuple(read_statutory_days(settings.ROOT / "reference"))


def write_edition(
    year: int, days: Iterable[CalendarDay], *, source: str, confidence: str = "", by_name: str = ""
) -> CalendarEdition:
    """Store a year as its current edition. Runs inside the caller's transaction; the former edition stays on file."""
    former = CalendarEdition.objects.select_for_update().filter(year=year, superseded_at=None).first()
    now = clock.now()
    if former is not None:
        former.superseded_at = now
        former.save(update_fields=["superseded_at"])
    edition = CalendarEdition.objects.create(
        year=year,
        edition=former.edition + 1 if former else 1,
        source=source,
        confidence=confidence,
        loaded_at=now,
        loaded_by_name=by_name,
    )
    for day in days:
        day.edition = edition
        day.pk = None
    CalendarDay.objects.bulk_create(days)
    return edition


def facts_of(day: CalendarDay) -> tuple[date, bool, str, bool]:
    """What a row says, whichever edition it belongs to."""
    return day.date, day.is_working, day.name, day.in_lieu
