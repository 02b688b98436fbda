"""What is wrong with the record of a re-inspection: every fault at its field, for the form and for the verb alike. Pure but for what
the case holds; what is not known yet is None, and nothing is said of it."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from django.utils.translation import gettext as _

from core import clock, moments
from core.errors import Fault
from enforcement.rectification.models import RectificationCase
from organisation.models import Officer


def of_day(case: RectificationCase, on: date) -> Iterator[Fault]:
    yield from moments.faults_to_come(on, day="inspected_on")
    if case.served_on and on < case.served_on:
        yield "inspected_on", _("The re-inspection lies before the service of the order.")
    earlier = case.reinspections.filter(for_round__lt=case.round, corrected_by=None).order_by("-inspected_on").first()
    if earlier is not None and on < earlier.inspected_on:
        yield "inspected_on", _("The re-inspection lies before the one of %(on)s.") % {"on": earlier.inspected_on}


def of_inspectors(inspectors: Sequence[Officer], on: date | None) -> Iterator[Fault]:
    without = [officer.name for officer in inspectors if on is not None and not officer.has_valid_certificate(on)]
    if without:
        yield "inspectors", _("No certificate valid on that day: %(names)s.") % {"names": "、".join(without)}
    if len(set(inspectors)) < 2:
        yield (
            "inspectors",
            _("At least two inspectors with valid certificates are needed (行政处罚法第四十二条)."),
        )


def of_presence(attended_by: str, attended_as: str) -> Iterator[Fault]:
    if attended_by and not attended_as:
        yield "attended_as", _("Say in what capacity he was present.")
    if attended_as and not attended_by:
        yield "attended_by", _("Name the person who was present.")


def of_hours(case: RectificationCase, on: date | None, began_at: time | None, ended_at: time | None) -> Iterator[Fault]:
    """Over by now, and on the day of the service not begun before the order was in the party's hands."""
    if began_at and ended_at and ended_at < began_at:
        yield "ended_at", _("The re-inspection cannot end before it begins.")
    if on is None or on > clock.today():
        return  # the day itself is wrong
    # Of what has not begun nothing is said of its end.
    to_come = moments.faults_to_come(on, began_at, day="inspected_on", hour="began_at")
    yield from to_come or moments.faults_to_come(on, ended_at, day="inspected_on", hour="ended_at")
    handed_over = case.handed_over_at()
    if began_at is None or handed_over is None or clock.local(handed_over).date() != on:
        return
    if began_at < (at := clock.local(handed_over).time().replace(second=0, microsecond=0)):
        words = _("The re-inspection begins before the order was served (at %(at)s that day).")
        yield "began_at", words % {"at": f"{at:%H:%M}"}
