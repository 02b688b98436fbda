"""The PDF: drawn after commit from the frozen words, once, whole; a failure is seen and can be tried again."""

import hashlib
from pathlib import Path

import pytest

from core import jobs
from core.errors import RuleBroken
from core.models import Job, JobState
from notices import printing, rendering, services
from notices.models import Notice
from tests.notices.conftest import drawn

pytestmark = pytest.mark.django_db


def job_of(notice) -> Job:
    return Job.objects.get(unique_key=f"notices.render:{notice.pk}")


def test_issue_asks_for_the_pdf_in_its_own_transaction(issued):
    job = job_of(issued)
    assert (job.state, job.payload, job.docket_id) == (JobState.QUEUED, {"notice": issued.pk}, issued.docket_id)
    assert not issued.is_printed


def test_the_stored_file_has_the_fingerprint_kept_beside_it(printed):
    pdf = printed.pdf_bytes()
    assert hashlib.sha256(pdf).hexdigest() == printed.pdf_sha256
    assert printed.pdf.name == f"notices/{printed.pdf_sha256[:2]}/{printed.pdf_sha256}.pdf"
    assert (printed.pdf_size_bytes, printed.pdf_pages) == (len(pdf), 1)
    assert printed.renderer.startswith("WeasyPrint")


def test_drawing_twice_gives_the_same_bytes(issued):
    assert printing.draw(issued.html).sha256 == printing.draw(issued.html).sha256


def test_a_second_run_changes_nothing(printed):
    before = (printed.pdf_sha256, printed.printed_at)
    again = printing.print_out(Notice, printed.pk)
    assert (again.pdf_sha256, again.printed_at) == before


def test_what_a_killed_worker_left_half_written_is_written_over(issued, settings):
    drawn_once = printing.draw(issued.html)
    path = Path(settings.MEDIA_ROOT) / "notices" / drawn_once.sha256[:2] / f"{drawn_once.sha256}.part"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF half")
    printed = drawn(issued)
    assert printed.pdf_sha256 == drawn_once.sha256
    assert [file.name for file in path.parent.iterdir()] == [f"{drawn_once.sha256}.pdf"]


def test_a_failure_is_kept_in_words_and_can_be_tried_again(issued, case_officer, monkeypatch):
    def fail(html):
        raise rendering.RenderingFailed("缺少系统库")

    job = job_of(issued)
    with monkeypatch.context() as patch:
        patch.setattr(printing, "draw", fail)
        Job.objects.filter(pk=job.pk).update(max_attempts=1)
        jobs.run(job.pk)
    assert job_of(issued).state == JobState.FAILED
    assert printing.why_not_printed(issued) == "PDF 未能生成：缺少系统库"
    services.print_again(document=issued, by=case_officer)
    jobs.run(job.pk)
    assert Notice.objects.get(pk=issued.pk).is_printed
    with pytest.raises(RuleBroken):
        services.print_again(document=Notice.objects.get(pk=issued.pk), by=case_officer)


def test_a_job_under_way_is_not_started_twice(issued, case_officer):
    with pytest.raises(RuleBroken):
        services.print_again(document=issued, by=case_officer)


def test_two_pages_stay_small(docket, case_officer, head):
    from tests.notices.words import WORDS

    words = WORDS | {"paragraphs": ["镧铈镨钕钐铕钆铽镝钬铒铥镱镥钪钇" * 12] * 3}
    notice = services.draft(kind="notice", docket=docket, content=words, by=case_officer)
    notice = services.approve(notice=services.submit(notice=notice, by=case_officer), by=head)
    printed = drawn(services.issue(notice=notice, by=case_officer))
    assert printed.pdf_pages == 2
    assert printed.pdf_size_bytes <= 150_000
