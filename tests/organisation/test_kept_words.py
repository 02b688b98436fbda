"""What an ended session kept is shown, whatever the page it came from says, does or refuses by then."""

import pytest
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.test import Client

from core import clock
from core.errors import RuleBroken
from notices import services
from tests.notices.forms import url
from tests.notices.words import WORDS
from tests.organisation.test_idle_time_out import LATER, form_for, log_in_again
from tests.organisation.test_idle_time_out import at_work as at_work

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}
REASON = "赴省厅参加业务培训"


@pytest.fixture
def page_now(monkeypatch):
    """The page of the form does this from now on."""

    def change(view):
        monkeypatch.setattr("organisation.kept_words.resolve", lambda path: _Found(view))

    return change


class _Found:
    args = ()
    kwargs: dict[str, str] = {}

    def __init__(self, func):
        self.func = func


def _says_and_goes_on(request):
    messages.info(request, "只能编辑草稿。")
    return redirect("/")


def _says_and_is_shown(request):
    messages.warning(request, "请核对")
    return HttpResponse("<p>已归档</p>")


def _raises(error):
    def view(request):
        raise error

    return view


CHANGED = {
    "says something and leads elsewhere": _says_and_goes_on,
    "says something and is shown": _says_and_is_shown,
    "refuses": _raises(PermissionDenied("no")),
    "is gone": _raises(Http404()),
    "may not": _raises(RuleBroken("已结案")),
    "sends a file": lambda request: StreamingHttpResponse(iter([b"x"])),
}


@pytest.mark.parametrize("view", CHANGED.values(), ids=CHANGED)
def test_a_page_that_shows_the_form_no_more_leaves_the_words_as_entries_and_nothing_that_nobody_typed(
    at_work, case_officer, second_officer, page_now, view
):
    with clock.pinned(clock.now() + LATER):
        at_work.post(
            "/delegations/new/",
            form_for(case_officer, second_officer) | {"version": "3", "seen": "a9f3c2d1e4"},
            headers={"Referer": HERE["Origin"] + "/delegations/new/"},
        )
        log_in_again(at_work, case_officer)
        page_now(view)
        answer = at_work.get("/login/kept/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<dt>第1项</dt>" in text
    assert REASON in text
    assert "<dt>reason</dt>" not in text  # a name of the code is no word for an officer
    assert text.count("a9f3c2d1e4") == 1  # in the form that is sent again, not among what is shown
    assert "只能编辑草稿" not in text


def test_what_waited_to_be_said_is_still_said(at_work, case_officer, second_officer, page_now):
    with clock.pinned(clock.now() + LATER):
        at_work.post("/delegations/new/", form_for(case_officer, second_officer))
        log_in_again(at_work, case_officer)
        page_now(_says_and_goes_on)
        at_work.get("/login/kept/")
        assert "只能编辑草稿" not in at_work.get("/me/").content.decode()


def test_a_form_of_a_former_session_is_shown_though_its_page_leads_elsewhere(case_officer, second_officer, page_now):
    client = Client(enforce_csrf_checks=True)
    client.force_login(case_officer, backend="organisation.backends.OfficerBackend")
    page_now(_says_and_goes_on)
    answer = client.post("/delegations/new/", form_for(case_officer, second_officer), headers=HERE)
    assert answer.status_code == 403
    assert REASON in answer.content.decode()


def test_an_error_of_the_page_is_no_error_that_is_hidden(at_work, case_officer, second_officer, page_now):
    """A fault of the portal is reported as one, not read as a page without labels."""
    with clock.pinned(clock.now() + LATER):
        at_work.post("/delegations/new/", form_for(case_officer, second_officer))
        log_in_again(at_work, case_officer)
        page_now(_raises(ValueError("a fault")))
        with pytest.raises(ValueError, match="a fault"):
            at_work.get("/login/kept/")


def test_a_draft_that_was_submitted_meanwhile(docket, case_officer, second_officer, log_in):
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    client = log_in(case_officer)
    address = url("edit", draft.pk)
    client.get(address)
    with clock.pinned(clock.now() + LATER):
        client.post(
            address, {"subject": "改后的标题", "version": "1"}, headers={"Referer": f"{HERE['Origin']}{address}"}
        )
        services.submit(notice=draft, by=second_officer)
        log_in_again(client, case_officer)
        answer = client.get("/login/kept/")
    assert answer.status_code == 200
    assert "改后的标题" in answer.content.decode()


def test_the_officer_reads_on_which_case_he_was(docket, case_officer, second_officer, log_in):
    """By the way to its page; where that leads on by now, by the way to where it leads."""
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    client = log_in(case_officer)
    address = url("edit", draft.pk)
    client.get(address)
    with clock.pinned(clock.now() + LATER):
        sent = {"subject": "改后的标题", "version": "1"}
        client.post(address, sent, headers={"Referer": f"{HERE['Origin']}{address}"})
        log_in_again(client, case_officer)
        assert docket.number in client.get("/login/kept/").context["typed_at"]
        services.submit(notice=draft, by=second_officer)
        page = client.get("/login/kept/")
        assert docket.number in page.context["typed_at"]
        assert f'<a href="{address}">' in page.content.decode()


def test_a_page_without_a_way_to_it_is_named_by_its_address(at_work, case_officer, second_officer, page_now):
    with clock.pinned(clock.now() + LATER):
        at_work.post(
            "/delegations/new/",
            form_for(case_officer, second_officer),
            headers={"Referer": HERE["Origin"] + "/delegations/new/"},
        )
        log_in_again(at_work, case_officer)
        page_now(_raises(Http404()))
        assert '<a href="/delegations/new/">' in at_work.get("/login/kept/").content.decode()


def test_the_log_in_page_says_that_the_log_in_had_expired(client, case_officer, second_officer):
    """Also where the session is simply gone, and nobody knows whether anything happened in it."""
    answer = client.post("/delegations/new/", form_for(case_officer, second_officer), headers=HERE)
    page = client.get(answer["Location"]).content.decode()
    assert "您的登录已失效，请重新登录后继续办理。" in page
    assert "已保留" in page
