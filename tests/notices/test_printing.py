"""The PDF: drawn after commit from the frozen words, once, whole; a failure is seen and can be tried again."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock, jobs, whole_files
from core.errors import RuleBroken
from core.models import Job, JobState
from notices import printing, rendering, services
from notices.models import Notice, Printed
from tests.notices.conftest import drawn
from tests.notices.test_service import direct

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


def stored(notice) -> Path:
    return Path(notice.pdf.path)


def test_two_workers_who_write_the_same_pdf_never_touch_each_others_file(settings):
    """The second begins while the first is about to publish; then the second is killed half-way."""
    seen = []

    def second(path: Path) -> None:
        path.write_bytes(b"%PDF ha")
        raise SystemExit  # what it had not written yet is never written

    def first(path: Path) -> None:
        path.write_bytes(b"%PDF whole")
        with pytest.raises(SystemExit):
            whole_files.write("notices/ab/ab.pdf", second)
        seen.append(path.read_bytes())

    whole_files.write("notices/ab/ab.pdf", first)
    assert seen == [b"%PDF whole"]
    assert (Path(settings.MEDIA_ROOT) / "notices/ab/ab.pdf").read_bytes() == b"%PDF whole"


def test_nothing_stands_under_the_name_until_the_file_is_whole(settings):
    target = Path(settings.MEDIA_ROOT) / "notices/ab/ab.pdf"

    def killed(path: Path) -> None:
        path.write_bytes(b"%PDF ha")
        assert not target.exists()
        raise SystemExit

    with pytest.raises(SystemExit):
        whole_files.write("notices/ab/ab.pdf", killed)
    assert not target.exists()


def test_what_killed_workers_left_is_forgotten_after_a_day(settings):
    workshop = Path(settings.MEDIA_ROOT) / whole_files.WORKSHOP
    workshop.mkdir(parents=True)
    for name, hours in (("old.part", 25), ("new.part", 1)):
        (workshop / name).write_bytes(b"%PDF ha")
        at = (clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(workshop / name, (at, at))
    assert whole_files.forget_abandoned() == 1
    assert [path.name for path in workshop.iterdir()] == ["new.part"]


@pytest.mark.parametrize("harm", ["lost", "cut"])
def test_a_pdf_that_the_store_lost_or_cut_is_drawn_again_with_the_same_bytes(printed, case_officer, log_in, harm):
    whole = printed.pdf_bytes()
    stored(printed).unlink() if harm == "lost" else stored(printed).write_bytes(whole[:1000])
    browser = log_in(case_officer)
    page = browser.get(f"/documents/{printed.pk}/").content.decode()
    assert str(printing.DAMAGED) in page
    assert f"/documents/{printed.pk}/print-again/" in page
    assert browser.get(f"/documents/{printed.pk}/file/").status_code == 409
    services.print_again(document=printed, by=case_officer)
    with pytest.raises(RuleBroken):  # under way
        services.print_again(document=printed, by=case_officer)
    jobs.run(job_of(printed).pk)
    assert job_of(printed).state == JobState.DONE
    assert stored(printed).read_bytes() == whole
    assert printing.why_not_printed(printed) == ""
    with pytest.raises(RuleBroken):  # it is there
        services.print_again(document=printed, by=case_officer)


def test_a_page_reads_no_pdf_and_the_file_is_read_once(printed, case_officer, log_in, monkeypatch):
    read, pdf_bytes = [], Printed.pdf_bytes

    def counted(row):
        read.append(row.pk)
        return pdf_bytes(row)

    monkeypatch.setattr(Printed, "pdf_bytes", counted)
    browser = log_in(case_officer)
    assert browser.get(f"/documents/{printed.pk}/").context["preview"]["pages"]
    assert read == []
    assert browser.get(f"/documents/{printed.pk}/file/").content == pdf_bytes(printed)
    assert read == [printed.pk]


def test_another_file_of_the_same_size_is_not_handed_out_and_can_be_drawn_again(printed, case_officer, log_in):
    whole = printed.pdf_bytes()
    stored(printed).write_bytes(whole[:-1] + b"x")
    assert log_in(case_officer).get(f"/documents/{printed.pk}/file/").status_code == 409
    services.print_again(document=printed, by=case_officer)
    jobs.run(job_of(printed).pk)
    assert stored(printed).read_bytes() == whole


def test_a_receipt_that_the_store_lost_is_drawn_again(printed, case_officer):
    service = direct(printed, case_officer)
    job = Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}")
    jobs.run(job.pk)
    service.refresh_from_db()
    whole = service.pdf_bytes()
    stored(service).unlink()
    services.print_again(document=service, by=case_officer)
    jobs.run(job.pk)
    assert stored(service).read_bytes() == whole


def test_a_pdf_drawn_again_with_other_bytes_is_not_kept(printed, case_officer, monkeypatch):
    stored(printed).unlink()
    other = printing.Drawn(b"%PDF other", hashlib.sha256(b"%PDF other").hexdigest(), 1, "WeasyPrint 99")
    monkeypatch.setattr(printing, "draw", lambda html: other)
    services.print_again(document=printed, by=case_officer)
    Job.objects.filter(pk=job_of(printed).pk).update(max_attempts=1)
    jobs.run(job_of(printed).pk)
    assert job_of(printed).state == JobState.FAILED
    assert "WeasyPrint 99" in printing.why_not_printed(printed)
    assert not stored(printed).exists()
    assert not list(stored(printed).parent.iterdir())


def test_an_outsider_has_nothing_drawn_again(printed, outsider, log_in):
    stored(printed).unlink()
    assert log_in(outsider).post(f"/documents/{printed.pk}/print-again/").status_code == 404
    assert job_of(printed).state == JobState.DONE


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


def test_a_damaged_pdf_of_the_same_size_is_drawn_again_from_its_page(printed, case_officer, legal_reviewer, log_in):
    path = stored(printed)
    path.chmod(0o644)
    path.write_bytes(b"x" * printed.pdf_size_bytes)
    client, again = log_in(case_officer), f"/documents/{printed.pk}/print-again/"
    assert again in client.get(printed.get_absolute_url()).content.decode()
    assert again not in log_in(legal_reviewer).get(printed.get_absolute_url()).content.decode()
    assert client.post(again).status_code == 302
    jobs.run(job_of(printed).pk)
    printed.refresh_from_db()
    assert printing.is_whole(printed)
