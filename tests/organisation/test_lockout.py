"""Five wrong passwords block log-in for a while at that address; thirty within an hour block the name at all of them."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessFailureLog
from django.test import Client

from casework.models import InboxMessage
from core import clock
from organisation import lockout
from tests.factories import PASSWORD
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.AXES_ENABLED = True


def knock(officer, password="wrong", address="10.0.0.1"):
    return Client(REMOTE_ADDR=address).post("/login/", {"username": officer.username, "password": password})


@story
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


# --- the second tier: by user name alone ----------------------------------------------------------------------------
@story
def tried_from_everywhere(case_officer, secadmin, sysadmin):
    """Thirty failures, never more than three from one address."""
    for number in range(30):
        answer = knock(case_officer, address=f"10.0.1.{number // 3}")
    assert answer.status_code == 429
    return case_officer


def test_twenty_nine_failures_from_many_addresses_block_nobody_elsewhere(case_officer):
    for number in range(29):
        assert knock(case_officer, address=f"10.0.1.{number // 3}").status_code == 200
    assert knock(case_officer, PASSWORD, address="10.0.2.1").status_code == 302


def test_the_thirtieth_blocks_the_name_at_every_address_and_says_for_how_long(tried_from_everywhere):
    answer = knock(tried_from_everywhere, PASSWORD, address="10.0.2.1")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "该用户名登录失败次数过多" in page
    assert "连续输错" not in page, "it need not have been he who mistyped"
    assert 15 < int(re.search(r"请于 (\d+) 分钟后", page).group(1)) <= 60
    assert lockout.locked_until(tried_from_everywhere.username, "10.0.2.1") is not None


def test_other_names_are_not_blocked_with_it(tried_from_everywhere, second_officer):
    assert knock(second_officer, PASSWORD, address="10.0.1.1").status_code == 302


def test_a_success_of_the_officer_does_not_give_the_stranger_a_new_count(case_officer):
    for number in range(29):
        knock(case_officer, address=f"10.0.1.{number // 3}")
    assert knock(case_officer, PASSWORD).status_code == 302
    assert knock(case_officer, address="10.0.1.99").status_code == 429


def test_knocks_on_a_closed_door_do_not_count(locked):
    for _time in range(40):
        knock(locked)
    assert knock(locked, PASSWORD, address="10.0.0.2").status_code == 302


def test_an_hour_later_the_name_is_open_again_and_what_was_counted_is_gone(tried_from_everywhere):
    long_ago = clock.now() - lockout.NAME_WINDOW - timedelta(seconds=1)
    AccessFailureLog.objects.update(attempt_time=long_ago)
    assert knock(tried_from_everywhere, PASSWORD, address="10.0.2.1").status_code == 302
    assert not AccessFailureLog.objects.exists()


def test_the_security_administrators_are_told_once_and_nobody_else_is(tried_from_everywhere, secadmin, sysadmin, head):
    for number in range(5):
        knock(tried_from_everywhere, address=f"10.0.3.{number}")
    message = InboxMessage.objects.get()
    assert message.recipient == secadmin
    assert (
        message.title
        == f"{tried_from_everywhere}的账号一小时内登录失败 30 次（来自 10 个地址），登录已全面锁定，请核查。"
    )
    assert message.url == tried_from_everywhere.get_absolute_url()
    event = Event.objects.get(verb="organisation.lock_out_everywhere")
    assert event.subject_id == str(tried_from_everywhere.pk)
    assert (event.facts["failures"], event.facts["addresses"]) == (30, 10)


def test_the_block_of_a_single_address_is_told_to_nobody(locked, secadmin):
    knock(locked)
    assert not InboxMessage.objects.exists()


def test_after_the_block_was_lifted_a_second_wave_is_told_again(log_in, tried_from_everywhere, secadmin):
    client = log_in(secadmin)
    url = f"/officers/{tried_from_everywhere.pk}/unlock/"
    assert "锁定" in client.get(url).content.decode()
    assert client.post(url, {"reason": "本人来电核实"}).status_code == 302
    assert knock(tried_from_everywhere, PASSWORD, address="10.0.1.1").status_code == 302
    for number in range(30):
        knock(tried_from_everywhere, address=f"10.0.4.{number // 3}")
    assert InboxMessage.objects.filter(recipient=secadmin).count() == 2


def test_a_name_nobody_bears_is_blocked_everywhere_too_and_told_to_nobody(secadmin):
    for number in range(30):
        answer = Client(REMOTE_ADDR=f"10.0.1.{number}").post("/login/", {"username": "nobody", "password": "x"})
    assert answer.status_code == 429
    assert "该用户名登录失败次数过多" in answer.content.decode()
    assert not Event.objects.exists()
    assert not InboxMessage.objects.exists()
