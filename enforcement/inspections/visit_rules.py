"""What is wrong with the days, hours and inspectors of a visit: every fault at its field, for the forms and for the verbs alike. Pure;
what is not known is None, and nothing is said of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core import moments
from core.errors import Fault

if TYPE_CHECKING:
    from casework.models import Violation
    from organisation.models import Officer

INSPECTORS_AT_LEAST: Final = 2  # 行政处罚法第四十二条


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record of a visit holds so far (`selectors.kept`)."""

    on: date
    began_at: time
    inspectors: Sequence["Officer"]
    violations: Sequence["Violation"]  # of its findings


def of_begin(on: date, began_at: time | None) -> Iterator[Fault]:
    yield from moments.faults_to_come(on, began_at, day="inspected_on", hour="began_at")


def of_certificates(inspectors: Iterable["Officer"], on: date | None, *, named: str) -> Iterator[Fault]:
    """`named`: the field that is wrong where an inspector was not certified on the day."""
    if on is None:
        return
    without = [officer.name for officer in inspectors if not officer.has_valid_certificate(on)]
    if without:
        yield named, _("No certificate valid on that day: %(names)s.") % {"names": "、".join(without)}


def of_number(inspectors: Iterable["Officer"], *, named: str) -> Iterator[Fault]:
    if len(set(inspectors)) < INSPECTORS_AT_LEAST:
        yield named, _("At least two inspectors with valid certificates are needed (行政处罚法第四十二条).")


def of_another(on_record: Sequence[str], *, is_another: bool) -> Iterator[Fault]:
    """The same visit entered twice (the browser's way back) is asked about before it makes a second record. `on_record`: the
    numbers of those of the same enterprise and day."""
    if on_record and not is_another:
        words = _("Already on record for this enterprise and day: %(numbers)s. Go on there, or tick this box.")
        yield "is_another", words % {"numbers": "、".join(on_record)}


def not_in_force(violations: Iterable["Violation"], on: date) -> str | None:
    """Which of these provisions did not apply on the day of the visit, in words."""
    names = dict.fromkeys(violation.name for violation in violations if not violation.is_valid_on(on))
    if not names:
        return None
    return _("Not in force on %(on)s: %(names)s. Correct the finding or the day of the visit.") % {
        "on": on,
        "names": "、".join(names),
    }


def of_law(violations: Iterable["Violation"], on: date, *, named: str) -> Iterator[Fault]:
    """What is found is judged by the law of the day of the visit; a finding under another could never become a lead."""
    if why := not_in_force(violations, on):
        yield named, why


def of_end(on: date | None, began_at: time | None, ended_on: date | None, ended_at: time | None) -> Iterator[Fault]:
    if ended_on is None or (on is not None and moments.to_come(on, began_at)):
        return  # of what has not begun nothing is said of its end
    yield from moments.faults_to_come(ended_on, ended_at, day="ended_on", hour="ended_at")
    if on is None:
        return
    if ended_on < on:
        yield "ended_on", _("The visit ends before it begins.")
    elif ended_on == on and began_at and ended_at and ended_at < began_at:
        words = _("The visit ends before it begins. If it went past midnight, correct the day it ended.")
        yield "ended_at", words


def of_record(
    kept: Kept, on: date | None, began_at: time | None, ended_on: date | None, ended_at: time | None
) -> Iterator[Fault]:
    """The whole record; what is said of its beginning only where that changes."""
    if on is not None and (on, began_at) != (kept.on, kept.began_at):
        yield from of_begin(on, began_at)
        yield from of_certificates(kept.inspectors, on, named="inspected_on")
        yield from of_law(kept.violations, on, named="inspected_on")
    yield from of_end(on, began_at, ended_on, ended_at)
