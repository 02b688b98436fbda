"""The form of evidence says beforehand what it takes, decides nothing about the kind, and takes several files at once: all or none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Evidence
from tests.casework.test_evidence import PDF, PNG, add, sent

pytestmark = pytest.mark.django_db
AGAIN = "请重新选择文件"


def photographs(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"照片{n}.png", content) for n, content in enumerate(contents, start=1)]


def test_the_form_says_what_it_takes_and_preselects_no_kind(docket, case_officer, log_in):
    answer = log_in(case_officer).get(f"/dockets/{docket.pk}/evidence/new/")
    page = answer.content.decode()
    assert "PDF、JPG" in page
    assert "50.0 MB" in page
    assert 'accept=".pdf,.jpg' in page
    assert " multiple" in page
    assert answer.context["form"]["kind"].value() is None
    assert '<option value="" selected>' in page
    assert AGAIN not in page


def test_a_kind_that_was_not_chosen_is_asked_for(docket, case_officer, log_in):
    answer = sent(log_in(case_officer), docket, kind="")
    assert answer.context["form"].errors["kind"] == ["请选择类型。"]
    assert not Evidence.objects.exists()


def test_after_a_refusal_the_page_says_that_files_are_to_be_chosen_again(docket, case_officer, log_in):
    client = log_in(case_officer)
    assert AGAIN in sent(client, docket, title="").content.decode()
    assert AGAIN not in sent(client, docket, file="").content.decode()


def test_each_of_several_files_becomes_a_piece_of_its_own_with_its_number(docket, case_officer, log_in):
    answer = sent(log_in(case_officer), docket, file=photographs(PNG, PNG + b"1"), kind="audiovisual", title="现场照片")
    assert answer.status_code == 302
    assert [row.title for row in Evidence.objects.all()] == ["现场照片（1）", "现场照片（2）"]


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ((PNG, b"MZ\x90\x00"), ["照片2.png：不接收此类文件"]),
        ((b"", b"MZ\x90\x00", PNG), ["照片1.png", "照片2.png"]),
        ((PNG, PNG), ["第2个文件“照片2.png”与第1个文件“照片1.png”内容相同。"]),
    ],
)
def test_all_or_none_and_the_wrong_file_is_named(docket, case_officer, log_in, contents, words):
    answer = sent(log_in(case_officer), docket, file=photographs(*contents))
    said = " ".join(answer.context["form"].errors["file"])
    assert [word for word in words if word not in said] == []
    assert not Evidence.objects.exists()


def test_a_file_that_the_docket_has_already_is_named_and_the_others_wait(docket, case_officer, log_in):
    former = add(docket, case_officer)
    files = [*photographs(PNG), SimpleUploadedFile("同一份.pdf", PDF)]
    answer = sent(log_in(case_officer), docket, file=files)
    assert "同一份.pdf：该文件" in answer.content.decode()
    assert f'href="/evidence/{former.pk}/file/"' in answer.content.decode()
    assert Evidence.objects.get() == former


def test_files_too_large_together_are_refused(docket, case_officer, log_in, settings):
    settings.UPLOAD_MAX_BYTES = 100
    answer = sent(log_in(case_officer), docket, file=photographs(PNG, PNG + b"1"))
    assert "文件合计大小超过100" in answer.content.decode()


def test_a_name_that_its_number_makes_too_long_is_refused_at_the_name(docket, case_officer, log_in):
    answer = sent(log_in(case_officer), docket, file=photographs(PNG, PNG + b"1"), title="名" * 119)
    assert "title" in answer.context["form"].errors
    assert not Evidence.objects.exists()
