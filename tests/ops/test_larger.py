"""The larger set-up, really started: gunicorn, two Celery workers and beat on a PostgreSQL and a Redis of the tests' own.

One set-up suffers one fault after another, as a site does; whatever ends it comes last.
"""

import os
import signal

import pytest

from tests.ops import faults
from tests.plugins.prepared import Standing
from tests.plugins.processes import Portal
from tests.plugins.servers import RedisServer

pytestmark = [pytest.mark.worker, pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture
def larger(standing: Standing) -> Portal:
    return standing.whole().portal


@pytest.fixture
def redis(standing: Standing) -> RedisServer:
    return standing.whole().redis


def all_done(portal: Portal, jobs: list[int]) -> bool:
    return all(faults.state(portal, job)[0] == "done" for job in jobs)


def test_redis_stopped_and_started_again_loses_nothing(larger: Portal, redis: RedisServer) -> None:
    redis.stop()
    # An officer's request is not refused because the messenger is away.
    jobs = faults.enqueue(larger, 5)
    assert larger.get("/login/")[0] == 200
    status, body = larger.get("/healthz")
    assert status == 503
    assert '"kind": "redis", "error"' in body
    assert [faults.state(larger, job) for job in jobs] == [("queued", 0)] * 5
    redis.start()
    larger.wait_until(lambda: all_done(larger, jobs), "the sweep to send them", 150)
    assert [faults.state(larger, job)[1] for job in jobs] == [1] * 5, "each exactly once"
    larger.wait_until(lambda: larger.get("/healthz")[0] == 200, "health", 90)


def test_redis_killed_with_kill_9_and_started_empty_loses_nothing(larger: Portal, redis: RedisServer) -> None:
    for pid in larger.pids("worker1@") + larger.pids("worker2@"):
        os.kill(pid, signal.SIGSTOP)
    jobs = faults.enqueue(larger, 5)  # their messages lie in Redis
    redis.kill()
    redis.forget()
    redis.start()
    for pid in larger.pids("worker1@") + larger.pids("worker2@"):
        os.kill(pid, signal.SIGCONT)
    larger.wait_until(lambda: all_done(larger, jobs), "the sweep to send them again", 150)
    larger.wait_until(lambda: larger.get("/healthz")[0] == 200, "health", 90)


def test_an_idle_process_of_a_pool_killed_with_kill_9_does_not_stop_its_worker(larger: Portal) -> None:
    """The pool's processes must not share a lock that dies with one of them."""
    for worker in ("worker1@", "worker2@"):
        (_parent, *pool) = larger.pids(worker)
        for pid in pool:
            os.kill(pid, signal.SIGKILL)
    jobs = faults.enqueue(larger, 10)
    larger.wait_until(lambda: all_done(larger, jobs), "ten jobs", 60)


def test_a_schedule_killed_with_kill_9_is_started_again_and_goes_on(larger: Portal) -> None:
    larger.kill("celery -A rareearth beat")
    larger.wait_until(lambda: larger.pids("celery -A rareearth beat"), "another schedule")
    before = larger.sql("SELECT runs FROM core_heartbeat WHERE name = 'core.sweep_jobs'")
    larger.wait_until(
        lambda: larger.sql("SELECT runs FROM core_heartbeat WHERE name = 'core.sweep_jobs'") != before, "a sweep", 90
    )


def test_a_worker_killed_with_kill_9_in_the_middle_of_a_job_loses_nothing(larger: Portal) -> None:
    larger.manage("shell", "-c", faults.LONG_TRAIL)
    job = faults.kill_in_the_middle(larger, larger.pids("worker1@") + larger.pids("worker2@"))
    faults.assert_done_once_more(larger, job)


def test_web_two_workers_and_one_schedule_do_their_work_and_stop_cleanly(larger: Portal) -> None:
    assert larger.get("/login/")[0] == 200
    for name in ("gunicorn", "worker1@", "worker2@", "celery -A rareearth beat"):
        assert larger.pids(name), name
    jobs = faults.enqueue(larger, 10)
    larger.wait_until(lambda: all_done(larger, jobs), "ten jobs", 60)
    assert [faults.state(larger, job)[1] for job in jobs] == [1] * 10, "each exactly once"
    larger.wait_until(lambda: larger.get("/healthz")[0] == 200, "health", 60)
    assert '"vendor": "postgresql"' in larger.get("/healthz")[1]
    assert larger.stop(signal.SIGTERM) == 0
    assert larger.pids() == []


def test_kill_9_on_the_supervisor_leaves_no_process_behind(larger: Portal) -> None:
    larger.kill_supervisor()
    larger.wait_until(lambda: larger.pids() == [], "every process to go", 60)
