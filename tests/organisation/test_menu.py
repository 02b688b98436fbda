"""The shell's menu shows what the officer may open, and nothing else."""

import pytest
from django.http import QueryDict

from casework.lists import DOCKETS
from core import context
from core.lists import building
from core.lists.state import read
from core.registry import MenuItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def shell_of(rf):
    def built(officer, path="/officers/"):
        request = rf.get(path)
        request.user = officer
        return context.shell(request)

    return built


def entries(shell):
    return {str(item["label"]): item for section in shell["menu"]() for item in section["items"]}


def test_each_finds_his_own_entries(shell_of, case_officer, auditor):
    assert "委托代办" in entries(shell_of(case_officer))
    assert "操作留痕" not in entries(shell_of(case_officer))
    assert "操作留痕" in entries(shell_of(auditor))
    assert "委托代办" not in entries(shell_of(auditor))


def test_the_page_one_is_on_is_marked_also_below_it(shell_of, case_officer):
    for path in ("/officers/", "/officers/12/edit/"):
        active = [label for label, item in entries(shell_of(case_officer, path)).items() if item["active"]]
        assert active == ["人员通讯录"]


def test_the_home_page_does_not_claim_every_page(shell_of, case_officer):
    assert [i["url"] for i in entries(shell_of(case_officer, "/me/password/")).values() if i["active"]] == []


def test_a_deputy_finds_what_the_absent_officer_finds(shell_of, case_officer, secadmin, monkeypatch):
    item = MenuItem(
        "system", "roles", "organisation:officers", "user", 1, permission="organisation.arrange_delegations"
    )
    monkeypatch.setattr(context, "menu_items", lambda: [item])
    assert entries(shell_of(case_officer)) == {}


def test_strangers_get_no_menu_and_no_count(shell_of):
    from django.contrib.auth.models import AnonymousUser

    shell = shell_of(AnonymousUser())
    assert shell["viewer"] is None
    assert shell["menu"]() == []
    assert shell["unread_count"]() == 0


def test_a_page_that_shows_no_menu_pays_for_none(shell_of, case_officer, django_assert_num_queries):
    with django_assert_num_queries(0):
        shell_of(case_officer)


def test_an_entry_can_carry_a_count(shell_of, case_officer, monkeypatch):
    item = MenuItem("work", "x", "organisation:officers", "user", 1, count=lambda viewer: 7)
    monkeypatch.setattr(context, "menu_items", lambda: [item])
    assert entries(shell_of(case_officer))["x"]["count"] == 7


def test_a_link_the_shell_does_not_have_is_a_mistake():
    with pytest.raises(ValueError, match="no link"):
        context.add_link("nonsense_url", "organisation:login")


def test_unread_messages_are_counted_by_whom_was_named(shell_of, case_officer, monkeypatch):
    monkeypatch.setattr(context, "_unread", [])
    assert shell_of(case_officer)["unread_count"]() == 0
    context.count_unread_with(lambda viewer: 3)
    assert shell_of(case_officer)["unread_count"]() == 3


def test_the_number_in_the_menu_stands_at_the_list_that_opens_on_what_it_counts(shell_of, docket, case_officer):
    shown = entries(shell_of(case_officer))
    assert shown["工作台"]["count"] is None
    assert shown["案件"]["count"] == 1
    tab = next(tab for tab in building.tabs(read(DOCKETS, case_officer, QueryDict())) if tab["active"])
    assert (str(tab["label"]), tab["count"]) == ("我承办的", "1")
