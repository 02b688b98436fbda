"""Handing over one docket from its own page."""

import re
import uuid

import pytest

from casework import handover, services
from casework.models import Docket, DocketOfficer, InboxMessage
from core import clock
from core.models import Job
from organisation import roles
from organisation.models import Delegation, Officer
from tests.factories import make_department, make_docket, make_lead, make_officer
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


def address(docket) -> str:
    return f"/dockets/{docket.pk}/hand-over/"


def send(client, docket, to, **changed):
    fields = {"to": getattr(to, "pk", to), "reason": "原承办人休假", "_once": str(uuid.uuid4())}
    return client.post(address(docket), fields | changed, follow=True)


def officer_of(docket):
    return Docket.objects.get(pk=docket.pk).officer


@story
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


def team_of(docket):
    return dict(DocketOfficer.objects.filter(docket=docket).values_list("officer__name", "part"))


def test_a_case_handed_to_its_co_officer_keeps_the_former_lead_beside_him(
    written, head, case_officer, second_officer, log_in
):
    client = log_in(head)
    assert "行政处罚法第四十二条" in client.get(address(written.docket)).content.decode()
    page = send(client, written.docket, second_officer)
    assert team_of(written.docket) == {second_officer.name: "lead", case_officer.name: "co"}
    assert InboxMessage.objects.filter(kind="handover", recipient=case_officer, title__contains="协办").exists()
    undo = re.search(r'action="(/cases/bulk/\d+/undo/)"', page.content.decode())
    assert undo
    client.post(undo.group(1), {"_once": str(uuid.uuid4())})
    assert team_of(written.docket) == {case_officer.name: "lead", second_officer.name: "co"}


def test_a_second_officer_named_at_the_handing_over_takes_the_place_of_the_former_lead(
    written, head, case_officer, second_officer, third, log_in
):
    page = send(log_in(head), written.docket, second_officer, second=third.pk)
    assert team_of(written.docket) == {second_officer.name: "lead", third.name: "co"}
    assert InboxMessage.objects.filter(kind="handover", recipient=third).exists()
    event = Event.objects.get(verb="casework.reassign")
    assert (event.facts["before"]["co_officers"], event.facts["after"]["co_officers"]) == (
        second_officer.name,
        third.name,
    )
    undo = re.search(r'action="(/cases/bulk/\d+/undo/)"', page.content.decode())
    assert undo
    log_in(head).post(undo.group(1), {"_once": str(uuid.uuid4())})
    assert team_of(written.docket) == {case_officer.name: "lead", second_officer.name: "co"}


def test_where_nobody_could_stay_a_second_officer_must_be_named(
    written, head, case_officer, second_officer, third, log_in
):
    Officer.objects.filter(pk=case_officer.pk).update(is_active=False)
    client = log_in(head)
    answer = send(client, written.docket, second_officer)
    assert answer.status_code == 422
    assert officer_of(written.docket) == case_officer
    send(client, written.docket, second_officer, second=third.pk)
    assert team_of(written.docket) == {second_officer.name: "lead", third.name: "co"}


def test_the_second_officer_is_another_than_the_first_and_of_the_department(written, head, third, outsider, log_in):
    for wrong in (third.pk, outsider.pk):
        assert send(log_in(head), written.docket, third, second=wrong).status_code == 422


def test_a_matter_that_needs_one_officer_says_nothing_of_two(head, case_officer, third, violation, log_in):
    docket = make_lead(violation, department=case_officer.department, officer=case_officer)
    client = log_in(head)
    assert client.get(address(docket)).context["obstacles"] == []
    send(client, docket, third)
    assert team_of(docket) == {third.name: "lead"}


def test_the_preview_of_many_says_what_becomes_of_the_former_officers(written, head, log_in):
    data = {"action": "reassign", "selected": str(written.docket.pk), "_once": str(uuid.uuid4())}
    assert "行政处罚法第四十二条" in log_in(head).post("/cases/bulk/", data).content.decode()


def test_what_fails_is_not_said_to_be_done_and_leaves_nothing_to_take_back(written, head, third, log_in, monkeypatch):
    def failing(**_given):
        raise ConnectionError

    monkeypatch.setattr(handover, "reassign", failing)
    client = log_in(head)
    client.raise_request_exception = False
    assert send(client, written.docket, third).status_code == 500
    assert third.name not in client.get(written.docket.get_absolute_url()).content.decode()
    assert not Job.objects.filter(kind="lists.bulk").exists()


def stand_in(head, role, department):
    """An officer of another department who acts for the absent head."""
    deputy = make_officer(role, department=department, name="代测试", username="daili")
    today, now = clock.today(), clock.now()
    facts = {"starts_on": today, "ends_on": today, "reason": "休假", "created_by": head, "created_at": now}
    Delegation.objects.create(principal=head, deputy=deputy, **facts)
    return deputy


def test_the_deputy_from_another_department_hands_over_to_those_he_is_offered(written, head, third, xuzhou_epb, log_in):
    deputy = stand_in(head, roles.CASE_OFFICER, xuzhou_epb)
    client = log_in(deputy)
    assert third in client.get(address(written.docket)).context["form"].fields["to"].queryset
    page = send(client, written.docket, third)
    assert officer_of(written.docket) == third
    assert Event.objects.get(verb="casework.reassign").on_behalf_of.startswith(head.name)
    undo = re.search(r'action="(/cases/bulk/\d+/undo/)"', page.content.decode())
    assert undo
    client.post(undo.group(1), {"_once": str(uuid.uuid4())})
    assert officer_of(written.docket) != third


def test_a_head_who_stands_in_hands_over_many_to_officers_of_the_department_that_handles_them(
    written, head, case_officer, third, xuzhou_epb, log_in
):
    deputy = stand_in(head, roles.DEPARTMENT_HEAD, xuzhou_epb)
    own = make_officer(roles.CASE_OFFICER, department=xuzhou_epb, name="徐测试", username="xuzhou")
    client = log_in(deputy)
    for to, expected in (
        (own, case_officer),
        (third, third),
    ):  # one of his own department handles no matter of the other
        sent = {"action": "reassign", "selected": str(written.docket.pk), "to": to.pk}
        answer = client.post("/cases/bulk/run/", sent | {"reason": "休假", "_once": str(uuid.uuid4())})
        assert answer.status_code == 302
        assert officer_of(written.docket) == expected


def test_the_trail_says_which_co_handling_officers_a_taking_back_removed_and_brought_back(
    written, head, case_officer, second_officer, third
):
    facts = handover.reassign(docket=written.docket, to=second_officer, second=third, reason="休假", by=head)
    handover.take_back(docket=written.docket, by=head, **facts)
    event = Event.objects.get(verb="casework.undo_reassign")
    assert event.facts["before"] == {"officer": second_officer.name, "co_officers": third.name}
    assert event.facts["after"] == {"officer": case_officer.name, "co_officers": second_officer.name}
