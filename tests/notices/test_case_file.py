"""The case file: one volume from frozen originals, and a package that checks itself."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from casework import evidence
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job, JobState
from notices import casefile, casefile_package, services, trailfile
from notices.models import Notice
from tests.notices.forms import once
from tests.notices.test_service import PDF, direct
from tests.notices.volumes import Read, opened, sums_checked, unpacked, words
from tests.plugins.stories import story
from trail.recording import GENESIS, canonical

pytestmark = pytest.mark.django_db


@story
def served(printed, case_officer):
    """A notice served, its receipt drawn, and a piece of evidence."""
    service = direct(printed, case_officer)
    jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}").pk)
    evidence.add(
        docket=printed.docket, upload=SimpleUploadedFile("台账 <1>.pdf", PDF), kind="document", title="出库/台账",
        proves="少录数量", made_by="陈测试", made_at=clock.now(), place="成品库", by=case_officer,
    )  # fmt: skip
    return Notice.objects.get(pk=printed.pk)


def exported(docket, by) -> Job:
    job = jobs.run(services.export_case_file(docket=docket, by=by).pk)
    assert job is not None
    assert job.state == JobState.DONE, job.error
    return job


def test_each_volume_has_cover_index_and_continuous_page_numbers(served, docket, case_officer):
    job = exported(docket, case_officer)
    main, inner = Read(job, "pdf"), Read(job, "inner")
    other, taken = "九、其他有关材料", "三、调查取证及证据材料"
    assert main.titles == [
        "行政执法案卷", "卷内目录", "证据材料清单", f"{served.title} {served.number}", f"送达回证 {served.number}", "卷内备考表"
    ]  # fmt: skip
    assert [mark.group for mark in main.pieces] == [taken, other, other]
    assert inner.titles == ["行政执法案卷", "卷内目录", "案件办理流程记录", "卷内备考表"]
    for read, told in ((main, job.result["volumes"][0]), (inner, job.result["volumes"][1])):
        assert read.numbers() == [str(number) for number in range(1, told["pages"] + 1)]
        cover = words(read.pages[0])
        assert f"（{told['title']}）" in cover
        assert f"共{told['pages']}页" in cover
        assert f"共2册，第{[main, inner].index(read) + 1}册" in cover
        assert all(group in read.index for group in read.groups)
    assert served.number in main.index


def test_how_long_the_file_is_kept_is_left_to_the_archive(served, docket, case_officer):
    cover = words(Read(exported(docket, case_officer)).pages[0])
    assert "保管期限册数" in cover


def test_the_package_checks_itself_with_sha256sum(served, docket, case_officer, tmp_path):
    files = unpacked(exported(docket, case_officer), tmp_path / "out")
    assert sums_checked(tmp_path / "out").returncode == 0
    listed = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert {line[66:] for line in listed} == files - {"SHA256SUMS"}
    assert f"正卷/09_其他有关材料/02_{served.title}_{served.number}.pdf" in files
    assert "正卷/03_调查取证及证据材料/证据01_出库_台账_台账 _1_.pdf" in files
    assert {
        "正卷.pdf",
        "副卷.pdf",
        "副卷/06_其他有关材料/01_案件办理流程记录.pdf",
        "办理记录.jsonl",
        "说明.txt",
    } < files


def test_sha256sum_names_the_file_in_which_one_byte_was_changed(served, docket, case_officer, tmp_path):
    files = unpacked(exported(docket, case_officer), tmp_path / "out")
    for name in sorted(files - {"SHA256SUMS"}):
        path = tmp_path / "out" / name
        kept = path.read_bytes()
        path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        checked = sums_checked(tmp_path / "out")
        assert checked.returncode == 1, name
        assert checked.stdout.splitlines() == [f"{name}: FAILED"]
        path.write_bytes(kept)


def test_a_readable_list_of_evidence_names_each_fingerprint(served, docket, case_officer, tmp_path):
    unpacked(exported(docket, case_officer), tmp_path / "out")
    (leaf,) = (tmp_path / "out" / "正卷" / "03_调查取证及证据材料").glob("*_证据材料清单.pdf")
    text = words("".join(page.extract_text() for page in PdfReader(leaf).pages))
    assert docket.evidence.get(title="出库/台账").sha256 in text


def test_a_package_with_the_longest_chinese_names_unpacks_and_checks_itself(served, docket, case_officer, tmp_path):
    title = "关于某某稀土有限公司萃取车间废水处理设施运行情况的现场照片及视频资料说明文件" * 3
    for number in range(2):
        evidence.add(
            docket=docket, upload=SimpleUploadedFile(f"{'现场' * 60}.pdf", PDF + bytes([number])), kind="document",
            title=title[:120], proves="设施未运行", made_by="陈测试", made_at=clock.now(), place="厂区", by=case_officer,
        )  # fmt: skip
    unpacked(exported(docket, case_officer), tmp_path / "out")
    checked = sums_checked(tmp_path / "out")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    names = [path.name for path in (tmp_path / "out" / "正卷" / "03_调查取证及证据材料").glob("证据*")]
    assert len(names) == 3
    assert max(len(name.encode()) for name in names) <= 255
    assert {Path(name).suffix for name in names} == {".pdf"}


@pytest.mark.parametrize("name", ["", "...", "稀" * 300, "稀" * 300 + ".tar.gz", "a\x00b/c:d", "." + "后" * 90])
def test_every_name_becomes_one_that_can_be_unpacked(name):
    for made in (casefile_package.safe(name), casefile_package.safe_file(name)):
        assert len(made.encode()) <= casefile_package.PART_BYTES
        assert not set(made) & set('\\/:*?"<>|\x00')


def test_the_originals_are_in_it_byte_for_byte(served, docket, case_officer):
    with zipfile.ZipFile(io.BytesIO(opened(exported(docket, case_officer), "zip"))) as archive:
        assert archive.read(f"正卷/09_其他有关材料/02_{served.title}_{served.number}.pdf") == served.pdf_bytes()
        assert archive.read("正卷/03_调查取证及证据材料/证据01_出库_台账_台账 _1_.pdf") == PDF


def test_the_trail_can_be_checked_without_the_portal(served, docket, case_officer):
    with zipfile.ZipFile(io.BytesIO(opened(exported(docket, case_officer), "zip"))) as archive:
        lines = archive.read("办理记录.jsonl").decode().splitlines()
    previous = GENESIS
    for line in lines:
        event = json.loads(line)
        kept = event.pop("hash")
        assert event["previous_hash"] == previous
        # As the explanation in the package says: keys sorted, no blanks, UTF-8.
        plain = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(plain.encode()).hexdigest() == kept
        assert canonical(event) == plain
        previous = kept
    assert json.loads(lines[-1])["verb"] == "notices.export_case_file"
    assert "sha256sum -c SHA256SUMS" in trailfile.EXPLANATION


def test_a_document_without_pdf_makes_it_refuse_in_words(issued, docket, case_officer):
    with pytest.raises(RuleBroken) as refusal:
        services.export_case_file(docket=docket, by=case_officer)
    assert issued.number in str(refusal.value)
    assert not Job.objects.filter(kind=casefile.JOB).exists()


def test_a_receipt_without_pdf_makes_it_refuse(printed, docket, case_officer):
    direct(printed, case_officer)
    with pytest.raises(RuleBroken) as refusal:
        services.export_case_file(docket=docket, by=case_officer)
    assert "送达回证" in str(refusal.value)


def test_a_file_gone_from_the_store_makes_it_refuse(served, docket, case_officer):
    served.pdf.storage.delete(served.pdf.name)
    with pytest.raises(RuleBroken):
        services.export_case_file(docket=docket, by=case_officer)


def test_an_altered_file_in_the_store_is_found(served, docket, case_officer, settings):
    from pathlib import Path

    (Path(settings.MEDIA_ROOT) / served.pdf.name).write_bytes(b"%PDF-1.4 other")
    job = services.export_case_file(docket=docket, by=case_officer)
    Job.objects.filter(pk=job.pk).update(max_attempts=1)
    job = jobs.run(job.pk)
    assert job.state == JobState.FAILED
    assert "校验值不一致" in job.error


def test_a_superseded_notice_stays_in_the_file(served, docket, case_officer, head):
    from tests.notices.conftest import drawn
    from tests.notices.test_superseding import issued_answer

    answer = issued_answer(services.supersede(notice=served, reason="错", by=case_officer), case_officer, head)
    drawn(answer)
    numbers = [paper.number for paper in casefile.papers(docket)]
    assert numbers == [served.number, served.number, answer.number]


@pytest.mark.parametrize("role", ["inspector", "legal_reviewer", "supervisor", "auditor"])
def test_not_every_role_exports(served, docket, role, request):
    with pytest.raises(PermissionDenied):
        services.export_case_file(docket=docket, by=request.getfixturevalue(role))


def test_a_new_export_replaces_the_last_one(served, docket, case_officer):
    first = exported(docket, case_officer)
    exported(docket, case_officer)
    assert casefile.file_of(first, "pdf") is None


def test_it_is_asked_for_and_taken_in_the_browser(served, docket, case_officer, outsider, log_in):
    client = log_in(case_officer)
    response = client.post(reverse("notices:export_case_file", args=[docket.pk]), once())
    job = Job.objects.get(kind=casefile.JOB)
    page = reverse("notices:case_file", args=[docket.pk, job.pk])
    assert response["Location"] == page
    assert "<progress" in client.get(page, HTTP_HX_REQUEST="true").content.decode()
    jobs.run(job.pk)
    assert client.get(page, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert "SHA256SUMS" in client.get(page).content.decode()
    for which, magic in (("pdf", b"%PDF"), ("inner", b"%PDF"), ("zip", b"PK")):
        place = reverse("notices:case_file_download", args=[docket.pk, job.pk, which])
        assert b"".join(client.get(place).streaming_content).startswith(magic)
        assert log_in(outsider).get(place).status_code == 404
    assert client.get(reverse("notices:case_file_download", args=[docket.pk, job.pk, "exe"])).status_code == 404
