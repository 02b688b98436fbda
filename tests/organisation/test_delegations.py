"""Leave cover: give, refuse in words, act, revoke."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import RuleBroken
from organisation import roles
from organisation.models import Delegation, Officer, RegionLevel
from organisation.services import delegations
from tests.factories import make_department, make_officer, make_region
from tests.organisation.test_scope import fresh, lend
from trail.models import Event

pytestmark = pytest.mark.django_db


def day(offset=0):
    return clock.today() + timedelta(days=offset)


def give(principal, deputy, by=None, starts=0, ends=5, reason="年休假"):
    return delegations.give(
        principal=principal, deputy=deputy, starts_on=day(starts), ends_on=day(ends), reason=reason, by=by or principal
    )


def typed(principal, deputy, starts=0, ends=5, **more):
    return {
        "principal": principal.pk,
        "deputy": deputy.pk,
        "starts_on": day(starts).isoformat(),
        "ends_on": day(ends).isoformat(),
        "reason": "年休假",
        **more,
    }


def test_an_officer_names_his_deputy(log_in, case_officer, second_officer):
    client = log_in(case_officer)
    assert client.get("/delegations/new/").status_code == 200
    assert client.post("/delegations/new/", typed(case_officer, second_officer))["Location"] == "/delegations/"
    given = Delegation.objects.get()
    assert (given.principal, given.deputy, given.created_by) == (case_officer, second_officer, case_officer)
    assert "年休假" in client.get("/delegations/").content.decode()
    event = Event.objects.get(verb="organisation.delegate")
    assert event.facts["deputy"] == second_officer.name


def test_the_head_names_deputies_for_his_department(log_in, head, case_officer, second_officer):
    assert log_in(head).post("/delegations/new/", typed(case_officer, second_officer)).status_code == 302
    assert Delegation.objects.get().created_by == head


def test_the_same_form_sent_twice_names_one_deputy(log_in, case_officer, second_officer):
    client = log_in(case_officer)
    form = typed(case_officer, second_officer, _once="0b5c1a70-1111-4333-8444-555566667777")
    assert client.post("/delegations/new/", form).status_code == 302
    assert client.post("/delegations/new/", form).status_code == 302
    assert Delegation.objects.count() == 1


def test_nobody_names_a_deputy_for_a_colleague_or_for_another_department(
    log_in, case_officer, second_officer, outsider, head
):
    for other in (second_officer, outsider):
        with pytest.raises(PermissionDenied):
            give(case_officer, second_officer if other is outsider else head, by=other)
        answer = log_in(other).post("/delegations/new/", typed(case_officer, head))
        assert answer.status_code == 200
    assert not Delegation.objects.exists()


def test_nobody_is_his_own_deputy(case_officer):
    with pytest.raises(RuleBroken, match="本人"):
        give(case_officer, case_officer)


@pytest.mark.parametrize(("starts", "ends", "field"), [(-1, 5, "starts_on"), (3, 2, "ends_on"), (0, 400, "ends_on")])
def test_days_that_make_no_sense_are_refused_at_their_field(case_officer, second_officer, starts, ends, field):
    with pytest.raises(RuleBroken) as refusal:
        give(case_officer, second_officer, starts=starts, ends=ends)
    assert refusal.value.field == field


def test_a_single_day_is_enough(case_officer, second_officer):
    assert give(case_officer, second_officer, starts=0, ends=0).is_in_force(day())


@pytest.mark.parametrize(("starts", "ends"), [(0, 5), (5, 9), (-0, 0), (2, 3)])
def test_two_deputies_at_once_are_refused(case_officer, second_officer, inspector, starts, ends):
    give(case_officer, second_officer, starts=0, ends=5)
    with pytest.raises(RuleBroken, match="不得重叠"):
        give(case_officer, inspector, starts=starts, ends=ends)


def test_one_after_the_other_is_fine(case_officer, second_officer, inspector):
    give(case_officer, second_officer, starts=0, ends=5)
    give(case_officer, inspector, starts=6, ends=9)
    assert Delegation.objects.count() == 2


def test_a_delegation_is_not_passed_on(case_officer, second_officer, inspector):
    give(second_officer, inspector, starts=2, ends=8)
    with pytest.raises(RuleBroken, match="转委托"):
        give(case_officer, second_officer, starts=0, ends=5)


def test_administration_security_and_audit_are_never_delegated(sysadmin, secadmin, auditor, case_officer):
    for administrator in (sysadmin, secadmin, auditor):
        with pytest.raises(PermissionDenied):
            give(administrator, case_officer)


def test_nor_does_an_administrator_become_a_deputy(head, secadmin):
    with pytest.raises(RuleBroken, match="不能作为受托人"):
        give(head, secadmin)


def test_who_left_cannot_be_a_deputy(case_officer, second_officer):
    Officer.objects.filter(pk=second_officer.pk).update(is_active=False)
    with pytest.raises(RuleBroken):
        give(case_officer, second_officer)


def test_an_officer_of_another_authority_cannot_be_a_deputy(case_officer, outsider):
    with pytest.raises(RuleBroken, match="不属于同一机关"):
        give(case_officer, outsider)


def test_powers_are_lent_down_to_a_branch_but_not_up_to_a_superior(head, changzhou_epb, supervisor, synced_roles):
    region = make_region("320481", "溧阳市", RegionLevel.COUNTY)
    branch = make_department("320481-EPD", "溧阳生态环境局", region, changzhou_epb)
    local = make_officer(roles.CASE_OFFICER, department=branch)
    give(head, local)
    with pytest.raises(RuleBroken):
        give(make_officer(roles.CASE_OFFICER, department=branch), supervisor, by=head)


def test_a_reason_is_needed(case_officer, second_officer):
    with pytest.raises(RuleBroken):
        give(case_officer, second_officer, reason=" ")


def test_the_deputy_sees_it_an_outsider_does_not(log_in, case_officer, second_officer, outsider, head, secadmin):
    row = give(case_officer, second_officer)
    for officer in (case_officer, second_officer, head, secadmin):
        assert log_in(officer).get(f"/delegations/{row.pk}/").status_code == 200
    assert log_in(outsider).get(f"/delegations/{row.pk}/").status_code == 404
    assert log_in(outsider).post(f"/delegations/{row.pk}/revoke/", {"reason": "x"}).status_code == 404


def test_it_is_revoked_by_who_gave_it(log_in, case_officer, second_officer):
    row = give(case_officer, second_officer)
    assert log_in(case_officer).post(f"/delegations/{row.pk}/revoke/", {"reason": "提前返岗"}).status_code == 302
    row.refresh_from_db()
    assert row.revoked_by == case_officer
    assert not row.is_in_force(day())
    assert Event.objects.get(verb="organisation.delegation_revoke").facts["reason"] == "提前返岗"


def test_the_deputy_does_not_revoke_it(log_in, case_officer, second_officer):
    row = give(case_officer, second_officer)
    assert log_in(second_officer).post(f"/delegations/{row.pk}/revoke/", {"reason": "x"}).status_code == 403


def test_it_is_revoked_once(case_officer, second_officer):
    row = give(case_officer, second_officer)
    delegations.revoke(delegation=row, reason="x", by=case_officer)
    with pytest.raises(RuleBroken, match="已撤销"):
        delegations.revoke(delegation=row, reason="x", by=case_officer)


def test_what_is_over_is_not_revoked(case_officer, second_officer):
    row = lend(case_officer, second_officer, -5, -1)
    with pytest.raises(RuleBroken, match="已到期"):
        delegations.revoke(delegation=row, reason="x", by=case_officer)


def test_a_deputy_of_the_head_arranges_for_the_head_s_department_only(
    case_officer, second_officer, inspector, head, xuzhou_epb
):
    """The power to arrange reaches as far as the absent head's department, wherever the deputy sits."""
    give(head, case_officer)
    deputy = fresh(case_officer)
    assert give(second_officer, inspector, by=deputy).principal == second_officer
    elsewhere = make_officer(roles.CASE_OFFICER, department=xuzhou_epb)
    with pytest.raises(PermissionDenied):
        give(elsewhere, make_officer(roles.INSPECTOR, department=xuzhou_epb), by=deputy)


# --- acting -------------------------------------------------------------------------------------------------------


def test_the_deputy_chooses_in_whose_place_he_acts_and_every_page_says_so(log_in, head, case_officer):
    row = give(head, case_officer)
    client = log_in(case_officer)
    assert f"代{head.name}" in client.get("/me/").content.decode()
    assert client.post("/me/acting/", {"delegation": row.pk, "next": "/officers/"})["Location"] == "/officers/"
    assert f"现代{head.name}办理" in client.get("/officers/").content.decode()
    client.post("/me/acting/", {"delegation": ""})
    assert f"现代{head.name}办理" not in client.get("/officers/").content.decode()


def test_what_he_does_meanwhile_is_recorded_for_the_absent_colleague(
    log_in, head, case_officer, second_officer, inspector
):
    row = give(head, case_officer)
    client = log_in(case_officer)
    client.post("/me/acting/", {"delegation": row.pk})
    assert client.post("/delegations/new/", typed(second_officer, inspector)).status_code == 302
    event = Event.objects.filter(verb="organisation.delegate").latest("id")
    assert (event.actor_name, event.on_behalf_of) == (case_officer.name, head.name)


def test_acting_ends_with_the_day_in_the_middle_of_a_session(log_in, settings, head, case_officer):
    settings.IDLE_TIMEOUT_S = 10 * 24 * 3600
    row = give(head, case_officer, ends=0)
    client = log_in(case_officer)
    client.post("/me/acting/", {"delegation": row.pk})
    with clock.pinned(clock.now() + timedelta(days=1)):
        assert f"现代{head.name}办理" not in client.get("/officers/").content.decode()


def test_nobody_acts_under_a_delegation_he_does_not_hold(log_in, head, case_officer, second_officer):
    row = give(head, case_officer)
    client = log_in(second_officer)
    client.post("/me/acting/", {"delegation": row.pk})
    assert f"现代{head.name}办理" not in client.get("/officers/").content.decode()
    for forged in ("0", "-1", "x", "99999999999999999999"):
        assert client.post("/me/acting/", {"delegation": forged}).status_code == 302
    assert "acting_for" not in client.session


def test_acting_leads_to_no_other_site(log_in, case_officer):
    assert (
        log_in(case_officer).post("/me/acting/", {"delegation": "", "next": "https://evil.example/"})["Location"] == "/"
    )
