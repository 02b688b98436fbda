"""What an officer may do comes through roles alone, his own or lent."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission

from core import clock
from organisation import roles
from organisation.backends import OfficerBackend
from organisation.models import Officer
from tests.factories import make_officer
from tests.organisation.test_scope import fresh, lend

pytestmark = pytest.mark.django_db
HEAD_ONLY = "organisation.arrange_delegations"


def test_a_role_gives_its_permissions_and_no_others(case_officer):
    assert case_officer.has_perm("organisation.delegate")
    assert not case_officer.has_perm(HEAD_ONLY)
    assert not case_officer.has_perm("organisation.no_such_permission")


def test_there_are_no_superusers_and_no_permissions_of_one_s_own():
    names = {field.name for field in Officer._meta.get_fields()}
    assert "is_superuser" not in names
    assert "user_permissions" not in names
    assert Officer().is_superuser is None


def test_a_group_that_is_no_role_gives_no_permission(changzhou_epb, synced_roles):
    group = Group.objects.create(name="invented")
    group.permissions.set(Permission.objects.all())
    odd = make_officer(department=changzhou_epb)
    odd.groups.add(group)
    assert not odd.get_all_permissions()
    assert not odd.has_perm("organisation.keep_officers")


def test_a_closed_account_may_nothing(head):
    head.is_active = False
    assert not head.has_perm(HEAD_ONLY)
    assert OfficerBackend().get_user(head.pk) is not None
    Officer.objects.filter(pk=head.pk).update(is_active=False)
    assert OfficerBackend().get_user(head.pk) is None


def test_permissions_on_one_object_are_not_ours_to_answer(case_officer, docket):
    assert not OfficerBackend().has_perm(case_officer, "organisation.delegate", docket)


def test_asking_often_costs_the_database_little(case_officer, django_assert_max_num_queries):
    officer = fresh(case_officer)
    with django_assert_max_num_queries(4):
        for _time in range(50):
            officer.has_perm("organisation.delegate")
            officer.has_perm("organisation.no_such_permission")


def test_every_granted_permission_exists_and_the_groups_equal_the_code(synced_roles):
    for role in roles.ROLES.values():
        held = Permission.objects.filter(group__name=role.code).values_list("content_type__app_label", "codename")
        assert {f"{label}.{name}" for label, name in held} == roles.granted(role)


def test_the_three_administrators_hold_nothing_that_a_case_role_holds(synced_roles):
    cases = set().union(*(roles.granted(role) for role in roles.ROLES.values() if role not in roles.SEPARATED))
    for role in (roles.AUDITOR, roles.SECURITY_ADMINISTRATOR):
        assert not roles.granted(role) & cases


def test_sync_takes_back_what_the_code_no_longer_grants(synced_roles):
    group = Group.objects.get(name=roles.INSPECTOR.code)
    group.permissions.add(Permission.objects.get(codename="keep_officers"))
    roles.sync_roles()
    assert not group.permissions.filter(codename="keep_officers").exists()


def test_a_permission_nobody_declared_is_an_error_not_a_silence(synced_roles, monkeypatch):
    monkeypatch.setitem(roles._grants, roles.INSPECTOR.code, {"organisation.misspelt"})
    with pytest.raises(LookupError, match="misspelt"):
        roles.sync_roles()


# --- lent powers --------------------------------------------------------------------------------------------------


def test_a_deputy_may_what_the_absent_head_may_and_only_while_he_is_absent(case_officer, head):
    assert not case_officer.has_perm(HEAD_ONLY)
    lend(head, case_officer)
    assert fresh(case_officer).has_perm(HEAD_ONLY)
    with clock.pinned(clock.now() + timedelta(days=1)):
        assert not fresh(case_officer).has_perm(HEAD_ONLY)


@pytest.mark.parametrize("role", roles.SEPARATED)
def test_a_deputy_never_gets_the_powers_of_the_three_administrators(case_officer, changzhou_epb, role):
    before = fresh(case_officer).get_all_permissions()
    lend(make_officer(role, department=changzhou_epb), case_officer)
    assert fresh(case_officer).get_all_permissions() == before


def test_an_administrator_gets_no_powers_over_cases(head, secadmin):
    lend(head, secadmin)
    assert not fresh(secadmin).has_perm(HEAD_ONLY)


def test_own_powers_stay_when_powers_are_lent(case_officer, head):
    lend(head, case_officer)
    deputy = fresh(case_officer)
    assert deputy.has_perm("organisation.delegate")
    assert OfficerBackend().get_group_permissions(deputy) < OfficerBackend().get_all_permissions(deputy)
