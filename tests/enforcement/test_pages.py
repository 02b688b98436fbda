"""The pages of the main job met with wrong, half, forged, repeated and hostile input."""

import threading
import uuid
from collections import Counter
from datetime import date

import pytest
from django import forms
from django.db import connections

from casework.models import Docket
from core.errors import RuleBroken
from enforcement.inspections import views as inspection_views
from enforcement.inspections.models import Finding, Inspection
from enforcement.leads import services as leads
from enforcement.leads.models import Lead
from enforcement.rectification import services as cases
from enforcement.rectification import views as rectification_views
from enforcement.rectification.forms import CaseForm
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import CASE

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
HOSTILE = "<script>alert(1)</script>'; DROP TABLE--\u202e"


def visit(of, inspectors, **changed):
    fields = {
        "enterprise": of.pk,
        "inspected_on": "2026-09-01",
        "began_at": "08:30",
        "place": "萃取车间",
        "inspectors": [officer.pk for officer in inspectors],
        "attended_by": "钱测试",
        "credentials_shown": "on",
        "_once": str(uuid.uuid4()),
    }
    return fields | changed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("enterprise", ""),
        ("enterprise", "999999"),
        ("inspected_on", "2099-01-01"),
        ("inspected_on", "31.02.2026"),
        ("began_at", "25:00"),
        ("place", ""),
        ("attended_by", ""),
    ],
)
def test_a_wrong_visit_is_refused_at_its_field_and_opens_nothing(
    log_in, inspector, case_officer, enterprise, violation, field, value
):
    data = visit(enterprise, [inspector, case_officer], **{field: value})
    answer = log_in(inspector).post("/inspections/new/", data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Inspection.objects.exists()
    assert not Docket.objects.exists()


def test_a_visit_by_one_inspector_or_with_a_stranger_is_refused(log_in, inspector, outsider, enterprise, violation):
    client = log_in(inspector)
    for inspectors in ([inspector], [inspector, inspector], [inspector, outsider]):
        answer = client.post("/inspections/new/", visit(enterprise, inspectors))
        assert answer.status_code == 422
        assert "inspectors" in answer.context["form"].errors
    assert not Inspection.objects.exists()


def test_a_visit_to_an_enterprise_out_of_sight_is_refused(log_in, outsider, case_officer, enterprise, violation):
    from organisation import roles
    from tests.factories import make_officer

    stranger = make_officer(roles.INSPECTOR, department=outsider.department)
    answer = log_in(stranger).post("/inspections/new/", visit(enterprise, [stranger, outsider]))
    assert answer.status_code == 422
    assert "enterprise" in answer.context["form"].errors


def test_the_same_visit_sent_twice_is_one(log_in, inspector, case_officer, enterprise, violation):
    client, data = log_in(inspector), visit(enterprise, [inspector, case_officer])
    first, second = (client.post("/inspections/new/", data) for _time in range(2))
    assert first.status_code == 302
    assert second["Location"] == first["Location"]
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize(("field", "value"), [("violation", "999999"), ("fact", ""), ("place", ""), ("severity", "?")])
def test_a_wrong_finding_is_refused_at_its_field(log_in, inspector, inspection, violation, field, value):
    data = {"violation": violation.pk, "fact": "废水外排", "place": "污水站", "severity": "ordinary"}
    answer = log_in(inspector).post(f"/inspections/{inspection.pk}/findings/new/", data | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Finding.objects.exists()


def test_the_same_finding_sent_twice_is_one(log_in, inspector, inspection, violation):
    client = log_in(inspector)
    data = {
        "violation": violation.pk,
        "fact": "废水外排",
        "place": "污水站",
        "severity": "ordinary",
        "_once": str(uuid.uuid4()),
    }
    for _time in range(2):
        client.post(f"/inspections/{inspection.pk}/findings/new/", data)
    assert Finding.objects.count() == 1


def test_hostile_text_is_shown_as_text(log_in, inspector, inspection, violation):
    client = log_in(inspector)
    data = {"violation": violation.pk, "fact": HOSTILE, "place": HOSTILE[:100], "severity": "ordinary"}
    client.post(f"/inspections/{inspection.pk}/findings/new/", data)
    page = client.get(inspection.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_finding_becomes_a_lead_once(log_in, inspector, finding):
    client = log_in(inspector)
    for _time in range(2):
        answer = client.post(f"/findings/{finding.pk}/lead/", {"_once": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert Lead.objects.count() == 1


def test_the_record_is_signed_with_the_own_password_only(log_in, inspector, inspection):
    client = log_in(inspector)
    answer = client.post(f"/inspections/{inspection.pk}/sign/", {"statement": "on", "password": "guessed"})
    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert "guessed" not in answer.content.decode()
    assert not inspection.signatures.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("facts", ""),
        ("requirements", ""),
        ("rectification_days", "-1"),
        ("rectification_days", "soon"),
        ("version", ""),
    ],
)
def test_a_half_filled_case_is_refused_at_its_field_and_kept_as_it_was(log_in, case_officer, case, field, value):
    data = {"facts": "新事实", "requirements": "新要求", "rectification_days": "30", "version": str(case.version)}
    answer = log_in(case_officer).post(f"/cases/{case.pk}/facts/", data | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    case.refresh_from_db()
    assert case.facts == "废水处理设施未运行。"


def test_a_case_changed_meanwhile_is_not_written_over_and_the_text_comes_back(log_in, second_officer, written):
    data = {
        "facts": "另一说法",
        "requirements": "要求",
        "rectification_days": "30",
        "version": str(written.version - 1),
    }
    answer = log_in(second_officer).post(f"/cases/{written.pk}/facts/", data)
    assert answer.status_code in {409, 422}
    assert "另一说法" in answer.content.decode()
    written.refresh_from_db()
    assert written.facts != "另一说法"


def test_steps_out_of_turn_and_steps_that_do_not_exist(log_in, case_officer, head, case):
    early = log_in(head).post(f"/cases/{case.pk}/step/close/", {"confirm": "结案"})
    assert early.status_code == 422
    assert log_in(case_officer).get(f"/cases/{case.pk}/step/burn/").status_code == 404
    assert log_in(case_officer).post(f"/cases/{case.pk}/step/start_rectification/", {}).status_code == 404
    case.refresh_from_db()
    assert case.stage == "investigating"


def test_the_wrong_role_is_refused_and_the_outsider_finds_nothing(log_in, inspector, outsider, lead, case):
    pages = [f"/cases/{case.pk}/facts/", f"/cases/{case.pk}/order/", f"/cases/{case.pk}/step/submit/"]
    for path in pages:
        assert log_in(inspector).post(path, {}).status_code == 403, path
        assert log_in(outsider).post(path, {}).status_code == 404, path
    assert log_in(outsider).post(f"/leads/{lead.pk}/step/dismiss/", {"reason": "x"}).status_code == 404


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_open_a_case_on_one_lead_at_once_one_is_told(lead, case_officer, second_officer):
    gate, answers = threading.Barrier(2), Counter()

    def open_case(by, other):
        gate.wait()
        try:
            cases.open_case(lead=lead, co_officer=other, by=by)
            answers["opened"] += 1
        except RuleBroken:
            answers["told"] += 1
        finally:
            connections.close_all()

    pairs = [(case_officer, second_officer), (second_officer, case_officer)]
    threads = [threading.Thread(target=open_case, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {"opened": 1, "told": 1}
    assert RectificationCase.objects.count() == 1


def test_opening_a_case_leads_to_the_case_and_its_lead_points_to_it(
    log_in, lead, case_officer, second_officer, outsider
):
    client = log_in(case_officer)
    fields = {"co_officer": second_officer.pk, "_once": str(uuid.uuid4())}
    page = client.post(f"/leads/{lead.pk}/step/open_case/", fields, follow=True)
    case = RectificationCase.objects.get()
    assert page.redirect_chain == [(case.get_absolute_url(), 302)]
    assert str(case) in str(next(iter(page.context["messages"])))
    notice = client.get(lead.get_absolute_url()).context["head"]["notice"]
    assert (notice["url"], notice["url_label"]) == (case.get_absolute_url(), str(case))
    assert log_in(outsider).get(lead.get_absolute_url()).status_code == 404


def test_no_document_is_begun_on_a_closed_docket(log_in, lead, case_officer):
    client, docket = log_in(case_officer), lead.docket
    assert f"/documents/new/{docket.pk}/notice/" in client.get(f"/dockets/{docket.pk}/documents/").content.decode()
    leads.dismiss(lead=lead, reason="事实不成立", by=case_officer)
    answer = client.get(f"/documents/new/{docket.pk}/notice/")
    assert (answer.status_code, answer.url) == (302, f"/dockets/{docket.pk}/documents/")
    assert f"/documents/new/{docket.pk}/" not in client.get(f"/dockets/{docket.pk}/documents/").content.decode()


def test_a_visit_that_is_wrong_in_two_ways_hears_of_both_at_once(log_in, inspector, enterprise, violation):
    data = visit(enterprise, [inspector], inspected_on="2099-01-01")
    answer = log_in(inspector).post("/inspections/new/", data)
    assert set(answer.context["form"].errors) == {"inspected_on", "inspectors"}


def test_what_is_missing_is_said_once(case, case_officer):
    reasons = CASE.refusals(case, "submit", case_officer)
    assert reasons
    assert len(reasons) == len(set(reasons))


def test_every_step_that_is_taken_by_a_click_says_what_follows():
    doors = {**inspection_views.DOORS, **rectification_views.DOORS}
    silent = [name for name, door in doors.items() if door.form is forms.Form and not door.lead]
    assert silent == []


def test_policy_sources_come_by_document_and_article_and_frames_found_nothing(statute_book):
    offered = dict(CaseForm(since=date(2026, 9, 1)).fields["policy_source"].choices[1:])
    labels = [label for rows in offered.values() for _pk, label in rows]
    assert not [label for label in labels if label.endswith(("序言", "抬头", "结尾"))]
    assert not [label for label in labels if "(" in label]
    of_state_council = [label for title, rows in offered.items() if "国务院关于" in title for _pk, label in rows]
    assert [label[-3:] for label in of_state_council[:3]] == ["（一）", "（二）", "（三）"]
    assert of_state_council[-1].endswith("（二十二）")
