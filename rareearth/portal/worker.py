"""The Celery worker as a child of the supervisor: one process that does the work, with the schedule in a thread beside it.

Celery's own pool of processes is not used here. Over a transport without an event loop its processes take their tasks from
one pipe under one lock; one that is killed while it waits keeps the lock, and the worker never does anything again
(docs/decisions/0010-one-worker-process.md). Here a `kill -9` ends the worker, the supervisor forks another within
moments, and the job's lease brings back what it was doing.
"""

import logging
import os
import resource
import signal
import threading
import time
from typing import Any

from celery import beat, bootsteps
from celery.signals import task_postrun, task_prerun

from rareearth.portal import guard

logger = logging.getLogger(__name__)

# A job that takes longer hangs: no document and no import of this portal needs a quarter of an hour.
HUNG_AFTER_S = 15 * 60
# A worker that ever needed this much is replaced after its job, so that the memory comes back.
LARGEST_RSS_KB = 500 * 1024


# The type stubs know less of Celery than Celery does.
_BeatService: Any = beat.Service


class Schedule(bootsteps.StartStopStep):
    """Celery's beat in a thread of the worker."""

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self._service: Any = None
        self._thread: threading.Thread | None = None

    def create(self, parent: Any) -> Any:
        # The loop sleeps this long at most, and so ends this soon after stop().
        self._service = _BeatService(parent.app, max_interval=0.5, remote_control=False)
        return self

    def start(self, _parent: Any = None) -> None:
        self._thread = threading.Thread(target=self._tick, name="schedule", daemon=True)
        self._thread.start()

    def stop(self, _parent: Any = None) -> None:
        self._service.stop(wait=False)
        if self._thread is not None:
            self._thread.join(3)

    def terminate(self, parent: Any = None) -> None:
        self.stop(parent)

    def _tick(self) -> None:
        try:
            self._service.start()
        finally:
            if not self._service._is_shutdown.is_set():
                # The loop ended by an error (a full disk, say). A worker without a schedule is no use: end it, and
                # the supervisor starts both again.
                logger.error("the schedule stopped; the worker ends so that both are started again")
                os.kill(os.getpid(), signal.SIGTERM)


class Watch:
    """Knows how long the job at hand has taken; ends a worker that hangs or that has grown."""

    def __init__(self) -> None:
        self._since: float | None = None

    def start(self) -> None:
        task_prerun.connect(self._begun, weak=False)
        task_postrun.connect(self._ended, weak=False)
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _begun(self, **_kwargs: Any) -> None:
        self._since = time.monotonic()

    def _ended(self, **_kwargs: Any) -> None:
        self._since = None
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > LARGEST_RSS_KB:
            logger.info("the worker has grown; it ends after this job and is started again")
            os.kill(os.getpid(), signal.SIGTERM)

    def _look(self) -> None:
        while True:
            time.sleep(5)
            since = self._since
            if since is not None and time.monotonic() - since > HUNG_AFTER_S:
                logger.error("a job hangs; the worker ends, and the job is tried again when its lease has run out")
                os._exit(1)


def run() -> int:
    """The child's work: carry jobs and keep the schedule until told to stop."""
    from rareearth import celery

    app: Any = celery.app
    guard.follow_parent(grace_s=8)
    # Nobody asks an embedded worker questions, and its mailbox would be one more folder to look into.
    app.conf.worker_enable_remote_control = False
    app.steps["worker"].add(Schedule)
    Watch().start()
    worker = app.Worker(
        hostname="portal@embedded",
        pool="solo",
        loglevel="INFO",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
    return int(worker.exitcode or 0)
