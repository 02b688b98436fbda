"""立案: two officers who may sign; the periods and the basis are those that bind the authority."""

from datetime import date, timedelta

import pytest

from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from enforcement.leads import services as leads
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase
from organisation import roles
from tests.factories import make_department, make_officer
from tests.plugins.matters import DAY, drafted_order, reinspect, serve
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


def page_of(log_in, officer, lead):
    with clock.pinned(DAY):
        return log_in(officer).get(f"/leads/{lead.pk}/step/open_case/")


def offered(page, field: str) -> set[str]:
    return set(page.context["form"].fields[field].queryset.values_list("username", flat=True))


def test_a_head_names_the_two_officers_of_the_case(lead, head, case_officer, second_officer, log_in):
    assert {"officer", "co_officer"} <= set(page_of(log_in, head, lead).context["form"].fields)
    with clock.pinned(DAY):
        data = {"officer": case_officer.pk, "co_officer": second_officer.pk}
        assert log_in(head).post(f"/leads/{lead.pk}/step/open_case/", data).status_code == 302
    case = RectificationCase.objects.get(lead=lead)
    assert case.docket.officer == case_officer
    assert set(case.docket.team.values_list("officer", flat=True)) == {case_officer.pk, second_officer.pk}


def test_a_head_does_not_lead_a_case_himself(lead, head, case_officer):
    with clock.pinned(DAY), pytest.raises(RuleBroken) as refused:
        cases.open_case(lead=lead, co_officer=case_officer, by=head)
    assert refused.value.field == "officer"
    lead.refresh_from_db()
    assert lead.stage == "registered"


def test_an_officer_leads_the_case_he_opens_and_names_the_second(lead, case_officer, second_officer, log_in):
    form = page_of(log_in, case_officer, lead).context["form"]
    assert set(form.fields) == {"co_officer"}


def test_only_those_who_may_sign_today_are_offered(
    lead, case_officer, second_officer, inspector, legal_reviewer, head, outsider, changzhou_epb, log_in
):
    make_officer(
        roles.CASE_OFFICER, department=changzhou_epb, username="guoqi", certificate_expires_on=DAY - timedelta(days=1)
    )
    make_officer(roles.CASE_OFFICER, department=changzhou_epb, username="wuzheng", certificate_number="")
    assert offered(page_of(log_in, case_officer, lead), "co_officer") == {second_officer.username, inspector.username}
    page = page_of(log_in, head, lead)
    assert offered(page, "officer") == {case_officer.username, second_officer.username}
    assert page_of(log_in, outsider, lead).status_code == 404


@pytest.mark.parametrize("who", ["legal_reviewer", "head", "expired"])
def test_who_may_not_sign_is_refused_as_second_officer(lead, case_officer, who, request, changzhou_epb):
    if who == "expired":
        other = make_officer(
            roles.CASE_OFFICER, department=changzhou_epb, certificate_expires_on=DAY - timedelta(days=1)
        )
    else:
        other = request.getfixturevalue(who)
    with clock.pinned(DAY), pytest.raises(RuleBroken) as refused:
        cases.open_case(lead=lead, co_officer=other, by=case_officer)
    assert refused.value.field == "co_officer"


# --- another line of administration ------------------------------------------------------------------------------------
@story
def industry(synced_roles, jiangsu):
    return make_department("JS-MIIT", "省工信厅", jiangsu, brand="苏工信", kind="MIIT", name="江苏省工业和信息化厅")


@pytest.fixture
def their_case(statute_book, industry, enterprise):
    first, second = (make_officer(roles.CASE_OFFICER, department=industry) for _number in range(2))
    with clock.pinned(DAY):
        lead = leads.register(
            enterprise=enterprise, origin="report", violation=Violation.objects.get(code="RE21"), facts="超计划生产",
            received_on=DAY, by=first,
        )  # fmt: skip
        return cases.open_case(lead=lead, co_officer=second, by=first)


def test_the_periods_of_environmental_law_do_not_bind_another_authority(their_case):
    handling = their_case.docket.deadlines.get()
    assert (handling.kind, handling.rule.code) == (cases.HANDLING, "D05")
    assert not their_case.lead.docket.deadlines.exists()


def test_another_authority_cites_the_law_that_binds_it(their_case, case):
    theirs, ours = Event.objects.filter(verb="leads.open_case").order_by("pk")
    if ours.docket_id != case.lead.docket_id:
        theirs, ours = ours, theirs
    assert theirs.facts["basis"] == "行政处罚法第五十四条第二款"
    assert ours.facts["basis"] == "生态环境行政处罚办法第十八条（待核实）"


@pytest.mark.pdf
def test_another_authority_has_no_statutory_period_to_look_again_only_its_own_target(their_case, industry):
    """28号令 speaks to environmental authorities; the others look again when it is time."""
    first, second = (member.officer for member in their_case.docket.team.order_by("pk"))
    reviewer = make_officer(roles.LEGAL_REVIEWER, department=industry, legally_qualified=True)
    head = make_officer(roles.DEPARTMENT_HEAD, department=industry)
    with clock.pinned(DAY):
        case = cases.edit(
            case=their_case, facts="超计划生产", requirements="停止超计划生产", rectification_days=30, policy_source=None,
            expected_version=their_case.version, by=first,
        )  # fmt: skip
        drafted_order(case, first)
        for officer in (first, second):
            cases.sign(case=case, by=officer)
        case = cases.submit(case=case, by=first)
        case = cases.agree(case=case, opinion="同意", by=reviewer)
        case = cases.approve(case=case, by=head)
        cases.issue_order(case=case, by=first)
    case = serve(RectificationCase.objects.get(pk=case.pk), first, second)
    own = case.docket.deadlines.open().get(kind=cases.NEXT_LOOK)
    assert (own.rule, own.due_on) == (None, date(2026, 10, 9))  # the working day after the party's period
    assert not case.docket.deadlines.filter(kind=cases.REINSPECTION).exists()
    case = reinspect(case, first, second, done=False)
    with clock.pinned(date(2026, 9, 28)):
        case = cases.continue_rectification(case=case, by=first)
    running = {deadline.kind: deadline for deadline in case.docket.deadlines.open()}
    assert set(running) == {cases.PERIOD, "rectification.next_look"}
    assert running["rectification.next_look"].rule is None
    recorded = Event.objects.get(verb="rectification.record_reinspection")
    assert recorded.facts["basis"] == "行政处罚法第二十八条"


def test_who_comes_too_late_is_led_to_the_case_a_colleague_opened(lead, case_officer, second_officer, log_in):
    """A page that stood open meanwhile says what became of the lead, and how to get there."""
    url = f"/leads/{lead.pk}/step/open_case/"
    with clock.pinned(DAY):
        client = log_in(case_officer)
        client.get(url)
        case = cases.open_case(lead=lead, co_officer=case_officer, by=second_officer)
        answers = [client.post(url, {"co_officer": second_officer.pk}), client.get(url)]
    for page in answers:
        text = page.content.decode()
        main = text[text.index("<main") :]
        assert f'href="{case.docket.get_absolute_url()}"' in main
        assert case.docket.number in main
