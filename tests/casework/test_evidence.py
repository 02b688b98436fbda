"""Evidence: what a file really is decides, not its name; row and file stay whatever happens."""

import hashlib
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework import evidence, pages, services
from casework.kinds import Action
from casework.models import Evidence
from core import clock
from core.errors import RuleBroken
from tests.factories import make_docket
from trail.models import Event

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def sent(client, docket, name="台账.pdf", content=PDF, **changed):
    fields = {
        "file": SimpleUploadedFile(name, content),
        "kind": "document",
        "title": "生产台账",
        "proves": "超计划生产",
        "made_by": "王测试",
        "made_at": "2026-11-20T10:00",
        "place": "常州市",
        "document_form": "original",
        "audiovisual_device": "执法记录仪",
        "audiovisual_length": "照片，PNG",
        "audiovisual_original_at": "执法记录仪存储卡",
        "_once": str(uuid.uuid4()),
    }
    return client.post(f"/dockets/{docket.pk}/evidence/new/", fields | changed)


def add(docket, by, content=PDF):
    return evidence.add(
        docket=docket, upload=SimpleUploadedFile("台账.pdf", content), kind="document", title="台账", proves="数量",
        made_by="王测试", made_at=clock.now(), place="常州市", by=by,
    )  # fmt: skip


def test_a_file_is_kept_under_its_fingerprint_with_maker_time_and_place(docket, case_officer, log_in):
    client = log_in(case_officer)
    assert sent(client, docket).status_code == 302
    kept = Evidence.objects.get()
    assert (kept.sha256, kept.size_bytes, kept.media_type) == (
        hashlib.sha256(PDF).hexdigest(), len(PDF), "application/pdf",
    )  # fmt: skip
    assert Event.objects.get(verb="casework.add_evidence").facts["sha256"] == kept.sha256
    answer = client.get(f"/evidence/{kept.pk}/file/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("照片.png", b"<!doctype html><script>alert(1)</script>", "不接收此类文件"),
        ("照片.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "不接收此类文件"),
        ("说明.txt", b"#!/bin/sh\nrm -rf /\n", "不接收此类文件"),
        ("程序.pdf", b"MZ\x90\x00" + b"\0" * 200, "不接收此类文件"),
        ("照片.pdf", PNG, "image/png"),
        ("空.pdf", b"", "空"),
    ],
)
def test_a_disguised_or_empty_file_is_refused_at_its_field_and_what_was_typed_stays(
    docket, case_officer, log_in, name, content, words
):
    answer = sent(log_in(case_officer), docket, name, content)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    assert "超计划生产" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_too_large_is_refused_and_what_was_typed_stays(docket, case_officer, log_in, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = sent(log_in(case_officer), docket, content=PDF + b"0" * 300_000)
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert "超计划生产" in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("made_at", "2099-01-01T00:00"),
        ("made_at", "yesterday"),
        ("kind", "rumour"),
        ("title", ""),
        ("proves", ""),
        ("made_by", ""),
        ("place", ""),
    ],
)
def test_a_half_filled_or_wrong_form_is_refused_at_its_field(docket, case_officer, log_in, field, value):
    answer = sent(log_in(case_officer), docket, **{field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Evidence.objects.exists()


def test_the_same_form_sent_twice_keeps_one(docket, case_officer, log_in):
    client, once = log_in(case_officer), str(uuid.uuid4())
    sent(client, docket, _once=once)
    sent(client, docket, _once=once)
    assert Evidence.objects.count() == 1


def test_the_same_file_again_is_refused_unless_the_first_was_withdrawn(docket, case_officer):
    first = add(docket, case_officer)
    with pytest.raises(RuleBroken) as refused:
        add(docket, case_officer)
    assert refused.value.field == "file"
    evidence.withdraw(evidence=first, reason="页码不全", by=case_officer)
    add(docket, case_officer)
    first.refresh_from_db()
    assert first.withdrawn_reason == "页码不全"
    assert first.file.read() == PDF


def test_a_closed_docket_takes_nothing(docket, case_officer, log_in):
    docket.closed_on = clock.today()
    docket.save()
    assert sent(log_in(case_officer), docket).status_code == 422
    assert not Evidence.objects.exists()


def test_an_outsider_neither_adds_nor_reads_nor_withdraws(docket, case_officer, outsider, log_in):
    kept = add(docket, case_officer)
    client = log_in(outsider)
    assert sent(client, docket).status_code == 404
    assert client.get(f"/evidence/{kept.pk}/file/").status_code == 404
    assert client.post(f"/evidence/{kept.pk}/withdraw/", {"reason": "x"}).status_code == 404
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


def files_page(client, docket) -> str:
    return client.get(f"/dockets/{docket.pk}/evidence/").content.decode()


def test_the_page_says_of_each_file_what_it_proves_who_made_and_who_uploaded_it(
    written, case_officer, second_officer, log_in
):
    kept = add(written.docket, case_officer)
    page = files_page(log_in(second_officer), written.docket)
    assert "证明事项：数量" in page
    assert f"{case_officer.name}于 {clock.local(kept.uploaded_at):%Y-%m-%d %H:%M} 上传" in page


def test_evidence_is_withdrawn_by_the_link_of_its_own_row_with_a_reason(written, case_officer, log_in):
    kept, client = add(written.docket, case_officer), log_in(case_officer)
    link = re.search(r'href="([^"]+)">撤回<', files_page(client, written.docket))
    assert link
    assert client.get(link.group(1)).status_code == 200
    assert client.post(link.group(1), {"reason": " "}).status_code == 422
    page = client.post(link.group(1), {"reason": "页码不全", "_once": str(uuid.uuid4())}, follow=True).content.decode()
    assert "已撤回：页码不全" in page
    assert link.group(1) not in page
    kept.refresh_from_db()
    assert kept.withdrawn_at is not None
    assert Event.objects.get(verb="casework.withdraw_evidence").facts["reason"] == "页码不全"


def test_who_may_not_add_or_withdraw_is_offered_neither(
    written, case_officer, inspector, legal_reviewer, head, outsider, log_in
):
    add(written.docket, case_officer)
    services.share(docket=written.docket, officer=outsider, reason="协查", by=head)
    offered = {
        officer: ("撤回" in page, f"/dockets/{written.docket.pk}/evidence/new/" in page)
        for officer in (case_officer, inspector, legal_reviewer, outsider)
        if (page := files_page(log_in(officer), written.docket))
    }
    assert offered == {
        case_officer: (True, True),
        inspector: (False, True),
        legal_reviewer: (False, False),
        outsider: (False, False),  # a case officer, but a share lets him look, not act
    }


def test_evidence_of_a_closed_docket_offers_nothing(written, case_officer, log_in):
    add(written.docket, case_officer)
    written.docket.closed_on = clock.today()
    written.docket.save()
    assert "撤回" not in files_page(log_in(case_officer), written.docket)


def test_forged_ids_lead_nowhere(case_officer, log_in):
    client = log_in(case_officer)
    for path in ("/dockets/999999/evidence/new/", "/evidence/999999/file/", "/evidence/999999/withdraw/"):
        assert client.get(path).status_code == 404


def test_evidence_of_one_docket_stays_on_it(docket, case_officer):
    other = make_docket(department=case_officer.department, officer=case_officer)
    add(docket, case_officer)
    add(other, case_officer)
    assert (docket.evidence.count(), other.evidence.count()) == (1, 1)


def test_the_same_file_again_is_named_and_linked(docket, case_officer, log_in):
    client = log_in(case_officer)
    assert sent(client, docket).status_code == 302
    kept = Evidence.objects.get()
    answer = sent(client, docket, title="台账<b>二</b>")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'该文件已在本案卷中：<a href="/evidence/{kept.pk}/file/">生产台账（台账.pdf）</a>' in page
    assert "<b>二</b>" not in page


def test_what_is_missing_is_said_once_where_two_steps_lack_the_same(case, case_officer, log_in):
    page = log_in(case_officer).get(case.get_absolute_url())
    said = [task["hint"] for task in page.context["tasks"]]
    assert sum("请先填写事实与整改要求" in hint for hint in said) == 1
    assert any(hint.startswith("与“") and hint.endswith("”所列原因相同。") for hint in said)


def test_a_step_that_lacks_only_a_part_of_what_another_lacks_names_its_own_part(docket, case_officer):
    first = Action("确认整改完成", "/", reasons=("尚未复查。", "改正期限尚未届满。"))
    second = Action("再次责令改正", "/", reasons=("改正期限尚未届满。",))
    assert [row["hint"] for row in pages.tasks(docket, case_officer, [first, second])] == [
        "尚未复查。 改正期限尚未届满。",
        "改正期限尚未届满。",
    ]
