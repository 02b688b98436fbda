"""Celery doorways of core: ids in, one call."""

from celery import shared_task

from core import jobs, middleware, whole_files
from core.heartbeats import beating
from core.lists import export


@shared_task(name="core.run_job", acks_late=True)
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    """Queue again every job that nobody carries."""
    with beating("core.sweep_jobs") as summary:
        summary["requeued"] = jobs.carry_lost()


@shared_task(name="core.tidy")
def tidy() -> None:
    """Forget what is kept for a week: keys of submitted forms, exported files; what killed workers left unfinished, refused forms unnamed."""
    with beating("core.tidy") as summary:
        summary["forms_forgotten"] = middleware.forget_old_keys()
        summary["exports_forgotten"] = export.forget_old()
        summary["unfinished_forgotten"] = whole_files.forget_abandoned()
        summary["unnamed_forgotten"] = whole_files.forget_unnamed()
