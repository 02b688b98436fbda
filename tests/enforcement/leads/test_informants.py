"""Who reported is known to those who must know, and to nobody and nothing else."""

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied

from casework import search
from core import clock, jobs
from core.errors import RuleBroken
from enforcement.leads import informants
from enforcement.leads import services as leads
from enforcement.leads.models import Informant, Lead
from enforcement.rectification import services as cases
from notices import casefile
from notices import services as notices
from organisation import roles
from organisation.models import FormDraft
from tests import factories
from tests.enforcement.leads.conftest import FACTS, GIVEN, SECRETS, as_typed, take_in
from tests.organisation.test_scope import fresh, lend
from tests.plugins.matters import draw
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_a_report_is_registered_with_its_informant_apart(enterprise, violation, case_officer, log_in):
    typed = as_typed(
        enterprise, violation, informant_name=GIVEN.name, informant_contact=GIVEN.contact, informant_traits=GIVEN.traits
    )
    assert log_in(case_officer).post("/leads/new/", typed).status_code == 302
    lead = Lead.objects.get()
    assert (lead.informant.name, lead.informant.recorded_by) == (GIVEN.name, case_officer)
    assert told(" ".join(str(value) for value in vars(lead).values())) == []


def test_an_anonymous_report_has_no_informant_and_says_so(enterprise, violation, case_officer, log_in):
    client = log_in(case_officer)
    assert client.post("/leads/new/", as_typed(enterprise, violation)).status_code == 302
    assert not Informant.objects.exists()
    assert "未登记（匿名举报）" in client.get(Lead.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize("origin", ["transfer", "assigned"])
def test_only_reports_and_complaints_have_an_informant(enterprise, violation, case_officer, log_in, origin):
    typed = as_typed(enterprise, violation, origin=origin, source_name="某某局", informant_name="欧阳举测")
    page = log_in(case_officer).post("/leads/new/", typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["informant_name"]


@pytest.mark.parametrize(
    "facts",
    [
        "欧阳举测反映夜间外排",
        "欧阳 举测反映",
        "来电13800004321反映",
        "来电 138 0000 4321 反映",
        "邮箱JUBAO@example.test来信",
    ],
)
def test_facts_that_name_the_informant_are_held_back_until_the_officer_has_looked(
    enterprise, violation, case_officer, log_in, facts
):
    client = log_in(case_officer)
    typed = as_typed(enterprise, violation, facts=facts, informant_name=GIVEN.name, informant_contact=GIVEN.contact)
    page = client.post("/leads/new/", typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["facts"]
    assert not Lead.objects.exists()
    assert client.post("/leads/new/", typed | {"naming_accepted": "on"}).status_code == 302
    assert Lead.objects.get().facts == facts


def test_facts_that_name_nobody_need_no_look(enterprise, violation, case_officer):
    assert not informants.is_named_in(FACTS, GIVEN)
    assert not informants.is_named_in("欧阳某某反映，2026年9月1日第4321号", GIVEN)
    assert not informants.is_named_in(FACTS, informants.Given())


class TestALook:
    def test_of_the_officer_who_took_it_in_is_recorded_with_its_reason(self, reported, case_officer, log_in):
        client, url = log_in(case_officer), f"/leads/{reported.pk}/informant/"
        asked = client.get(url)
        assert told(asked.content.decode()) == []
        assert client.post(url, {"reason": " "}).status_code == 422
        assert not Event.objects.filter(verb="leads.see_informant").exists()
        page = client.post(url, {"reason": "补充询问排放时间"})
        assert page.status_code == 200
        assert page["Cache-Control"] == "no-store"
        assert GIVEN.name in page.content.decode()
        event = Event.objects.get(verb="leads.see_informant")
        assert (event.actor_name, event.facts["reason"]) == (case_officer.name, "补充询问排放时间")
        client.post(url, {"reason": "再次询问"})
        assert Event.objects.filter(verb="leads.see_informant").count() == 2

    def test_is_shown_on_the_page_of_the_lead(self, reported, head, second_officer, log_in):
        informants.look(lead=reported, reason="核实举报", by=head)
        page = log_in(second_officer).get(reported.get_absolute_url()).content.decode()
        assert "有举报人（已保密）" in page
        assert f"{head.name}（2026-09-01" in page
        assert told(page) == []

    def test_of_the_head_is_by_permission(self, reported, head, log_in):
        page = log_in(head).post(f"/leads/{reported.pk}/informant/", {"reason": "核实举报"})
        assert GIVEN.contact in page.content.decode()

    def test_is_refused_to_a_colleague_without_the_permission(self, reported, second_officer, log_in):
        client = log_in(second_officer)
        for answer in (
            client.get(f"/leads/{reported.pk}/informant/"),
            client.post(f"/leads/{reported.pk}/informant/", {"reason": "好奇"}),
        ):
            assert answer.status_code == 403
            assert told(answer.content.decode()) == []
        assert f"/leads/{reported.pk}/informant/" not in client.get(reported.get_absolute_url()).content.decode()
        assert not Event.objects.filter(verb="leads.see_informant").exists()

    def test_is_refused_to_a_deputy_of_the_head_and_of_the_officer(
        self, reported, head, case_officer, second_officer, log_in
    ):
        lend(head, second_officer)
        lend(case_officer, second_officer)
        deputy = fresh(second_officer)
        with pytest.raises(PermissionDenied):
            informants.look(lead=reported, reason="代办", by=deputy)
        assert log_in(deputy).post(f"/leads/{reported.pk}/informant/", {"reason": "代办"}).status_code == 403

    def test_of_an_outsider_finds_nothing(self, reported, outsider, log_in):
        stranger = factories.make_officer(roles.DEPARTMENT_HEAD, department=outsider.department)
        for one in (outsider, stranger):
            client = log_in(one)
            assert client.get(f"/leads/{reported.pk}/informant/").status_code == 404
            assert client.post(f"/leads/{reported.pk}/informant/", {"reason": "x"}).status_code == 404
            with pytest.raises(PermissionDenied):
                informants.look(lead=reported, reason="x", by=one)

    def test_goes_on_being_recorded_after_the_lead_is_closed(self, reported, head):
        leads.dismiss(lead=reported, reason="查无实据", by=head)
        assert informants.look(lead=reported, reason="答复举报人", by=head).name == GIVEN.name
        assert Event.objects.get(verb="leads.see_informant").facts["reason"] == "答复举报人"

    def test_has_a_reason_that_does_not_itself_give_the_name_away(self, reported, head):
        with pytest.raises(RuleBroken) as refused:
            informants.look(lead=reported, reason=f"联系{GIVEN.name}", by=head)
        assert refused.value.field == "reason"
        assert not Event.objects.filter(verb="leads.see_informant").exists()

    def test_where_nobody_is_on_record_there_is_nothing_to_see(self, enterprise, violation, case_officer, log_in):
        lead = take_in(enterprise, violation, case_officer)
        assert log_in(case_officer).get(f"/leads/{lead.pk}/informant/").status_code == 403


class TestNowhereElse:
    def test_search_does_not_find_the_name(self, reported, case_officer, log_in):
        for typed in SECRETS:
            assert not search.find(case_officer, typed).groups
        entry = reported.docket.search_entry if hasattr(reported.docket, "search_entry") else None
        assert told(entry.text if entry else "") == []
        assert told(log_in(case_officer).get("/search/", {"q": "举测"}).content.decode().replace("value=", "")) == []

    def test_the_trail_does_not_hold_it(self, reported, head):
        informants.look(lead=reported, reason="核实", by=head)
        leads.dismiss(lead=reported, reason="查无实据", by=head)
        events = list(Event.objects.values("facts", "subject_label", "subject_type", "verb", "actor_name"))
        assert {"leads.record_informant", "leads.see_informant"} <= {event["verb"] for event in events}
        assert told(json.dumps(events, ensure_ascii=False)) == []

    def test_pages_lists_and_exports_do_not_show_it(self, reported, case_officer, log_in):
        client = log_in(case_officer)
        for path in ("", "history/", "evidence/", "related/", "documents/"):
            assert told(client.get(reported.get_absolute_url() + path).content.decode()) == []
        assert told(client.get("/cases/", {"tab": "all", "kind": "lead"}).content.decode()) == []

    def test_the_exported_case_file_does_not_hold_it(self, reported, case_officer, second_officer):
        case = cases.open_case(lead=reported, co_officer=second_officer, by=case_officer)
        draw(case)
        for docket in (reported.docket, case.docket):
            job = jobs.run(notices.export_case_file(docket=docket, by=case_officer).pk)
            assert job is not None
            assert job.state == "done", job.error
            with zipfile.ZipFile(io.BytesIO(casefile.file_of(job, "zip").read())) as archive:
                files = {name: archive.read(name) for name in archive.namelist()}
            assert any(name.endswith(".jsonl") for name in files)
            wrong = [(name, secret) for name, data in files.items() for secret in SECRETS if secret.encode() in data]
            assert wrong == []

    def test_neither_drafts_nor_a_form_kept_at_the_end_of_a_session_hold_it(self, case_officer, client, log_in):
        values = [["facts", FACTS], ["informant_name", GIVEN.name], ["informant_contact", GIVEN.contact]]
        log_in(case_officer).post("/me/drafts/?form=/leads/new/", json.dumps(values), content_type="application/json")
        assert told(json.dumps(list(FormDraft.objects.values_list("values", flat=True)), ensure_ascii=False)) == []
        answer = client.post(
            "/leads/new/", {"facts": FACTS, "informant_name": GIVEN.name}, headers={"Origin": "http://testserver"}
        )
        assert answer.status_code == 302
        assert told(json.dumps(dict(client.session.items()), ensure_ascii=False, default=str)) == []

    def test_its_own_row_does_not_say_it_either(self, reported):
        assert told(str(reported.informant) + repr(reported.informant)) == []


class TestAnInformantWhoComesForwardLater:
    def test_is_recorded_once(self, enterprise, violation, case_officer, log_in):
        lead = take_in(enterprise, violation, case_officer)
        client, url = log_in(case_officer), f"/leads/{lead.pk}/informant/record/"
        assert url in client.get(lead.get_absolute_url()).content.decode()
        assert client.post(url, {}).status_code == 422
        assert client.post(url, {"informant_name": GIVEN.name}).status_code == 302
        assert client.post(url, {"informant_name": "又一人"}).status_code == 422
        assert Informant.objects.get().name == GIVEN.name
        assert told(client.get(lead.get_absolute_url()).content.decode()) == []

    def test_is_not_recorded_by_an_outsider(self, enterprise, violation, case_officer, outsider, log_in):
        lead = take_in(enterprise, violation, case_officer)
        client = log_in(outsider)
        assert client.post(f"/leads/{lead.pk}/informant/record/", {"informant_name": "某"}).status_code == 404
        assert not Informant.objects.exists()
        assert clock.today().year == 2026
