"""What is wrong with the record of a re-inspection: every fault at its field, for the form and for the verb alike. Pure; what
is not known yet is None, and nothing is said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from core import clock, moments
from core.errors import Fault
from enforcement.inspections import visit_rules
from organisation.models import Officer


@dataclass(frozen=True, slots=True)
class Before:
    """What went before the look (`selectors.before_the_look`)."""

    served_on: date | None  # the order
    handed_over_at: datetime | None  # where the record of service knows the hour
    last_look_on: date | None  # in an earlier round


def of_day(before: Before, on: date) -> Iterator[Fault]:
    yield from moments.faults_to_come(on, day="inspected_on")
    if before.served_on and on < before.served_on:
        yield "inspected_on", _("The re-inspection lies before the service of the order.")
    if before.last_look_on and on < before.last_look_on:
        yield "inspected_on", _("The re-inspection lies before the one of %(on)s.") % {"on": before.last_look_on}


def of_inspectors(inspectors: Sequence[Officer], on: date | None) -> Iterator[Fault]:
    """As at every visit (行政处罚法第四十二条)."""
    yield from visit_rules.of_certificates(inspectors, on, named="inspectors")
    yield from visit_rules.of_number(inspectors, named="inspectors")


def of_presence(attended_by: str, attended_as: str) -> Iterator[Fault]:
    if attended_by and not attended_as:
        yield "attended_as", _("Say in what capacity he was present.")
    if attended_as and not attended_by:
        yield "attended_by", _("Name the person who was present.")


def of_what_is_open(
    due_at_once: Sequence[str], open_at_once: Sequence[str] | None, *, is_all: bool, is_done: bool
) -> Iterator[Fault]:
    """`is_all`: the order wants nothing besides what is due at once. Where all of that is done, nothing is left not rectified."""
    if set(open_at_once or ()) - set(due_at_once):
        yield "open_at_once", _("The order does not want this done at once.")
    if is_all and not is_done and open_at_once is not None and not open_at_once:
        yield (
            "open_at_once",
            _(
                "All that the order wants was to be done at once: if all of it is done, the result is “rectified”. "
                "Say what of it is not done, or change the result."
            ),
        )


def of_hours(before: Before, on: date | None, began_at: time | None, ended_at: time | None) -> Iterator[Fault]:
    """Over by now, and on the day of the service not begun before the order was in the party's hands."""
    if began_at and ended_at and ended_at < began_at:
        yield "ended_at", _("The re-inspection cannot end before it begins.")
    if on is None or on > clock.today():
        return  # the day itself is wrong
    # Of what has not begun nothing is said of its end.
    to_come = moments.faults_to_come(on, began_at, day="inspected_on", hour="began_at")
    yield from to_come or moments.faults_to_come(on, ended_at, day="inspected_on", hour="ended_at")
    handed_over = before.handed_over_at
    if began_at is None or handed_over is None or clock.local(handed_over).date() != on:
        return
    if began_at < (at := clock.local(handed_over).time().replace(second=0, microsecond=0)):
        words = _("The re-inspection begins before the order was served (at %(at)s that day).")
        yield "began_at", words % {"at": f"{at:%H:%M}"}
