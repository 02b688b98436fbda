"""What an officer may do comes through roles alone, his own or lent."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission

from core import clock
from organisation import authority, roles
from organisation.backends import OfficerBackend
from organisation.models import Officer
from tests.factories import make_department, make_docket, make_officer, make_region
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


def test_it_is_known_whose_power_is_used(case_officer, head):
    lend(head, case_officer)
    deputy = fresh(case_officer)
    assert authority.principal_behind(deputy, HEAD_ONLY) == head
    assert authority.principal_behind(deputy, "organisation.delegate") is None
    with authority.exercised(deputy, HEAD_ONLY):
        assert deputy.acting_for == head
    assert deputy.acting_for is None


def test_the_trail_names_the_colleague_for_whom_it_was_done(case_officer, head, docket):
    from django.db import transaction

    import trail

    lend(head, case_officer)
    deputy = fresh(case_officer)
    with transaction.atomic(), authority.exercised(deputy, HEAD_ONLY):
        event = trail.record("casework.share", docket, by=deputy, docket=docket)
    assert event.actor_id == deputy.pk
    assert event.on_behalf_of == head.name


def test_each_power_reaches_only_as_far_as_the_role_it_came_from(
    case_officer, head, supervisor, changzhou_epb, xuzhou_epb
):
    """Seeing the whole province as supervisor does not make the head's power of one department reach the others."""
    lend(head, supervisor)
    deputy = fresh(supervisor)
    here = make_docket(department=changzhou_epb)
    there = make_docket(department=xuzhou_epb)
    assert authority.may_act_on(deputy, HEAD_ONLY, department=here.department, region_code=here.region_id)
    assert not authority.may_act_on(deputy, HEAD_ONLY, department=there.department, region_code=there.region_id)


def test_a_power_over_a_region_reaches_every_department_in_it_and_none_outside(coordinator, changzhou_epb):
    anhui = make_department("3401-EPD", "合肥局", make_region("340100", "合肥市"))
    permission = "organisation.delegate"
    assert authority.may_act_on(coordinator, permission, department=changzhou_epb, region_code="320400")
    assert not authority.may_act_on(coordinator, permission, department=anhui, region_code="340100")


def test_an_outsider_s_power_does_not_reach_here(outsider, changzhou_epb):
    assert not authority.may_act_on(outsider, "organisation.delegate", department=changzhou_epb, region_code="320400")
