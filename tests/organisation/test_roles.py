"""Granting roles: three administrators stay three people, and nobody helps himself."""

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import RuleBroken
from organisation import roles
from organisation.models import Delegation, Officer
from organisation.roles import roles_of
from organisation.services import appointments
from tests.factories import make_officer
from tests.organisation.test_scope import fresh, lend
from trail.models import Event

pytestmark = pytest.mark.django_db


def test_the_security_administrator_grants_a_role_with_a_reason(log_in, case_officer, secadmin):
    form = {"grant": "1", "grant-role": "inspector", "grant-reason": "岗位调整"}
    assert log_in(secadmin).post(f"/officers/{case_officer.pk}/roles/", form).status_code == 302
    assert roles.INSPECTOR in roles_of(fresh(case_officer))
    event = Event.objects.get(verb="organisation.role_grant")
    assert (event.actor_id, event.facts["role"], event.facts["reason"]) == (secadmin.pk, "inspector", "岗位调整")


def test_and_revokes_it(log_in, case_officer, secadmin):
    form = {"revoke": "1", "revoke-role": "case_officer", "revoke-reason": "调离办案岗位"}
    assert log_in(secadmin).post(f"/officers/{case_officer.pk}/roles/", form).status_code == 302
    assert roles_of(fresh(case_officer)) == []


@pytest.mark.parametrize("role", roles.SEPARATED)
def test_none_of_the_three_is_joined_to_a_role_that_handles_cases(case_officer, secadmin, role):
    with pytest.raises(RuleBroken) as refusal:
        appointments.grant(officer=case_officer, role=role, reason="x", by=secadmin)
    assert "三员分立" in refusal.value.reasons[0]
    assert refusal.value.field == "role"


@pytest.mark.parametrize("role", [roles.SYSTEM_ADMINISTRATOR, roles.SECURITY_ADMINISTRATOR, roles.CASE_OFFICER])
def test_the_auditor_is_nothing_else(auditor, secadmin, role):
    with pytest.raises(RuleBroken):
        appointments.grant(officer=auditor, role=role, reason="x", by=secadmin)


def test_the_page_says_why_and_offers_the_others(log_in, case_officer, secadmin):
    client = log_in(secadmin)
    form = {"grant": "1", "grant-role": "auditor", "grant-reason": "x"}
    page = client.post(f"/officers/{case_officer.pk}/roles/", form).content.decode()
    assert "三员分立" in page
    assert roles_of(fresh(case_officer)) == [roles.CASE_OFFICER]


def test_nobody_grants_or_revokes_his_own(secadmin):
    for verb in (appointments.grant, appointments.revoke):
        with pytest.raises(RuleBroken):
            verb(officer=secadmin, role=roles.SECURITY_ADMINISTRATOR, reason="x", by=secadmin)


def test_nobody_else_grants_roles(log_in, case_officer, head, sysadmin, auditor, outsider):
    for officer in (head, sysadmin, auditor, outsider):
        assert log_in(officer).get(f"/officers/{case_officer.pk}/roles/").status_code == 403
        with pytest.raises(PermissionDenied):
            appointments.grant(officer=case_officer, role=roles.DEPARTMENT_HEAD, reason="x", by=officer)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(case_officer, secadmin, reason):
    with pytest.raises(RuleBroken):
        appointments.grant(officer=case_officer, role=roles.INSPECTOR, reason=reason, by=secadmin)


def test_a_role_is_not_granted_twice_nor_revoked_when_not_held(case_officer, secadmin):
    with pytest.raises(RuleBroken):
        appointments.grant(officer=case_officer, role=roles.CASE_OFFICER, reason="x", by=secadmin)
    with pytest.raises(RuleBroken):
        appointments.revoke(officer=case_officer, role=roles.INSPECTOR, reason="x", by=secadmin)


def test_a_closed_account_gets_no_role(case_officer, secadmin):
    Officer.objects.filter(pk=case_officer.pk).update(is_active=False)
    with pytest.raises(RuleBroken):
        appointments.grant(officer=case_officer, role=roles.INSPECTOR, reason="x", by=secadmin)


def test_an_unknown_role_in_the_form_is_refused(log_in, case_officer, secadmin):
    form = {"grant": "1", "grant-role": "emperor", "grant-reason": "x"}
    assert log_in(secadmin).post(f"/officers/{case_officer.pk}/roles/", form).status_code == 200
    assert roles_of(fresh(case_officer)) == [roles.CASE_OFFICER]


def test_the_last_system_administrator_keeps_his_role(sysadmin, secadmin):
    with pytest.raises(RuleBroken):
        appointments.revoke(officer=sysadmin, role=roles.SYSTEM_ADMINISTRATOR, reason="x", by=secadmin)
    make_officer(roles.SYSTEM_ADMINISTRATOR, department=sysadmin.department)
    appointments.revoke(officer=sysadmin, role=roles.SYSTEM_ADMINISTRATOR, reason="已有接任", by=secadmin)
    assert roles_of(fresh(sysadmin)) == []


def test_who_loses_the_last_role_loses_delegations_too(case_officer, second_officer, secadmin):
    lend(case_officer, second_officer, 0, 5)
    appointments.revoke(officer=case_officer, role=roles.CASE_OFFICER, reason="x", by=secadmin)
    assert not Delegation.objects.in_force(clock.today()).exists()
