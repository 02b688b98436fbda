"""Due dates that passed unmet: noted once each, so that the kind of deadline can act on it.

Each is a small job of its own: where a kind's `on_missed` fails, that job stays with its error on the page of background jobs,
and the other dates are noted all the same.
"""

from typing import Any, Final

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from casework.deadlines import services
from casework.models import Deadline
from core import clock, jobs
from core.models import Job, JobState

JOB: Final = "casework.note_missed"


def queue_all(limit: int = 1000) -> int:
    """Queue a job for each date that passed since the last sweep. Answers how many; the rest is left to the next sweep."""
    key = Concat(Value(f"{JOB}:"), Cast(OuterRef("pk"), CharField()), Value(":"), Cast(OuterRef("due_on"), CharField()))
    # A job that is done found the date not passed any more: should it have passed again, it is looked at again.
    in_hand = Job.objects.filter(unique_key=key).exclude(state=JobState.DONE)
    unnoted = Q(missed_due_on=None) | ~Q(missed_due_on=F("due_on"))
    late = Deadline.objects.overdue(clock.today()).filter(unnoted, ~Exists(in_hand), docket__closed_on=None)
    found = list(late.order_by("due_on", "id").values_list("id", "due_on", "docket_id")[:limit])
    for deadline_id, due_on, docket_id in found:
        job = jobs.enqueue(
            JOB, {"deadline": deadline_id}, docket_id=docket_id, unique_key=f"{JOB}:{deadline_id}:{due_on}"
        )
        if job.state == JobState.DONE:
            jobs.retry(job, though_done=True)
    return len(found)


def run(job: Job) -> dict[str, Any]:
    """Job `casework.note_missed`."""
    return {"noted": services.note_missed(deadline_id=job.payload["deadline"])}
