"""Did the scheduled task run? One row per task, written around its body."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import F

from core import clock
from core.models import Heartbeat

logger = logging.getLogger(__name__)


@contextmanager
def beating(name: str) -> Iterator[dict[str, Any]]:
    """Record a run of `name`. Fill the yielded dict with what was done; an error is recorded and goes on its way."""
    began, started_at = time.monotonic(), clock.now()
    summary: dict[str, Any] = {}
    error = ""
    try:
        yield summary
    except BaseException as problem:
        error = f"{type(problem).__name__}: {problem}"
        raise
    finally:
        fields = {
            "started_at": started_at,
            "finished_at": clock.now(),
            "duration_ms": int((time.monotonic() - began) * 1000),
            "summary": summary,
            "error": error,
        }
        Heartbeat.objects.get_or_create(name=name, defaults={"started_at": started_at})
        Heartbeat.objects.filter(name=name).update(runs=F("runs") + 1, **fields)
