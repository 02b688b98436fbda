"""Bulk acts: choose, look, do, read what became of each row, take it back."""

import uuid
from datetime import timedelta

import pytest

from casework.models import Docket, DocketOfficer, InboxMessage, Part
from core import clock, jobs
from core.lists import bulk
from core.models import BulkOutcome, Job, JobState
from organisation.roles import DEPARTMENT_HEAD
from tests import factories
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


@story
def dockets(case_officer):
    return [factories.make_docket(department=case_officer.department, officer=case_officer) for _ in range(3)]


def look(client, rows, query="tab=all", **data):
    return client.post(f"/cases/bulk/?{query}", {"action": "reassign", "selected": [row.pk for row in rows], **data})


def do(client, rows, officer, **data):
    ids = ",".join(str(row.pk) for row in rows)
    fields = {"action": "reassign", "selected": ids, "to": officer.pk, "reason": "均衡办案", "_once": str(uuid.uuid4())}
    return client.post("/cases/bulk/run/", {**fields, **data})


def test_preview_says_how_many_will_be_handed_over_and_why_others_will_not(dockets, head, log_in):
    Docket.objects.filter(pk=dockets[0].pk).update(closed_on=clock.today())
    response = look(log_in(head), dockets)
    assert response.status_code == 200
    assert response.context["able_count"] == 2
    assert response.context["refused_count"] == 1
    assert Docket.objects.filter(officer=dockets[0].officer).count() == 3  # nothing was done


def test_matters_are_handed_over_row_by_row_with_trail_and_messages(
    dockets, case_officer, second_officer, head, log_in
):
    client = log_in(head)
    response = do(client, dockets, second_officer)
    result = client.get(response["Location"])
    assert result.context["done_count"] == 3
    assert set(Docket.objects.values_list("officer", flat=True)) == {second_officer.pk}
    assert set(DocketOfficer.objects.filter(part=Part.LEAD).values_list("officer", flat=True)) == {second_officer.pk}
    assert Event.objects.filter(verb="casework.reassign", actor_id=head.pk).count() == 3
    assert InboxMessage.objects.filter(recipient=second_officer).count() == 3
    assert InboxMessage.objects.filter(recipient=case_officer).count() == 3


def test_a_refused_row_holds_nothing_back_and_gives_its_reason(dockets, second_officer, head, log_in):
    Docket.objects.filter(pk=dockets[1].pk).update(officer=second_officer)
    client = log_in(head)
    result = client.get(do(client, dockets, second_officer)["Location"])
    assert (result.context["done_count"], result.context["refused_count"]) == (2, 1)
    assert BulkOutcome.objects.get(state="refused").reason


def test_undo_puts_everything_back_within_half_a_minute(dockets, case_officer, second_officer, head, log_in):
    DocketOfficer.objects.create(docket=dockets[0], officer=second_officer, part=Part.CO)
    client = log_in(head)
    place = do(client, dockets, second_officer)["Location"]
    response = client.post(f"{place}undo/", {"_once": str(uuid.uuid4())})
    assert response.status_code == 302
    assert set(Docket.objects.values_list("officer", flat=True)) == {case_officer.pk}
    assert DocketOfficer.objects.get(docket=dockets[0], officer=second_officer).part == Part.CO
    assert Event.objects.filter(verb="casework.undo_reassign").count() == 3
    assert not InboxMessage.objects.exists()  # nobody had read them yet


def test_undo_is_refused_after_half_a_minute(dockets, second_officer, head, log_in):
    client = log_in(head)
    place = do(client, dockets, second_officer)["Location"]
    with clock.pinned(clock.now() + timedelta(seconds=31)):
        assert client.post(f"{place}undo/").status_code == 409
    assert set(Docket.objects.values_list("officer", flat=True)) == {second_officer.pk}


def test_undo_leaves_alone_what_somebody_changed_since(dockets, case_officer, second_officer, head, log_in):
    client = log_in(head)
    place = do(client, dockets, second_officer)["Location"]
    Docket.objects.filter(pk=dockets[2].pk).update(officer=head)
    client.post(f"{place}undo/")
    assert Docket.objects.get(pk=dockets[2].pk).officer == head
    assert Docket.objects.filter(officer=case_officer).count() == 2


def test_all_matching_rows_are_taken_by_the_conditions_of_the_view(case_officer, head, log_in):
    for n in range(60):
        factories.make_docket(department=case_officer.department, officer=case_officer, title="乙" if n % 2 else "甲")
    response = log_in(head).post("/cases/bulk/?tab=all&state=open", {"action": "reassign", "all_matching": "1"})
    assert response.context["able_count"] == 60


def test_outsiders_row_is_neither_shown_nor_touched(dockets, second_officer, outsider, xuzhou_epb, log_in):
    """A forged selection of rows of another city: their number is answered, nothing else."""
    stranger = factories.make_officer(DEPARTMENT_HEAD, department=xuzhou_epb)
    client = log_in(stranger)
    response = look(client, dockets)
    assert response.context["able_count"] == 0
    assert dockets[0].number not in response.content.decode()
    result = client.get(do(client, dockets, outsider)["Location"])
    assert (result.context["done_count"], result.context["refused_count"]) == (0, 3)
    assert dockets[0].number not in result.content.decode()
    assert not Docket.objects.filter(officer=outsider).exists()


def test_officer_without_the_right_gets_403_and_no_button(dockets, case_officer, second_officer, log_in):
    client = log_in(case_officer)
    assert client.get("/cases/?tab=all").context["bulk"] is None
    assert look(client, dockets).status_code == 403
    assert do(client, dockets, second_officer).status_code == 403
    assert not Docket.objects.filter(officer=second_officer).exists()


def test_matters_go_only_to_officers_of_the_department_who_handle_cases(dockets, outsider, auditor, head, log_in):
    client = log_in(head)
    for stranger in (outsider, auditor):
        response = do(client, dockets, stranger)
        assert response.status_code == 200
        assert response.context["form"].errors["to"]
    assert not Docket.objects.filter(officer__in=[outsider, auditor]).exists()


@pytest.mark.parametrize(
    "data",
    [{"selected": "x"}, {"selected": ""}, {"selected": "9" * 30}, {"action": "explode"}, {"action": ""}],
)
def test_damaged_forms_are_refused_in_words(dockets, second_officer, head, log_in, data):
    client = log_in(head)
    assert do(client, dockets, second_officer, **data).status_code == 409
    assert look(client, dockets, **data).status_code == 409


def test_a_missing_reason_is_asked_for_and_nothing_is_done(dockets, second_officer, head, log_in):
    response = do(log_in(head), dockets, second_officer, reason="  ")
    assert response.context["form"].errors["reason"]
    assert not Docket.objects.filter(officer=second_officer).exists()


def test_d14_the_same_form_twice_acts_once(dockets, second_officer, head, log_in):
    key, client = str(uuid.uuid4()), log_in(head)
    for _ in range(2):
        do(client, dockets, second_officer, _once=key)
    assert Job.objects.filter(kind=bulk.KIND).count() == 1
    assert Event.objects.filter(verb="casework.reassign").count() == 3


def test_more_rows_than_can_be_waited_for_are_done_by_a_worker(dockets, second_officer, head, log_in, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    client = log_in(head)
    place = do(client, dockets, second_officer)["Location"]
    assert client.get(place).context["is_over"] is False
    job = Job.objects.get(kind=bulk.KIND)
    assert job.state == JobState.QUEUED
    jobs.run(job.pk)
    assert client.get(place).context["done_count"] == 3


def test_a_result_sheet_belongs_to_the_officer_who_acted(dockets, second_officer, head, log_in):
    place = do(log_in(head), dockets, second_officer)["Location"]
    assert log_in(second_officer).get(place).status_code == 404
    assert log_in(second_officer).post(f"{place}undo/").status_code == 404
