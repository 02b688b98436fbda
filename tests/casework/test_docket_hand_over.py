"""Handing over one docket from its own page."""

import re
import uuid

import pytest

from casework import services
from casework.models import Docket, InboxMessage
from organisation import roles
from tests.factories import make_department, make_docket, make_officer
from trail.models import Event

pytestmark = pytest.mark.django_db


def address(docket) -> str:
    return f"/dockets/{docket.pk}/hand-over/"


def send(client, docket, to, **changed):
    fields = {"to": getattr(to, "pk", to), "reason": "原承办人休假", "_once": str(uuid.uuid4())}
    return client.post(address(docket), fields | changed, follow=True)


def officer_of(docket):
    return Docket.objects.get(pk=docket.pk).officer


@pytest.fixture
def third(changzhou_epb):
    return make_officer(roles.CASE_OFFICER, department=changzhou_epb, name="赵测试", username="anjian3")


def test_the_head_hands_it_over_from_the_docket_and_may_take_it_back(written, head, case_officer, third, log_in):
    docket, client = written.docket, log_in(head)
    assert f'href="{address(docket)}"' in client.get(docket.get_absolute_url()).content.decode()
    asked = client.get(address(docket))
    assert case_officer.name in asked.context["lead"]
    page = send(client, docket, third)
    assert page.redirect_chain == [(docket.get_absolute_url(), 302)]
    assert officer_of(docket) == third
    event = Event.objects.get(verb="casework.reassign")
    assert (event.facts["officer"], event.facts["reason"]) == (third.name, "原承办人休假")
    assert set(InboxMessage.objects.filter(kind="handover").values_list("recipient", flat=True)) == {
        third.pk,
        case_officer.pk,
    }
    undo = re.search(r'action="(/cases/bulk/\d+/undo/)"', page.content.decode())
    assert undo
    client.post(undo.group(1), {"_once": str(uuid.uuid4())})
    assert officer_of(docket) == case_officer


def test_it_needs_a_reason_and_somebody_who_may_be_handed_it(written, head, case_officer, third, outsider, log_in):
    client = log_in(head)
    assert "reason" in send(client, written.docket, third, reason=" ").context["form"].errors
    for wrong in (outsider.pk, case_officer.pk, 999_999, "x"):  # elsewhere; handles it already; nobody
        assert "to" in send(client, written.docket, wrong).context["form"].errors
    assert officer_of(written.docket) == case_officer


def test_an_outsider_does_not_find_it_and_a_case_officer_is_told_he_may_not(
    written, case_officer, third, outsider, log_in
):
    for client, status in ((log_in(outsider), 404), (log_in(case_officer), 403)):
        assert client.get(address(written.docket)).status_code == status
        assert send(client, written.docket, third).status_code == status
    assert address(written.docket) not in log_in(case_officer).get(written.docket.get_absolute_url()).content.decode()
    assert officer_of(written.docket) == case_officer


def test_the_head_of_another_department_cannot_take_it_to_himself(written, case_officer, xuzhou_epb, log_in):
    stranger = make_officer(roles.DEPARTMENT_HEAD, department=xuzhou_epb, name="徐测试", username="xuzhou")
    assert send(log_in(stranger), written.docket, stranger).status_code == 404
    assert officer_of(written.docket) == case_officer


def test_what_refuses_it_is_said_on_the_form(docket, head, third, case_officer, log_in):
    services.close_docket(docket, by=head)
    client = log_in(head)
    assert client.get(address(docket)).context["obstacles"]
    answer = send(client, docket, third)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert officer_of(docket) == case_officer


def test_only_those_are_offered_whose_department_handles_it(head, third, changzhou_epb, log_in):
    below = make_department("3204-EPD-ZD", "执法支队", changzhou_epb.region, changzhou_epb)
    beside = make_department("3204-EPD-XX", "信息中心", changzhou_epb.region, changzhou_epb)
    here = make_officer(roles.CASE_OFFICER, department=below, name="支测试")
    elsewhere = make_officer(roles.CASE_OFFICER, department=beside, name="信测试")
    offered = set(log_in(head).get(address(make_docket(department=below))).context["form"].fields["to"].queryset)
    assert {here, third, head} <= offered
    assert elsewhere not in offered


def test_the_head_who_hands_over_a_restricted_docket_of_his_own_keeps_sight_of_it(written, head, third, log_in):
    services.restrict(docket=written.docket, reason="涉密", by=head)
    page = send(log_in(head), written.docket, third)
    assert page.status_code == 200
    assert officer_of(written.docket) == third
