"""Importing enterprises, their facilities and lines from Excel: upload and dry run, confirm once, discard."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

import trail
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from core.uploads import fingerprint
from registry.access import require
from registry.imports import applying, checking
from registry.imports.known import Known
from registry.imports.reading import MAX_ROWS, check_bytes, open_workbook
from registry.models import ImportAction, ImportMode, ImportRow, ImportRun, ImportState

# Up to so many rows are handled while the officer waits; more become a job.
AT_ONCE: Final = 500
# "All or nothing" is one transaction, during which others wait to write.
ALL_AT_MOST: Final = 5000
VALID_FOR: Final = timedelta(hours=24)
FORGOTTEN_AFTER: Final = timedelta(days=7)
CHUNK: Final = 100
Report = Callable[[int, str], bool]


@dataclass(slots=True)
class Outcome:
    """What a confirmation did. `outdated`: rows whose record changed since the dry run; then nothing was written."""

    run: ImportRun
    outdated: list[str] = field(default_factory=list)


def start_import(*, by: Any, upload: "UploadedFile[Any]") -> ImportRun:
    """Keep the file and compare it with the registry, at once or (over 500 rows) as a job. Writes no enterprise.

    RuleBroken, on the field "file", when the file as a whole cannot be taken.
    """
    require(by, "registry.import_enterprises")
    name = (upload.name or "").replace("\\", "/").rpartition("/")[2][:200]
    if upload.file is None:
        raise RuleBroken(_("The file is empty."), field="file")
    check_bytes(upload.file, name)
    book = open_workbook(upload.file)
    rows = sum(1 for page in book.pages for _row in page.rows())
    if rows == 0:
        raise RuleBroken(_("The file has no rows to import."), field="file")
    if rows > MAX_ROWS:
        reason = _("The file has %(rows)d rows; at most %(limit)d fit into one import. Divide it into several files.")
        raise RuleBroken(reason % {"rows": rows, "limit": MAX_ROWS}, field="file")
    _forget_old(by)
    now = clock.now()
    run = ImportRun(
        owner=by,
        filename=name,
        size_bytes=upload.size or 0,
        sha256=fingerprint(upload.file),
        headings=book.headings,
        ignored_headings=book.ignored,
        rows_total=rows,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    with transaction.atomic():
        run.file.save(f"{run.sha256[:16]}.xlsx", upload, save=False)
        run.save()
        _check(run)
    return run


def _check(run: ImportRun) -> None:
    """At once, or as a job."""
    if run.rows_total <= AT_ONCE:
        check_now(run)
    else:
        _queue(run, "registry.check_import")


def _queue(run: ImportRun, kind: str) -> None:
    job = jobs.enqueue(kind, {"run": run.pk}, by_id=run.owner_id, max_attempts=3)
    run.job_id = job.pk
    run.save(update_fields=["job_id"])


def check_now(run: ImportRun, report: Report | None = None) -> None:
    """The dry run itself. May be repeated: what an interrupted one found is replaced."""
    run.lines.all().delete()
    actions: list[str] = []
    with run.file.open("rb") as file:
        book = open_workbook(file)
        for batch in checking.check(run, book, run.owner):
            ImportRow.objects.bulk_create(batch, batch_size=200)
            actions.extend(row.action for row in batch)
            done = {"done": len(actions), "all": run.rows_total}
            if report and not report(
                100 * len(actions) // run.rows_total, _("%(done)d of %(all)d rows checked") % done
            ):
                return
    with transaction.atomic():
        for name, count in checking.counted(actions).items():
            setattr(run, name, count)
        run.state = ImportState.CHECKED
        run.expires_at = clock.now() + VALID_FOR
        run.save()
        trail.record(
            "registry.import_upload", run, by=run.owner, rows=len(actions), bad=run.bad_count, sha256=run.sha256
        )


@transaction.atomic
def confirm_import(*, run: ImportRun, by: Any, mode: str) -> Outcome:
    """Write what the dry run showed, once. Up to 500 rows at once, more as a job.

    When a record changed since the dry run, nothing is written: the file is compared again and the outcome says
    which rows were concerned. RuleBroken when the run is over, expired, or "all or none" meets errors.
    """
    require(by, "registry.import_enterprises")
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("owner").get(pk=run.pk, owner=by)
    _must_be_open(locked)
    to_write = locked.created_count + locked.updated_count
    if mode not in ImportMode.values:
        raise RuleBroken(_("Choose how to import."), field="mode")
    if mode == ImportMode.ALL and locked.bad_count:
        reason = _(
            "%(count)d rows have errors, so nothing was imported. Correct the file, or import only the good rows."
        )
        raise RuleBroken(reason % {"count": locked.bad_count}, field="mode")
    if not to_write:
        raise RuleBroken(_("There is nothing to import: no row is new or changed."))
    if mode == ImportMode.ALL and to_write > ALL_AT_MOST:
        reason = _("More than %(limit)d rows cannot be imported all or none: the registry would stand still too long.")
        raise RuleBroken(reason % {"limit": ALL_AT_MOST}, field="mode")
    if outdated := applying.outdated(locked, Known.of(by)):
        locked.state = ImportState.CHECKING
        locked.save(update_fields=["state"])
        _check(locked)
        return Outcome(locked, outdated)
    locked.mode, locked.state = mode, ImportState.APPLYING
    locked.save(update_fields=["mode", "state"])
    if to_write <= AT_ONCE:
        apply_now(locked)
    else:
        _queue(locked, "registry.apply_import")
    return Outcome(locked)


def _must_be_open(run: ImportRun) -> None:
    if run.state in {ImportState.APPLYING, ImportState.DONE}:
        raise RuleBroken(_("This file has already been imported. Nothing was done twice."))
    if run.state == ImportState.CHECKING:
        raise RuleBroken(_("The file is still being checked."))
    if run.state != ImportState.CHECKED:
        raise RuleBroken(_("This import was discarded. Upload the file again."))
    if run.is_expired(clock.now()):
        raise RuleBroken(_("The check is more than 24 hours old. Check the file again first."))


def apply_now(run: ImportRun, report: Report | None = None) -> None:
    """Write the rows. May be repeated after an interruption: rows already written are passed over."""
    known = Known.of(run.owner)
    rows = run.lines.filter(action__in=[ImportAction.CREATE, ImportAction.UPDATE], is_applied=False)
    rows = rows.order_by("sheet", "number")
    if run.mode == ImportMode.ALL:
        _apply_all(run, list(rows), known)
    else:
        total = rows.count()
        done = 0
        while chunk := list(rows[:CHUNK]):
            with transaction.atomic():
                for row in chunk:
                    _apply_or_blame(row, run, known)
            done += len(chunk)
            step = _("%(done)d of %(all)d rows imported") % {"done": done, "all": total}
            if report and not report(100 * done // total, step):
                return
    _finish(run)


def _apply_all(run: ImportRun, rows: list[ImportRow], known: Known) -> None:
    with transaction.atomic():
        for row in rows:
            try:
                applying.apply(row, run, known)
            except RuleBroken as refusal:
                place = applying.at(row, " ".join(refusal.reasons))
                raise RuleBroken(place) from refusal


def _apply_or_blame(row: ImportRow, run: ImportRun, known: Known) -> None:
    """Good rows only: a row that the registry refuses by now becomes one with an error."""
    try:
        with transaction.atomic():
            applying.apply(row, run, known)
    except RuleBroken as refusal:
        row.action = ImportAction.BAD
        fix = _("Check the file again.")
        row.problems = [{"column": "", "value": "", "reason": " ".join(refusal.reasons), "fix": fix}]
        row.save(update_fields=["action", "problems"])


@transaction.atomic
def _finish(run: ImportRun) -> None:
    written = run.lines.filter(is_applied=True)
    run.created_count = written.filter(action=ImportAction.CREATE).count()
    run.updated_count = written.filter(action=ImportAction.UPDATE).count()
    run.bad_count = run.lines.filter(action=ImportAction.BAD).count()
    run.state, run.finished_at = ImportState.DONE, clock.now()
    run.save()
    trail.record(
        "registry.import_confirm",
        run,
        by=run.owner,
        mode=run.mode,
        created=run.created_count,
        updated=run.updated_count,
        left_out=run.bad_count,
        sha256=run.sha256,
    )


@transaction.atomic
def check_again(*, run: ImportRun, by: Any) -> ImportRun:
    """Compare a file with the registry as it is now: after the check expired, or after the job failed."""
    require(by, "registry.import_enterprises")
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("owner").get(pk=run.pk, owner=by)
    if locked.state not in {ImportState.CHECKED, ImportState.FAILED} and not is_stalled(locked):
        raise RuleBroken(_("This import is over. Upload the file again."))
    if locked.lines.filter(is_applied=True).exists():
        raise RuleBroken(
            _("A part of this file has been imported. Upload it again: what is in the registry is left unchanged.")
        )
    locked.state, locked.refusal = ImportState.CHECKING, ""
    locked.save(update_fields=["state", "refusal"])
    _check(locked)
    return locked


def is_stalled(run: ImportRun) -> bool:
    """Waiting for a job that is over: an administrator stopped it."""
    if run.state not in {ImportState.CHECKING, ImportState.APPLYING} or run.job_id is None:
        return False
    job = Job.objects.filter(pk=run.job_id).first()
    return job is None or job.is_over


@transaction.atomic
def discard_import(*, run: ImportRun, by: Any) -> None:
    """Forget an upload without importing it; the trail keeps that it was there."""
    require(by, "registry.import_enterprises")
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk, owner=by)
    if locked.state in {ImportState.APPLYING, ImportState.DONE} and not is_stalled(locked):
        raise RuleBroken(_("This file has already been imported."))
    locked.state = ImportState.CANCELLED
    locked.save(update_fields=["state"])
    locked.lines.all().delete()
    trail.record("registry.import_discard", locked, by=by, sha256=locked.sha256)
    job = Job.objects.filter(pk=locked.job_id or 0).first()
    if job is not None:
        jobs.cancel(job)
    transaction.on_commit(lambda: locked.file.delete(save=False))


def _forget_old(by: Any) -> None:
    """Uploads that were neither imported nor looked at for a week: rows and file are no longer needed."""
    old = ImportRun.objects.filter(owner=by, expires_at__lt=clock.now() - FORGOTTEN_AFTER)
    for run in old.exclude(state__in=[ImportState.DONE, ImportState.APPLYING]):
        run.file.delete(save=False)
        run.delete()
