"""Drafts of forms on the server: an officer's own, without secrets, gone when the form is sent or after 30 days."""

import json
from datetime import timedelta

import pytest

from core import clock
from organisation import tasks
from organisation.models import FormDraft
from organisation.services import drafts

pytestmark = pytest.mark.django_db
FORM = "/leads/new/"
ADDRESS = f"/me/drafts/?form={FORM}"
TYPED = [["facts", "废水外排\n现场有积水"], ["version", "3"]]


def send(client, values=TYPED, address=ADDRESS):
    return client.post(address, json.dumps(values), content_type="application/json")


def test_what_was_typed_comes_back_on_any_computer(case_officer, log_in):
    answer = send(log_in(case_officer))
    assert answer.json() == {"saved_at": f"{clock.local(clock.now()):%H:%M}"}
    assert log_in(case_officer).get(ADDRESS).json()["values"] == TYPED


def test_the_last_words_count(case_officer, log_in):
    client = log_in(case_officer)
    send(client)
    send(client, [["facts", "改"]])
    assert client.get(ADDRESS).json()["values"] == [["facts", "改"]]
    assert FormDraft.objects.count() == 1


def test_nobody_else_finds_it_nor_touches_it(case_officer, second_officer, outsider, sysadmin, log_in, client):
    send(log_in(case_officer))
    for other in (second_officer, outsider, sysadmin):
        assert log_in(other).get(ADDRESS).status_code == 204
        send(log_in(other), [])
    assert client.get(ADDRESS).status_code == 302
    assert send(client).status_code == 302
    assert [draft.officer for draft in FormDraft.objects.all()] == [case_officer]


def test_secrets_are_not_kept(case_officer, log_in):
    client = log_in(case_officer)
    send(
        client,
        [
            ["password", "geheim"],
            ["old_password", "x"],
            ["code", "123456"],
            ["csrfmiddlewaretoken", "y"],
            ["reason", "同意"],
        ],
    )
    assert client.get(ADDRESS).json()["values"] == [["reason", "同意"]]


def test_a_discarded_draft_is_gone(case_officer, log_in):
    client = log_in(case_officer)
    send(client)
    assert send(client, []).status_code == 204
    assert client.get(ADDRESS).status_code == 204


def test_a_form_that_was_sent_leaves_no_draft_and_one_that_was_refused_keeps_it(docket, case_officer, log_in):
    client = log_in(case_officer)
    path = f"/dockets/{docket.pk}/share/"
    address = f"/me/drafts/?form={path}"
    send(client, [["reason", "会审"]], address)
    once = "00000000-0000-0000-0000-00000000000{}"
    client.post(path, {"_once": once.format(1), "officer": ""})
    assert client.get(address).json()["values"] == [["reason", "会审"]]
    send(client)
    preferences = "/me/preferences/"
    send(client, [["theme", "dark"]], f"/me/drafts/?form={preferences}")
    assert client.post(preferences, {"_once": once.format(2), "theme": "dark"}).status_code == 302
    assert sorted(FormDraft.objects.values_list("form", flat=True)) == [path, FORM]


@pytest.mark.parametrize("sent", ["", "{", "{}", "[1]", '[["a"]]', '[["a", 1]]', '[["a", null]]', '"x"', "null"])
def test_what_is_no_draft_is_refused(sent, case_officer, log_in):
    assert log_in(case_officer).post(ADDRESS, sent, content_type="application/json").status_code == 400


@pytest.mark.parametrize("form", ["", "leads/new/", "https://example.test/", "/" + "x" * 300, "/%00"])
def test_a_draft_belongs_to_a_form_of_this_portal(form, case_officer, log_in):
    client = log_in(case_officer)
    assert client.get(f"/me/drafts/?form={form}").status_code == 400
    assert send(client, address=f"/me/drafts/?form={form}").status_code == 400


def test_half_characters_are_left_out(case_officer, log_in):
    client = log_in(case_officer)
    client.post(ADDRESS, '[["facts", "a\\ud800b\\u0000c"]]', content_type="application/json")
    assert client.get(ADDRESS).json()["values"] == [["facts", "abc"]]


def test_a_draft_too_large_is_refused_and_the_one_before_stays(case_officer, log_in):
    client = log_in(case_officer)
    send(client)
    assert send(client, [["facts", "x" * 250_000]]).status_code == 413
    assert client.get(ADDRESS).json()["values"] == TYPED


def test_an_officer_keeps_so_many_drafts_and_the_oldest_goes(case_officer, second_officer, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_EACH", 3)
    drafts.keep(form="/kept/", values=[("a", "b")], by=second_officer)
    for n in range(5):
        drafts.keep(form=f"/{n}/", values=[("a", "b")], by=case_officer)
    assert sorted(case_officer.form_drafts.values_list("form", flat=True)) == ["/2/", "/3/", "/4/"]
    assert second_officer.form_drafts.exists()


def test_drafts_that_nobody_came_back_to_are_forgotten_after_30_days(case_officer):
    for days, form in ((29, "/new/"), (31, "/old/")):
        with clock.pinned(clock.now() - timedelta(days=days)):
            drafts.keep(form=form, values=[("a", "b")], by=case_officer)
    tasks.tidy()
    assert list(FormDraft.objects.values_list("form", flat=True)) == ["/new/"]
