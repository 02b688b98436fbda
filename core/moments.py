"""What is recorded has happened: one rule for every act that tells of a day, or of a minute of a day."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from core import clock
from core.errors import Fault, refuse_all


def is_later_today(moment: datetime) -> bool:
    """Today, and not yet. Of days to come the day itself is wrong."""
    return moment > clock.now() and clock.local(moment).date() == clock.today()


def to_come(on: date, at: time | None = None) -> str | None:
    """Why this cannot have happened yet, in words; None when it can."""
    if on > clock.today():
        return _("The day lies in the future.")
    if at is not None and is_later_today(datetime.combine(on, at, clock.SHANGHAI)):
        return _("The time lies in the future.")
    return None


def faults_to_come(on: date, at: time | None = None, *, day: str, hour: str | None = None) -> list[Fault]:
    """What is still to come, at the field that is wrong: `day` where the day is, `hour` where only the time is."""
    why = to_come(on, at)
    return [(day if on > clock.today() else hour or day, why)] if why else []


def refuse_to_come(on: date, at: time | None = None, *, day: str, hour: str | None = None) -> None:
    """RuleBroken where it is still to come; `faults_to_come` says at which field."""
    refuse_all(faults_to_come(on, at, day=day, hour=hour))
