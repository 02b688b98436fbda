"""The larger set-up on one machine: the same commands that compose.yaml and the systemd units start."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from rareearth.portal.children import Child


def web_command(bind: str) -> list[str]:
    return [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", bind, "rareearth.wsgi"]


def worker_command(number: int) -> list[str]:
    return [
        sys.executable, "-m", "celery", "-A", "rareearth", "worker", "--loglevel", "INFO",
        "--concurrency", os.environ.get("CELERY_CONCURRENCY") or "2", "--hostname", f"worker{number}@%h", "--without-gossip", "--without-mingle", "-O", "fair",
    ]  # fmt: skip


def beat_command() -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "rareearth", "beat", "--loglevel", "INFO"]


def children(listener_fd: int, workers: int, logs: Path) -> list[Child]:
    """One web server, `workers` Celery workers, one schedule."""
    os.set_inheritable(listener_fd, True)
    carriers = [
        Child(f"worker{number}", f"Worker {number}", _become(worker_command(number)), logs / f"worker{number}.log")
        for number in range(1, workers + 1)
    ]
    return [
        Child("web", "The web server", _become(web_command(f"fd://{listener_fd}")), logs / "web.log"),
        *carriers,
        Child("beat", "The schedule", _become(beat_command()), logs / "beat.log"),
    ]


def _become(command: list[str]) -> Callable[[], int]:
    def run() -> int:
        os.chdir(settings.ROOT)
        os.execv(command[0], command)

    return run
