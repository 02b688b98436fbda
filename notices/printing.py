"""From final text to the frozen PDF: drawn by a worker after commit, stored under its fingerprint, once.

Drawing depends on the stored text alone, so a worker killed half-way is followed by another that writes the same bytes.
"""

import hashlib
import html as html_entities
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock, jobs, whole_files
from core.models import Job, JobState
from notices import rendering
from notices.models import Notice, Printed, Service, SiteRecord
from notices.rendering.coverage import rare_fonts_for
from notices.rendering.status import APT_LINE, renderer

NOTICE_JOB = "notices.render"
RECEIPT_JOB = "notices.render_receipt"
DAMAGED = gettext_lazy("The PDF in the store is missing or damaged. It can be drawn again from the frozen words.")
RECORD_JOB = "notices.render_record"
# As the progress component calls them.
SHOWN_STATES = {
    JobState.QUEUED: "waiting", JobState.RUNNING: "running", JobState.DONE: "done", JobState.FAILED: "failed",
}  # fmt: skip
JOBS: dict[type[Printed], str] = {Notice: NOTICE_JOB, Service: RECEIPT_JOB, SiteRecord: RECORD_JOB}


@dataclass(frozen=True, slots=True)
class Drawn:
    pdf: bytes
    sha256: str
    pages: int
    renderer: str


def draw(html: str) -> Drawn:
    """PDF of a final text. Raises RenderingFailed."""
    rare, missing = rare_fonts_for(html_entities.unescape(html))
    if missing:
        raise rendering.MissingGlyph(missing, [])
    try:
        from notices.rendering.engine import pdf_of
    except OSError as error:  # Pango is not installed
        raise rendering.EngineUnavailable(APT_LINE) from error
    pdf, pages = pdf_of(html, rare)
    return Drawn(pdf, hashlib.sha256(pdf).hexdigest(), pages, renderer())


def keep(pdf: bytes, sha256: str) -> str:
    """Write the PDF into the store under its fingerprint and return its name."""
    return whole_files.write(f"notices/{sha256[:2]}/{sha256}.pdf", lambda path: path.write_bytes(pdf))


def is_there(row: Printed) -> bool:
    """Is a PDF of the recorded size in the store? For pages: it reads no file."""
    if not row.is_printed:
        return False
    try:
        return default_storage.size(row.pdf.name or "") == row.pdf_size_bytes
    except FileNotFoundError:
        return False


def whole(row: Printed) -> bytes | None:
    """The stored PDF, read once, if it has the fingerprint on record; None where there is none or another one."""
    if not is_there(row):
        return None
    pdf = row.pdf_bytes()
    return pdf if hashlib.sha256(pdf).hexdigest() == row.pdf_sha256 else None


def is_whole(row: Printed) -> bool:
    """Is the PDF in the store, with the fingerprint on record? Before it is drawn again; pages ask `is_there`."""
    return whole(row) is not None


def print_out(model: type[Printed], pk: int) -> Printed:
    """Draw and store the document of a row, unless that is done. Safe to run twice, and by two workers at once.

    What was lost or damaged in the store is drawn again from the frozen words: the same bytes, or it is refused.
    """
    row = model._default_manager.get(pk=pk)
    if is_whole(row):
        return row
    drawn = draw(row.html)
    if row.is_printed and drawn.sha256 != row.pdf_sha256:
        raise rendering.DrawnDifferently(then=row.renderer, now=drawn.renderer)
    name = keep(drawn.pdf, drawn.sha256)
    with transaction.atomic():
        locked = model._default_manager.select_for_update().get(pk=pk)
        if locked.is_printed:
            return locked
        locked.pdf.name = name
        locked.pdf_sha256 = drawn.sha256
        locked.pdf_pages = drawn.pages
        locked.pdf_size_bytes = len(drawn.pdf)
        locked.renderer = drawn.renderer
        locked.printed_at = clock.now()
        locked.save(update_fields=["pdf", "pdf_sha256", "pdf_pages", "pdf_size_bytes", "renderer", "printed_at"])
    return locked


def print_notice(job: Job) -> Mapping[str, Any]:
    """Job `notices.render`."""
    row = print_out(Notice, job.payload["notice"])
    return {"sha256": row.pdf_sha256, "pages": row.pdf_pages}


def print_receipt(job: Job) -> Mapping[str, Any]:
    """Job `notices.render_receipt`."""
    row = print_out(Service, job.payload["service"])
    return {"sha256": row.pdf_sha256, "pages": row.pdf_pages}


def print_record(job: Job) -> Mapping[str, Any]:
    """Job `notices.render_record`."""
    row = print_out(SiteRecord, job.payload["record"])
    return {"sha256": row.pdf_sha256, "pages": row.pdf_pages}


def register_jobs() -> None:
    jobs.register(NOTICE_JOB, print_notice, label=gettext_lazy("Make the PDF of a notice"), cancellable=False)
    jobs.register(
        RECEIPT_JOB, print_receipt, label=gettext_lazy("Make the PDF of a receipt of service"), cancellable=False
    )
    jobs.register(
        RECORD_JOB, print_record, label=gettext_lazy("Make the PDF of a record of the spot"), cancellable=False
    )


def _key(row: Printed) -> str:
    return f"{JOBS[type(row)]}:{row.pk}"


def enqueue(row: Notice | Service | SiteRecord, *, by_id: int | None) -> Job:
    """Ask for the PDF in the transaction that froze the text."""
    match row:
        case Notice():
            payload = {"notice": row.pk}
        case Service():
            payload = {"service": row.pk}
        case SiteRecord():
            payload = {"record": row.pk}
    return jobs.enqueue(JOBS[type(row)], payload, by_id=by_id, docket_id=row.docket.pk, unique_key=_key(row))


def job_of(row: Printed) -> Job | None:
    """The job that draws this document, if there is one."""
    return Job.objects.filter(unique_key=_key(row)).first()


def why_not_printed(row: Printed) -> str:
    """What went wrong with the last try or with the file since, in one line for the officer; empty while nothing has."""
    if is_there(row):
        return ""
    job = job_of(row)
    if job is not None and job.error:
        return _("The PDF could not be made: %(reason)s") % {"reason": in_one_line(job.error)}
    return str(DAMAGED) if row.is_printed and (job is None or job.is_over) else ""


def in_one_line(error: str) -> str:
    """The message of a job's error without the name of its class and without its traceback."""
    first = error.splitlines()[0] if error else ""
    return first.partition(": ")[2] or first
