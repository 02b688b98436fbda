"""The pages of notices: who gets in, what forms refuse, what happens on the second press. An outsider is in the room."""

import uuid

import pytest
from django.urls import reverse

from casework.models import Docket
from core import clock
from core.models import Job, JobState
from notices import content, rendering, services
from notices.models import Notice, NoticeState, Service
from tests.factories import PASSWORD
from tests.notices.words import WORDS

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"notices:{name}", args=args)


def typed(**more) -> dict[str, str]:
    return {
        "subject": WORDS["subject"],
        "paragraphs": "\n".join(WORDS["paragraphs"]),
        "contact": WORDS["contact"],
        **more,
    }


def once() -> dict[str, str]:
    return {"_once": str(uuid.uuid4())}


PAGES_OF_A_NOTICE = [
    "notice",
    "file",
    "edit",
    "withdraw",
    "decide",
    "supersede",
    "serve",
    "attempt",
    "blank_receipt",
    "printing",
]
ACTS_ON_A_NOTICE = ["submit", "recall", "issue", "return", "print_again", "preview"]


# --- who gets in --------------------------------------------------------------------------------------------------------
def test_an_outsider_sees_nothing_of_it(printed, docket, outsider, log_in):
    client = log_in(outsider)
    assert [client.get(url(name, printed.pk)).status_code for name in PAGES_OF_A_NOTICE] == [404] * len(
        PAGES_OF_A_NOTICE
    )
    assert [client.post(url(name, printed.pk)).status_code for name in ACTS_ON_A_NOTICE] == [404] * len(
        ACTS_ON_A_NOTICE
    )
    assert client.get(url("page", printed.pk, 1)).status_code == 404
    assert client.get(url("new", docket.pk, "notice")).status_code == 404
    assert client.post(url("preview_new", docket.pk, "notice"), typed()).status_code == 404
    assert client.post(url("export_case_file", docket.pk)).status_code == 404
    assert printed.number not in client.get(url("documents")).content.decode()


def test_a_stranger_is_sent_to_the_log_in(printed, client):
    response = client.get(url("notice", printed.pk))
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("inspector", "edit"), ("inspector", "withdraw"), ("inspector", "supersede"), ("inspector", "decide"),
        ("head", "edit"), ("head", "serve"), ("head", "attempt"), ("head", "blank_receipt"),
        ("legal_reviewer", "edit"), ("legal_reviewer", "serve"), ("case_officer", "decide"),
        ("supervisor", "edit"), ("supervisor", "serve"), ("supervisor", "decide"),
    ],
)  # fmt: skip
def test_a_role_that_may_not_is_refused(printed, role, name, request, log_in):
    assert log_in(request.getfixturevalue(role)).get(url(name, printed.pk)).status_code == 403


@pytest.mark.parametrize("role", ["auditor", "sysadmin", "secadmin"])
def test_the_three_administrators_see_no_notice(printed, role, request, log_in):
    assert log_in(request.getfixturevalue(role)).get(url("notice", printed.pk)).status_code == 404


def test_a_supervisor_reads_the_page_and_the_pdf(printed, supervisor, log_in):
    client = log_in(supervisor)
    assert client.get(url("notice", printed.pk)).status_code == 200
    assert client.get(url("file", printed.pk)).content == printed.pdf_bytes()


@pytest.mark.parametrize("kind", ["nonsense", "rectification_order"])
def test_a_forged_type_does_not_exist(docket, case_officer, log_in, kind):
    assert log_in(case_officer).get(url("new", docket.pk, kind)).status_code == 404
    assert not Notice.objects.exists()


def test_forged_ids_do_not_exist(case_officer, log_in):
    client = log_in(case_officer)
    for name in PAGES_OF_A_NOTICE:
        assert client.get(url(name, 987654)).status_code == 404
    for name in ("complete", "fail", "attach_receipt", "receipt"):
        assert client.get(url(name, 987654)).status_code == 404


# --- drafting -----------------------------------------------------------------------------------------------------------
def test_the_form_starts_with_what_is_known_and_stores_nothing(docket, case_officer, log_in):
    text = log_in(case_officer).get(url("new", docket.pk, "notice")).content.decode()
    assert case_officer.name in text
    assert not Notice.objects.exists()


def test_save_and_submit_in_one_press(docket, case_officer, log_in):
    response = log_in(case_officer).post(url("new", docket.pk, "notice"), typed(submit="1") | once())
    assert response.status_code == 302
    assert Notice.objects.get().state == NoticeState.SUBMITTED


def test_a_half_filled_draft_is_kept_and_says_what_is_missing(docket, case_officer, log_in):
    client = log_in(case_officer)
    response = client.post(url("new", docket.pk, "notice"), {"subject": "报送", "submit": "1"} | once(), follow=True)
    notice = Notice.objects.get()
    assert (notice.state, notice.content["subject"]) == (NoticeState.DRAFT, "报送")
    assert response.redirect_chain[-1][0] == url("edit", notice.pk)
    assert "正文" in response.content.decode()


def test_d14_the_same_form_twice_makes_one_draft(docket, case_officer, log_in):
    client, form = log_in(case_officer), typed() | once()
    places = {client.post(url("new", docket.pk, "notice"), form)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Notice.objects.count() == 1


def test_the_second_of_two_editors_is_told_and_keeps_what_he_typed(draft, case_officer, second_officer, log_in):
    services.edit(notice=draft, content={"subject": "甲的改动"}, version=1, by=second_officer)
    response = log_in(case_officer).post(url("edit", draft.pk), typed(subject="乙的改动", version="1") | once())
    text = response.content.decode()
    assert response.status_code == 422
    assert second_officer.name in text
    assert "乙的改动" in text
    draft.refresh_from_db()
    assert draft.content["subject"] == "甲的改动"


@pytest.mark.parametrize("version", ["", "x", "99", "-1", "1e3"])
def test_a_forged_version_overwrites_nothing(draft, case_officer, log_in, version):
    response = log_in(case_officer).post(url("edit", draft.pk), typed(subject="改", version=version) | once())
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.content["subject"] == WORDS["subject"]


def test_the_preview_shows_pages_without_storing(docket, case_officer, log_in):
    response = log_in(case_officer).post(url("preview_new", docket.pk, "notice"), {"subject": "报送"})
    text = response.content.decode()
    assert "data:image/png;base64," in text
    assert "尚缺内容" in text
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


def test_the_preview_says_which_character_cannot_be_printed(draft, case_officer, log_in):
    text = log_in(case_officer).post(url("preview", draft.pk), typed(subject="\U0001f4c5")).content.decode()
    assert "U+1F4C5" in text
    assert "data:image" not in text


def test_without_scripts_the_preview_is_a_button(docket, case_officer, log_in):
    text = log_in(case_officer).post(url("new", docket.pk, "notice"), typed(look="1") | once()).content.decode()
    assert "data:image/png;base64," in text
    assert WORDS["subject"] in text
    assert not Notice.objects.exists()


def test_a_form_without_the_libraries_for_pdf_still_works(docket, case_officer, log_in, monkeypatch):
    from notices import printing

    def missing(html):
        raise rendering.EngineUnavailable("apt-get install libpango-1.0-0")

    monkeypatch.setattr(printing, "draw", missing)
    client = log_in(case_officer)
    assert "apt-get install" in client.post(url("preview_new", docket.pk, "notice"), typed()).content.decode()
    assert client.post(url("new", docket.pk, "notice"), typed() | once()).status_code == 302
    assert "apt-get install" in client.get(url("notice", Notice.objects.get().pk)).content.decode()


def test_what_an_officer_types_is_never_markup(docket, case_officer, log_in, head):
    hostile = typed(subject="<b>x</b>", paragraphs='<img src="file:///etc/passwd"><script>alert(1)</script>')
    client = log_in(case_officer)
    client.post(url("new", docket.pk, "notice"), hostile | once())
    notice = Notice.objects.get()
    text = client.get(url("notice", notice.pk)).content.decode()
    assert "<script>alert" not in text
    notice = services.approve(notice=services.submit(notice=notice, by=case_officer), by=head)
    issued = services.issue(notice=notice, by=case_officer)
    assert "<script>" not in issued.html
    assert "&lt;script&gt;" in issued.html


# --- deciding -----------------------------------------------------------------------------------------------------------
def decision(notice: Notice, **more) -> dict[str, str]:
    seen = content.fingerprint(notice.kind, notice.content)
    return {"confirmed": "on", "password": PASSWORD, "seen": seen, **once(), **more}


def test_approval_asks_for_statement_tick_and_password(submitted, head, log_in):
    client = log_in(head)
    page = client.get(url("decide", submitted.pk)).content.decode()
    assert "逐字审阅" in page
    assert "data:image/png;base64," in page
    for wrong in (
        decision(submitted, password="falsch-1234"),
        decision(submitted, password=""),
        *({k: v for k, v in decision(submitted).items() if k != left_out} for left_out in ("confirmed", "seen")),
    ):
        assert client.post(url("decide", submitted.pk), wrong).status_code == 422
    assert Notice.objects.get(pk=submitted.pk).state == NoticeState.SUBMITTED
    assert client.post(url("decide", submitted.pk), decision(submitted, remark="同意")).status_code == 302
    approval = Notice.objects.get(pk=submitted.pk).approvals.get()
    assert "逐字审阅" in approval.statement
    assert approval.remark == "同意"


def test_the_password_is_never_sent_back(submitted, head, log_in):
    text = log_in(head).post(url("decide", submitted.pk), {"password": PASSWORD} | once()).content.decode()
    assert PASSWORD not in text


def test_a_draft_is_returned_with_a_reason(submitted, head, log_in):
    client = log_in(head)
    assert client.post(url("return", submitted.pk), {"reason": ""} | once()).status_code == 422
    assert client.post(url("return", submitted.pk), {"reason": "期限写错"} | once()).status_code == 302
    assert "期限写错" in client.get(url("notice", submitted.pk)).content.decode()


# --- issuing ------------------------------------------------------------------------------------------------------------
def test_issue_wants_the_word_typed(approved, case_officer, log_in):
    client = log_in(case_officer)
    refused = client.post(url("issue", approved.pk), {"typed": "发"} | once())
    assert refused.status_code == 409
    assert "签发" in refused.content.decode()
    assert Notice.objects.get(pk=approved.pk).number is None


def test_d14_issue_pressed_twice_issues_once(approved, case_officer, log_in):
    client, form = log_in(case_officer), {"typed": "签发"} | once()
    assert [client.post(url("issue", approved.pk), form).status_code for _ in range(2)] == [302, 302]
    assert client.post(url("issue", approved.pk), {"typed": "签发"} | once()).status_code == 409
    assert Notice.objects.get(pk=approved.pk).serial == 1
    assert Job.objects.filter(kind="notices.render").count() == 1


def test_a_template_becomes_an_issued_notice_in_four_presses(docket, case_officer, head, log_in):
    """Scorecard 5: open the form, submit; after the approval of another: issue, confirm."""
    client = log_in(case_officer)
    client.get(url("new", docket.pk, "notice"))  # 1
    client.post(url("new", docket.pk, "notice"), typed(submit="1") | once())  # 2
    notice = Notice.objects.get()
    log_in(head).post(url("decide", notice.pk), decision(notice))
    page = client.get(url("notice", notice.pk)).content.decode()
    assert 'href="#issue"' in page  # 3
    client.post(url("issue", notice.pk), {"typed": "签发"} | once())  # 4
    assert Notice.objects.get().number


# --- the page -----------------------------------------------------------------------------------------------------------
def test_the_page_shows_number_code_pdf_and_trail(printed, case_officer, head, log_in):
    text = log_in(case_officer).get(url("notice", printed.pk)).content.decode()
    for words in (printed.number, printed.code_grouped, printed.pdf_sha256, head.name, url("page", printed.pk, 1)):
        assert words in text


def test_a_failed_pdf_is_seen_with_its_reason_and_a_way_to_try_again(issued, case_officer, log_in):
    Job.objects.filter(unique_key=f"notices.render:{issued.pk}").update(
        state=JobState.FAILED, error="RenderingFailed: 缺少系统库\nTraceback …"
    )
    client = log_in(case_officer)
    text = client.get(url("notice", issued.pk)).content.decode()
    assert "缺少系统库" in text
    assert "Traceback" not in text
    assert url("print_again", issued.pk) in text
    assert client.post(url("print_again", issued.pk), once()).status_code == 302
    assert Job.objects.get(unique_key=f"notices.render:{issued.pk}").state == JobState.QUEUED


def test_while_the_pdf_is_made_the_page_asks_for_progress(issued, case_officer, log_in):
    client = log_in(case_officer)
    assert url("printing", issued.pk) in client.get(url("notice", issued.pk)).content.decode()
    partial = client.get(url("printing", issued.pk), HTTP_HX_REQUEST="true")
    assert "<progress" in partial.content.decode()
    assert client.get(url("file", issued.pk)).status_code == 409


def test_when_the_pdf_is_there_the_page_shows_it(printed, case_officer, log_in):
    assert log_in(case_officer).get(url("printing", printed.pk), HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"


def test_the_pdf_comes_byte_for_byte_with_its_number_as_name(printed, case_officer, log_in):
    client = log_in(case_officer)
    response = client.get(url("file", printed.pk))
    assert response.content == printed.pdf_bytes()
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert response["Content-Disposition"].startswith("inline")
    assert client.get(url("file", printed.pk) + "?download=1")["Content-Disposition"].startswith("attachment")
    from urllib.parse import quote

    assert quote(printed.number) in response["Content-Disposition"]


def test_pages_are_pictures_and_only_those_that_exist(printed, case_officer, log_in):
    client = log_in(case_officer)
    picture = client.get(url("page", printed.pk, 1))
    assert picture.content.startswith(b"\x89PNG")
    assert "private" in picture["Cache-Control"]
    assert [client.get(url("page", printed.pk, n)).status_code for n in (0, 2)] == [404, 404]


def test_a_pdf_that_is_gone_from_the_store_is_said_in_words(printed, case_officer, log_in):
    printed.pdf.storage.delete(printed.pdf.name)
    assert log_in(case_officer).get(url("file", printed.pk)).status_code == 409


# --- service ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["direct", "left", "post", "electronic", "entrusted", "public", "nonsense"])
def test_each_method_has_its_form(printed, inspector, log_in, method):
    assert log_in(inspector).get(url("serve", printed.pk) + f"?method={method}").status_code == 200


def served_form(**more) -> dict[str, str]:
    at = f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"
    return {"at": at, "place": "厂区", "recipient": "钱测试", "relation": "legal_representative", **once(), **more}


def test_a_service_is_recorded_in_the_browser(printed, inspector, log_in):
    client = log_in(inspector)
    assert client.post(url("serve", printed.pk), served_form()).status_code == 302
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.SERVED
    text = client.get(url("notice", printed.pk)).content.decode()
    assert "钱测试" in text
    assert url("attach_receipt", Service.objects.get().pk) in text


def test_what_a_method_lacks_is_said_at_its_field(printed, case_officer, log_in):
    form = served_form(refusal_reason="拒收")
    response = log_in(case_officer).post(url("serve", printed.pk) + "?method=left", form)
    assert response.status_code == 422
    assert "见证人" in response.content.decode()
    assert not Service.objects.exists()


def test_a_forged_second_officer_or_file_is_refused(printed, case_officer, outsider, log_in):
    client = log_in(case_officer)
    assert client.post(url("serve", printed.pk), served_form(co_server=str(outsider.pk))).status_code == 422
    left = served_form(refusal_reason="拒收", record="987654")
    assert client.post(url("serve", printed.pk) + "?method=left", left).status_code == 422


def test_a_failed_attempt_is_recorded_in_the_browser(printed, inspector, log_in):
    form = served_form(method="direct", failure="nobody")
    assert log_in(inspector).post(url("attempt", printed.pk), form).status_code == 302
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.UNSERVED


def test_a_letter_is_completed_in_the_browser(printed, case_officer, log_in):
    client = log_in(case_officer)
    client.post(url("serve", printed.pk) + "?method=post", served_form(tracking_number="123"))
    service = Service.objects.get()
    assert url("complete", service.pk) in client.get(url("notice", printed.pk)).content.decode()
    day = clock.today().isoformat()
    assert client.post(url("complete", service.pk), {"served_on": day} | once()).status_code == 302
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.SERVED


def test_the_receipt_to_be_signed_is_a_pdf(printed, inspector, log_in):
    assert log_in(inspector).get(url("blank_receipt", printed.pk)).content.startswith(b"%PDF")


# --- lists and the docket -----------------------------------------------------------------------------------------------
def test_the_list_finds_a_document_by_its_number_in_any_spelling(printed, case_officer, log_in):
    typed_number = printed.number.replace("〔", "[").replace("〕", "]")
    client = log_in(case_officer)
    assert printed.number in client.get(url("documents"), {"q": typed_number, "tab": "all"}).content.decode()
    assert printed.number not in client.get(url("documents"), {"q": "没有这个", "tab": "all"}).content.decode()


def test_the_docket_offers_what_may_be_drafted_on_it(docket, case_officer, supervisor):
    from notices import selectors

    offered = selectors.of_docket(docket, case_officer)["offered"]
    assert [item["url"] for item in offered] == [url("new", docket.pk, "notice")]
    assert selectors.of_docket(docket, supervisor)["offered"] == []
    Docket.objects.filter(pk=docket.pk).update(closed_on=clock.today())
    assert selectors.of_docket(Docket.objects.get(pk=docket.pk), case_officer)["offered"] == []
