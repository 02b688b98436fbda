"""The verb of the case file: check, record, ask a worker."""

from django.db import transaction

import trail
from casework import powers
from casework.models import Docket
from core import jobs
from core.errors import RuleBroken
from core.models import Job
from notices import casefile
from organisation.models import Officer

EXPORT = "notices.export_case_file"


@powers.under(EXPORT, of="docket")
@transaction.atomic
def export_case_file(*, docket: Docket, by: Officer) -> Job:
    """Put the case file together. Refused with every document that is not ready."""
    if reasons := casefile.obstacles(docket):
        raise RuleBroken(reasons)
    trail.record("notices.export_case_file", docket, by=by, docket=docket)
    return jobs.enqueue(casefile.JOB, {"docket": docket.pk}, by_id=by.pk, docket_id=docket.pk, max_attempts=2)
