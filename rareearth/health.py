"""`/healthz`: can the portal work at this moment? `/metrics`: the same as numbers over time, for Prometheus.

Both are cheap (a few indexed reads), hold no secret, and tell details only to this machine or to who has METRICS_TOKEN.
"""

import hmac
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import OperationalError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from core import clock
from core.jobs import held_up
from core.models import Heartbeat, Job, JobState
from notices.rendering import engine_status
from organisation.access import open_to_public
from rareearth.celery import app

LEAST_FREE_BYTES = 200 * 1024 * 1024
LONGEST_WAIT_S = 300
# How late a scheduled task may be: three periods of a short one, a quarter of an hour for one by the clock.
GRACE_BY_CLOCK = timedelta(minutes=15)
GRACE_PERIODS = 3
_started = time.monotonic()


@dataclass(frozen=True)
class Finding:
    """`ok` False makes the answer 503. `facts` are shown to administrators only."""

    name: str
    ok: bool
    facts: dict[str, Any]


# --- what is looked at ----------------------------------------------------------------------------------------------
def database() -> Finding:
    began = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("database", False, {"vendor": connection.vendor, "error": type(error).__name__})
    return Finding("database", True, {"vendor": connection.vendor, "ms": round((time.monotonic() - began) * 1000, 1)})


def queue() -> Finding:
    """Work that is due and waits. The row is the truth: the lag is that of the oldest, whatever the broker says."""
    now = clock.now()
    due = Job.objects.filter(state=JobState.QUEUED, not_before__lte=now)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    wait_s = round((now - oldest).total_seconds(), 1) if oldest else 0.0
    abandoned = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)[:1000].count()
    facts = {"waiting": due[:1000].count(), "oldest_wait_s": wait_s, "abandoned": abandoned}
    return Finding("queue", wait_s <= LONGEST_WAIT_S, facts)


def broker() -> Finding:
    """Can a message be sent? Files: the folder is there and can be written. Redis: it answers within a second."""
    if not settings.REDIS_URL:
        folder = settings.CELERY_BROKER_FOLDER / "queue"
        writable = os.access(folder, os.W_OK)
        return Finding("broker", writable, {"kind": "files", "messages": len(os.listdir(folder)) if writable else None})
    options = {**app.conf.broker_transport_options, "socket_connect_timeout": 1, "socket_timeout": 1}
    began = time.monotonic()
    try:
        with Connection(settings.REDIS_URL, transport_options=options) as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError) as error:
        return Finding("broker", False, {"kind": "redis", "error": type(error).__name__})
    return Finding("broker", True, {"kind": "redis", "ms": round((time.monotonic() - began) * 1000, 1)})


def disk() -> Finding:
    space = os.statvfs(settings.VAR)
    free = space.f_bavail * space.f_frsize
    return Finding("disk", free >= LEAST_FREE_BYTES, {"free_mb": free // 1024**2})


@cache
def pdf_engine() -> Finding:
    """Looked up once: libraries do not come while the portal runs. A portal without PDFs still works, so never 503."""
    status = engine_status()
    return Finding("pdf_engine", True, {"state": status.state, "renderer": status.renderer, "to_do": status.message})


def schedule() -> Finding:
    """Did every task of the schedule run when it should have?"""
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    tasks = {}
    for name, entry in app.conf.beat_schedule.items():
        beat = beats.get(name)
        late = lateness(entry["schedule"], beat.started_at if beat else None)
        tasks[name] = {
            "last": beat.started_at.isoformat(timespec="seconds") if beat else None,
            "runs": beat.runs if beat else 0,
            "late": late > timedelta(0),
            "failed": bool(beat and beat.error),
        }
    return Finding("schedule", not any(task["late"] or task["failed"] for task in tasks.values()), {"tasks": tasks})


def lateness(plan: Any, last: datetime | None) -> timedelta:
    """How long past its grace a task of the schedule is; zero when it is in time.

    A task that never ran counts from the start of this process, so that a portal just installed is not called ill.
    """
    grace = GRACE_BY_CLOCK
    if hasattr(plan, "run_every"):
        grace = max(plan.run_every * GRACE_PERIODS, timedelta(seconds=90))
    if last is None:
        last = clock.now() - timedelta(seconds=time.monotonic() - _started)
    due_in = plan.remaining_estimate(plan.maybe_make_aware(last))
    return max(timedelta(0), -due_in - grace)


ESSENTIAL: list[Callable[[], Finding]] = [database, disk]
EVERYTHING: list[Callable[[], Finding]] = [database, disk, broker, pdf_engine, queue, schedule]


def findings(*, only_web: bool = False) -> list[Finding]:
    """Everything looked at; when the database does not answer, what is read from it is not asked."""
    found: list[Finding] = []
    for look in ESSENTIAL if only_web else EVERYTHING:
        if look in {queue, schedule} and not found[0].ok:
            continue
        found.append(look())
    return found


# --- the two addresses ----------------------------------------------------------------------------------------------
@open_to_public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, else 503. `?of=web` asks only what the web server itself needs (for a load balancer)."""
    found = findings(only_web=request.GET.get("of") == "web")
    ok = all(finding.ok for finding in found)
    answer: dict[str, Any] = {"status": "ok" if ok else "failing"}
    if may_see_details(request):
        answer["version"] = settings.VERSION
        answer["checks"] = {finding.name: {"ok": finding.ok, **finding.facts} for finding in found}
    return JsonResponse(answer, status=200 if ok else 503)


@open_to_public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_see_details(request):
        return HttpResponse("METRICS_TOKEN is needed.\n", status=403, content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(_Portal())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_see_details(request: HttpRequest) -> bool:
    """A request from this very machine that came through no proxy, or one with `Authorization: Bearer METRICS_TOKEN`."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        return True
    proxied = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not proxied and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}


class _Portal(Collector):
    """Read anew for each scrape, so that it is right with any number of web processes."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        found = {finding.name: finding for finding in findings()}
        version = GaugeMetricFamily("portal_info", "Version of the portal.", labels=["version"])
        version.add_metric([settings.VERSION], 1)
        yield version
        health = GaugeMetricFamily("portal_healthy", "1 when this part is well.", labels=["part"])
        for name, finding in found.items():
            health.add_metric([name], int(finding.ok))
        yield health
        yield GaugeMetricFamily(
            "portal_disk_free_megabytes", "Free space of the data folder.", value=found["disk"].facts["free_mb"]
        )
        if "queue" in found:
            yield from self._work(found["queue"], found["schedule"])

    @staticmethod
    def _work(waiting: Finding, plan: Finding) -> Iterable[GaugeMetricFamily]:
        yield GaugeMetricFamily(
            "portal_job_oldest_wait_seconds",
            "Wait of the oldest job that is due.",
            value=waiting.facts["oldest_wait_s"],
        )
        jobs = GaugeMetricFamily("portal_jobs", "Jobs that are not done, by state.", labels=["state"])
        jobs.add_metric(["waiting"], waiting.facts["waiting"])
        jobs.add_metric(["running"], Job.objects.filter(state=JobState.RUNNING).count())
        jobs.add_metric(["abandoned"], waiting.facts["abandoned"])
        jobs.add_metric(["held_up"], held_up())
        jobs.add_metric(["failed"], Job.objects.filter(state=JobState.FAILED).count())
        yield jobs
        last = GaugeMetricFamily("portal_task_last_run_timestamp_seconds", "Last start of a task.", labels=["task"])
        took = GaugeMetricFamily("portal_task_duration_seconds", "How long its last run took.", labels=["task"])
        late = GaugeMetricFamily("portal_task_late", "1 when the task should have run.", labels=["task"])
        failed = GaugeMetricFamily("portal_task_failed", "1 when its last run failed.", labels=["task"])
        for beat in Heartbeat.objects.all():
            last.add_metric([beat.name], beat.started_at.timestamp())
            took.add_metric([beat.name], beat.duration_ms / 1000)
        for name, facts in plan.facts["tasks"].items():
            late.add_metric([name], int(facts["late"]))
            failed.add_metric([name], int(facts["failed"]))
        yield from (last, took, late, failed)
