"""What happened on paper: documents are drawn, records are signed by the party or not.

On a machine without the libraries for PDFs nothing is drawn, and what needs the paper (a signature on a record, the issue of an
order) is not invented either: matters rest where the portal itself would let them rest there. The jobs wait for the libraries.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Docket
from core import clock, jobs
from core.models import Job, JobState
from notices import printing
from notices import services as notices
from notices.models import Ending, SiteRecord
from notices.rendering import engine_status
from organisation.models import Officer

# A white square: the smallest picture that is one.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f0300050001"
    "5a5ee5d40000000049454e44ae426082"
)


def can_be_drawn() -> bool:
    return engine_status().state == "ok"


def draw(docket: Docket, *job_kinds: str) -> None:
    """Draw what of these kinds waits, as the worker of that day did. Drawing takes most of the time it takes to invent the
    province: what no later step asks for is left to the worker."""
    for job in Job.objects.filter(docket_id=docket.pk, state=JobState.QUEUED, kind__in=job_kinds):
        jobs.run(job.pk)


def sign_with_the_party(record: SiteRecord, *, signatory: str, by: Officer) -> None:
    """Most records are signed on the spot; every tenth party refuses."""
    if not can_be_drawn():
        return
    if record.pk % 10 == 0:
        signing = notices.record_signing(
            record=record,
            outcome=Ending.REFUSED,
            on=clock.local(record.completed_at).date(),
            reason="现场负责人称须请示公司负责人后再签名",
            witness_name="孙见山",
            witness_organisation="工业园区管理办公室",
            by=by,
        )
        draw(record.docket, printing.RECORD_JOB)
        note = SiteRecord.objects.get(noted_signing=signing)
        page = SimpleUploadedFile("情况说明签名页.pdf", note.pdf_bytes(), "application/pdf")
        notices.attach_note_scan(record=note, scan=page, by=by)
        return
    draw(record.docket, printing.RECORD_JOB)
    record.refresh_from_db()
    notices.record_signing(
        record=record,
        outcome=Ending.SIGNED,
        on=clock.local(record.completed_at).date(),
        signatory=signatory,
        scan=SimpleUploadedFile("笔录签名页.pdf", record.pdf_bytes(), "application/pdf"),
        by=by,
    )
