"""The auditor's verbs."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

import trail
from core import jobs
from core.models import Job
from organisation.models import Officer
from trail import recording

KIND: Final = "organisation.verify_trail"
MOST_FLAWS: Final = 200


@transaction.atomic
def verify_trail(*, by: Officer) -> Job:
    """Have every fingerprint of the trail computed again by a worker."""
    if not by.has_perm("organisation.verify_trail"):
        raise PermissionDenied("organisation.verify_trail")
    job = jobs.enqueue(KIND, {}, by_id=by.pk, max_attempts=2)
    trail.record("organisation.trail_verify", by, by=by, job=job.pk)
    return job


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


def run(job: Job) -> dict[str, Any]:
    """The worker's part (registered in ready()). The result stays with the job; its lease is renewed on the way."""

    def on_progress(percent: int) -> None:
        if not jobs.report(job, progress=percent):
            raise Stopped

    try:
        verdict = recording.verify(on_progress=on_progress)
    except Stopped:
        return {}  # the outcome is another's to write
    flaws = [{"place": flaw.place, "what": flaw.what} for flaw in verdict.flaws[:MOST_FLAWS]]
    return {
        "events": verdict.events,
        "chains": verdict.chains,
        "seals": verdict.seals,
        "flaws": flaws,
        "flaw_count": len(verdict.flaws),
    }
