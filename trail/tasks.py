"""Celery doorway of the trail."""

from celery import shared_task

from core.heartbeats import beating
from trail import recording


@shared_task(name="trail.seal")
def seal() -> None:
    with beating("trail.seal") as summary:
        row = recording.seal()
        summary["events"] = row.events if row else 0
