"""Leads: when something was found, when it was done, and which law may apply to it."""

import csv
from datetime import date, timedelta

import pytest
from django.conf import settings

from casework.models import Docket, Violation
from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from enforcement.leads import services as leads
from enforcement.leads.docket_kind import time_of_act
from enforcement.leads.forms import TimeOfActForm, labelled
from enforcement.leads.intake_forms import LeadForm
from enforcement.leads.models import Lead
from enforcement.leads.versions import candidates, is_unestablished, versions
from enforcement.rectification import panels
from enforcement.rectification import services as cases
from tests.factories import make_docket
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def test_the_period_to_decide_runs_from_the_inspection_not_from_the_click(finding, inspector):
    with clock.pinned(DAY + timedelta(days=10)):
        lead = leads.register_finding(finding=finding, by=inspector)
    assert (lead.received_on, lead.acted_from) == (DAY, None)
    assert lead.docket.deadlines.get().started_on == DAY


def reported(enterprise, by, code: str, **fields) -> Lead:
    with clock.pinned(DAY):
        return leads.register(
            enterprise=enterprise, origin="report", violation=Violation.objects.get(code=code), facts="群众反映",
            received_on=DAY, by=by, **fields,
        )  # fmt: skip


def test_earlier_law_is_chosen_for_an_earlier_act_and_for_no_other(enterprise, case_officer, statute_book):
    lead = reported(enterprise, case_officer, "OLD-W83", acted_from=date(2026, 8, 1), acted_to=date(2026, 8, 3))
    assert lead.violation.code == "OLD-W83"
    with pytest.raises(RuleBroken) as refused:
        reported(enterprise, case_officer, "OLD-W83", acted_from=date(2026, 8, 20))
    assert refused.value.field == "violation"


@pytest.mark.parametrize(
    ("began", "ended", "field"),
    [
        (DAY + timedelta(days=1), None, "acted_from"),
        (DAY, DAY - timedelta(days=1), "acted_to"),
        (None, DAY, "acted_to"),
        (DAY, DAY + timedelta(days=1), "acted_to"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(enterprise, case_officer, statute_book, began, ended, field):
    with pytest.raises(RuleBroken) as refused:
        reported(enterprise, case_officer, "EC1107", acted_from=began, acted_to=ended)
    assert refused.value.field == field
    assert not Lead.objects.exists()


def test_the_form_offers_earlier_law_by_its_days_of_validity(case_officer, statute_book):
    with clock.pinned(DAY):
        field = LeadForm(by=case_officer).fields["violation"]
    labels = [field.label_from_instance(row) for row in field.queryset]
    assert any("2018-01-01至2026-08-14" in label for label in labels)
    assert [label for label in labels if "生态环境法典第一千一百零七条" in label] == [
        "超标/超总量（生态环境法典第一千一百零七条）"
    ]


def test_a_lead_is_registered_with_its_time_on_the_page(case_officer, enterprise, outsider, statute_book, log_in):
    data = {
        "enterprise": enterprise.pk, "origin": "report", "violation": Violation.objects.get(code="OLD-W83").pk,
        "facts": "群众反映", "received_on": "2026-09-01", "acted_from": "2026-08-01", "acted_to": "2026-08-20",
    }  # fmt: skip
    with clock.pinned(DAY):
        late = log_in(case_officer).post("/leads/new/", data | {"acted_from": "2026-08-18"})
        assert "violation" in late.context["form"].errors
        assert log_in(case_officer).post("/leads/new/", data).status_code == 302
        lead = Lead.objects.get()
        page = log_in(case_officer).get(lead.get_absolute_url()).content.decode()
    assert "2026-08-01至2026-08-20" in page
    assert "从旧兼从轻" in page
    assert log_in(outsider).get(lead.get_absolute_url()).status_code == 404


def test_law_that_ended_too_long_ago_to_punish_is_not_offered(enterprise, case_officer, statute_book, log_in):
    with clock.pinned(DAY):
        lead = reported(enterprise, case_officer, "EC1107")
        page = log_in(case_officer).get(f"/leads/{lead.pk}/act/")
        offered = set(page.context["form"].fields["violation"].queryset.values_list("code", flat=True))
        old = (
            TimeOfActForm({"acted_from": "2017-03-01"}, since=lead.law_since, received_on=lead.received_on)
            .fields["violation"]
            .queryset
        )
    assert {"EC1107", "OLD-W83"} <= offered  # in force within five years
    assert "OLD-XM28" not in offered  # ended in 2017
    assert set(offered) < set(old.values_list("code", flat=True))  # an older day has its own law


def test_nobody_has_to_know_when_the_act_was_committed(enterprise, case_officer, statute_book, log_in):
    data = {
        "enterprise": enterprise.pk, "origin": "report", "violation": Violation.objects.get(code="OLD-W83").pk,
        "facts": "群众反映", "received_on": "2026-09-01", "acted_from": "", "acted_to": "",
    }  # fmt: skip
    with clock.pinned(DAY):
        assert not LeadForm(by=case_officer)["acted_from"].value()
        assert log_in(case_officer).post("/leads/new/", data).status_code == 302
        lead = Lead.objects.get()
        page = log_in(case_officer).get(lead.get_absolute_url()).content.decode()
    assert lead.acted_from is None
    assert "未登记" in page


def test_the_time_of_the_act_is_corrected_with_a_reason(enterprise, case_officer, outsider, statute_book, log_in):
    lead = reported(enterprise, case_officer, "OLD-W83")
    url, now = f"/leads/{lead.pk}/act/", Violation.objects.get(code="EC1107")
    data = {"acted_from": "2026-08-20", "acted_to": "", "violation": lead.violation_id, "reason": "监控视频显示"}
    with clock.pinned(DAY):
        assert url in log_in(case_officer).get(lead.get_absolute_url()).content.decode()
        assert "violation" in log_in(case_officer).post(url, data).context["form"].errors
        data["violation"] = now.pk
        assert "reason" in log_in(case_officer).post(url, data | {"reason": ""}).context["form"].errors
        assert log_in(outsider).post(url, data).status_code == 404
        assert log_in(case_officer).post(url, data).status_code == 302
    lead.refresh_from_db()
    assert (lead.acted_from, lead.violation, lead.docket.title) == (date(2026, 8, 20), now, now.cause_of_matter)
    event = Event.objects.get(verb="leads.enter_act")
    assert (event.facts["reason"], event.facts["before"]["acted_from"]) == ("监控视频显示", None)


def test_the_case_corrects_the_time_and_is_signed_anew(signed, violation, case_officer, outsider, log_in):
    url = f"/cases/{signed.pk}/act/"
    data = {"acted_from": "2026-08-20", "acted_to": "", "violation": violation.pk, "reason": "监控视频显示"}
    with clock.pinned(DAY):
        assert url in log_in(case_officer).get(signed.get_absolute_url()).content.decode()
        assert log_in(outsider).post(url, data).status_code == 404
        assert log_in(case_officer).post(url, data).status_code == 302
    signed.refresh_from_db()
    signed.lead.refresh_from_db()
    assert (signed.lead.acted_from, signed.current_signatures()) == (date(2026, 8, 20), [])
    assert Event.objects.filter(verb="rectification.enter_act").count() == 1


def test_a_case_that_cites_another_provision_has_its_official_name(signed, case_officer):
    """By the verb that corrects the time of the act as by the form of the case: 涉嫌……案."""
    other = Violation.objects.get(code="EC1107")
    with clock.pinned(DAY):
        case = cases.correct_act(
            case=signed, violation=other, acted_from=date(2026, 8, 20), acted_to=None, reason="查明", by=case_officer
        )
    case.docket.refresh_from_db()
    assert (case.violation, case.docket.title) == (other, other.cause_of_matter)
    assert other.cause_of_matter != other.name


def test_law_that_came_after_the_act_is_named_and_not_agreed_to(
    submitted, violation, case_officer, legal_reviewer, outsider, log_in
):
    Lead.objects.filter(pk=submitted.lead_id).update(acted_from=date(2026, 8, 1), acted_to=None)
    agree = f"/cases/{submitted.pk}/step/agree/"
    with clock.pinned(DAY):
        for page in (submitted.get_absolute_url(), agree):
            assert "前版规定未登记" in log_in(legal_reviewer).get(page).content.decode()
        assert log_in(outsider).get(agree).status_code == 404
        Lead.objects.filter(pk=submitted.lead_id).update(acted_to=date(2026, 8, 2))
        submitted.refresh_from_db()
        with pytest.raises(RuleBroken, match="第三十七条"):
            cases.agree(case=submitted, opinion="同意", by=legal_reviewer)


def test_the_candidates_are_the_versions_in_force_since_the_act(statute_book):
    old = Violation.objects.get(code="OLD-XM23")

    def since(day: date) -> list[str]:
        return [row.code for row in candidates(old, since=day, until=DAY)]

    assert since(date(2026, 8, 1)) == ["OLD-XM23", "EC1100"]
    assert since(date(2026, 8, 15)) == ["EC1100"]
    assert since(date(2017, 1, 1)) == ["OLD-XM28", "OLD-XM23", "EC1100"]


def test_the_law_on_air_is_no_version_of_the_law_on_water():
    assert "OLD-A99" not in versions("OLD-W83")
    assert {"OLD-W83", "OLD-A99"} <= versions("EC1107")


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("EC1060", {"OLD-EP59"}),
        ("EC1086", {"OLD-W82", "OLD-A100"}),
        ("EC1201", {"OLD-R54"}),
        ("EC1229", {"OLD-W81", "OLD-A98", "OLD-R49"}),
    ],
)
def test_the_code_of_2026_has_its_earlier_law_where_that_is_established(statute_book, now, before):
    found = candidates(Violation.objects.get(code=now), since=date(2026, 8, 14), until=date(2026, 8, 14))
    assert {row.code for row in found} == before


@pytest.mark.parametrize("code", ["EC1088", "EC1104", "EC1222"])
def test_what_is_not_established_is_said_and_not_guessed(code):
    assert is_unestablished(code)
    assert versions(code) == {code}


def test_the_lead_says_that_its_earlier_law_is_not_established(lead, case_officer, log_in):
    page = log_in(case_officer).get(lead.get_absolute_url()).content.decode()
    assert "尚未查明此前的对应条文" in page


def test_every_succession_says_where_it_was_read_and_how_certain_it_is():
    with (settings.ROOT / "reference" / "violation_versions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["confidence"] and (row["source"] or not row["earlier"]) for row in rows)
    assert all("待核实" in row["note"] or "尚未查明" in row["note"] for row in rows if not row["earlier"])


def test_every_version_stands_in_the_statute_book(statute_book):
    from enforcement.leads.versions import _successions

    named = {code for pair in _successions() for code in pair}
    assert named == set(Violation.objects.filter(code__in=named).values_list("code", flat=True))


# --- what belongs together ---------------------------------------------------------------------------------------------
def test_what_belongs_together_is_asked_once(inspection, violation, inspector, django_assert_num_queries):
    with clock.pinned(DAY):
        for number in range(12):
            finding = inspections.log_finding(
                inspection=inspection, violation=violation, fact=str(number), place="p", by=inspector
            )
            leads.register_finding(finding=finding, by=inspector)
    docket = Docket.objects.get(pk=inspection.docket_id)
    inspector.has_perm("inspections.inspect")  # whose powers he has is asked once in a request
    panels.related(docket, inspector)
    with django_assert_num_queries(1):
        assert len(panels.related(docket, inspector)["rows"]) == 12


def test_the_chain_is_the_same_from_each_of_its_matters(case, lead, inspection, case_officer, outsider):
    chain = [inspection.docket_id, lead.docket_id, case.docket_id]
    for pk in chain:
        found = panels.related(Docket.objects.get(pk=pk), case_officer)
        assert [row.pk for row in found["rows"]] == [other for other in chain if other != pk]
        assert panels.related(Docket.objects.get(pk=pk), outsider) is None


def test_a_matter_of_another_kind_has_no_chain_yet(case_officer, enterprise):
    docket = make_docket(department=case_officer.department, officer=case_officer, enterprise=enterprise)
    docket.kind = "audit"
    assert panels.related(docket, case_officer) is None


def test_earlier_law_is_offered_in_the_marks_of_chinese_print_like_the_law_of_today(statute_book):
    for violation in Violation.objects.all():
        assert "(" not in labelled(violation)


def test_earlier_law_is_offered_with_the_days_it_was_in_force(statute_book):
    assert "施行期间2016-09-01至2026-08-14" in labelled(Violation.objects.get(code="OLD-EIA31"))


def test_an_act_of_one_day_and_one_that_goes_on_read_differently(lead):
    """行政处罚法第三十六条: the time after which an act is not punished runs from the end of one that goes on."""
    lead.acted_from = lead.acted_to = date(2026, 8, 1)
    assert time_of_act(lead) == "2026-08-01"
    lead.acted_to = None
    assert time_of_act(lead) == "自2026-08-01起，未登记终了日期"


def test_what_is_entered_for_the_first_time_is_not_told_as_corrected(
    enterprise, case_officer, statute_book, violation, log_in
):
    found = leads.register(
        enterprise=enterprise, origin="assigned", violation=violation, facts="废水外排", received_on=clock.today(),
        by=case_officer,
    )  # fmt: skip
    client = log_in(case_officer)
    sent = {"acted_from": clock.today().isoformat(), "violation": found.violation_id, "reason": "现场查明"}
    told = []
    for _time in range(2):
        answer = client.post(f"/leads/{found.pk}/act/", sent, follow=True)
        told += [str(message) for message in answer.context["messages"]]
        sent |= {"acted_from": (clock.today() - timedelta(1)).isoformat()}
    assert told == ["行为发生时间已登记。", "行为发生时间已更正。"]
    verbs = Event.objects.filter(verb__startswith="leads.", verb__endswith="_act").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["leads.enter_act", "leads.correct_act"]
