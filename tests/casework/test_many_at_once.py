"""Steps and acts on the deadlines of one docket at the same moment, in a process of their own, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.worker
RACE = Path(__file__).with_name("racing.py")


def raced(**environment: str) -> dict:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, str(RACE)], env={**kept, **environment}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def check(came: dict) -> None:
    # The step had the docket first: it is done, and the act that came meanwhile finds a closed matter.
    assert came["withdrawn_and_extended"] == ["ok", "refused"]
    assert came["withdrawn_and_noted"] == ["ok", "ok"]
    # The lead of a case that was opened is no longer there to dismiss.
    assert came["opened_and_dismissed"] == ["ok", "refused"]
    assert came["open"] == 0
    # Whoever comes first, each is done or refused in words; nobody waits for another in a circle.
    assert set(came["many"]) <= {"ok", "refused"}
    assert came["many"][-1] == "ok"
    assert came["flaws"] == []
    # A verification of the trail during which an act is recorded finds no flaw.
    assert (came["written_meanwhile"], came["flaws_while_written"]) == (1, [])


def test_a_step_and_acts_on_its_deadlines_never_wait_for_each_other_in_a_circle_on_sqlite(tmp_path):
    check(raced(PORTAL_VAR=str(tmp_path)))


@pytest.mark.postgres
def test_a_step_and_acts_on_its_deadlines_never_wait_for_each_other_in_a_circle_on_postgresql(tmp_path, postgres_url):
    check(raced(PORTAL_VAR=str(tmp_path), DATABASE_URL=postgres_url))
