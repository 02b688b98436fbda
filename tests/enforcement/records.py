"""What tests of the records written on the spot do with a record."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock, jobs
from core.models import Job
from notices.models import SiteRecord
from tests.notices.rendered_pages import text_of
from tests.plugins.matters import DAY

NEXT_DAY = DAY + timedelta(days=1)


def scan_of(record: SiteRecord, name: str = "签名页.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, record.pdf_bytes(), "application/pdf")


def draw(record: SiteRecord) -> SiteRecord:
    with clock.pinned(clock.now() + timedelta(days=60)):
        jobs.run(Job.objects.get(unique_key=f"notices.render_record:{record.pk}").pk)
    return SiteRecord.objects.get(pk=record.pk)


def words_of(record: SiteRecord) -> str:
    return text_of(record.pdf_bytes())
