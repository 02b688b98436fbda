"""The case file (案卷) of a docket, put together from frozen originals: 正卷 and 副卷, each one PDF with cover, index and page numbers
(notices.casefile_pages), and a ZIP with every original and SHA256SUMS (notices.casefile_package). For court, reconsideration
body and party the 正卷 is made alone.

The file of a matter holds what it rests on: documents, records and evidence of the dockets it came from (casework.origins),
whoever asks for it. What those dockets were decided by, their trail, stays in their own files (docs/decisions/0021).
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from casework import origins
from casework.models import Docket, Evidence
from core import jobs, whole_files
from core.errors import RuleBroken
from core.models import Job, JobState
from notices import archive, casefile_forms, receipts
from notices.archive import Group, Volume
from notices.models import UNNUMBERED, Notice, Outcome, Printed, Service, SiteRecord
from notices.records import NOTE
from organisation.models import Officer

JOB = "notices.case_file"
FOLDER = "casefiles"
WHICH: Final = {Volume.MAIN: "pdf", Volume.INNER: "inner"}  # how the files of an export are called
OVER: Final = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the file. `pdf()` gives its bytes."""

    title: str
    number: str
    dated: date | None
    pdf: Callable[[], bytes]
    author: str  # 责任者: the full name of the authority on the day of the paper
    group: Group  # where it stands in the file


# --- what belongs to it ------------------------------------------------------------------------------------------------
def _issued(docket: Docket) -> list[Notice]:
    found = Notice.objects.filter(docket=docket).exclude(state__in=[*UNNUMBERED, "approved"])
    return sorted(found, key=lambda notice: (notice.type.file_order, notice.issued_at, notice.pk))


def _receipts(notice: Notice) -> list[Service]:
    return list(notice.services.filter(outcome=Outcome.SERVED))


def _records(docket: Docket) -> list[SiteRecord]:
    return list(docket.site_records.for_lines().order_by("id"))


def _whole(docket: Docket) -> list[Docket]:
    """The dockets whose documents belong to the file, the earliest first."""
    return [*origins.chain(docket), docket]


def _frozen(docket: Docket) -> list[Printed]:
    """Every frozen document of the file."""
    found: list[Printed] = []
    for one in _whole(docket):
        for notice in _issued(one):
            found += [notice, *_receipts(notice)]
        found += _records(one)
    return found


def papers(docket: Docket) -> list[Paper]:
    """All documents, by the groups of the file. Within a group: what leads it, then by the day, those of one day by the order of
    their kinds. A receipt of service follows its notice, a note its record. Internal forms are drawn from the words frozen with
    their steps; everything else is a frozen original."""
    placed: list[tuple[tuple[Any, ...], Paper]] = []

    def put(paper: Paper, on: date, order: int, *, leads: bool = False) -> None:
        placed.append(((*archive.place(paper.group), not leads, on, order), paper))

    for one in _whole(docket):
        agency = one.department.acts_as
        for notice in _issued(one):
            kind, number, group = notice.type, notice.number or "", archive.of_notice(notice.type)
            bundle = [Paper(notice.title, number, notice.issued_on, notice.pdf_bytes, notice.agency_name, group)]
            bundle += [
                Paper(service.title, number, service.served_on, service.pdf_bytes, receipts.agency_of(service), group)
                for service in _receipts(notice)
            ]
            for paper in bundle:
                put(paper, notice.issued_on or date.max, kind.file_order, leads=archive.leads(group, kind))
        for record in _records(one):
            # What the inspectors noted of a signature that is missing follows the record it is missing on.
            leading = record.noted_signing.record if record.kind == NOTE else record
            group, author = archive.of_record(leading.type), agency.name_on(record.dated)
            paper = Paper(record.label, "", record.dated, record.pdf_bytes, author, group)
            put(paper, leading.dated, leading.type.file_order)
        for form in casefile_forms.of(one):
            drawn, group = partial(casefile_forms.draw, one, form), archive.of_form(form)
            author = str(form.context.get("agency") or agency.name_on(form.dated))
            put(Paper(form.title, "", form.dated, drawn, author, group), form.dated, form.file_order)
    return [paper for _place, paper in sorted(placed, key=lambda entry: entry[0])]


def evidence(docket: Docket) -> list[tuple[Group, Evidence]]:
    """What the matter rests on, each with its group, by the groups of the file and in the order it came."""
    found = [(archive.of_evidence(item), item) for item in origins.evidence(docket)]
    return sorted(found, key=lambda entry: archive.place(entry[0]))


def obstacles(docket: Docket) -> list[str]:
    """Why the file cannot be put together now, in words. Empty: it can."""
    found: list[str] = []
    for row in _frozen(docket):
        found += _lacking(row)
    for evidence in origins.evidence(docket):
        if not default_storage.exists(evidence.file.name or ""):
            found.append(
                _("The file of the evidence “%(title)s” is missing from the store.") % {"title": evidence.title}
            )
    return found


def _lacking(row: Printed) -> list[str]:
    facts = {"title": row.title, "number": _number(row)}  # type: ignore[attr-defined]
    if not row.is_printed:
        return [_("%(title)s %(number)s: the PDF is not ready.") % facts]
    if not default_storage.exists(row.pdf.name or ""):
        return [_("%(title)s %(number)s: the PDF is missing from the store.") % facts]
    return []


def _number(row: Printed) -> str:
    """The number by which officers know a document; that of its docket when it has none."""
    if isinstance(row, Service):
        return row.notice.number or ""
    if isinstance(row, Notice):
        return row.number or ""
    return str(row.docket)  # type: ignore[attr-defined]


# --- putting it together -----------------------------------------------------------------------------------------------
class Cancelled(Exception):
    """The job was stopped or taken over."""


def make(job: Job) -> Mapping[str, Any]:
    """Job `notices.case_file`. With `alone` in its payload the 正卷 by itself."""
    from notices import casefile_package, casefile_pages  # with pypdf, which no process but this one needs

    docket = Docket.objects.select_related("enterprise", "department", "officer").get(pk=job.payload["docket"])

    def progress(percent: int, step: str) -> None:
        if not jobs.report(job, progress=percent, step=step):
            raise Cancelled

    if reasons := obstacles(docket):
        raise RuleBroken(reasons)
    progress(5, _("Reading the documents"))
    volumes = volumes_of(job)
    contents = [(paper, paper.pdf()) for paper in papers(docket) if paper.group.volume in volumes]
    for row in _frozen(docket):
        _check(row.pdf_sha256, row.pdf_bytes(), str(row))
    progress(20, _("Numbering the pages"))
    by = Officer.objects.get(pk=job.requested_by_id)
    held = [(group, item) for group, item in evidence(docket) if group.volume in volumes]
    shown = 0

    def one_more() -> None:
        nonlocal shown
        shown += 1
        progress(20 + 40 * shown // len(held), _("Putting the evidence on pages"))

    bound = [casefile_pages.bound(docket, volume, contents, held, by.name, one_more) for volume in volumes]
    progress(60, _("Packing originals and evidence"))
    files = {}
    for which, volume in zip(WHICH.values(), bound, strict=False):
        files[which] = whole_files.write(_name(docket, job, which), partial(_fill, content=volume.pdf))
    files["zip"] = whole_files.write(
        _name(docket, job, "zip"),
        lambda path: casefile_package.pack(
            path, docket, bound, held,
            lambda done, of: progress(60 + 35 * done // of, _("Packing originals and evidence")),
        ),
    )  # fmt: skip
    _forget_earlier(docket, job)
    label = casefile_package.safe(str(docket.number or docket.pk))
    names = {which: f"{volume}_{label}.pdf" for volume, which in WHICH.items() if which in files}
    names["zip"] = f"{'案卷' if len(volumes) > 1 else Volume.MAIN}_{label}.zip"
    return (
        files
        | {f"{which}_name": name for which, name in names.items()}
        | {
            "volumes": [
                {
                    "which": WHICH[volume.volume],
                    "title": str(volume.volume),
                    "pages": volume.pages,
                    "papers": len(volume.pieces),
                    "evidence": sum(group.volume == volume.volume for group, _item in held),
                }
                for volume in bound
            ]
        }
    )


def volumes_of(job: Job) -> list[Volume]:
    """Which volumes an export makes."""
    return [Volume.MAIN] if job.payload.get("alone") else [*Volume]


def _name(docket: Docket, job: Job, which: str) -> str:
    """Where a file of an export stands in the store."""
    return f"{FOLDER}/{docket.pk}/{job.pk}.{which}"


def _fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _check(expected: str, content: bytes, label: str) -> None:
    if hashlib.sha256(content).hexdigest() != expected:
        raise RuleBroken(_("%(label)s: the stored file does not match its fingerprint any more.") % {"label": label})


def _forget_earlier(docket: Docket, job: Job) -> None:
    """The newest export of these volumes stays; what it replaces would only be out of date. So goes what an export left that failed
    half-way. One that is still at work keeps what it has."""
    over = Job.objects.filter(kind=JOB, docket_id=docket.pk, pk__lt=job.pk, state__in=OVER)
    for earlier in over:
        if volumes_of(earlier) != volumes_of(job):
            continue
        for which in (*WHICH.values(), "zip"):
            default_storage.delete(earlier.result.get(which) or _name(docket, earlier, which))


def file_of(job: Job, which: str) -> "File[Any] | None":
    """The finished file, open; None when it was replaced by a newer export."""
    name = job.result.get(which, "")
    if not name or not default_storage.exists(name):
        return None
    return default_storage.open(name, "rb")
