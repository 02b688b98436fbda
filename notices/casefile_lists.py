"""What the pages of the case file show: what a file will hold, and what an export holds."""

from itertools import groupby
from typing import Any

from casework.models import Docket
from core.models import Job, JobState
from notices import archive, casefile, casefile_steps
from notices.archive import Volume


def contents(docket: Docket) -> dict[str, Any]:
    """What the case file will hold, by volume and group, and what stands in its way."""
    lines = [(paper.group, " ".join(filter(None, [paper.title, paper.number]))) for paper in casefile.papers(docket)]
    evidence = casefile.evidence(docket)
    lines += [(group, item.title) for group, item in evidence]
    lines.append((archive.other(Volume.INNER), casefile_steps.TITLE))
    lines.sort(key=lambda line: archive.place(line[0]))  # stable: evidence stays behind the papers of its group
    volumes = [
        {
            "title": str(volume),
            "groups": [
                {"label": group.heading, "lines": [name for _group, name in held]}
                for group, held in groupby(lines, key=lambda line: line[0])
                if group.volume == volume
            ],
        }
        for volume in Volume
    ]
    return {
        "volumes": volumes,
        "evidence": len(evidence),
        "obstacles": casefile.obstacles(docket),
        "latest": Job.objects.filter(kind=casefile.JOB, docket_id=docket.pk, state=JobState.DONE).last(),
    }


def made(job: Job) -> list[dict[str, Any]]:
    """The volumes of a finished export: which (as its address names the file), title, pages, papers, evidence. An export of before
    the file had two volumes is one of its own."""
    result = job.result
    if "pdf" not in result:
        return []
    volumes: list[dict[str, Any]] = result.get("volumes") or [{"which": "pdf", "title": "案卷", "evidence": 0} | result]
    return volumes
