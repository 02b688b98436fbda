"""Who may act on a docket, and in whose name: every power reaches only as far as the role it came from."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

import trail
from casework import powers, services
from casework.models import Docket, DocketOfficer, Part
from organisation import roles
from tests.factories import make_department, make_docket, make_officer, make_region
from tests.organisation.test_scope import fresh, lend
from tests.plugins.stories import story
from trail.models import Event
from trail.recording import SYSTEM

pytestmark = pytest.mark.django_db
APPROVE = "rectification.approve_case"  # a head's
HANDLE = "rectification.handle_case"  # a case officer's
SHARE = "casework.share_docket"


@story
def elsewhere(xuzhou_epb):
    return make_docket(department=xuzhou_epb)


@story
def colleague(changzhou_epb):
    """Of the department, without a hand in the docket: who handles it uses no power of the head over it."""
    return make_officer(roles.CASE_OFFICER, department=changzhou_epb)


def test_an_officer_acts_on_the_matters_of_his_department_in_his_own_right(case_officer, docket):
    assert powers.bearer(case_officer, HANDLE, docket) == case_officer
    with powers.acting(case_officer, HANDLE, docket):
        assert case_officer.acting_for is None


def test_a_role_that_lacks_the_power_may_not(case_officer, docket):
    assert not powers.may(case_officer, APPROVE, docket)
    with pytest.raises(PermissionDenied), powers.acting(case_officer, APPROVE, docket):
        raise AssertionError("must not be reached")


def test_an_outsider_may_nothing(outsider, docket):
    for permission in (HANDLE, APPROVE, SHARE):
        assert not powers.may(outsider, permission, docket)


def test_a_share_lets_an_officer_look_not_act(docket, head, outsider):
    services.share(docket=docket, officer=outsider, reason="协助调查", by=head)
    guest = fresh(outsider)
    assert Docket.objects.visible_to(guest).filter(pk=docket.pk).exists()
    assert not powers.may(guest, HANDLE, docket)


def test_an_officer_named_on_the_docket_acts_on_it_wherever_he_works(docket, xuzhou_epb):
    guest = make_officer(roles.CASE_OFFICER, department=xuzhou_epb)
    assert not powers.may(guest, HANDLE, docket)
    DocketOfficer.objects.create(docket=docket, officer=guest, part=Part.CO)
    assert powers.may(guest, HANDLE, docket)
    assert not powers.may(guest, APPROVE, docket)


def test_seeing_a_region_gives_no_power_over_its_other_departments(supervisor, head, elsewhere):
    """A supervisor who acts for a head sees the whole province; the head's power stays in the head's department."""
    lend(head, supervisor)
    deputy = fresh(supervisor)
    assert Docket.objects.visible_to(deputy).filter(pk=elsewhere.pk).exists()
    assert not powers.may(deputy, APPROVE, elsewhere)


def test_a_deputy_s_own_power_does_not_grow_with_what_he_sees_for_another(supervisor, case_officer, elsewhere):
    """The other way round: a case officer who acts for a supervisor sees the province and handles his own matters only."""
    lend(supervisor, case_officer)
    deputy = fresh(case_officer)
    assert Docket.objects.visible_to(deputy).filter(pk=elsewhere.pk).exists()
    assert not powers.may(deputy, HANDLE, elsewhere)


def test_a_power_over_a_region_reaches_every_department_in_it_and_none_outside(coordinator, docket, monkeypatch):
    monkeypatch.setitem(roles._grants, roles.COORDINATION_OFFICER.code, {SHARE})
    roles.sync_roles()
    coordinator = fresh(coordinator)
    hefei = make_department("3401-EPD", "合肥局", make_region("340100", "合肥市"))
    assert powers.may(coordinator, SHARE, docket)
    assert not powers.may(coordinator, SHARE, make_docket(department=hefei))


def test_a_lent_power_does_not_take_away_one_s_own(head, docket, xuzhou_epb):
    """He is named on the docket and has the power himself; that an absent colleague's reaches it too changes nothing."""
    guest = make_officer(roles.DEPARTMENT_HEAD, department=xuzhou_epb)
    DocketOfficer.objects.create(docket=docket, officer=guest, part=Part.CO)
    assert powers.bearer(fresh(guest), APPROVE, docket) == guest
    lend(head, guest)
    assert powers.bearer(fresh(guest), APPROVE, docket) == guest


def test_who_is_named_on_the_docket_acts_on_it_in_his_own_name(case_officer, docket, xuzhou_epb):
    guest = make_officer(roles.CASE_OFFICER, department=xuzhou_epb)
    DocketOfficer.objects.create(docket=docket, officer=guest, part=Part.CO)
    lend(case_officer, guest)
    assert powers.bearer(fresh(guest), HANDLE, docket) == guest


def test_the_trail_names_the_colleague_for_whom_it_was_done(colleague, head, docket):
    lend(head, colleague)
    deputy = fresh(colleague)
    assert powers.bearer(deputy, APPROVE, docket) == head
    with transaction.atomic(), powers.acting(deputy, APPROVE, docket):
        event = trail.record("casework.share", docket, by=deputy, docket=docket)
    assert (event.actor_id, event.on_behalf_of) == (deputy.pk, head.name)
    assert deputy.acting_for is None


def test_who_chose_to_act_for_a_colleague_acts_in_his_name_where_that_colleague_could(colleague, head, docket):
    """Both could share the docket; the deputy said for whom he works now."""
    lend(head, colleague)
    deputy = fresh(colleague)
    assert powers.bearer(deputy, HANDLE, docket) == deputy
    deputy.acting_for = head
    assert powers.bearer(deputy, APPROVE, docket) == head
    assert powers.bearer(deputy, HANDLE, docket) == deputy


def test_a_deputy_s_verb_is_marked_without_any_care_of_the_caller(colleague, head, outsider, docket):
    lend(head, colleague)
    deputy = fresh(colleague)
    deputy.acting_for = head
    services.share(docket=docket, officer=outsider, reason="协助调查", by=deputy)
    assert Event.objects.get(verb="casework.share").on_behalf_of == head.name


def test_the_clock_needs_no_permission(docket):
    with powers.acting(SYSTEM, APPROVE, docket):
        pass
