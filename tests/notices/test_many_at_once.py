"""Eight officers press at the same moment, in a process of their own, on a real database file and a real server."""

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
    assert came["many"] == ["ok"] * 8
    # D5: 32 numbers, 1 to 32, none twice, none missing.
    assert came["serials"] == list(range(1, 33))
    assert came["numbers"] == 33
    # One of eight issues the same notice; the others are refused and take no number.
    assert came["same"] == ["ok"] + ["refused"] * 7
    assert came["last"] == 33
    assert came["issue_events"] == 1
    # One of eight serves it.
    assert came["served"] == ["ok"] + ["refused"] * 7
    assert came["services"] == 1
    # One of eight corrects the same wrong record; the others are told.
    assert came["corrected"] == ["ok"] + ["refused"] * 7
    assert came["corrections"] == 1
    assert came["flaws"] == []


def test_d5_numbers_have_no_gaps_and_no_doubles_on_sqlite(tmp_path):
    check(raced(PORTAL_VAR=str(tmp_path)))


@pytest.mark.postgres
def test_d5_numbers_have_no_gaps_and_no_doubles_on_postgresql(tmp_path, postgres_url):
    check(raced(PORTAL_VAR=str(tmp_path), DATABASE_URL=postgres_url))
