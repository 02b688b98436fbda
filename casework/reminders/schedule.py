"""Does the schedule run? Each entry of beat beside the heartbeat of its task (defects D7, D13)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from celery import current_app
from celery.schedules import BaseSchedule, crontab
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.models import Heartbeat

# How long after its time a run may begin before it counts as missed: a worker may be busy, a beat may restart.
PATIENCE: Final = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Beat:
    """One scheduled task and how it does."""

    name: str
    rhythm: str
    last: Heartbeat | None
    next_at: datetime
    is_missed: bool

    @property
    def is_awaited(self) -> bool:
        """It has not run yet because its first time has not come yet."""
        return self.last is None and not self.is_missed

    @property
    def has_failed(self) -> bool:
        return self.last is not None and bool(self.last.error)


def beats() -> list[Beat]:
    """Every entry of the schedule that this process was configured with, in its order."""
    known = {beat.name: beat for beat in Heartbeat.objects.all()}
    since = set_up_at()
    return [_beat(entry, known.get(entry["task"]), since) for entry in current_app.conf.beat_schedule.values()]


def set_up_at() -> datetime:
    """When the portal was installed or last upgraded: a task that never ran was first due after that."""
    found: datetime | None = MigrationRecorder(connection).migration_qs.aggregate(last=Max("applied"))["last"]
    return found or clock.now()


def _beat(entry: dict[str, Any], last: Heartbeat | None, since: datetime) -> Beat:
    schedule: BaseSchedule = entry["schedule"]
    next_at = next_after(schedule, last.started_at if last else since)
    return Beat(entry["task"], rhythm(schedule), last, next_at, clock.now() > next_at + PATIENCE)


def next_after(schedule: BaseSchedule, started_at: datetime) -> datetime:
    """When the run after the one begun at `started_at` is due."""
    if isinstance(schedule, crontab):
        last, delta, _now = schedule.remaining_delta(clock.local(started_at))
        following: datetime = last + delta
        return following
    period: timedelta = schedule.run_every  # type: ignore[attr-defined]
    return started_at + period


def rhythm(schedule: BaseSchedule) -> str:
    """The rhythm in words; a crontab that none of the sentences fits is shown as it is written."""
    if not isinstance(schedule, crontab):
        return _("every %(n)s seconds") % {"n": int(schedule.run_every.total_seconds())}  # type: ignore[attr-defined]
    # str() of a crontab begins with its five fields, as they were given: "<crontab: 40 8-18 * * * (m/h/dM/MY/d)>"
    fields = str(schedule).removeprefix("<crontab: ").partition(" (")[0]
    minute, hour, *rest = fields.split()
    if rest != ["*", "*", "*"]:
        return fields
    if minute.startswith("*/") and hour == "*":
        return _("every %(n)s minutes") % {"n": minute[2:]}
    if not minute.isdecimal():
        return fields
    if hour == "*":
        return _("every hour at minute %(n)s") % {"n": minute}
    if hour.isdecimal():
        return _("every day at %(time)s") % {"time": f"{int(hour):02}:{int(minute):02}"}
    return _("between %(hours)s o’clock, at minute %(n)s of each hour") % {"hours": hour, "n": minute}
