"""The rows of reference/fine_bands.csv: under which condition, on whom, from how much to how much."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from django.conf import settings

from core.labels import in_print
from organisation.models.places import is_certain

PERSON: Final = "person"
ORGANISATION: Final = "organisation"


class Base(StrEnum):
    """What the two ends of a row are multiplied with."""

    FIXED = "fixed"  # yuan as they stand
    GAINS = "gains"
    GOODS = "goods"
    INVESTMENT = "investment"
    DISCHARGE_FEE = "discharge_fee"
    ELSEWHERE = "elsewhere"  # another law sets the fine
    BY_DAY = "by_day"  # enforcement.penalties.daily computes it
    NONE = "none"  # founds no fine


class Condition(StrEnum):
    ALWAYS = "always"
    GAINS_AT_LEAST = "gains_at_least"
    GAINS_BELOW = "gains_below"
    REFUSED = "refused"
    GRAVE = "grave"
    MALFUNCTION = "malfunction"
    REMOVED = "removed"


BY_GAINS: Final = frozenset({Condition.GAINS_AT_LEAST, Condition.GAINS_BELOW})


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: from `low` to `high`, in yuan or in times of the base. No low end: "up to"."""

    violation: str
    condition: Condition
    subject: str
    threshold: Decimal | None
    base: Base
    low: Decimal | None
    high: Decimal | None
    legal_basis: str
    valid_from: date | None
    valid_to: date | None
    is_certain: bool
    note: str

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@cache
def table() -> tuple[Row, ...]:
    with (settings.ROOT / "reference" / "fine_bands.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(line) for line in csv.DictReader(file))


def _row(line: dict[str, str]) -> Row:
    def number(name: str) -> Decimal | None:
        return Decimal(line[name]) if line[name] else None

    def day(name: str) -> date | None:
        return date.fromisoformat(line[name]) if line[name] else None

    if line["subject"] not in {PERSON, ORGANISATION}:
        raise ValueError(f"fine_bands.csv: {line['subject']!r} is no subject")
    return Row(
        violation=line["violation"],
        condition=Condition(line["condition"]),
        subject=line["subject"],
        threshold=number("threshold_cny"),
        base=Base(line["base"]),
        low=number("low"),
        high=number("high"),
        legal_basis=line["legal_basis"],
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
        is_certain=is_certain(line["confidence"]),
        note=in_print(line["note"]),
    )


def rows_of(violation: str) -> tuple[Row, ...]:
    """The rows of a violation, by its code. None for one that nobody has entered: its band is to be looked up."""
    return tuple(row for row in table() if row.violation == violation)
