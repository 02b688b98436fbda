"""The optional second factor."""

import re
import time

import pytest
from django.core.exceptions import PermissionDenied
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from core.errors import RuleBroken
from organisation.services import second_factor
from tests.factories import PASSWORD
from trail.models import Event

pytestmark = pytest.mark.django_db


def code_of(device, drift=0):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + drift
    return f"{totp.token():06d}"


def enrol(officer):
    """The second factor switched on, with its recovery codes; its clock set back so that the present code is still good."""
    device = second_factor.prepare(by=officer)
    device, codes = second_factor.confirm(code=code_of(device), by=officer)
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    device.refresh_from_db()
    return device, codes


def first_step(client, officer):
    return client.post("/login/", {"username": officer.username, "password": PASSWORD, "next": "/officers/"})


def test_an_officer_sets_it_up_by_scanning_and_confirming(log_in, case_officer):
    client = log_in(case_officer)
    page = client.get("/me/second-factor/new/").content.decode()
    assert 'src="data:image/svg+xml' in page
    device = TOTPDevice.objects.get(user=case_officer)
    assert not device.confirmed
    answer = client.post("/me/second-factor/new/", {"code": code_of(device)})
    assert answer["Location"] == "/me/second-factor/"
    device.refresh_from_db()
    assert device.confirmed
    shown = client.get("/me/second-factor/").content.decode()
    assert len(re.findall(r"<li>[A-Z2-9]{5}-[A-Z2-9]{5}</li>", shown)) == 10
    assert Event.objects.filter(verb="organisation.second_factor_on").count() == 1


def test_recovery_codes_are_shown_only_once_and_kept_only_as_digests(log_in, case_officer):
    _device, codes = enrol(case_officer)
    stored = set(case_officer.recovery_codes.values_list("digest", flat=True))
    assert len(stored) == 10
    assert not any(code.replace("-", "") in stored for code in codes)
    assert codes[0] not in log_in(case_officer).get("/me/second-factor/").content.decode()


def test_a_wrong_code_does_not_switch_it_on(log_in, case_officer):
    client = log_in(case_officer)
    client.get("/me/second-factor/new/")
    answer = client.post("/me/second-factor/new/", {"code": "000000"})
    assert "验证码不正确" in answer.content.decode()
    assert not TOTPDevice.objects.filter(user=case_officer, confirmed=True).exists()


def test_an_unconfirmed_device_does_not_hinder_log_in(client, case_officer):
    second_factor.prepare(by=case_officer)
    assert first_step(client, case_officer)["Location"] == "/officers/"


def test_log_in_asks_for_the_code_and_lets_nobody_in_before(client, case_officer):
    device, _codes = enrol(case_officer)
    answer = first_step(client, case_officer)
    assert answer["Location"] == "/login/code/?next=/officers/"
    assert client.get("/officers/").status_code == 302, "the password alone opens nothing"
    answer = client.post("/login/code/", {"code": code_of(device), "next": "/officers/"})
    assert answer["Location"] == "/officers/"
    assert client.get("/officers/").status_code == 200
    assert Event.objects.filter(verb="organisation.log_in").latest("id").facts["second_factor"] is True


def test_a_code_is_good_only_once(client, case_officer):
    device, _codes = enrol(case_officer)
    code = code_of(device)
    first_step(client, case_officer)
    client.post("/login/code/", {"code": code})
    client.post("/logout/")
    first_step(client, case_officer)
    assert client.post("/login/code/", {"code": code}).status_code == 200
    assert client.get("/officers/").status_code == 302


def test_a_recovery_code_opens_the_door_once(client, case_officer):
    _device, codes = enrol(case_officer)
    first_step(client, case_officer)
    assert client.post("/login/code/", {"code": codes[0].lower()}).status_code == 302
    assert case_officer.recovery_codes.count() == 9
    client.post("/logout/")
    first_step(client, case_officer)
    assert client.post("/login/code/", {"code": codes[0]}).status_code == 200
    assert Event.objects.filter(verb="organisation.recovery_code_use").count() == 1


def test_guessing_is_slowed_down_in_words(client, case_officer):
    device, _codes = enrol(case_officer)
    first_step(client, case_officer)
    client.post("/login/code/", {"code": "000000"})
    client.post("/login/code/", {"code": "000001"})
    answer = client.post("/login/code/", {"code": code_of(device)})
    assert "次数过多" in answer.content.decode()
    assert client.get("/officers/").status_code == 302


def test_recovery_codes_cannot_be_guessed_quickly_either(case_officer):
    enrol(case_officer)
    assert second_factor.verify(officer=case_officer, code="AAAAA-AAAAA") is None
    with pytest.raises(RuleBroken):
        second_factor.verify(officer=case_officer, code="BBBBB-BBBBB")


def test_the_second_step_without_the_first_leads_back(client):
    assert client.get("/login/code/")["Location"] == "/login/"
    assert client.post("/login/code/", {"code": "123456"})["Location"] == "/login/"


def test_the_second_step_is_not_awaited_for_ever(client, case_officer):
    from datetime import timedelta

    from core import clock

    enrol(case_officer)
    first_step(client, case_officer)
    with clock.pinned(clock.now() + timedelta(minutes=11)):
        assert client.get("/login/code/")["Location"] == "/login/"


def test_an_officer_switches_it_off_with_his_password(log_in, case_officer):
    enrol(case_officer)
    client = log_in(case_officer)
    assert "密码不正确" in client.post("/me/second-factor/off/", {"password": "wrong"}).content.decode()
    assert second_factor.device_of(case_officer)
    assert client.post("/me/second-factor/off/", {"password": PASSWORD}).status_code == 302
    assert not second_factor.device_of(case_officer)
    assert not case_officer.recovery_codes.exists()


def test_new_recovery_codes_end_the_old_ones(log_in, case_officer):
    _device, old = enrol(case_officer)
    log_in(case_officer).post("/me/second-factor/codes/")
    assert second_factor.verify(officer=case_officer, code=old[0]) is None


def test_the_security_administrator_removes_it_for_who_lost_his_phone(log_in, case_officer, secadmin):
    enrol(case_officer)
    answer = log_in(secadmin).post(f"/officers/{case_officer.pk}/second-factor/", {"reason": "手机遗失，当面核验"})
    assert answer.status_code == 302
    assert not second_factor.device_of(case_officer)
    event = Event.objects.get(verb="organisation.second_factor_reset")
    assert event.facts["reason"] == "手机遗失，当面核验"


def test_nobody_else_removes_it(case_officer, sysadmin, head, outsider):
    enrol(case_officer)
    for officer in (sysadmin, head, outsider, case_officer):
        with pytest.raises(PermissionDenied):
            second_factor.reset(officer=case_officer, reason="x", by=officer)
    assert second_factor.device_of(case_officer)


def test_the_security_administrator_does_not_remove_his_own(secadmin):
    enrol(secadmin)
    with pytest.raises(RuleBroken):
        second_factor.reset(officer=secadmin, reason="x", by=secadmin)
