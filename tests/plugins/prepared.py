"""Portals that are prepared once in a run, for all its processes, and copied for each test.

    def test_…(embedded_portal):          web, worker and schedule as `make run` starts them, on SQLite and files
    def test_…(portal_processes):         the same on PostgreSQL and Redis, every part a process of its own
        portal = portal_processes(workers=2)
    def test_…(standing):                 that one again, shared by the tests of a file: standing.whole().portal

Their databases hold the reference data and no demo; fill them with `portal.manage("shell", "-c", …)`.
Mark such tests `worker` (and `postgres`, `redis`).
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.plugins.processes import Portal
from tests.plugins.servers import RedisServer, drop_database, new_database

LARGER = {"WEB_WORKERS": "2", "CELERY_CONCURRENCY": "1"}
TEMPLATE = "portal_prepared"
# What belongs to the processes that wrote it.
LEFT_BEHIND = shutil.ignore_patterns("log", "*.lock", "broker", "beat-schedule*")


def once_in_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` fills: whichever process of the run comes first calls it, the others wait. Nobody may change it."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that failed half-way
            make(folder)
            done.touch()
    return folder


def started_and_stopped(portal: Portal) -> None:
    try:
        portal.start()
        portal.stop()
    finally:
        portal.close()


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with migrations and reference data, this process's own; copied for each embedded portal."""
    shared = once_in_a_run(
        tmp_path_factory, "prepared-embedded", lambda folder: started_and_stopped(Portal(folder, "--no-demo"))
    )
    var = tmp_path_factory.mktemp("prepared") / "var"
    shutil.copytree(shared, var)
    return var


@pytest.fixture
def embedded_portal(prepared_var: Path, tmp_path: Path) -> Iterator[Portal]:
    """Web, worker and schedule as `make run` starts them, on SQLite and message files, with reference data, no demo."""
    var = tmp_path / "var"
    shutil.copytree(prepared_var, var, ignore=LEFT_BEHIND)
    portal = Portal(var, "--no-demo")
    try:
        yield portal.start()
    finally:
        portal.close()


# --- the larger set-up ----------------------------------------------------------------------------------------------


@dataclass
class Larger:
    """A running larger set-up and the Redis that is its own."""

    portal: Portal
    redis: RedisServer

    def is_whole(self) -> bool:
        """Nothing of it is missing, and it says that it is well."""
        there = all(map(self.portal.pids, ("gunicorn", "worker1@", "celery -A rareearth beat")))
        return there and self.portal.get("/healthz")[0] == 200


@dataclass(frozen=True)
class Prepared:
    """The larger set-up, prepared once: its data folder, and its database as a template."""

    var: Path
    server_url: str

    @contextmanager
    def running(self, folder: Path, redis: RedisServer, workers: int) -> Iterator[Larger]:
        """A copy of it, started."""
        from rareearth import env
        from rareearth.portal.preparation import database_note

        url = new_database(self.server_url, template=TEMPLATE)
        var = folder / "larger"
        shutil.copytree(self.var, var, ignore=LEFT_BEHIND)
        notes = json.loads((var / "prepared.json").read_text())
        (var / "prepared.json").write_text(json.dumps(notes | {"database": database_note(env.database(url, var))}))
        portal = _larger(var, url, redis, workers)
        try:
            portal.start()
            yield Larger(portal, redis)
        finally:
            portal.close()
            drop_database(self.server_url, url)


def _larger(var: Path, url: str, redis: RedisServer, workers: int) -> Portal:
    arguments = ("--no-demo", "--layout", "larger", "--workers", str(workers))
    return Portal(var, *arguments, DATABASE_URL=url, REDIS_URL=redis.url, **LARGER)


@pytest.fixture(scope="session")
def prepared_larger(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    def make(folder: Path) -> None:
        with psycopg.connect(postgres_server, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {TEMPLATE}")
        redis = RedisServer(tmp_path_factory.mktemp("redis"))
        try:
            url = f"{postgres_server.rpartition('/')[0]}/{TEMPLATE}"
            started_and_stopped(_larger(folder, url, redis, workers=1))
        finally:
            redis.stop()

    # Without a server for the whole run each process has one of its own, and its template there.
    whose = "" if os.environ.get("TEST_DATABASE_URL") else "-" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return Prepared(once_in_a_run(tmp_path_factory, f"prepared-larger{whose}", make), postgres_server)


@pytest.fixture
def portal_processes(
    prepared_larger: Prepared, redis_server: RedisServer, tmp_path: Path
) -> Iterator[Callable[..., Portal]]:
    """A function that starts the larger set-up once: `start(workers=2)`. Mark the test `postgres` and `redis`."""
    with ExitStack() as running:

        def start(*, workers: int = 1) -> Portal:
            return running.enter_context(prepared_larger.running(tmp_path, redis_server, workers)).portal

        yield start


class Standing:
    """A larger set-up with two workers that goes on from test to test, and begins anew when it is no longer whole."""

    def __init__(self, prepared: Prepared, factory: pytest.TempPathFactory) -> None:
        self._prepared, self._factory = prepared, factory
        self._running = ExitStack()
        self._now: Larger | None = None

    def whole(self) -> Larger:
        if self._now is None or not self._now.is_whole():
            self.end()
            redis = RedisServer(self._factory.mktemp("redis"))
            self._running.callback(redis.stop)
            larger = self._prepared.running(self._factory.mktemp("standing"), redis, workers=2)
            self._now = self._running.enter_context(larger)
        return self._now

    def end(self) -> None:
        self._now = None
        self._running.close()


@pytest.fixture(scope="module")
def _standing(prepared_larger: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    standing = Standing(prepared_larger, tmp_path_factory)
    yield standing
    standing.end()


@pytest.fixture
def standing(_standing: Standing, request: pytest.FixtureRequest) -> Iterator[Standing]:
    """The larger set-up of this file's tests: each leaves it whole or ends it. Mark the test `postgres` and `redis`."""
    failed = request.session.testsfailed
    yield _standing
    if request.session.testsfailed > failed:
        _standing.end()  # nobody knows what the failed test left behind
