"""Restricting who sees a docket: the department head's verb, with a reason; its officers and shares remain."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied

from casework import search, services
from casework.forms import ShareForm
from casework.models import Confidentiality, Docket, DocketOfficer, Part
from core.errors import RuleBroken
from core.lists import all_pages
from tests.organisation.test_scope import fresh, lend
from trail.models import Event

pytestmark = pytest.mark.django_db


def sees(officer, docket) -> bool:
    return Docket.objects.visible_to(fresh(officer)).filter(pk=docket.pk).exists()


def finds(officer, docket) -> bool:
    return docket.pk in set(
        Docket.objects.visible_to(fresh(officer)).filter(search.condition(docket.number)).values_list("pk", flat=True)
    )


def link(page: str, label: str) -> str:
    """The address that the docket page gives to a link."""
    found = re.search(rf'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?{label}', page)
    assert found, f"no link {label}"
    return found.group(1)


def test_through_the_menu_of_the_page_the_team_keeps_it_and_the_department_loses_it(
    written, case_officer, second_officer, inspector, legal_reviewer, head, supervisor, outsider, log_in
):
    docket = written.docket
    address = docket.get_absolute_url()
    assert all(sees(one, docket) for one in (case_officer, second_officer, inspector, legal_reviewer, head, supervisor))
    client = log_in(head)
    form = link(client.get(address).content.decode(), "限制知悉范围")
    assert client.get(form).status_code == 200
    sent = {"reason": "涉及举报人信息", "to": "restricted", "_once": str(uuid.uuid4())}
    done = client.post(form, sent, follow=True)
    assert done.status_code == 200  # the head who did it still has it before him
    assert "限制知悉" in done.content.decode()
    team = {docket.officer, *(row.officer for row in docket.team.all())}
    for officer in (case_officer, second_officer, inspector, legal_reviewer, head, supervisor, outsider):
        expected = officer in team or officer == head
        assert sees(officer, docket) is expected, officer
        assert finds(officer, docket) is expected, officer
        assert log_in(officer).get(address).status_code == (200 if expected else 404), officer
    assert second_officer in team
    assert legal_reviewer not in team
    event = Event.objects.get(verb="casework.restrict")
    assert (event.actor_name, event.facts["reason"]) == (head.name, "涉及举报人信息")
    lift = link(client.get(address).content.decode(), "解除知悉范围限制")
    client.post(lift, {"reason": "举报人已同意", "to": "internal", "_once": str(uuid.uuid4())})
    assert all(sees(one, docket) for one in (case_officer, second_officer, inspector, legal_reviewer, head, supervisor))
    assert finds(legal_reviewer, docket)
    assert not sees(outsider, docket)
    assert not docket.shares.live().exists()


def test_it_needs_a_reason_and_the_power_and_sight_of_the_docket(written, head, case_officer, outsider, log_in):
    docket = written.docket
    address = f"/dockets/{docket.pk}/confidentiality/"
    sent = {"reason": "x", "to": "restricted"}
    assert log_in(case_officer).get(address).status_code == 403
    assert log_in(case_officer).post(address, sent).status_code == 403
    assert log_in(outsider).post(address, sent).status_code == 404
    assert log_in(head).post(address, {**sent, "reason": " "}).status_code == 422
    assert log_in(head).post(address, {**sent, "to": "secret"}).status_code == 422
    with pytest.raises(PermissionDenied):
        services.restrict(docket=docket, reason="x", by=case_officer)
    with pytest.raises(RuleBroken):
        services.restrict(docket=docket, reason=" ", by=head)
    docket.refresh_from_db()
    assert docket.confidentiality == Confidentiality.INTERNAL
    assert "限制知悉范围" not in log_in(case_officer).get(docket.get_absolute_url()).content.decode()


def test_the_same_asked_twice_does_not_do_the_opposite(written, head, log_in):
    address = f"/dockets/{written.docket.pk}/confidentiality/"
    client, sent = log_in(head), {"reason": "涉密", "to": "restricted"}
    client.post(address, {**sent, "_once": str(uuid.uuid4())})
    again = client.post(address, {**sent, "_once": str(uuid.uuid4())})
    assert "限制知悉" in again.content.decode()
    written.docket.refresh_from_db()
    assert written.docket.confidentiality == Confidentiality.RESTRICTED
    assert Event.objects.filter(verb="casework.restrict").count() == 1


def test_a_deputy_restricts_it_in_the_name_of_the_head_who_keeps_it_in_sight(docket, head, case_officer, inspector):
    lend(head, inspector)
    deputy = fresh(inspector)
    services.restrict(docket=docket, reason="涉密", by=deputy)
    assert Event.objects.get(verb="casework.restrict").on_behalf_of == head.name
    assert sees(head, docket)
    assert docket.shares.get().officer == head


def test_a_colleague_of_the_department_is_offered_for_sharing_once_it_is_restricted(docket, head, legal_reviewer):
    assert legal_reviewer not in ShareForm(docket=docket).fields["officer"].queryset
    services.restrict(docket=docket, reason="涉密", by=head)
    docket.refresh_from_db()
    assert legal_reviewer in ShareForm(docket=docket).fields["officer"].queryset
    services.share(docket=docket, officer=legal_reviewer, reason="法制审核", by=head)
    assert sees(legal_reviewer, docket)


def test_closing_takes_it_from_guests_and_leaves_it_to_the_head_who_may_have_to_reopen_it(docket, head, outsider):
    services.restrict(docket=docket, reason="涉密", by=head)
    docket.refresh_from_db()
    services.share(docket=docket, officer=outsider, reason="协查", by=head)
    services.close_docket(docket, by=head)
    assert sees(head, docket)
    assert not sees(outsider, docket)


def test_a_closed_docket_may_be_restricted_and_opened_up_again(docket, head, second_officer):
    services.close_docket(docket, by=head)
    services.restrict(docket=docket, reason="涉密", by=head)
    assert (sees(head, docket), sees(second_officer, docket)) == (True, False)
    services.lift_restriction(docket=docket, reason="已解密", by=head)
    assert sees(second_officer, docket)


def test_whoever_joins_the_team_sees_it_and_whoever_leaves_does_not(docket, head, second_officer):
    services.restrict(docket=docket, reason="涉密", by=head)
    row = DocketOfficer.objects.create(docket=docket, officer=second_officer, part=Part.CO)
    assert sees(second_officer, docket)
    row.delete()
    assert not sees(second_officer, docket)


def test_a_guest_s_share_does_not_end_when_the_restriction_is_lifted(docket, head, outsider):
    services.share(docket=docket, officer=outsider, reason="协查", by=head)
    services.restrict(docket=docket, reason="涉密", by=head)
    assert sees(outsider, docket)
    docket.refresh_from_db()
    services.lift_restriction(docket=docket, reason="已解密", by=head)
    assert sees(outsider, docket)


def test_no_list_board_or_page_of_the_enterprise_shows_it_any_more(served, head, legal_reviewer, supervisor, log_in):
    docket = served.docket
    clients = {officer: log_in(officer) for officer in (legal_reviewer, supervisor)}
    pages = [page.url() for page in all_pages()]
    pages += [
        "/",
        "/oversight/",
        docket.enterprise.get_absolute_url(),
        served.lead.docket.get_absolute_url() + "related/",
    ]
    told = (docket.number, served.order.number)

    def showing(client) -> set[str]:
        answers = {url: client.get(url) for url in pages}
        assert "/cases/" in {url for url, answer in answers.items() if answer.status_code == 200}
        return {url for url, answer in answers.items() if any(word in answer.content.decode() for word in told)}

    assert all(len(showing(client)) > 1 for client in clients.values())
    services.restrict(docket=docket, reason="涉密", by=head)
    assert {officer.username: showing(client) for officer, client in clients.items()} == {
        "fazhi": set(),
        "duban": set(),
    }
    for client in clients.values():
        assert client.get(served.order.get_absolute_url()).status_code == 404
