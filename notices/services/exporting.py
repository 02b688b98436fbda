"""The verb of the case file: check, record, ask a worker."""

from django.db import transaction

import trail
from casework import powers
from casework.models import Docket
from core import jobs
from core.errors import RuleBroken
from core.models import Job
from notices import casefile
from notices.archive import Volume
from organisation.models import Officer

EXPORT = "notices.export_case_file"


@powers.under(EXPORT, of="docket")
@transaction.atomic
def export_case_file(*, docket: Docket, by: Officer, main_alone: bool = False) -> Job:
    """Put the case file together, or its 正卷 alone (for court, reconsideration body, party). Refused with every document that is not
    ready."""
    if reasons := casefile.obstacles(docket):
        raise RuleBroken(reasons)
    volumes = [Volume.MAIN] if main_alone else [*Volume]
    trail.record("notices.export_case_file", docket, by=by, docket=docket, volumes="、".join(volumes))
    payload = {"docket": docket.pk, "alone": main_alone}
    return jobs.enqueue(casefile.JOB, payload, by_id=by.pk, docket_id=docket.pk, max_attempts=2)
