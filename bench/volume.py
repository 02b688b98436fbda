"""How long a worker takes for the case file of a thick case: both volumes bound, originals and evidence packed.

Photographs of two million pixels, scans of 150 dots per inch: what telephones and copiers make. On SQLite and the disk, as in use;
nearly all of it is decoding pictures and drawing pages. In seconds of processor time (bench.effort).
"""

import io
import os
import shutil
import statistics
from pathlib import Path
from typing import Any

from django.conf import settings
from pypdf import PdfReader

from bench import dockets
from bench.effort import measured
from bench.lines import line

PHOTOGRAPHS, SCANS, SCANNED = 30, 4, 15  # the scans have so many pages each
SMALL_PHOTOGRAPHS, SMALL_SCANS = 4, 1
ROUNDS, SMALL_ROUNDS = 3, 1
SIZE = {"photograph": (1600, 1200), "scan": (1240, 1754)}


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table."""
    photographs, scans, rounds = (
        (SMALL_PHOTOGRAPHS, SMALL_SCANS, SMALL_ROUNDS) if small else (PHOTOGRAPHS, SCANS, ROUNDS)
    )
    database = Path(settings.DATABASES["default"]["NAME"])
    database.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(dockets.empty_file(), database)
    docket, by = _case(photographs, scans)
    made: list[Any] = []
    spent = [measured(lambda: made.append(_export(docket, by))) for _turn in range(rounds + 1)][
        1:
    ]  # the first one warms
    pages, pdf_mb = _looked_at(made[-1])
    clock_s = statistics.median(one.clock_ms for one in spent) / 1000
    seconds = statistics.median(one.processor_ms for one in spent) / 1000
    return [
        line(
            f"case file of {pages} pages, {photographs} photographs, {scans} scans ({clock_s:.1f} s by the clock)",
            seconds, "s", at_most=60, judged=not small,
        ),
        line("a page of it", seconds / pages * 1000, "ms", digits=0),
        line("size of its volumes", pdf_mb, "MB", digits=1),
    ]  # fmt: skip


def _case(photographs: int, scans: int) -> tuple[Any, Any]:
    from organisation import roles
    from tests import factories
    from tests.factories import exhibits

    by = factories.make_officer(roles.CASE_OFFICER)
    docket = factories.make_docket(department=by.department, officer=by, enterprise=factories.make_enterprise())
    exhibits.add(docket, by, photographs=photographs, scans=0, pages=0, size=SIZE["photograph"])
    exhibits.add(docket, by, photographs=0, scans=scans, pages=SCANNED, size=SIZE["scan"])
    return docket, by


def _export(docket: Any, by: Any) -> Any:
    from core import jobs
    from core.models import JobState
    from notices.services import export_case_file

    job = jobs.run(export_case_file(docket=docket, by=by).pk)
    if job is None or job.state != JobState.DONE:
        raise RuntimeError(f"no case file: {job and job.error}")
    return job


def _looked_at(job: Any) -> tuple[int, float]:
    """Numbered pages and megabytes of both volumes; they open. With BENCH_KEEP the files stay there to be looked at."""
    from notices import casefile

    size = 0
    for which in ("pdf", "inner", "zip"):
        file = casefile.file_of(job, which)
        if file is None:
            raise RuntimeError(f"the export left no {which}")
        content = file.read()
        if which != "zip":
            size += len(content)
            PdfReader(io.BytesIO(content), strict=True)
        if folder := os.environ.get("BENCH_KEEP"):
            (Path(folder) / job.result[f"{which}_name"]).write_bytes(content)
    return sum(volume["pages"] for volume in job.result["volumes"]), size / 1e6
