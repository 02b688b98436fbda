"""Coming in and going out."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation import demo
from organisation.demo import DemoAccount
from tests.factories import PASSWORD, make_officer
from trail.models import Event

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


def enter(client, officer, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": officer.username, "password": password, **more})


def test_an_officer_logs_in_and_goes_where_he_wanted_to_go(client, case_officer):
    answer = enter(client, case_officer, next="/officers/?q=w")
    assert answer["Location"] == "/officers/?q=w"
    assert client.get("/me/").status_code == 200
    assert Event.objects.filter(verb="organisation.log_in", actor_id=case_officer.pk).count() == 1


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_log_in_never_leads_to_another_site(client, case_officer, place):
    assert enter(client, case_officer, next=place)["Location"] == "/"


def test_a_wrong_password_is_refused_in_words_and_recorded(client, case_officer):
    answer = enter(client, case_officer, "wrong")
    assert answer.status_code == 200
    assert "用户名或密码不正确" in answer.content.decode()
    failed = Event.objects.get(verb="organisation.log_in_failed")
    assert failed.subject_id == str(case_officer.pk)
    assert "wrong" not in str(failed.facts)


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(client, case_officer):
    unknown = client.post(LOGIN, {"username": "nobody", "password": "x"})
    assert "用户名或密码不正确" in unknown.content.decode()
    assert not Event.objects.exists()


def test_blanks_around_the_user_name_do_not_matter(client, case_officer):
    assert client.post(LOGIN, {"username": f" {case_officer.username} ", "password": PASSWORD}).status_code == 302


def test_a_closed_account_cannot_log_in(client, case_officer):
    case_officer.is_active = False
    case_officer.save()
    assert enter(client, case_officer).status_code == 200
    assert client.get("/me/").status_code == 302


def test_closing_an_account_ends_its_sessions_at_once(log_in, case_officer):
    client = log_in(case_officer)
    case_officer.is_active = False
    case_officer.save()
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("missing", ["username", "password"])
def test_an_empty_field_is_asked_for(client, case_officer, missing):
    form = {"username": case_officer.username, "password": PASSWORD} | {missing: ""}
    answer = client.post(LOGIN, form)
    assert "error-summary" in answer.content.decode()


def test_every_page_is_closed_to_strangers_and_brings_them_back(client):
    answer = client.get("/officers/?q=w&tab=open")
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/officers/%3Fq%3Dw%26tab%3Dopen"


def test_logging_out_needs_a_post(log_in, case_officer):
    client = log_in(case_officer)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == LOGIN
    assert client.get("/me/").status_code == 302
    assert Event.objects.filter(verb="organisation.log_out").count() == 1


def test_logging_out_twice_harms_nobody(client):
    assert client.post("/logout/")["Location"] == LOGIN


def test_a_form_without_its_token_is_refused(case_officer):
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict, case_officer).status_code == 403


def test_who_is_logged_in_already_is_sent_on(log_in, case_officer):
    assert log_in(case_officer).get("/login/?next=/me/")["Location"] == "/me/"


def test_the_demonstration_lists_its_accounts(client, settings, monkeypatch):
    monkeypatch.setattr(demo, "_source", [lambda: [DemoAccount("anjian", "secret-1", "承办人", "办理案件")]])
    settings.DEMO = True
    assert "secret-1" in client.get(LOGIN).content.decode()


def test_production_lists_no_accounts_whatever_was_registered(client, settings, monkeypatch):
    monkeypatch.setattr(demo, "_source", [lambda: [DemoAccount("anjian", "secret-1", "承办人", "办理案件")]])
    settings.DEMO = False
    assert "secret-1" not in client.get(LOGIN).content.decode()


def test_an_initial_password_must_be_changed_before_anything_else(log_in, case_officer):
    case_officer.must_change_password = True
    case_officer.save()
    client = log_in(case_officer)
    assert client.get("/officers/")["Location"] == reverse("organisation:password")
    assert client.get("/me/password/").status_code == 200
    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert client.post("/logout/").status_code == 302


def test_an_old_password_must_be_changed_where_the_office_says_so(log_in, settings, case_officer):
    from datetime import timedelta

    from core import clock

    settings.PASSWORD_MAX_AGE_DAYS = 90
    case_officer.password_changed_at = clock.now() - timedelta(days=91)
    case_officer.save()
    assert log_in(case_officer).get("/officers/")["Location"] == reverse("organisation:password")
    settings.PASSWORD_MAX_AGE_DAYS = 0
    assert log_in(case_officer).get("/officers/").status_code == 200


def test_an_officer_without_any_role_gets_in_but_finds_only_himself(log_in, synced_roles, case_officer):
    nobody = make_officer(department=case_officer.department)
    client = log_in(nobody)
    assert client.get("/me/").status_code == 200
    assert client.get(f"/officers/{nobody.pk}/").status_code == 200
    assert client.get(f"/officers/{case_officer.pk}/").status_code == 404
    assert client.get("/departments/3204-EPD/").status_code == 404
