"""A real process is killed with kill -9 in the middle of a bulk act: the next one goes on where it stopped."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.worker
SCRIPT = Path(__file__).with_name("killing.py")


def test_a_worker_killed_half_way_is_followed_by_one_that_goes_on(tmp_path):
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}

    def run(*arguments: object, ends: int = 0):
        done = subprocess.run(
            [sys.executable, str(SCRIPT), *map(str, arguments)],
            env={**kept, "PORTAL_VAR": str(tmp_path)}, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == ends, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None

    job = run("set_up")
    run("die", job, ends=-signal.SIGKILL)
    # Two matters are handed over; of the third nothing is left, neither its officer nor its event.
    half = {"state": "running", "attempts": 1, "done": 2, "owners": 2, "events": 2, "flaws": 0}
    assert run("look", job) == half
    whole = {"state": "done", "attempts": 2, "done": 6, "owners": 1, "events": 6, "flaws": 0}
    assert run("go_on", job) == whole
