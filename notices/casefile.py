"""The case file (案卷) of a docket, put together from frozen originals: one PDF with cover, index and page numbers, and a
ZIP with every original, the evidence as it came, the trail, and SHA256SUMS, which `sha256sum -c` checks anywhere.

The file of a matter holds what it rests on: documents, records and evidence of the dockets it came from (casework.origins),
whoever asks for it. What those dockets were decided by, their trail, stays in their own files (docs/decisions/0021).
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from casework import origins
from casework.models import Docket, Evidence
from core import clock, jobs, whole_files
from core.errors import RuleBroken
from core.models import Job
from notices import casefile_forms, casefile_steps, receipts, trailfile
from notices.models import UNNUMBERED, Notice, Outcome, Printed, Service, SiteRecord
from notices.records import NOTE
from organisation.models import Officer

if TYPE_CHECKING:
    from notices.casefile_pages import Volume

JOB = "notices.case_file"
FOLDER = "casefiles"
# Two such parts, a number before and a suffix behind them stay below the 255 bytes that a name may have.
PART_BYTES = 115


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the file. `pdf()` gives its bytes."""

    title: str
    number: str
    dated: date | None
    pdf: Callable[[], bytes]
    author: str  # 责任者: the full name of the authority on the day of the paper
    folder: str = "文书"


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
    """All documents by their day; those of one day by the order of their kinds. A receipt of service follows its notice,
    a note its record. Internal forms are drawn from the words frozen with their steps; everything else is a frozen original."""
    dated: list[tuple[date, int, Paper]] = []
    for one in _whole(docket):
        agency = one.department.acts_as
        for notice in _issued(one):
            number, on = notice.number or "", notice.issued_on or date.max
            bundle = [Paper(notice.title, number, notice.issued_on, notice.pdf_bytes, notice.agency_name)]
            bundle += [
                Paper(
                    service.title, number, service.served_on, service.pdf_bytes, receipts.agency_of(service), "送达回证"
                )
                for service in _receipts(notice)
            ]
            dated += [(on, notice.type.file_order, paper) for paper in bundle]
        for record in _records(one):
            # What the inspectors noted of a signature that is missing follows the record it is missing on.
            leads = record.noted_signing.record if record.kind == NOTE else record
            paper = Paper(
                record.label, "", record.dated, record.pdf_bytes, agency.name_on(record.dated), record.type.folder
            )
            dated.append((leads.dated, leads.type.file_order, paper))
        for form in casefile_forms.of(one):
            drawn = partial(casefile_forms.draw, one, form)
            author = str(form.context.get("agency") or agency.name_on(form.dated))
            dated.append((form.dated, form.file_order, Paper(form.title, "", form.dated, drawn, author, "审批表")))
    return [paper for _on, _order, paper in sorted(dated, key=lambda entry: entry[:2])]


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
    """Job `notices.case_file`."""
    docket = Docket.objects.select_related("enterprise", "department", "officer").get(pk=job.payload["docket"])

    def progress(percent: int, step: str) -> None:
        if not jobs.report(job, progress=percent, step=step):
            raise Cancelled

    if reasons := obstacles(docket):
        raise RuleBroken(reasons)
    progress(5, _("Reading the documents"))
    contents = [(paper, paper.pdf()) for paper in papers(docket)]
    for row in _frozen(docket):
        _check(row.pdf_sha256, row.pdf_bytes(), str(row))
    progress(20, _("Numbering the pages"))
    by = Officer.objects.get(pk=job.requested_by_id)
    evidence = origins.evidence(docket)
    from notices import casefile_pages  # with pypdf, which no process but this one needs

    volume = casefile_pages.bound(
        docket,
        contents,
        evidence,
        by.name,
        lambda done, of: progress(20 + 40 * done // of, _("Putting the evidence on pages")),
    )
    progress(60, _("Packing originals and evidence"))
    stem = f"{FOLDER}/{docket.pk}/{job.pk}"
    pdf = whole_files.write(f"{stem}.pdf", lambda path: path.write_bytes(volume.pdf))
    packed = whole_files.write(f"{stem}.zip", lambda path: _pack(path, docket, contents, evidence, volume, progress))
    _forget_earlier(docket, job)
    label = _safe(str(docket.number or docket.pk))
    return {
        "pdf": pdf,
        "zip": packed,
        "pdf_name": f"案卷_{label}.pdf",
        "zip_name": f"案卷_{label}.zip",
        "pages": volume.pages,
        "papers": volume.pieces,
        "evidence": len(evidence),
    }


def _check(expected: str, content: bytes, label: str) -> None:
    if hashlib.sha256(content).hexdigest() != expected:
        raise RuleBroken(_("%(label)s: the stored file does not match its fingerprint any more.") % {"label": label})


def _pack(
    path: Path,
    docket: Docket,
    contents: list[tuple[Paper, bytes]],
    evidence: list[Evidence],
    volume: "Volume",
    progress: Callable[[int, str], None],
) -> None:
    sums: list[str] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _small_files(docket, contents, volume):
            archive.writestr(zipfile.ZipInfo(name, _moment()), content, zipfile.ZIP_DEFLATED)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
        for number, item in enumerate(evidence, start=1):
            name = f"证据/{number:02d}_{_safe(item.title)}_{_safe_file(item.filename)}"
            _copy(archive, name, item)
            sums.append(f"{item.sha256}  {name}")
            progress(60 + 35 * number // len(evidence), _("Packing originals and evidence"))
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", _moment()), "\n".join(sums) + "\n")


def _small_files(docket: Docket, contents: list[tuple[Paper, bytes]], volume: "Volume") -> Iterator[tuple[str, bytes]]:
    yield "案卷.pdf", volume.pdf
    for number, (paper, pdf) in enumerate(contents, start=1):
        name = "_".join(filter(None, [f"{number:02d}", _safe(paper.title), _safe(paper.number)]))
        yield f"{paper.folder}/{name}.pdf", pdf
    yield f"{casefile_steps.TITLE}.pdf", volume.steps
    yield "办理记录.jsonl", trailfile.of_docket(docket)
    yield "说明.txt", trailfile.EXPLANATION.encode()


def _copy(archive: zipfile.ZipFile, name: str, item: Evidence) -> None:
    """Evidence may be large: block by block, checked on the way."""
    digest = hashlib.sha256()
    with (
        item.file.open("rb") as source,
        archive.open(zipfile.ZipInfo(name, _moment()), "w", force_zip64=True) as target,
    ):
        while block := source.read(1024 * 1024):
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != item.sha256:
        raise RuleBroken(
            _("%(label)s: the stored file does not match its fingerprint any more.") % {"label": item.title}
        )


def _moment() -> tuple[int, int, int, int, int, int]:
    now = clock.local(clock.now())
    return (now.year, now.month, now.day, now.hour, now.minute, now.second)


def _safe(name: str, longest: int = PART_BYTES) -> str:
    """A part of a file name that every system can unpack: systems count bytes, and a Chinese character has three."""
    plain = "".join("_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in name)
    return plain.encode()[:longest].decode(errors="ignore").strip(" .")


def _safe_file(name: str) -> str:
    """The same for the name of a file, which keeps its suffix."""
    suffix = _safe(Path(name).suffix, 16)
    return f"{_safe(Path(name).stem, PART_BYTES - 17)}.{suffix}" if suffix else _safe(name)


def _forget_earlier(docket: Docket, job: Job) -> None:
    """The newest export stays; what it replaces would only be out of date."""
    for earlier in Job.objects.filter(kind=JOB, docket_id=docket.pk, state="done").exclude(pk=job.pk):
        for key in ("pdf", "zip"):
            if name := earlier.result.get(key):
                default_storage.delete(name)


def file_of(job: Job, which: str) -> "File[Any] | None":
    """The finished file, open; None when it was replaced by a newer export."""
    name = job.result.get(which, "")
    if not name or not default_storage.exists(name):
        return None
    return default_storage.open(name, "rb")
