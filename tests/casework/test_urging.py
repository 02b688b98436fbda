"""Whoever watches over a region urges a matter: its officers and the head of its department are told, and it stands in the history."""

import uuid

import pytest

from casework import services, urging
from casework.models import Docket, InboxMessage
from core import jobs
from core.errors import RuleBroken
from core.models import Job
from organisation import roles
from tests.factories import make_docket, make_officer
from trail.models import Event

pytestmark = pytest.mark.django_db


def address(docket) -> str:
    return f"/dockets/{docket.pk}/urge/"


def send(client, docket, reason="已超期，请于三日内办结"):
    return client.post(address(docket), {"reason": reason, "_once": str(uuid.uuid4())}, follow=True)


def readers(docket) -> set:
    return set(InboxMessage.objects.filter(docket=docket, kind=urging.MESSAGE).values_list("recipient", flat=True))


@pytest.mark.parametrize("who", ["supervisor", "coordinator"])
def test_it_is_told_to_the_officers_and_the_head_and_stands_in_the_history(
    who, written, case_officer, second_officer, head, inspector, outsider, log_in, request
):
    client, docket = log_in(request.getfixturevalue(who)), written.docket
    assert address(docket) in client.get(docket.get_absolute_url()).content.decode()
    page = send(client, docket)
    assert page.redirect_chain == [(docket.get_absolute_url(), 302)]
    assert readers(docket) == {case_officer.pk, second_officer.pk, head.pk}
    event = Event.objects.get(verb="casework.urge")
    assert event.facts["reason"] == "已超期，请于三日内办结"
    assert "已超期，请于三日内办结" in page.content.decode()  # the timeline
    assert head.name in page.content.decode()


def test_only_who_watches_over_the_region_may(written, case_officer, head, outsider, log_in):
    for officer, status in ((case_officer, 403), (head, 403), (outsider, 404)):
        client = log_in(officer)
        assert client.get(address(written.docket)).status_code == status
        assert send(client, written.docket).status_code == status
        if status != 404:
            assert address(written.docket) not in client.get(written.docket.get_absolute_url()).content.decode()
    assert readers(written.docket) == set()


def test_the_supervisor_of_one_city_does_not_urge_in_another(written, xuzhou_epb, log_in):
    of_xuzhou = make_officer(roles.SUPERVISOR, department=xuzhou_epb, name="徐督办", username="xuduban")
    assert send(log_in(of_xuzhou), written.docket).status_code == 404


def test_it_needs_a_reason_and_an_open_matter(docket, supervisor, head, log_in):
    assert send(log_in(supervisor), docket, reason=" ").status_code == 422
    services.close_docket(docket, by=head)
    assert urging.refusal(Docket.objects.get(pk=docket.pk), supervisor)
    with pytest.raises(RuleBroken):
        urging.urge(docket=docket, reason="请办结", by=supervisor)
    assert readers(docket) == set()


def test_a_matter_that_nobody_could_be_told_of_says_so(province_epb, changzhou_epb, supervisor):
    nobodys = make_docket(department=changzhou_epb)
    with pytest.raises(RuleBroken):
        urging.urge(docket=nobodys, reason="请办结", by=supervisor)


def test_where_a_department_has_no_head_the_nearest_one_above_is_told(province_epb, changzhou_epb, supervisor):
    above = make_officer(roles.DEPARTMENT_HEAD, department=province_epb, name="省负责人", username="shengfuzeren")
    nobodys = make_docket(department=changzhou_epb)
    assert urging.urge(docket=nobodys, reason="请尽快分配承办人", by=supervisor) == [above]


def test_the_mail_of_an_urge_is_not_sent_once_the_matter_is_closed(docket, case_officer, supervisor, head, mailoutbox):
    case_officer.email, case_officer.mail_on, case_officer.digest_on = "wang@example.test", True, False
    case_officer.save()
    urging.urge(docket=docket, reason="请办结", by=supervisor)
    job = Job.objects.get(kind="casework.mail_message")
    services.close_docket(docket, by=head)
    jobs.run(job.pk)
    assert mailoutbox == []


def test_many_are_urged_from_the_list_and_those_of_others_are_refused(docket, case_officer, supervisor, log_in):
    closed = make_docket(department=docket.department, officer=case_officer, closed_on=docket.opened_on)
    fields = {"action": "urge", "selected": f"{docket.pk},{closed.pk}", "reason": "请办结", "_once": str(uuid.uuid4())}
    page = log_in(supervisor).post("/cases/bulk/run/", fields, follow=True)
    assert (page.context["done_count"], page.context["refused_count"]) == (1, 1)
    assert case_officer.pk in readers(docket)
    assert readers(closed) == set()
