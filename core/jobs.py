"""Work after commit: a Job row written with the change that needs it, carried by Celery, found again by the sweep.

A handler is a plain function registered under a kind. It must be idempotent: a worker killed half-way is followed by
another run. It may call `report()` to move the progress bar.
"""

import logging
import secrets
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core import clock, logs, once
from core.errors import RuleBroken
from core.labels import Label
from core.models import Job, JobState

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
AGAIN = (JobState.FAILED, JobState.CANCELLED)  # what may be given another chance
PATIENCE = timedelta(days=1)  # how long a job waits for what is away, unless its kind says otherwise
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)


class TryAgain(Exception):
    """A handler could not finish for a reason that passes. It is no attempt: a job fails by its own errors only.

    With `after` the job is run again then, however often. Without, something is away and nobody knows for how long: the job
    is tried again after pauses that grow to a quarter of an hour, until its kind's patience ends. `all_alike`: what is away
    all jobs of the kind need (a mail server); those that wait do so together, instead of each running into its time-out.
    """

    def __init__(self, reason: str, *, after: timedelta | None = None, all_alike: bool = False) -> None:
        self.after, self.all_alike = after, all_alike
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    run: Callable[["Job"], Mapping[str, Any] | None]
    label: Label
    on_failed: Callable[["Job"], None] | None = None
    cancellable: bool = True
    patience: timedelta = PATIENCE


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    run: Callable[[Job], Mapping[str, Any] | None],
    *,
    label: Label,
    on_failed: Callable[[Job], None] | None = None,
    cancellable: bool = True,
    patience: timedelta = PATIENCE,
) -> None:
    """Name a handler. Called in `apps.ready()`; the same name twice is a programming error.

    Not `cancellable`: what an act already committed entails (an effect in law, its document, its message). Nobody stops it.
    `patience`: how long its jobs wait for what is away (`TryAgain`) before they fail.
    """
    if name in _kinds and _kinds[name].run is not run:
        raise ValueError(f"job kind {name} is registered twice")
    _kinds[name] = Kind(
        name=name, run=run, label=label, on_failed=on_failed, cancellable=cancellable, patience=patience
    )


def label_of(kind: str) -> str:
    return str(_kinds[kind].label) if kind in _kinds else kind


def can_cancel(job: Job) -> bool:
    """May this job be stopped by hand?"""
    return not job.is_over and (job.kind not in _kinds or _kinds[job.kind].cancellable)


def can_retry(job: Job) -> bool:
    return job.state in AGAIN


def enqueue(
    kind: str,
    payload: Mapping[str, Any],
    *,
    by_id: int | None = None,
    docket_id: int | None = None,
    unique_key: str | None = None,
    max_attempts: int = 5,
) -> Job:
    """Write the job with the change that needs it, and wake a worker after commit.

    With a `unique_key` a second call returns the first job instead of making another.
    """
    if kind not in _kinds:
        raise ValueError(f"unknown job kind {kind}")
    now = clock.now()
    fields = {
        "kind": kind,
        "payload": dict(payload),
        "requested_by_id": by_id,
        "docket_id": docket_id,
        "max_attempts": max_attempts,
        "not_before": now,
        "created_at": now,
        "request_id": logs.request_id.get(),
    }
    with transaction.atomic():
        if unique_key is None:
            job, created = Job.objects.create(**fields), True
        else:
            job, created = Job.objects.get_or_create(unique_key=unique_key, defaults=fields)
        once.acted()
    if created:
        transaction.on_commit(lambda: _wake(job.pk))
    return job


def _wake(job_id: int) -> None:
    """Tell a worker. A broker that is away delays the job until the sweep; it never fails the officer's request."""
    from kombu.exceptions import OperationalError

    from core.tasks import run_job

    try:
        run_job.apply_async((job_id,), retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("broker away, job %s waits for the sweep: %s", job_id, error)


def claim(job_id: int) -> Job | None:
    """Take the job if it is waiting or its lease has run out; None when another worker has it or it is over."""
    now = clock.now()
    token = secrets.token_hex(16)
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id, not_before__lte=now).update(
        state=JobState.RUNNING,
        lease_until=now + LEASE,
        lease_token=token,
        attempts=F("attempts") + 1,
        started_at=now,
    )
    return Job.objects.get(pk=job_id) if taken else None


def report(job: Job, *, progress: int, step: str = "") -> bool:
    """Move the progress bar and renew the lease. False when the job was cancelled or taken over: stop then."""
    return bool(
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token).update(
            progress=progress, step=step, lease_until=clock.now() + LEASE
        )
    )


def run(job_id: int) -> Job | None:
    """Run one job if it can be claimed. Errors end in the job row: retried with growing pauses, then failed in words."""
    job = claim(job_id)
    if job is None:
        return None
    token = logs.request_id.set(job.request_id or f"job-{job.pk}")
    try:
        kind = _kinds[job.kind]
        if job.attempts > job.max_attempts:
            return _fail(job, kind, job.error or _("The worker stopped several times while doing this."))
        try:
            result = kind.run(job)
        except TryAgain as pause:
            return _wait(job, kind, pause)
        except Exception as error:
            # Not swallowed: the job row keeps the error, the log the traceback, and the job is retried or failed.
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            message = f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-5)}"
            return _retry(job, kind, message, timedelta(seconds=10 * 3 ** (job.attempts - 1)))
        _finish(job, JobState.DONE, result=dict(result or {}), progress=100, error="", waiting_since=None)
        return job
    finally:
        logs.request_id.reset(token)


def _retry(job: Job, kind: Kind, message: str, pause: timedelta) -> Job:
    if job.attempts >= job.max_attempts:
        return _fail(job, kind, message)
    _requeue(job, error=message, not_before=clock.now() + pause, waiting_since=None)
    return job


def _wait(job: Job, kind: Kind, pause: TryAgain) -> Job:
    now, attempts = clock.now(), job.attempts - 1
    if pause.after is not None:
        _requeue(job, error=str(pause), not_before=now + pause.after, attempts=attempts, waiting_since=None)
        return job
    since = job.waiting_since or now
    if now - since >= kind.patience:
        words = _("Given up after %(days)s days of waiting: %(reason)s")
        return _fail(job, kind, words % {"days": round((now - since) / timedelta(days=1), 1), "reason": pause})
    until = now + min(LONGEST_PAUSE, max(FIRST_PAUSE, now - since))
    _requeue(job, error=str(pause), not_before=until, attempts=attempts, waiting_since=since)
    if pause.all_alike:
        others = Job.objects.filter(kind=job.kind, state=JobState.QUEUED, not_before__lt=until)
        others.update(not_before=until, waiting_since=Coalesce("waiting_since", Value(now)), error=str(pause))
    logger.warning("job %s (%s) waits until %s: %s", job.pk, job.kind, until, pause)
    return job


def _requeue(job: Job, *, waiting_since: datetime | None, **fields: Any) -> None:
    """`waiting_since` is said each time: whoever waits for nothing that is away has none."""
    _finish(job, JobState.QUEUED, finished_at=None, waiting_since=waiting_since, **fields)


def _fail(job: Job, kind: Kind, message: str) -> Job:
    _finish(job, JobState.FAILED, error=message)
    if kind.on_failed:
        kind.on_failed(job)
    return job


def _finish(job: Job, state: JobState, **fields: Any) -> None:
    fields.setdefault("finished_at", clock.now())
    values = {"state": state, "lease_until": None, **fields}
    # Only the holder of the lease may write the outcome.
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(**values)
    for name, value in values.items():
        setattr(job, name, value)


def cancel(job: Job) -> bool:
    """Stop a job that is not over. True when it was stopped; RuleBroken when it must run to its end."""
    if not job.is_over and not can_cancel(job):
        raise RuleBroken(_("This job cannot be stopped: it carries out what has already been decided."))
    return bool(
        Job.objects.filter(pk=job.pk, state__in=[JobState.QUEUED, JobState.RUNNING]).update(
            state=JobState.CANCELLED, finished_at=clock.now(), lease_until=None, lease_token=""
        )
    )


def retry(job: Job, *, though_done: bool = False) -> bool:
    """Give a job that failed or was stopped another chance, or one that was done (its result is lost). True when it waits again."""
    states = (*AGAIN, JobState.DONE) if though_done else AGAIN
    again = Job.objects.filter(pk=job.pk, state__in=states).update(
        state=JobState.QUEUED,
        attempts=0,
        not_before=clock.now(),
        waiting_since=None,
        finished_at=None,
        error="",
    )
    if again:
        transaction.on_commit(lambda: _wake(job.pk))
    return bool(again)


def held_up() -> int:
    """How many jobs wait for something that is away."""
    return Job.objects.filter(state=JobState.QUEUED, waiting_since__isnull=False).count()


def lost(limit: int = 500) -> list[int]:
    """Ids of jobs that nobody carries: due and waiting for a while, or running with a lease that ran out."""
    now = clock.now()
    waiting = Q(state=JobState.QUEUED, not_before__lte=now - timedelta(seconds=5))
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=now)
    return list(
        Job.objects.filter(waiting | abandoned).order_by("not_before", "id").values_list("id", flat=True)[:limit]
    )


def carry_lost() -> int:
    """Have every job carried that nobody carries, and say how many there were. A broker that is away is an error here."""
    from core.tasks import run_job

    found = lost()
    for job_id in found:
        run_job.delay(job_id)
    return len(found)


__all__ = [
    "TryAgain",
    "can_cancel",
    "can_retry",
    "cancel",
    "carry_lost",
    "claim",
    "enqueue",
    "held_up",
    "label_of",
    "lost",
    "register",
    "report",
    "retry",
    "run",
]
