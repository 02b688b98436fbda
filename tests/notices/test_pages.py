"""The pages of notices: who gets in, what they show, the lists. An outsider is in the room."""

import pytest

from casework.models import Docket
from core import clock
from core.models import Job, JobState
from notices import registry
from notices.models import Notice
from tests.notices.forms import once, typed, url

pytestmark = pytest.mark.django_db


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


# --- lists and the docket -----------------------------------------------------------------------------------------------
def test_the_list_finds_a_document_by_its_number_in_any_spelling(printed, case_officer, log_in):
    typed_number = printed.number.replace("〔", "[").replace("〕", "]")
    client = log_in(case_officer)
    assert printed.number in client.get(url("documents"), {"q": typed_number, "tab": "all"}).content.decode()
    assert printed.number not in client.get(url("documents"), {"q": "没有这个", "tab": "all"}).content.decode()


def test_the_docket_offers_what_may_be_drafted_on_it(docket, case_officer, supervisor):
    from notices import selectors

    offered = selectors.of_docket(docket, case_officer)["offered"]
    assert url("new", docket.pk, "notice") in [item["url"] for item in offered]
    led = {url("new", docket.pk, kind.code) for kind in registry.all_types() if kind.is_led_by_docket}
    assert not led & {item["url"] for item in offered}  # what a procedure leads is started by its step
    assert selectors.of_docket(docket, supervisor)["offered"] == []
    Docket.objects.filter(pk=docket.pk).update(closed_on=clock.today())
    assert selectors.of_docket(Docket.objects.get(pk=docket.pk), case_officer)["offered"] == []
