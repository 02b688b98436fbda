"""`make run`, the real processes: web, worker and schedule on SQLite and message files."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import run
from tests.ops import faults
from tests.plugins.processes import ROOT, Portal
from tests.plugins.servers import free_port

pytestmark = pytest.mark.worker


def healthy(portal: Portal) -> bool:
    return portal.get("/healthz")[0] == 200


def start_of(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    port = () if "--port" in arguments else ("--port", str(free_port()))
    return subprocess.run(
        [sys.executable, "scripts/start.py", "portal", "--no-demo", *port, *arguments],
        cwd=ROOT, env={**os.environ, "PORTAL_VAR": str(var), **environment}, text=True, capture_output=True,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def test_the_first_page_is_there_the_schedule_runs_and_ctrl_c_leaves_nothing(embedded_portal: Portal) -> None:
    assert embedded_portal.get("/login/")[0] == 200
    embedded_portal.wait_until(
        lambda: embedded_portal.sql("SELECT 1 FROM core_heartbeat WHERE name = 'core.sweep_jobs'"),
        "the first sweep",
        60,
    )
    assert healthy(embedded_portal)
    assert f"http://127.0.0.1:{embedded_portal.port}/" in embedded_portal.said()
    assert embedded_portal.stop(signal.SIGINT) == 0
    assert embedded_portal.pids() == []


def test_few_processes_and_one_group(embedded_portal: Portal) -> None:
    # Supervisor, web server and its two workers, worker with the schedule. The second web worker may come after the
    # first page.
    embedded_portal.wait_until(lambda: len(embedded_portal.pids()) == 5, "exactly the five processes")
    assert embedded_portal.process is not None
    assert {os.getpgid(pid) for pid in embedded_portal.pids()} == {embedded_portal.process.pid}


def test_a_second_start_prepares_nothing_again(embedded_portal: Portal) -> None:
    embedded_portal.stop()
    embedded_portal.start()
    assert "✓ Ready" in embedded_portal.said()
    for step in ("Creating", "Loading", "Collecting"):
        assert step not in embedded_portal.said()


def test_what_it_says_of_its_time_begins_with_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock starts before anything is installed and is handed on to the portal."""
    given: list[float] = []
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, set())
    monkeypatch.setenv("PORTAL_STARTED_AT", "1")  # of another start
    monkeypatch.setattr("sys.argv", ["run.py"])
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.setattr(run.prepare, "prepare", lambda _level, _console: given.append(time.time()))
    monkeypatch.setattr(os, "execv", lambda *_arguments: given.append(float(os.environ["PORTAL_STARTED_AT"])))
    monkeypatch.chdir(ROOT)
    before = time.time()
    try:
        run.main()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    packages, handed_on = given
    assert before <= handed_on <= packages


def test_the_time_it_says_counts_from_where_make_run_began(embedded_portal: Portal) -> None:
    embedded_portal.stop()
    embedded_portal.environment["PORTAL_STARTED_AT"] = str(time.time() - 300)
    embedded_portal.start()
    found = re.search(r"Ready after ([\d.]+) s", embedded_portal.said())
    assert found is not None
    assert float(found[1]) > 300


def test_kill_9_on_the_supervisor_leaves_no_process_behind(embedded_portal: Portal) -> None:
    embedded_portal.kill_supervisor()
    embedded_portal.wait_until(lambda: embedded_portal.pids() == [], "every process to go", 40)
    embedded_portal.start()
    assert embedded_portal.get("/login/")[0] == 200, "and the next start works"


@pytest.mark.parametrize("name", ["portal-web", "portal-worker"])
def test_whatever_is_killed_with_kill_9_is_started_again(embedded_portal: Portal, name: str) -> None:
    before = embedded_portal.kill(name)
    embedded_portal.wait_until(lambda: set(embedded_portal.pids(name)) - set(before), f"another {name}")
    embedded_portal.wait_until(lambda: embedded_portal.get("/login/")[0] == 200, "the first page")
    (job,) = faults.enqueue(embedded_portal)
    embedded_portal.wait_until(lambda: faults.state(embedded_portal, job)[0] == "done", "a job to be done", 90)
    embedded_portal.wait_until(lambda: len(embedded_portal.pids()) == 5, "exactly the five processes")


def test_connections_wait_while_the_web_server_is_started_again(embedded_portal: Portal) -> None:
    for pid in embedded_portal.pids("portal-web"):
        os.kill(pid, signal.SIGKILL)
    assert embedded_portal.get("/login/")[0] == 200


def test_a_worker_killed_with_kill_9_in_the_middle_of_a_job_loses_nothing(embedded_portal: Portal) -> None:
    embedded_portal.manage("shell", "-c", faults.LONG_TRAIL)
    job = faults.kill_in_the_middle(embedded_portal, embedded_portal.pids("portal-worker"))
    faults.assert_done_once_more(embedded_portal, job)


def test_a_job_whose_message_was_lost_is_found_by_the_sweep(embedded_portal: Portal) -> None:
    for pid in embedded_portal.pids("portal-worker"):
        os.kill(pid, signal.SIGSTOP)
    (job,) = faults.enqueue(embedded_portal)
    for message in (embedded_portal.var / "broker" / "queue").glob("*.msg"):
        message.unlink()
    for pid in embedded_portal.pids("portal-worker"):
        os.kill(pid, signal.SIGCONT)
    embedded_portal.wait_until(lambda: faults.state(embedded_portal, job)[0] == "done", "the sweep to find it", 90)
    assert faults.state(embedded_portal, job) == ("done", 1)


def test_stopping_waits_for_the_job_at_hand(embedded_portal: Portal) -> None:
    embedded_portal.manage("shell", "-c", faults.LONG_TRAIL)
    (job,) = faults.enqueue(embedded_portal)
    embedded_portal.wait_until(lambda: faults.state(embedded_portal, job)[0] != "queued", "the job to begin", 60)
    assert embedded_portal.stop() == 0
    assert faults.state(embedded_portal, job) == ("done", 1)


# --- refusals in words ----------------------------------------------------------------------------------------------
def test_a_second_portal_on_the_same_data_is_refused_in_words(embedded_portal: Portal) -> None:
    done = start_of(embedded_portal.var)
    assert done.returncode == 1
    assert "The portal already runs on" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert healthy(embedded_portal)


def test_a_taken_port_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start_of(tmp_path / "var", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken by" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_damaged_database_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "portal.sqlite3").write_bytes(b"this was a database once" * 500)
    done = start_of(tmp_path)
    assert done.returncode == 1
    assert "is damaged" in done.stdout
    assert "Restore a backup" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_full_disk_is_said_in_words(prepared_var: Path, tmp_path: Path) -> None:
    """The disk of the test: no file may grow beyond what is there."""
    var = tmp_path / "var"
    shutil.copytree(prepared_var, var)
    with sqlite3.connect(var / "portal.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'core'")
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000)); "
        "sys.argv = ['scripts/start.py', 'portal', '--no-demo', '--port', sys.argv[1]]; "
        "import runpy; runpy.run_path('scripts/start.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(free_port())], cwd=ROOT, env={**os.environ, "PORTAL_VAR": str(var)},
        text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "✗" in done.stdout
    assert "Details: " in done.stdout or "disk" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PORTAL_ENVIRONMENT", "prod", "PORTAL_ENVIRONMENT must be demo or production"),
        ("IDLE_TIMEOUT_S", "soon", "IDLE_TIMEOUT_S must be a whole number"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL must begin with postgres://"),
        ("PORTAL_VAR", "/dev/null/var", "/dev/null"),
    ],
)
def test_a_wrong_setting_is_said_in_words(tmp_path: Path, variable: str, value: str, words: str) -> None:
    done = start_of(tmp_path, **{variable: value})
    assert done.returncode == 1
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_database_server_that_is_away_is_said_in_words(tmp_path: Path) -> None:
    url = f"postgres://portal:hidden@127.0.0.1:{free_port()}/portal"
    done = start_of(tmp_path, DATABASE_URL=url)
    assert done.returncode == 1
    assert "PostgreSQL at 127.0.0.1:" in done.stdout
    assert "hidden" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_larger_set_up_without_its_servers_is_refused_in_words(prepared_var: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared_var, tmp_path / "var")
    done = start_of(tmp_path / "var", "--layout", "larger")
    assert done.returncode == 1
    assert "needs PostgreSQL and Redis: DATABASE_URL and REDIS_URL are not set" in done.stdout


def test_ctrl_c_while_it_prepares_ends_in_one_word_and_the_next_start_works(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "var", "--no-demo")
    portal.var.mkdir()
    with (tmp_path / "said").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "scripts/start.py", "portal", "--no-demo", "--port", str(portal.port)], cwd=ROOT,
            env=portal.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    Portal.wait_until(lambda: "Creating the database" in (tmp_path / "said").read_text(), "the migration to begin", 60)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130
    said = (tmp_path / "said").read_text()
    assert said.rstrip().endswith("Stopped.")
    assert "Traceback" not in said
    try:
        portal.start()
        assert portal.get("/login/")[0] == 200
    finally:
        portal.close()


def test_an_interrupted_demo_is_begun_anew_and_what_was_there_is_put_aside(tmp_path: Path) -> None:
    """Only a database that the interrupted start itself had made."""
    var = tmp_path / "var"
    var.mkdir()
    (var / "portal.sqlite3").write_bytes(b"half a province")
    (var / "prepared.json").write_text(json.dumps({"database": "sqlite", "made_here": True, "demo": "loading"}))
    portal = Portal(var, "--no-demo")
    try:
        portal.start()
        assert "beginning anew" in portal.said()
        assert (var / "portal.sqlite3.interrupted").read_bytes() == b"half a province"
    finally:
        portal.close()
