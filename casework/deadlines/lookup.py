"""The statute book and the calendar for a command: from the database, or from the project's files where there is none yet."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from casework import calendar, reference
from casework.models import CalendarEdition, PeriodRule


@dataclass(frozen=True, slots=True)
class Book:
    rules: dict[str, PeriodRule]
    almanac: calendar.Almanac
    source: str  # "database" or "files"


def book() -> Book:
    """From the database when rules and calendar are loaded there; else from reference/*.csv, and it says so."""
    try:
        with transaction.atomic():
            rules = {rule.code: rule for rule in PeriodRule.objects.all()}
            if rules and CalendarEdition.objects.exists():
                return Book(rules, calendar.current(), "database")
    except DatabaseError:
        # Before the first migration there are no tables: the files answer. The command prints which source it used.
        return from_files(settings.ROOT / "reference")
    return from_files(settings.ROOT / "reference")


def from_files(folder: Path) -> Book:
    return Book({rule.code: rule for rule in reference.read_rules(folder)}, reference.almanac(folder), "files")
