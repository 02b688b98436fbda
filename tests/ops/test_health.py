"""`/healthz` and `/metrics`: right, cheap, and silent towards strangers."""

import time
from datetime import datetime, timedelta

import pytest
import time_machine
from celery.schedules import crontab, schedule
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core import clock
from core.models import Heartbeat, Job, JobState
from rareearth import health
from rareearth.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_is_well() -> None:
    """Every task of the schedule ran a moment ago."""
    for name in app.conf.beat_schedule:
        Heartbeat.objects.create(name=name, started_at=clock.now(), finished_at=clock.now(), runs=1)


def checks(client: Client, **headers: str) -> dict:
    return client.get("/healthz", headers=headers).json()["checks"]


def waiting_job(minutes: int) -> Job:
    then = clock.now() - timedelta(minutes=minutes)
    return Job.objects.create(kind="test", not_before=then, created_at=then)


def test_a_healthy_portal_answers_200_without_a_log_in(client: Client, all_is_well: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert set(answer.json()["checks"]) == {"database", "disk", "broker", "pdf_engine", "queue", "schedule"}


def test_the_answer_is_never_kept_by_a_cache(client: Client, all_is_well: None) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def test_a_stranger_learns_only_whether_it_is_well(client: Client, all_is_well: None) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    assert stranger.get("/healthz").json() == {"status": "ok"}
    through_a_proxy = client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert through_a_proxy.json() == {"status": "ok"}


def test_the_token_opens_the_details_from_anywhere(client: Client, settings, all_is_well: None) -> None:
    settings.METRICS_TOKEN = "kept-by-the-monitor"
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    assert "checks" in stranger.get("/healthz", headers={"Authorization": "Bearer kept-by-the-monitor"}).json()
    for wrong in ("Bearer other", "Bearer ", "", "kept", "Bearer ключ"):
        assert "checks" not in stranger.get("/healthz", HTTP_AUTHORIZATION=wrong).json()


def test_an_empty_token_opens_nothing(settings, all_is_well: None) -> None:
    settings.METRICS_TOKEN = ""
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 403


def test_no_secret_is_shown(client: Client, settings, all_is_well: None) -> None:
    shown = client.get("/healthz").content.decode() + client.get("/metrics").content.decode()
    assert settings.SECRET_KEY not in shown
    assert str(settings.DATABASES["default"]["NAME"]) not in shown


def test_a_database_that_is_away_is_503_in_words_and_not_an_error_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", away)
    for address in ("/healthz", "/healthz?of=web"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] == {
            "ok": False, "vendor": connection.vendor, "error": "OperationalError",
        }  # fmt: skip
    assert client.get("/metrics").status_code == 200, "the monitor still learns that it is ill"


def test_a_task_that_did_not_run_when_it_should_is_503(client: Client, all_is_well: None) -> None:
    """D13: the job that silently never ran."""
    Heartbeat.objects.filter(name="core.sweep_jobs").update(started_at=clock.now() - timedelta(minutes=10))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["schedule"]["tasks"]["core.sweep_jobs"]["late"] is True


def test_a_task_whose_last_run_failed_is_503_without_its_words(client: Client, all_is_well: None) -> None:
    Heartbeat.objects.filter(name="core.tidy").update(error="IntegrityError: 320411 张三")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "张三" not in answer.content.decode()


def test_the_load_balancer_asks_only_what_the_web_server_needs(client: Client) -> None:
    Heartbeat.objects.create(name="core.sweep_jobs", started_at=clock.now() - timedelta(days=3))
    answer = client.get("/healthz?of=web")
    assert answer.status_code == 200
    assert set(answer.json()["checks"]) == {"database", "disk"}


def test_a_job_that_waits_too_long_is_503(client: Client, all_is_well: None) -> None:
    waiting_job(minutes=1)
    assert client.get("/healthz").status_code == 200
    waiting_job(minutes=6)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["queue"]["waiting"] == 2
    assert answer.json()["checks"]["queue"]["oldest_wait_s"] >= 360


def test_a_disk_that_is_nearly_full_is_503(client: Client, all_is_well: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 60)
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize(
    ("plan", "in_time", "late"),
    [
        (schedule(30.0), "08:58:20", "08:56:00"),
        (crontab(minute="*/10"), "08:50:00", "08:20:00"),
        (crontab(minute=15, hour=3), "03:15:00", "02:00:00"),
    ],
)
@time_machine.travel("2026-11-22T09:00:00+08:00", tick=False)
def test_lateness_has_a_grace_that_fits_the_task(plan, in_time: str, late: str) -> None:
    plan.app = app
    assert health.lateness(plan, datetime.fromisoformat(f"2026-11-22T{in_time}+08:00")) == timedelta(0)
    assert health.lateness(plan, datetime.fromisoformat(f"2026-11-22T{late}+08:00")) > timedelta(0)


def test_a_portal_just_installed_is_not_called_ill(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has run yet, and the process has just begun (this one may have run tests for minutes)."""
    monkeypatch.setattr(health, "_started", time.monotonic())
    assert client.get("/healthz").status_code == 200


def test_asking_is_cheap(client: Client, all_is_well: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/healthz")
    with django_assert_num_queries(5):
        client.get("/healthz")


def test_metrics_are_for_this_machine_or_the_token_only(client: Client, settings, all_is_well: None) -> None:
    settings.METRICS_TOKEN = "kept-by-the-monitor"
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
    assert stranger.get("/metrics").status_code == 403
    assert stranger.get("/metrics", headers={"Authorization": "Bearer kept-by-the-monitor"}).status_code == 200


def test_metrics_say_what_waits_and_when_each_task_ran(client: Client, all_is_well: None) -> None:
    waiting_job(minutes=2)
    Job.objects.create(kind="test", state=JobState.FAILED, not_before=clock.now(), created_at=clock.now())
    text = client.get("/metrics").content.decode()
    assert 'portal_jobs{state="waiting"} 1.0' in text
    assert 'portal_jobs{state="failed"} 1.0' in text
    assert 'portal_healthy{part="database"} 1.0' in text
    assert 'portal_task_late{task="core.sweep_jobs"} 0.0' in text
    assert 'portal_task_last_run_timestamp_seconds{task="core.sweep_jobs"}' in text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_to_them(client: Client, method: str) -> None:
    assert getattr(client, method)("/healthz").status_code == 405
    assert getattr(client, method)("/metrics").status_code == 405
