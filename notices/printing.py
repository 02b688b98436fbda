"""From final text to the frozen PDF: drawn by a worker after commit, stored under its fingerprint, once.

Drawing depends on the stored text alone, so a worker killed half-way is followed by another that writes the same bytes.
"""

import hashlib
import html as html_entities
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock, jobs
from core.models import Job
from notices import rendering
from notices.models import Notice, Printed, Service
from notices.rendering.coverage import rare_fonts_for
from notices.rendering.status import APT_LINE, renderer

NOTICE_JOB = "notices.render"
RECEIPT_JOB = "notices.render_receipt"


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
    """Write the PDF into the store under its fingerprint and return its name. Whole or not at all, also under kill -9."""
    name = f"notices/{sha256[:2]}/{sha256}.pdf"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")  # the same for every try: what a killed worker left is written over
    with partial.open("wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return name


def print_out(model: type[Printed], pk: int) -> Printed:
    """Draw and store the document of a row, unless that is done. Safe to run twice, and by two workers at once."""
    row = model._default_manager.get(pk=pk)
    if row.is_printed:
        return row
    drawn = draw(row.html)
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


def register_jobs() -> None:
    jobs.register(NOTICE_JOB, print_notice, label=gettext_lazy("Make the PDF of a notice"), cancellable=False)
    jobs.register(
        RECEIPT_JOB, print_receipt, label=gettext_lazy("Make the PDF of a receipt of service"), cancellable=False
    )


def _key(row: Printed) -> str:
    return f"{NOTICE_JOB if isinstance(row, Notice) else RECEIPT_JOB}:{row.pk}"


def enqueue(row: Notice | Service, *, by_id: int | None) -> Job:
    """Ask for the PDF in the transaction that froze the text."""
    if isinstance(row, Notice):
        kind, payload, docket_id = NOTICE_JOB, {"notice": row.pk}, row.docket_id
    else:
        kind, payload, docket_id = RECEIPT_JOB, {"service": row.pk}, row.notice.docket_id
    return jobs.enqueue(kind, payload, by_id=by_id, docket_id=docket_id, unique_key=_key(row))


def job_of(row: Printed) -> Job | None:
    """The job that draws this document, if there is one."""
    return Job.objects.filter(unique_key=_key(row)).first()


def why_not_printed(row: Printed) -> str:
    """What went wrong with the last try, in one line for the officer; empty while nothing has."""
    job = job_of(row)
    if row.is_printed or job is None or not job.error:
        return ""
    return _("The PDF could not be made: %(reason)s") % {"reason": in_one_line(job.error)}


def in_one_line(error: str) -> str:
    """The message of a job's error without the name of its class and without its traceback."""
    first = error.splitlines()[0] if error else ""
    return first.partition(": ")[2] or first
