"""An export that breaks, is asked for twice at once, or lacks an original: nothing is half-written, and it is said in words."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework import evidence
from casework import services as dockets
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job, JobState
from notices import archive, casefile, casefile_package, services
from notices.archive import Volume
from organisation import roles
from tests import factories
from tests.notices.forms import once
from tests.notices.test_service import PDF
from tests.notices.volumes import Read, opened, sums_checked, unpacked
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


@story
def kept(printed, case_officer):
    """A piece of evidence on a docket whose documents are drawn."""
    return evidence.add(
        docket=printed.docket, upload=SimpleUploadedFile("台账.pdf", PDF), kind="document", title="出库台账", proves="少录数量",
        made_by="陈测试", made_at=clock.now(), place="成品库", by=case_officer,
    )  # fmt: skip


def asked(docket, by, **more) -> Job:
    return services.export_case_file(docket=docket, by=by, **more)


def run(job: Job) -> Job:
    """As a worker would, and a second one after it."""
    Job.objects.filter(pk=job.pk).update(not_before=clock.now())
    done = jobs.run(job.pk)
    assert done is not None
    return done


def in_the_store(docket) -> set[str]:
    folder = Path(settings.MEDIA_ROOT) / casefile.FOLDER / str(docket.pk)
    return {path.name for path in folder.glob("*")}


def broken_once(monkeypatch) -> None:
    """The first package breaks in the middle: half of it is on the disk."""
    pack, broken = casefile_package.pack, []

    def breaking(path, *rest):
        if broken:
            return pack(path, *rest)
        broken.append(path)
        path.write_bytes(b"PK half")
        raise OSError("disk full")

    monkeypatch.setattr(casefile_package, "pack", breaking)


def test_an_export_that_broke_half_way_has_no_package_and_is_started_again(kept, docket, case_officer, monkeypatch):
    broken_once(monkeypatch)
    job = run(asked(docket, case_officer))
    assert job.state == JobState.QUEUED
    assert casefile.file_of(job, "pdf") is None
    assert not any(name.endswith(".zip") for name in in_the_store(docket))
    job = run(job)
    assert job.state == JobState.DONE
    assert {name.partition(".")[2] for name in in_the_store(docket)} == {"pdf", "inner", "zip"}


def test_what_a_failed_export_left_goes_with_the_next_one(kept, docket, case_officer, monkeypatch):
    broken_once(monkeypatch)
    failed = asked(docket, case_officer)
    Job.objects.filter(pk=failed.pk).update(max_attempts=1)
    assert run(failed).state == JobState.FAILED
    job = run(asked(docket, case_officer))
    assert job.state == JobState.DONE
    assert in_the_store(docket) == {f"{job.pk}.{which}" for which in ("pdf", "inner", "zip")}


def test_of_two_exports_at_once_the_later_one_stays_whole_whichever_ends_first(
    kept, docket, case_officer, head, tmp_path
):
    first, second = asked(docket, case_officer), asked(docket, head)
    second = run(second)
    assert second.state == JobState.DONE
    assert run(first).state == JobState.DONE
    unpacked(second, tmp_path / "out")
    assert sums_checked(tmp_path / "out").returncode == 0
    third = run(asked(docket, case_officer))
    assert in_the_store(docket) == {f"{third.pk}.{which}" for which in ("pdf", "inner", "zip")}


def test_the_second_press_of_the_button_asks_for_no_second_export(kept, docket, case_officer, log_in):
    client, words = log_in(case_officer), once() | {"volumes": "both"}
    address = reverse("notices:export_case_file", args=[docket.pk])
    for _press in range(2):
        client.post(address, words)
    assert Job.objects.filter(kind=casefile.JOB).count() == 1


def test_a_missing_original_of_the_evidence_is_said_in_words(kept, docket, case_officer):
    kept.file.storage.delete(kept.file.name)
    with pytest.raises(RuleBroken) as refusal:
        asked(docket, case_officer)
    assert "“出库台账”" in str(refusal.value)
    assert not Job.objects.filter(kind=casefile.JOB).exists()


def test_an_original_that_goes_missing_while_it_waits_is_said_in_words(kept, docket, case_officer):
    job = asked(docket, case_officer)
    kept.file.storage.delete(kept.file.name)
    Job.objects.filter(pk=job.pk).update(max_attempts=1)
    job = run(job)
    assert job.state == JobState.FAILED
    assert "“出库台账”" in job.error
    assert in_the_store(docket) == set()


def test_altered_evidence_in_the_store_is_found(kept, docket, case_officer):
    (Path(settings.MEDIA_ROOT) / kept.file.name).write_bytes(PDF + b" ")
    job = asked(docket, case_officer)
    Job.objects.filter(pk=job.pk).update(max_attempts=1)
    job = run(job)
    assert job.state == JobState.FAILED
    assert "出库台账" in job.error
    assert not any(name.endswith(".zip") for name in in_the_store(docket))


class TestThePrincipalVolumeAlone:
    def test_for_a_court_it_holds_nothing_that_stays_with_the_authority(self, kept, docket, case_officer, tmp_path):
        job = run(asked(docket, case_officer, main_alone=True))
        files = unpacked(job, tmp_path / "out")
        assert {name.partition("/")[0] for name in files} == {"正卷", "正卷.pdf", "说明.txt", "SHA256SUMS"}
        assert sums_checked(tmp_path / "out").returncode == 0
        assert "办理记录" not in (tmp_path / "out" / "说明.txt").read_text().replace("写入办理记录", "")
        assert casefile.file_of(job, "inner") is None
        assert job.result["zip_name"].startswith("正卷_")
        assert Event.objects.get(verb="notices.export_case_file").facts["volumes"] == "正卷"

    def test_it_leaves_the_whole_file_where_it_is(self, kept, docket, case_officer):
        whole = run(asked(docket, case_officer))
        alone = run(asked(docket, case_officer, main_alone=True))
        assert opened(whole, "inner").startswith(b"%PDF")
        assert Read(alone).titles == Read(whole).titles

    def test_it_is_asked_for_by_its_own_button(self, kept, docket, case_officer, log_in):
        client = log_in(case_officer)
        address = reverse("notices:export_case_file", args=[docket.pk])
        assert 'value="main"' in client.get(address).content.decode()
        client.post(address, once() | {"volumes": "main"})
        job = run(Job.objects.get(kind=casefile.JOB))
        assert casefile.volumes_of(job) == [Volume.MAIN]
        page = client.get(reverse("notices:case_file", args=[docket.pk, job.pk])).content.decode()
        assert "保存正卷（PDF）" in page or "Save the 正卷 (PDF)" in page
        assert "副卷" not in page
        download = reverse("notices:case_file_download", args=[docket.pk, job.pk, "inner"])
        assert client.get(download).status_code == 404

    def test_volumes_that_do_not_exist_are_refused(self, kept, docket, case_officer, log_in):
        address = reverse("notices:export_case_file", args=[docket.pk])
        answer = log_in(case_officer).post(address, once() | {"volumes": "secret"})
        assert answer.status_code in {400, 409, 422}
        assert not Job.objects.filter(kind=casefile.JOB).exists()


def test_the_page_shows_before_the_export_where_each_paper_will_stand(kept, docket, case_officer, log_in):
    page = log_in(case_officer).get(reverse("notices:export_case_file", args=[docket.pk])).content.decode()
    for told in (
        "正卷",
        "副卷",
        "三、调查取证及证据材料",
        "出库台账",
        archive.other(Volume.INNER).heading,
        "案件办理流程记录",
    ):
        assert told in page


def test_the_supplementary_volume_is_closed_to_outsiders_and_to_colleagues_it_was_shared_with(
    kept, docket, case_officer, outsider, head, log_in
):
    job = run(asked(docket, case_officer))
    address = reverse("notices:case_file_download", args=[docket.pk, job.pk, "inner"])
    assert log_in(outsider).get(address).status_code == 404
    colleague = factories.make_officer(roles.CASE_OFFICER, department=outsider.department)
    dockets.share(docket=docket, officer=colleague, reason="协查", by=head)
    assert log_in(colleague).get(address).status_code == 403
