"""Five wrong passwords block log-in for a while."""

import re

import pytest
from django.test import Client

from organisation import lockout
from tests.factories import PASSWORD
from trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.AXES_ENABLED = True


def knock(officer, password="wrong", address="10.0.0.1"):
    return Client(REMOTE_ADDR=address).post("/login/", {"username": officer.username, "password": password})


@pytest.fixture
def locked(case_officer):
    for _time in range(5):
        answer = knock(case_officer)
    assert answer.status_code == 429
    return case_officer


def test_four_failures_do_not_block(case_officer):
    for _time in range(4):
        assert knock(case_officer).status_code == 200
    assert knock(case_officer, PASSWORD).status_code == 302


def test_the_fifth_failure_blocks_and_says_for_how_long(locked):
    answer = knock(locked)
    page = answer.content.decode()
    assert answer.status_code == 429
    minutes = int(re.search(r"请于 (\d+) 分钟后", page).group(1))
    assert 1 <= minutes <= 15
    assert int(answer["Retry-After"]) == minutes * 60
    assert "安全管理员" in page


def test_the_right_password_does_not_open_a_blocked_account(locked):
    assert knock(locked, PASSWORD).status_code == 429


def test_others_at_the_same_address_are_not_blocked(locked, second_officer):
    assert knock(second_officer, PASSWORD).status_code == 302


def test_the_officer_is_not_blocked_at_his_own_address_by_a_stranger_elsewhere(locked):
    assert knock(locked, PASSWORD, address="10.0.0.2").status_code == 302


def test_another_browser_at_the_address_does_not_begin_a_new_count(case_officer):
    for number in range(5):
        Client(REMOTE_ADDR="10.0.0.1", HTTP_USER_AGENT=f"browser {number}").post(
            "/login/", {"username": case_officer.username, "password": "wrong"}
        )
    assert knock(case_officer, PASSWORD).status_code == 429
    assert lockout.locked_until(case_officer.username, "10.0.0.1") is not None


def test_a_success_forgets_earlier_failures(case_officer):
    for _time in range(4):
        knock(case_officer)
    knock(case_officer, PASSWORD)
    for _time in range(4):
        assert knock(case_officer).status_code == 200


def test_the_block_is_recorded_once_however_often_one_knocks(locked):
    for _time in range(3):
        knock(locked)
    event = Event.objects.get(verb="organisation.lock_out")
    assert event.subject_id == str(locked.pk)
    assert event.facts["address"] == "10.0.0.1"


def test_a_name_nobody_bears_is_blocked_too_and_gives_nothing_away(synced_roles):
    for _time in range(5):
        answer = Client().post("/login/", {"username": "nobody", "password": "x"})
    assert answer.status_code == 429
    assert not Event.objects.exists()


def test_the_security_administrator_lifts_the_block(log_in, locked, secadmin):
    client = log_in(secadmin)
    url = f"/officers/{locked.pk}/unlock/"
    assert "锁定" in client.get(url).content.decode()
    assert client.post(url, {"reason": "本人来电核实"}).status_code == 302
    assert knock(locked, PASSWORD).status_code == 302
    assert Event.objects.filter(verb="organisation.unlock", actor_id=secadmin.pk).count() == 1


def test_lifting_a_block_needs_a_reason(log_in, locked, secadmin):
    assert log_in(secadmin).post(f"/officers/{locked.pk}/unlock/", {"reason": " "}).status_code == 200
    assert lockout.locked_until(locked.username) is not None


def test_nobody_else_lifts_a_block(log_in, locked, head, sysadmin, outsider):
    for officer in (head, sysadmin, outsider):
        assert log_in(officer).post(f"/officers/{locked.pk}/unlock/", {"reason": "x"}).status_code == 403
    assert lockout.locked_until(locked.username) is not None


def test_an_account_that_is_not_blocked_says_so(log_in, case_officer, secadmin):
    answer = log_in(secadmin).post(f"/officers/{case_officer.pk}/unlock/", {"reason": "x"})
    assert "未被锁定" in answer.content.decode()
