"""What is wrong with the time of an act and the provision on it: every fault at its field, for the forms and for the verbs alike. Pure;
what is not known is None, and nothing is said of it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from casework.models import Violation
from core import clock
from core.errors import Fault


def faults(
    violation: Violation | None, began: date | None, ended: date | None, received_on: date | None
) -> Iterator[Fault]:
    if ended is not None and (began is None or ended < began):
        yield "acted_to", _("The act cannot end before it began.")
    if began is not None and received_on is not None:
        yield from of_report(began, received_on, field="acted_from")
    if ended is not None and ended > clock.today():
        yield "acted_to", _("The day lies in the future.")
    if violation is not None:
        yield from _of_law(violation, began)


def of_report(began: date | None, received_on: date, *, field: str) -> Iterator[Fault]:
    if began is not None and began > received_on:
        yield field, _("The act cannot begin after it was reported.")


def _of_law(violation: Violation, began: date | None) -> Iterator[Fault]:
    if began is not None and began > clock.today():
        return  # the day itself is wrong
    if violation.is_valid_between(began or date.min, clock.today()):
        return
    if began is None:
        yield "violation", _("That provision is not in force yet.")
    else:
        yield "violation", _("That provision was not in force at any time since the act (%(on)s).") % {"on": began}
