"""Eight officers press at the same moment on one claim, in a process of their own, on a real database file and a real server."""

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
    assert came["same_receipt"] == ["ok"] + ["refused"] * 7
    assert came["reversed"] == ["ok"] + ["refused"] * 7
    # Five payments of 20,000 settle the fine of 100,000; the others would be more than is owed.
    assert came["last"] == ["ok"] * 5 + ["refused"] * 3
    assert came["lines"] == 7
    assert came["settled"]
    assert came["guarded"] == [True, True]
    assert came["flaws"] == []


def test_a_receipt_a_reversal_and_the_last_yuan_are_entered_once_on_sqlite(tmp_path):
    check(raced(PORTAL_VAR=str(tmp_path)))


@pytest.mark.postgres
def test_a_receipt_a_reversal_and_the_last_yuan_are_entered_once_on_postgresql(tmp_path, postgres_url):
    check(raced(PORTAL_VAR=str(tmp_path), DATABASE_URL=postgres_url))
