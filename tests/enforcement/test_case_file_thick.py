"""A case file of more than sixty pages: what the index says is true of every page, and any reader opens it."""

import io
import re
import subprocess

import pytest
from pypdf import PdfReader

from core import clock, jobs
from core.models import Job, JobState
from notices import services as notices
from tests.factories import exhibits
from tests.notices.volumes import Read, words
from tests.plugins.matters import DAY
from tests.plugins.stories import story

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
PHOTOGRAPHS, SCANS, SCANNED = 18, 3, 15


@story
def thick(case, case_officer):
    """The export of a case with photographs and scans."""
    with clock.pinned(DAY):
        exhibits.add(case.docket, case_officer, photographs=PHOTOGRAPHS, scans=SCANS, pages=SCANNED)
        job = jobs.run(notices.export_case_file(docket=case.docket, by=case_officer).pk)
    assert job is not None
    assert job.state == JobState.DONE, job.error
    return Job.objects.get(pk=job.pk)


def test_it_has_more_than_sixty_pages_numbered_without_a_gap(thick):
    read, told = Read(thick), thick.result["volumes"][0]
    assert told["pages"] >= 60
    assert read.numbers() == [str(number) for number in range(1, told["pages"] + 1)]
    assert told["evidence"] == PHOTOGRAPHS + SCANS


def pages_of(read: Read, at: int) -> str:
    """Where a piece stands by the bookmarks, as the index writes it."""
    places = [mark.place for mark in read.pieces] + [len(read.pages) - 1]
    first, last = places[at] - read.front + 1, places[at + 1] - read.front
    return str(first) if first == last else f"{first}-{last}"


def test_the_page_the_index_names_carries_the_heading_of_the_piece(thick):
    read = Read(thick)
    exhibits_shown = [at for at, mark in enumerate(read.pieces) if mark.title.startswith("证据") and "：" in mark.title]
    assert len(exhibits_shown) == PHOTOGRAPHS + SCANS
    for at in exhibits_shown:
        title, pages = read.pieces[at].title, pages_of(read, at)
        # After the pages comes the number of the next line, or what is no number.
        line = rf"{title}{DAY.year}\.{DAY.month}\.{DAY.day}{pages}(?:{at + 2}(?!\d)|\D|$)"
        assert re.search(line, read.index), (title, pages)
        first = int(pages.partition("-")[0])
        place = read.front + first - 1
        assert title.replace("：", "") in words(read.pages[place])
        assert read.number_on(place) == str(first)


def test_other_readers_open_it_and_find_the_same_pages(thick, tmp_path):
    """poppler, which most viewers of free systems are made with."""
    read = Read(thick)
    path = tmp_path / "volume.pdf"
    path.write_bytes(read.bytes)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    assert f"Pages:           {len(read.pages)}" in told.stdout
    last = read.pieces[-1]
    place = str(last.place + 1)
    text = subprocess.run(
        ["pdftotext", "-f", place, "-l", place, str(path), "-"], capture_output=True, text=True, check=True
    )
    assert text.stderr == ""
    assert words(last.title).replace("：", "") in words(text.stdout)
    assert read.number_on(last.place) in text.stdout.split()


def test_the_list_of_evidence_names_the_same_pages_as_the_index(thick):
    read = Read(thick)
    listed = read.text_of("证据材料清单")
    for number in (1, PHOTOGRAPHS, PHOTOGRAPHS + SCANS):
        at = [mark.title.partition("：")[0] for mark in read.pieces].index(f"证据{number}")
        named = read.pieces[at].title.partition("：")[2]
        line = listed.partition(f"{named}（")[2].partition("SHA-256")[0]
        assert pages_of(read, at) in line, named


def test_it_can_be_read_without_any_repair(thick):
    assert len(PdfReader(io.BytesIO(Read(thick).bytes), strict=True).pages) == len(Read(thick).pages)
