"""Reminders and real processes: each one exactly once, whatever is killed; after an outage the schedule catches up."""

import os
import shelve
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.plugins.processes import Portal

pytestmark = pytest.mark.worker

# Orders served eight days ago with ten days to obey: due the day after tomorrow.
ORDERS = """
from datetime import timedelta
from casework import deadlines
from casework.models import Unit
from core import clock
from organisation import roles
from organisation.models import Department
from tests import factories
from trail.recording import SYSTEM
officer = factories.make_officer(roles.CASE_OFFICER)
for _ in range({count}):
    docket = factories.make_docket(department=officer.department, officer=officer)
    deadlines.start(
        docket=docket, kind="rectification.period", on=clock.today() - timedelta(days=8), by=SYSTEM, length=10,
        unit=Unit.CALENDAR_DAY, reason_event="决定书送达",
    )
"""
SWEEP_NOW = "from casework.tasks import sweep_reminders; sweep_reminders.delay()"
SEND_NOW = "from casework.tasks import send_reminders; [send_reminders.delay() for _ in range({count})]"
# As if the lease of five minutes had run out.
LEASES_OVER = """
from core import clock
from casework.models import Reminder
Reminder.objects.filter(state="planned", lease_until__isnull=False).update(lease_until=clock.now())
"""


def shell(portal: Portal, script: str) -> None:
    portal.manage("shell", "-v", "0", "-c", script)


def reminders(portal: Portal) -> dict[tuple[str, int], int]:
    """{(state, days before the end): how many}"""
    rows = portal.sql("SELECT state, offset_days, count(*) FROM casework_reminder GROUP BY state, offset_days")
    return {(str(state), int(days)): int(count) for state, days, count in rows}


def messages(portal: Portal) -> tuple[int, int]:
    """(reminders in inboxes, dockets they are about)"""
    ((count, dockets),) = portal.sql(
        "SELECT count(*), count(DISTINCT docket_id) FROM casework_inboxmessage WHERE kind = 'reminder'"
    )
    return int(count), int(dockets)


def ran(portal: Portal, task: str) -> int:
    rows = portal.sql("SELECT runs FROM core_heartbeat WHERE name = ?", [task])
    return int(rows[0][0]) if rows else 0


def sleep_three_days(var: Path) -> None:
    """Make the schedule's own memory three days older: that is all an outage leaves behind."""
    with shelve.open(str(var / "beat-schedule"), writeback=True) as memory:
        for entry in memory["entries"].values():
            entry.last_run_at -= timedelta(days=3)


def test_a_schedule_that_slept_three_days_catches_up_by_itself_and_says_each_thing_once(
    embedded_portal: Portal,
) -> None:
    """The windows of seven and of three days were slept through: one reminder comes, and the ledger tells the rest."""
    portal = embedded_portal
    portal.wait_until(lambda: ran(portal, "core.sweep_jobs"), "the schedule to run", 90)
    portal.stop()
    shell(portal, ORDERS.format(count=3))
    assert reminders(portal) == {}
    sleep_three_days(portal.var)

    portal.start()
    portal.wait_until(lambda: messages(portal) == (3, 3), "the reminders", 150)
    assert reminders(portal) == {("sent", 3): 3, ("skipped", 7): 3}
    portal.wait_until(lambda: portal.get("/healthz")[0] == 200, "health", 90)

    portal.stop()
    sleep_three_days(portal.var)
    before = ran(portal, "casework.sweep_reminders")
    portal.start()
    portal.wait_until(lambda: ran(portal, "casework.sweep_reminders") > before, "one more sweep", 150)
    shell(portal, SEND_NOW.format(count=1))
    sends = ran(portal, "casework.send_reminders")
    portal.wait_until(lambda: ran(portal, "casework.send_reminders") > sends, "one more sending", 150)
    assert messages(portal) == (3, 3)


@pytest.mark.postgres
@pytest.mark.redis
def test_two_workers_send_each_reminder_once_though_one_is_killed_in_the_middle(
    portal_processes: Callable[..., Portal],
) -> None:
    count = 300
    portal = portal_processes(workers=2)
    shell(portal, ORDERS.format(count=count))
    shell(portal, SWEEP_NOW)
    portal.wait_until(lambda: sum(reminders(portal).values()) == 2 * count, "the plan", 150)

    def caught() -> list[int]:
        sent = reminders(portal).get(("sent", 3), 0)
        if not 0 < sent < count:
            return []
        victims = portal.pids("worker1@")
        for pid in victims:
            os.kill(pid, signal.SIGSTOP)
        return victims

    # Watched from before it begins: on a busy machine it may be over before whoever ordered it has ended.
    with ThreadPoolExecutor(1) as beside:
        ordered = beside.submit(shell, portal, SEND_NOW.format(count=4))
        victims = portal.wait_until(caught, "the sending to be in its middle", 90, pause_s=0.005)
        ordered.result()
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    # The other worker goes on; what the dead one held comes free with its lease.
    for _time in range(3):
        shell(portal, LEASES_OVER)
        shell(portal, SEND_NOW.format(count=2))
    portal.wait_until(lambda: reminders(portal).get(("sent", 3)) == count, "every reminder", 150)
    assert reminders(portal) == {("sent", 3): count, ("skipped", 7): count}
    assert messages(portal) == (count, count)
