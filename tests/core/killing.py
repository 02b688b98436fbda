"""Run as processes of their own: one sets up a bulk act of six matters, one is killed with kill -9 in the middle of the third,
one goes on. Usage: killing.py set_up | die <job> | look <job> | go_on <job>. Each prints JSON as its last line."""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from casework.lists import DOCKETS  # noqa: E402
from casework.models import Docket  # noqa: E402
from core import clock, jobs  # noqa: E402
from core.lists import bulk  # noqa: E402
from core.models import BulkOutcome, Job  # noqa: E402
from organisation import roles  # noqa: E402
from tests import factories  # noqa: E402
from trail import recording  # noqa: E402
from trail.models import Event  # noqa: E402


def set_up() -> Any:
    call_command("migrate", verbosity=0)
    roles.sync_roles()
    department = factories.make_department()
    officer, other = (factories.make_officer(roles.CASE_OFFICER, department=department) for _ in range(2))
    head = factories.make_officer(roles.DEPARTMENT_HEAD, department=department)
    ids = [factories.make_docket(department=department, officer=officer).pk for _ in range(6)]
    action = DOCKETS.action("reassign", head)
    assert action is not None
    bulk.AT_ONCE = 0  # a worker does it
    return bulk.start(DOCKETS, action, head, ids, {"to": [str(other.pk)], "reason": ["均衡办案"]}).pk


def die(job_id: int) -> Any:
    """The third matter was handed over, and its outcome is about to be written: in the same transaction."""
    rows = []

    def kill(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "core_bulkoutcome"'):
            rows.append(sql)
            if len(rows) == 3:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kill):
        jobs.run(job_id)
    return "alive"


def look(job_id: int) -> Any:
    job = Job.objects.get(pk=job_id)
    return {
        "state": job.state,
        "attempts": job.attempts,
        "done": BulkOutcome.objects.filter(job=job, state="done").count(),
        "owners": Docket.objects.values("officer").distinct().count(),
        "events": Event.objects.filter(verb="casework.reassign").count(),
        "flaws": len(recording.verify().flaws),
    }


def go_on(job_id: int) -> Any:
    """Another worker, when the lease of the dead one is over."""
    with clock.pinned(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        if jobs.lost() != [job_id]:
            return "nobody finds it again"
        jobs.run(job_id)
    return look(job_id)


if __name__ == "__main__":
    verb = {"set_up": set_up, "die": die, "look": look, "go_on": go_on}[sys.argv[1]]
    print(json.dumps(verb(*map(int, sys.argv[2:]))))
