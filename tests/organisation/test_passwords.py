"""Password rules, the officer's own change, and the reset."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from core.errors import RuleBroken
from organisation.models import Officer
from organisation.passwords import SAID_BY_DJANGO, kinds_in
from organisation.services import accounts
from tests.factories import PASSWORD
from trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("password", "kinds"),
    [
        ("abcdefghij", 1),
        ("abcdefGHIJ", 2),
        ("abcDEF1234", 3),
        ("abcDE123-_", 4),
        ("稀土abc123", 3),
        ("١٢٣", 1),
        ("", 0),
    ],
)
def test_kinds_of_characters_are_counted(password, kinds):
    assert kinds_in(password) == kinds


@pytest.mark.parametrize("password", ["Ab1-", "abcdefghijkl", "abcdefghij12", "password1234", "12345678901234"])
def test_weak_passwords_are_refused_in_words(case_officer, password):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, case_officer)
    assert all(message for message in refusal.value.messages)


def test_a_password_like_the_user_name_is_refused(case_officer):
    case_officer.username = "zhangsan2026"
    with pytest.raises(ValidationError):
        validate_password("Zhangsan2026", case_officer)


def test_an_officer_changes_his_password_and_stays_logged_in(log_in, case_officer):
    client = log_in(case_officer)
    other = log_in(case_officer)
    new = "Changjiang-2027"
    answer = client.post("/me/password/", {"old_password": PASSWORD, "new_password": new, "new_password_again": new})
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert Officer.objects.get(pk=case_officer.pk).check_password(new)
    assert other.get("/me/").status_code == 302, "sessions under the old password end"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old_password": "wrong"}, "密码不正确"),
        ({"new_password_again": "Changjiang-2028"}, "不一致"),
        ({"new_password": PASSWORD, "new_password_again": PASSWORD}, "不得与最近"),
        ({"new_password": "short", "new_password_again": "short"}, "至少"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(log_in, case_officer, typed, said):
    form = {
        "old_password": PASSWORD,
        "new_password": "Changjiang-2027",
        "new_password_again": "Changjiang-2027",
    } | typed
    answer = log_in(case_officer).post("/me/password/", form)
    assert said in answer.content.decode()
    assert Officer.objects.get(pk=case_officer.pk).check_password(PASSWORD)


def test_none_of_the_last_five_returns_but_the_sixth_may(case_officer):
    used = [PASSWORD]
    for number in range(6):
        new = f"Changjiang-203{number}"
        accounts.change_password(old=used[-1], new=new, by=case_officer)
        used.append(new)
    for recent in used[-6:]:
        with pytest.raises(RuleBroken):
            accounts.change_password(old=used[-1], new=recent, by=case_officer)
    assert case_officer.past_passwords.count() == 5
    accounts.change_password(old=used[-1], new=PASSWORD, by=case_officer)


def test_the_trail_tells_of_the_change_without_the_password(case_officer):
    accounts.change_password(old=PASSWORD, new="Changjiang-2027", by=case_officer)
    event = Event.objects.get(verb="organisation.password_change")
    assert "Changjiang" not in str(event.facts)


def test_the_security_administrator_sets_an_initial_password_that_is_shown_once(log_in, case_officer, secadmin):
    client = log_in(secadmin)
    answer = client.post(f"/officers/{case_officer.pk}/password/", {"reason": "忘记密码，当面核验"})
    shown = client.get(answer["Location"]).content.decode()
    fresh = Officer.objects.get(pk=case_officer.pk)
    assert fresh.must_change_password
    assert not fresh.check_password(PASSWORD)
    assert "初始密码" in shown
    assert "初始密码" not in client.get(answer["Location"]).content.decode()


def test_an_initial_password_satisfies_the_rules(case_officer, secadmin):
    for _time in range(20):
        officer, password = accounts.reset_password(officer=case_officer, reason="测试", by=secadmin)
        assert officer.check_password(password)
        validate_password(password, None)


def test_nobody_else_resets_a_password(log_in, case_officer, sysadmin, head, auditor, outsider):
    for officer in (sysadmin, head, auditor, outsider):
        assert log_in(officer).post(f"/officers/{case_officer.pk}/password/", {"reason": "x"}).status_code == 403
        with pytest.raises(PermissionDenied):
            accounts.reset_password(officer=case_officer, reason="x", by=officer)
    assert Officer.objects.get(pk=case_officer.pk).check_password(PASSWORD)


def test_the_security_administrator_does_not_reset_his_own(secadmin):
    with pytest.raises(RuleBroken):
        accounts.reset_password(officer=secadmin, reason="x", by=secadmin)


def test_the_rules_address_the_officer_politely():
    from django.contrib.auth.password_validation import password_validators_help_texts

    rules = "".join(str(text) for text in password_validators_help_texts())
    assert "您" in rules
    assert "你" not in rules
    with translation.override("en"):
        said = "".join(str(text) for text in password_validators_help_texts())
    assert all(text in said for text in SAID_BY_DJANGO if "%" not in text)
