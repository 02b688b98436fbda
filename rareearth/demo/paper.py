"""What happened on paper: documents are drawn, records are signed by the party or not."""

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Docket
from core import jobs
from core.models import Job, JobState
from notices import services as notices
from notices.models import Ending, SiteRecord
from organisation.models import Officer


def draw(docket: Docket) -> None:
    """Draw what waits to be drawn, as the worker of that day did."""
    for job in Job.objects.filter(docket_id=docket.pk, state=JobState.QUEUED):
        jobs.run(job.pk)


def sign_with_the_party(record: SiteRecord, *, signatory: str, by: Officer) -> None:
    """Most records are signed on the spot; every tenth party refuses."""
    draw(record.docket)
    record.refresh_from_db()
    if record.pk % 10 == 0:
        notices.record_signing(
            record=record,
            outcome=Ending.REFUSED,
            on=record.dated,
            reason="现场负责人称须请示公司负责人后再签名",
            witness_name="孙见山",
            witness_organisation="工业园区管理办公室",
            by=by,
        )
        draw(record.docket)
        return
    notices.record_signing(
        record=record,
        outcome=Ending.SIGNED,
        on=record.dated,
        signatory=signatory,
        scan=SimpleUploadedFile("笔录签名页.pdf", record.pdf_bytes(), "application/pdf"),
        by=by,
    )
