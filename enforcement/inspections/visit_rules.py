"""What is wrong with the days, hours and inspectors of a visit: every fault at its field, for the forms and for the verbs alike. What
is not known is None, and nothing is said of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time

from django.utils.translation import gettext as _

from casework.models import Violation
from core import moments
from core.errors import Fault
from enforcement.inspections.models import Inspection
from enforcement.inspections.workflow import not_in_force
from organisation.models import Officer


def of_begin(on: date, began_at: time | None, inspectors: Sequence[Officer], *, named: str) -> Iterator[Fault]:
    """When it began, and that its inspectors were certified then. `named`: the field that is wrong if they were not."""
    yield from moments.faults_to_come(on, began_at, day="inspected_on", hour="began_at")
    without = [officer.name for officer in inspectors if not officer.has_valid_certificate(on)]
    if without:
        yield named, _("No certificate valid on that day: %(names)s.") % {"names": "、".join(without)}


def of_law(violations: Iterable[Violation], on: date, *, named: str) -> Iterator[Fault]:
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
    inspection: Inspection, on: date | None, began_at: time | None, ended_on: date | None, ended_at: time | None
) -> Iterator[Fault]:
    """The whole record; what is said of its beginning only where that changes."""
    if on is not None and (on, began_at) != (inspection.inspected_on, inspection.began_at):
        yield from of_begin(on, began_at, list(inspection.inspectors.all()), named="inspected_on")
        found = [finding.violation for finding in inspection.findings.select_related("violation")]
        yield from of_law(found, on, named="inspected_on")
    yield from of_end(on, began_at, ended_on, ended_at)
