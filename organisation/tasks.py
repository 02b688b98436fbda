"""Celery doorways of organisation."""

from celery import shared_task

from core.heartbeats import beating
from organisation.services import drafts


@shared_task(name="organisation.tidy")
def tidy() -> None:
    """Forget drafts of forms that nobody came back to."""
    with beating("organisation.tidy") as summary:
        summary["drafts_forgotten"] = drafts.forget_old()
