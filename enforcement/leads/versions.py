"""从旧兼从轻 (行政处罚法第三十七条): the versions of the law that may apply to an act. Which is milder a legal reviewer decides."""

import csv
from datetime import date
from functools import cache

from django.conf import settings

from casework.models import Violation


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    with (settings.ROOT / "reference" / "violation_versions.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["earlier"], row["later"]) for row in csv.DictReader(file))


@cache
def _successions() -> frozenset[tuple[str, str]]:
    """Which violation took over from which: (earlier, later) codes of penalty_bases.csv."""
    return frozenset((earlier, later) for earlier, later in _rows() if earlier)


def is_unestablished(code: str) -> bool:
    """Does the file say that nobody has established yet which provision this one took over from?"""
    return ("", code) in _rows()


def versions(code: str) -> set[str]:
    """The violation itself, all it took over from, and all that took over from it."""
    earlier_of = {(later, earlier) for earlier, later in _successions()}
    return _followed(code, _successions()) | _followed(code, earlier_of)


def _followed(code: str, pairs: "frozenset[tuple[str, str]] | set[tuple[str, str]]") -> set[str]:
    found, ahead = {code}, [code]
    while ahead:
        here = ahead.pop()
        new = {to for origin, to in pairs if origin == here} - found
        found |= new
        ahead += new
    return found


def candidates(violation: Violation, *, since: date, until: date) -> list[Violation]:
    """The versions of this violation in force on any day from the act to today, the oldest first."""
    rows = Violation.objects.filter(code__in=versions(violation.code)).valid_between(since, until)
    return sorted(rows, key=lambda row: (row.valid_from or date.min, row.code))
