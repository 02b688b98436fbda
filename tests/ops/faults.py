"""What the process tests share: work that takes long enough to be killed in the middle."""

import os
import signal

from tests.plugins.processes import Portal

# A long trail, so that its verification (a job) takes a while. One transaction, as a verb writes it.
LONG_TRAIL = """
from django.db import transaction
from organisation.models import Region
from trail import record
from trail.recording import SYSTEM
region = Region.objects.first()
with transaction.atomic():
    for number in range(3000):
        record("ops.made_for_a_test", region, by=SYSTEM, number=number)
"""
ENQUEUE = """
from core import jobs
for _ in range({count}):
    print("job", jobs.enqueue("organisation.verify_trail", {{}}).pk)
"""
# As if the lease of five minutes had run out.
FIVE_MINUTES_LATER = """
from datetime import timedelta
from core import clock
from core.models import Job, JobState
Job.objects.filter(state=JobState.RUNNING).update(lease_until=clock.now() - timedelta(seconds=1))
"""


def enqueue(portal: Portal, count: int = 1) -> list[int]:
    """Write jobs as an officer's request would; returns their ids."""
    said = portal.manage("shell", "-v", "0", "-c", ENQUEUE.format(count=count))
    return [int(line.split()[1]) for line in said.splitlines() if line.startswith("job ")]


def state(portal: Portal, job: int) -> tuple[str, int]:
    """(state, attempts) of a job."""
    (row,) = portal.sql("SELECT state, attempts FROM core_job WHERE id = ?", [job])
    return str(row[0]), int(row[1])


def kill_in_the_middle(portal: Portal, victims: list[int]) -> int:
    """Enqueue a long job, and kill -9 the processes while one of them does it; returns the job's id.

    They are held still (SIGSTOP) as soon as the job is theirs, so that the kill surely comes in its middle.
    """
    (last,) = portal.sql("SELECT coalesce(max(id), 0) FROM core_job")[0]
    officer = portal.manage_meanwhile("shell", "-v", "0", "-c", ENQUEUE.format(count=1))

    def caught() -> int:
        running = portal.sql("SELECT id FROM core_job WHERE id > ? AND state = 'running'", [last])
        if not running:
            return 0
        for pid in victims:
            os.kill(pid, signal.SIGSTOP)
        return int(running[0][0])

    job: int = portal.wait_until(caught, "the job to run", 60)
    assert state(portal, job) == ("running", 1), "it must not have finished before it could be killed"
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    officer.wait(60)
    return job


def assert_done_once_more(portal: Portal, job: int) -> None:
    """The lost job is found by the sweep and done at the second attempt."""
    assert state(portal, job) == ("running", 1), "nobody may take it before its lease has run out"
    portal.manage("shell", "-v", "0", "-c", FIVE_MINUTES_LATER)
    portal.wait_until(lambda: state(portal, job)[0] == "done", "the sweep to find the job", 120)
    assert state(portal, job) == ("done", 2)
