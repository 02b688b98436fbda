"""Large imports as jobs (core.jobs): ids in, one call."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core import jobs
from core.errors import RuleBroken
from core.models import Job
from registry.models import ImportRun, ImportState
from registry.services import imports


def check(job: Job) -> Mapping[str, Any] | None:
    run = _run(job, ImportState.CHECKING)
    if run is None:
        return None
    with translation.override(run.owner.language):
        imports.check_now(run, _reporter(job))
    return {"run": run.pk, "bad": run.bad_count}


def apply(job: Job) -> Mapping[str, Any] | None:
    run = _run(job, ImportState.APPLYING)
    if run is None:
        return None
    with translation.override(run.owner.language):
        if not run.owner.has_perm("registry.import_enterprises"):
            _stop(run, _("You may no longer import enterprises."))
            return None
        try:
            imports.apply_now(run, _reporter(job))
        except RuleBroken as refusal:
            # All or none: a row was refused, so nothing of the file was written.
            _stop(run, _("Nothing was imported: %(reason)s") % {"reason": " ".join(refusal.reasons)})
            return None
    return {"run": run.pk, "created": run.created_count, "updated": run.updated_count}


def failed(job: Job) -> None:
    """The job gave up: the page of the import says so and offers to check again."""
    run = ImportRun.objects.filter(pk=job.payload["run"]).select_related("owner").first()
    if run is not None and run.state in {ImportState.CHECKING, ImportState.APPLYING}:
        with translation.override(run.owner.language):
            _stop(
                run,
                _("The work on this file stopped because of an error. The administrator finds it under job %(job)d.")
                % {"job": job.pk},
            )


def _run(job: Job, state: str) -> ImportRun | None:
    """The run, if it still waits for this job."""
    return ImportRun.objects.filter(pk=job.payload["run"], state=state, job_id=job.pk).select_related("owner").first()


def _stop(run: ImportRun, reason: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.FAILED, refusal=reason)


def _reporter(job: Job) -> imports.Report:
    return lambda progress, step: jobs.report(job, progress=min(progress, 99), step=step)
