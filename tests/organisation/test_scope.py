"""Who sees what. It fails closed (defect D6: row-level security that failed open)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, transaction
from django.http import Http404

from casework.models import Docket
from core import clock
from organisation import roles
from organisation.models import Delegation, Department, Officer, Region, RegionLevel
from organisation.scope import EMPTY, Scope, scope_of, visible_or_404
from tests.factories import make_department, make_docket, make_officer, make_region

pytestmark = pytest.mark.django_db


def fresh(officer):
    """As the next request would load him."""
    return Officer.objects.get(pk=officer.pk)


def lend(principal, deputy, starts=0, ends=0, **fields):
    today = clock.today()
    return Delegation.objects.create(
        principal=principal,
        deputy=deputy,
        starts_on=today + timedelta(days=starts),
        ends_on=today + timedelta(days=ends),
        reason="休假",
        created_by=principal,
        created_at=clock.now(),
        **fields,
    )


def test_d6_an_officer_without_a_role_sees_nothing(docket, changzhou_epb):
    nobody = make_officer(department=changzhou_epb)
    assert scope_of(nobody) == EMPTY
    assert not Docket.objects.visible_to(nobody).exists()


def test_d6_a_group_that_is_no_role_gives_nothing(docket, changzhou_epb):
    odd = make_officer(department=changzhou_epb)
    odd.groups.add(Group.objects.create(name="superusers"))
    assert scope_of(odd) == EMPTY
    assert not Docket.objects.visible_to(odd).exists()


def test_d6_a_closed_account_sees_nothing(docket, case_officer):
    case_officer.is_active = False
    assert scope_of(case_officer) == EMPTY
    assert not Docket.objects.visible_to(case_officer).exists()


@pytest.mark.parametrize("stranger", [AnonymousUser(), None, object()])
def test_d6_strangers_see_nothing(docket, stranger):
    assert scope_of(stranger) == EMPTY
    assert not Docket.objects.visible_to(stranger).exists()


@pytest.mark.parametrize("role", roles.SEPARATED)
def test_d6_none_of_the_three_administrators_sees_a_case(docket, changzhou_epb, role):
    administrator = make_officer(role, department=changzhou_epb)
    assert scope_of(administrator) == EMPTY
    assert not Docket.objects.visible_to(administrator).exists()


def test_d6_a_department_without_a_path_is_not_the_prefix_of_all(changzhou_epb):
    assert not Department.objects.below(Department(path="")).exists()


@pytest.mark.parametrize("path", ["", "/", "JS-EPD/", "/JS-EPD"])
def test_d6_the_database_refuses_a_path_that_would_hold_others(changzhou_epb, path):
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=changzhou_epb.pk).update(path=path)


def test_a_department_whose_code_begins_like_another_s_is_not_below_it(province_epb):
    one = make_department("3204-E", "甲", parent=province_epb)
    other = make_department("3204-EPDX", "乙", parent=province_epb)
    assert other not in Department.objects.below(one)


def test_a_case_officer_sees_his_department_and_those_below_but_not_the_one_above(case_officer, province_epb):
    branch = make_department(
        "320481-EPD", "溧阳生态环境局", make_region("320481", "溧阳市", RegionLevel.COUNTY), case_officer.department
    )
    below = make_docket(department=branch)
    above = make_docket(department=province_epb)
    seen = Docket.objects.visible_to(fresh(case_officer))
    assert below in seen
    assert above not in seen


def test_an_outsider_does_not_see_the_docket(docket, outsider):
    assert docket not in Docket.objects.visible_to(outsider)
    with pytest.raises(Http404):
        visible_or_404(Docket, outsider, pk=docket.pk)


def test_a_supervisor_sees_the_region_whatever_the_department(docket, supervisor, xuzhou_epb):
    assert set(Docket.objects.visible_to(supervisor)) == {docket}
    elsewhere = make_docket(department=xuzhou_epb)
    assert elsewhere in Docket.objects.visible_to(supervisor)


def test_a_city_s_supervisor_sees_the_city_only(docket, changzhou_epb, xuzhou_epb, synced_roles):
    local = make_officer(roles.SUPERVISOR, department=xuzhou_epb)
    assert not Docket.objects.visible_to(local).exists()
    assert docket in Docket.objects.visible_to(make_officer(roles.SUPERVISOR, department=changzhou_epb))


@pytest.mark.parametrize(
    ("code", "level", "first", "last"),
    [
        ("320000", RegionLevel.PROVINCE, "320000", "329999"),
        ("320400", RegionLevel.CITY, "320400", "320499"),
        ("321000", RegionLevel.CITY, "321000", "321099"),
        ("320481", RegionLevel.COUNTY, "320481", "320481"),
        ("320830", RegionLevel.COUNTY, "320830", "320830"),
        ("100000", RegionLevel.NATION, "100000", "100000"),
    ],
)
def test_a_region_s_range_holds_what_lies_below_it_and_nothing_else(code, level, first, last):
    assert Region(code=code, level=level).code_range == (first, last)


def test_yangzhou_does_not_hold_zhenjiang(synced_roles):
    yangzhou = make_department("3210-EPD", "扬州局", make_region("321000", "扬州市"))
    zhenjiang = make_department("3211-EPD", "镇江局", make_region("321100", "镇江市"))
    near, far = make_docket(department=yangzhou), make_docket(department=zhenjiang)
    seen = Docket.objects.visible_to(make_officer(roles.SUPERVISOR, department=yangzhou))
    assert near in seen
    assert far not in seen


# --- while a colleague is absent ----------------------------------------------------------------------------------


def test_a_deputy_sees_what_the_absent_officer_sees(docket, case_officer, xuzhou_epb, synced_roles):
    deputy = make_officer(roles.INSPECTOR, department=xuzhou_epb)
    assert docket not in Docket.objects.visible_to(deputy)
    lend(case_officer, deputy)
    assert docket in Docket.objects.visible_to(fresh(deputy))
    assert {case_officer.pk, deputy.pk} == scope_of(fresh(deputy)).officers


@pytest.mark.parametrize(
    ("starts", "ends", "holds"), [(0, 0, True), (-3, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)]
)
def test_a_delegation_holds_on_its_days_both_included(docket, case_officer, outsider, starts, ends, holds):
    lend(case_officer, outsider, starts, ends)
    assert (docket in Docket.objects.visible_to(fresh(outsider))) is holds


def test_a_delegation_ends_with_the_day_in_shanghai_not_in_london(docket, case_officer, outsider):
    from datetime import UTC, datetime

    row = lend(case_officer, outsider)
    Delegation.objects.filter(pk=row.pk).update(starts_on="2026-11-20", ends_on="2026-11-22")
    with clock.pinned(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)):  # 23:59 in Shanghai
        assert docket in Docket.objects.visible_to(fresh(outsider))
    with clock.pinned(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)):  # midnight in Shanghai
        assert docket not in Docket.objects.visible_to(fresh(outsider))


def test_d6_a_revoked_delegation_gives_nothing(docket, case_officer, outsider):
    lend(case_officer, outsider, revoked_at=clock.now())
    assert docket not in Docket.objects.visible_to(fresh(outsider))


def test_d6_a_delegation_from_somebody_who_left_gives_nothing(docket, case_officer, outsider):
    lend(case_officer, outsider)
    Officer.objects.filter(pk=case_officer.pk).update(is_active=False)
    assert docket not in Docket.objects.visible_to(fresh(outsider))


def test_d6_a_delegation_to_a_closed_account_gives_nothing(docket, case_officer, outsider):
    lend(case_officer, outsider)
    Officer.objects.filter(pk=outsider.pk).update(is_active=False)
    assert not Docket.objects.visible_to(fresh(outsider)).exists()


def test_d6_delegations_do_not_chain(docket, case_officer, outsider, inspector, xuzhou_epb, synced_roles):
    third = make_officer(roles.INSPECTOR, department=xuzhou_epb)
    lend(case_officer, outsider)
    lend(outsider, third)
    assert docket not in Docket.objects.visible_to(fresh(third))


@pytest.mark.parametrize("role", roles.SEPARATED)
def test_d6_an_administrator_gains_no_cases_by_a_delegation_that_should_not_be(
    docket, case_officer, changzhou_epb, role
):
    administrator = make_officer(role, department=changzhou_epb)
    lend(case_officer, administrator)
    assert scope_of(fresh(administrator)) == EMPTY


def test_the_scope_is_computed_once_per_request(case_officer, django_assert_num_queries):
    officer = fresh(case_officer)
    scope_of(officer)
    with django_assert_num_queries(0):
        scope_of(officer)


def test_an_empty_scope_knows_that_it_is_empty():
    assert EMPTY.is_empty
    assert not Scope(officers=frozenset({1})).is_empty
    assert Scope(regions=(("320000", "329999"),)).sees_province
    assert not Scope(regions=(("320400", "320499"),)).sees_province
