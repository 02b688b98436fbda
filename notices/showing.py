"""A frozen document as the pages show it: its pictures, and the progress of a PDF that is not there yet."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import JobState
from notices import printing
from notices.models import Printed

PAGE_PX = (893, 1263)  # A4 at 1.5 × 72 dots per inch


def preview(row: Printed, *, title: str, page: str, file: str) -> dict[str, Any] | None:
    """The frozen PDF as pictures; None while there is none. `page`, `file`: names of URLs."""
    if not printing.is_there(row):
        return None
    width, height = PAGE_PX
    return {
        "title": title,
        "pages": [
            {"url": reverse(page, args=[row.pk, number]), "width": width, "height": height}
            for number in range(1, (row.pdf_pages or 0) + 1)
        ],
        "pdf_url": reverse(file, args=[row.pk]),
        "size": row.pdf_size_bytes,
        "sha256": row.pdf_sha256,
    }


def progress(row: Printed, *, poll: str) -> dict[str, Any] | None:
    """The progress of a PDF that is not there, as the progress component wants it."""
    job = printing.job_of(row)
    if printing.is_there(row) or job is None:
        return None
    state = JobState.FAILED if job.state == JobState.DONE else JobState(job.state)  # done, and lost since
    failure = printing.why_not_printed(row)
    return {
        "id": job.pk,
        "label": _("Making the PDF"),
        "percent": job.progress,
        "step": failure or job.step,
        "state": printing.SHOWN_STATES.get(state, "cancelled"),
        "poll_url": reverse(poll, args=[row.pk]),
        "error": failure,
    }
