"""A session nobody uses ends; what was being typed does not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from organisation.models import Delegation
from tests.factories import PASSWORD
from trail.models import Event

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=1801)


def form_for(principal, deputy, **more):
    day = clock.today().isoformat()
    return {
        "principal": principal.pk,
        "deputy": deputy.pk,
        "starts_on": day,
        "ends_on": day,
        "reason": "赴省厅参加业务培训",
        **more,
    }


def log_in_again(client, officer, next=""):
    return client.post("/login/", {"username": officer.username, "password": PASSWORD, "next": next})


@pytest.fixture
def at_work(log_in, case_officer):
    """A client that has just opened a page."""
    client = log_in(case_officer)
    client.get("/delegations/new/")
    return client


def test_after_half_an_hour_the_officer_is_logged_out_and_told_why(at_work, case_officer):
    with clock.pinned(clock.now() + LATER):
        answer = at_work.get("/officers/?q=li")
        assert answer["Location"] == "/login/?next=/officers/%3Fq%3Dli&ended=idle"
        assert "长时间未操作" in at_work.get(answer["Location"]).content.decode()
        assert log_in_again(at_work, case_officer, "/officers/?q=li")["Location"] == "/officers/?q=li"
    assert Event.objects.filter(verb="organisation.session_end").count() == 1


def test_who_works_is_not_logged_out(at_work):
    for minutes in (20, 40, 60):
        with clock.pinned(clock.now() + timedelta(minutes=minutes)):
            assert at_work.get("/officers/").status_code == 200


def test_the_limit_is_a_setting(at_work, settings):
    settings.IDLE_TIMEOUT_S = 600
    with clock.pinned(clock.now() + timedelta(seconds=601)):
        assert at_work.get("/me/").status_code == 302


def test_a_page_that_polls_by_itself_does_not_keep_the_session_alive(at_work):
    for minutes in (10, 20):
        with clock.pinned(clock.now() + timedelta(minutes=minutes)):
            assert at_work.get("/officers/", headers={"HX-Request": "true"}).status_code == 200
    with clock.pinned(clock.now() + LATER):
        assert at_work.get("/me/").status_code == 302


def test_the_page_can_say_that_the_officer_is_at_work(at_work):
    with clock.pinned(clock.now() + timedelta(minutes=20)):
        assert at_work.post("/me/keep-alive/").status_code == 204
    with clock.pinned(clock.now() + LATER):
        assert at_work.get("/me/").status_code == 200


def test_a_form_sent_after_the_session_ended_is_kept_and_sent_again_after_log_in(at_work, case_officer, second_officer):
    typed = form_for(case_officer, second_officer)
    with clock.pinned(clock.now() + LATER):
        typed = form_for(case_officer, second_officer)
        answer = at_work.post(
            "/delegations/new/", typed, headers={"Referer": "http://testserver/delegations/new/?principal=1"}
        )
        assert answer["Location"] == "/login/?next=/delegations/new/%3Fprincipal%3D1&ended=idle&kept=1"
        assert "已保留" in at_work.get(answer["Location"]).content.decode()
        assert not Delegation.objects.exists()
        assert log_in_again(at_work, case_officer)["Location"] == "/login/kept/"
        page = at_work.get("/login/kept/").content.decode()
        assert "赴省厅参加业务培训" in page
        # Every value beside its label, and who was chosen by name: one can check it before it is sent again.
        for words in ("<dt>受托人</dt>", second_officer.name, "<dt>理由</dt>"):
            assert words in page, words
        assert f"<div>{second_officer.pk}</div>" not in page
        assert 'action="/delegations/new/"' in page
        assert at_work.post("/delegations/new/", typed)["Location"] == "/delegations/"
        assert Delegation.objects.get().reason == "赴省厅参加业务培训"
        assert at_work.get("/login/kept/")["Location"] == "/"


def test_a_form_that_met_the_log_in_page_does_not_count_as_submitted(at_work, case_officer, second_officer):
    """Else sending it again after log-in would be refused as a repetition of what was never done (defect D14)."""
    once = "0b5c1a70-9999-4333-8444-555566667777"
    with clock.pinned(clock.now() + LATER):
        typed = form_for(case_officer, second_officer, _once=once)
        at_work.post("/delegations/new/", typed)
        log_in_again(at_work, case_officer)
        assert at_work.post("/delegations/new/", typed)["Location"] == "/delegations/"
        assert Delegation.objects.count() == 1
        at_work.post("/delegations/new/", typed)
        assert Delegation.objects.count() == 1


def test_what_was_kept_can_be_dropped(at_work, case_officer, second_officer):
    with clock.pinned(clock.now() + LATER):
        at_work.post("/delegations/new/", form_for(case_officer, second_officer))
        log_in_again(at_work, case_officer)
        assert at_work.post("/login/kept/").status_code == 302
        assert at_work.get("/login/kept/")["Location"] == "/"
    assert not Delegation.objects.exists()


def test_another_officer_at_the_same_desk_does_not_find_it(at_work, case_officer, second_officer, outsider):
    with clock.pinned(clock.now() + LATER):
        at_work.post("/delegations/new/", form_for(case_officer, second_officer))
        assert log_in_again(at_work, outsider)["Location"] == "/"
        assert at_work.get("/login/kept/")["Location"] == "/"


def test_it_is_not_kept_for_ever(at_work, case_officer, second_officer):
    now = clock.now()
    with clock.pinned(now + LATER):
        at_work.post("/delegations/new/", form_for(case_officer, second_officer))
    with clock.pinned(now + LATER + timedelta(hours=2)):
        assert log_in_again(at_work, case_officer)["Location"] == "/"


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        ("/me/second-factor/off/", {"password": PASSWORD}),
        ("/me/password/", {"old_password": PASSWORD, "new_password": "Changjiang-2027", "new_password_again": "x"}),
        ("/me/second-factor/new/", {"code": "123456"}),
    ],
)
def test_passwords_and_codes_are_never_kept(at_work, path, secret):
    with clock.pinned(clock.now() + LATER):
        answer = at_work.post(path, secret | {"note": "一些文字"})
        assert "kept" not in answer["Location"]
    assert not any(value in str(dict(at_work.session)) for value in secret.values() if len(value) > 1)


def test_a_credit_code_is_no_secret(at_work, case_officer):
    with clock.pinned(clock.now() + LATER):
        assert "kept=1" in at_work.post("/delegations/new/", {"credit_code": "91320400MA0000000X"})["Location"]


def test_a_form_too_large_to_keep_is_not_kept(at_work):
    with clock.pinned(clock.now() + LATER):
        assert "kept" not in at_work.post("/delegations/new/", {"reason": "长" * 200_001})["Location"]


def test_it_says_that_files_must_be_attached_again(at_work, case_officer):
    with clock.pinned(clock.now() + LATER):
        at_work.post("/delegations/new/", {"reason": "有附件", "file": SimpleUploadedFile("a.txt", b"x")})
        log_in_again(at_work, case_officer)
        assert "重新上传" in at_work.get("/login/kept/").content.decode()


def test_a_partial_request_leaves_the_page_as_it_is_and_says_log_in_to_go_on(at_work):
    with clock.pinned(clock.now() + LATER):
        answer = at_work.post(
            "/delegations/new/",
            {"reason": "正在填写"},
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/delegations/new/"},
        )
    assert answer.status_code == 401
    assert answer["HX-Reswap"] == "none"
    assert "请登录后继续" in answer.content.decode()
    assert "/login/?next=/delegations/new/&amp;ended=idle" in answer.content.decode()


def test_a_stranger_s_form_from_another_site_is_not_kept(case_officer):
    """Without the form's token the request is refused before anything of it is remembered."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post("/delegations/new/", {"reason": "伪造的内容"}).status_code == 403
    assert "kept_form" not in client.session


# --- a form opened before the officer logged in again, in another window ------------------------------------------


def stale(case_officer, second_officer, origin="http://testserver", **more):
    """Its token belongs to the session before; the browser says where the page came from."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(case_officer, backend="organisation.backends.OfficerBackend")
    headers = {"Origin": origin} if origin else {}
    return client, client.post("/delegations/new/", form_for(case_officer, second_officer, **more), headers=headers)


def test_a_form_opened_before_the_last_log_in_is_shown_again_with_a_good_token(case_officer, second_officer):
    client, answer = stale(case_officer, second_officer)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "赴省厅参加业务培训" in page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = form_for(case_officer, second_officer, csrfmiddlewaretoken=token)
    assert client.post("/delegations/new/", form, headers={"Origin": "http://testserver"}).status_code == 302
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver.evil.example", "null", ""])
def test_a_forgery_from_elsewhere_is_refused_and_not_shown(case_officer, second_officer, origin):
    _client, answer = stale(case_officer, second_officer, origin)
    assert answer.status_code == 403
    assert "赴省厅参加业务培训" not in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_stranger_is_shown_nothing_either(client, case_officer, second_officer):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(
        "/delegations/new/", form_for(case_officer, second_officer), headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 403
    assert "赴省厅参加业务培训" not in answer.content.decode()
