"""Four eyes: who handles a case uses none of the head's powers over it as his deputy, and reads why."""

from datetime import date

import pytest
from django.urls import reverse

from casework import deadlines, handover, powers
from casework.models import Docket, DocketOfficer, Part
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.deadlines import PERIOD
from enforcement.rectification.workflow import CASE
from notices import services as notices
from organisation import roles
from tests.factories import make_officer
from tests.organisation.test_scope import fresh, lend
from tests.plugins.matters import drafted_order, serve
from trail.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
HEADS = (
    "casework.pause_deadline", "casework.extend_deadline", "casework.correct_deadline", "casework.reassign_docket",
    "casework.restrict_docket", "notices.correct_service", "rectification.approve_case",
)  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.pinned(TODAY):
        yield


@pytest.fixture
def deputy(case_officer, head):
    lend(head, case_officer)
    return fresh(case_officer)


@pytest.fixture
def other_deputy(head, changzhou_epb):
    """A colleague of the department who has no hand in the case."""
    colleague = make_officer(roles.CASE_OFFICER, department=changzhou_epb)
    lend(head, colleague)
    return fresh(colleague)


def period_of(case):
    return case.docket.deadlines.get(kind=PERIOD)


@pytest.mark.parametrize("permission", HEADS)
def test_the_lead_officer_has_no_power_of_the_head_as_his_deputy(served, deputy, permission):
    assert not powers.may(deputy, permission, served.docket)
    with pytest.raises(RuleBroken, match="不得代"):
        powers.require(deputy, permission, served.docket)


@pytest.mark.parametrize("permission", HEADS)
def test_a_deputy_without_a_hand_in_the_case_has_them(served, other_deputy, permission):
    assert powers.may(other_deputy, permission, served.docket)


def test_the_head_keeps_them_in_his_own_right_on_a_case_of_his_own(served, head):
    served.docket.officer = head
    served.docket.save()
    assert powers.may(head, "casework.reassign_docket", served.docket)


def test_he_neither_extends_nor_pauses_nor_hands_over(served, deputy, second_officer):
    given = {"reason": "整改需要", "document": "常环延〔2026〕1号", "by": deputy}
    with pytest.raises(RuleBroken, match="不得代"):
        deadlines.extend(deadline=period_of(served), length=5, **given)
    with pytest.raises(RuleBroken, match="不得代"):
        deadlines.pause(deadline=period_of(served), reason_code="suspension", from_on=TODAY, **given)
    with pytest.raises(RuleBroken, match="不得代"):
        handover.reassign(docket=served.docket, to=second_officer, reason="出差", by=deputy)


def test_he_does_not_reopen_or_withdraw_his_own_case(case, deputy):
    assert any("不得代" in why for why in CASE.refusals(case, "withdraw", deputy))
    with pytest.raises(RuleBroken, match="不得代"):
        cases.withdraw(case=case, reason="误立", by=deputy)


def test_he_is_not_offered_them_and_reads_why(served, deputy, log_in):
    client = log_in(deputy)
    docket = client.get(served.docket.get_absolute_url()).content.decode()
    assert reverse("casework:hand_over", args=[served.docket_id]) not in docket
    assert "不得代" in docket
    why = client.get(reverse("casework:why", args=[period_of(served).pk])).content.decode()
    assert reverse("casework:extend", args=[period_of(served).pk]) not in why
    assert "不得代" in why
    refused = client.get(reverse("casework:extend", args=[period_of(served).pk]))
    assert "不得代" in refused.content.decode()


def test_the_record_of_service_is_not_corrected_by_who_made_it(issued, case_officer, changzhou_epb):
    """Nor in his own right: the head may have served the order himself."""
    both = make_officer(roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, department=changzhou_epb)
    service = serve(issued, both, case_officer).order.services.get()
    with pytest.raises(RuleBroken, match="不得更正"):
        notices.correct_service(service=service, reason="录错", facts={"place": "门卫室"}, by=fresh(both))


def test_who_only_drafted_the_order_does_not_review_the_case(
    written, case_officer, second_officer, legal_reviewer, changzhou_epb
):
    """He signed nothing: his words are in the order all the same."""
    writer = make_officer(roles.CASE_OFFICER, department=changzhou_epb)
    drafted_order(written, writer)
    for officer in (case_officer, second_officer):
        cases.sign(case=written, by=officer)
    written.refresh_from_db()
    submitted = cases.submit(case=written, by=case_officer)
    lend(legal_reviewer, writer)
    assert "承办人员不得审核或者审批本案。" in CASE.refusals(submitted, "agree", fresh(writer))


@pytest.mark.parametrize("permission", HEADS)
def test_who_inspected_has_no_power_over_the_case_that_came_of_it_as_deputy(served, inspector, head, permission):
    """He is not on the case: he logged the finding on which it rests (第五十八条 asks who took part in it)."""
    lend(head, inspector)
    deputy = fresh(inspector)
    assert not powers.may(deputy, permission, served.docket)
    with pytest.raises(RuleBroken, match="不得代"):
        powers.require(deputy, permission, served.docket)


def test_who_inspected_does_not_review_the_case_as_deputy(submitted, inspector, legal_reviewer):
    lend(legal_reviewer, inspector)
    with pytest.raises(RuleBroken, match="不得审核"):
        cases.agree(case=submitted, opinion="同意", by=fresh(inspector))


def test_nor_in_his_own_right(submitted, changzhou_epb):
    both = make_officer(roles.INSPECTOR, roles.LEGAL_REVIEWER, department=changzhou_epb, legally_qualified=True)
    submitted = type(submitted).objects.get(pk=submitted.pk)
    assert CASE.refusals(submitted, "agree", fresh(both)) == []
    visit = submitted.lead.finding.inspection.docket
    DocketOfficer.objects.create(docket=visit, officer=both, part=Part.CO)
    assert CASE.refusals(submitted, "agree", fresh(both)) == ["承办人员不得审核或者审批本案。"]


def test_a_head_who_received_the_lead_still_approves_the_case(submitted, legal_reviewer, head):
    """To receive a lead and decide on it is a head's office, and there may be no other head."""
    submitted.lead.docket.officer = head
    submitted.lead.docket.save()
    agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    assert CASE.refusals(agreed, "approve", head) == []


def test_who_entered_the_time_of_the_act_does_not_review_the_case_as_deputy(case, legal_reviewer, changzhou_epb):
    writer = make_officer(roles.CASE_OFFICER, department=changzhou_epb)
    given = {"violation": case.violation, "acted_from": date(2026, 8, 20), "acted_to": date(2026, 8, 30)}
    cases.correct_act(case=case, reason="查明", by=writer, **given)
    assert Event.objects.filter(verb="rectification.enter_act", actor_id=writer.pk).exists()
    assert powers.handles(writer, case.docket)


def test_who_reviewed_a_case_does_not_find_it_among_those_to_approve(submitted, head, changzhou_epb):
    """Opening it would refuse him."""
    from casework import lists, selectors

    both = make_officer(roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD, department=changzhou_epb, legally_qualified=True)
    other = make_officer(roles.LEGAL_REVIEWER, department=changzhou_epb, legally_qualified=True)
    cases.agree(case=submitted, opinion="同意", by=both)
    lend(both, other)
    assert lists._review(Docket.objects.all(), fresh(head)).count() == 1
    for who in (both, other):
        assert not lists._review(Docket.objects.all(), fresh(who)).exists()
        assert selectors.my_work(fresh(who)).review_count == 0


def test_the_record_of_service_is_offered_for_correction_to_whom_the_verb_lets_correct_it(
    served, head, other_deputy, case_officer
):
    """A deputy chose to act for who served the order, and corrects by the head's power: that is whose record is asked for."""
    from notices.selectors import attempts

    order = served.order
    lend(case_officer, other_deputy)
    deputy = fresh(other_deputy)
    deputy.acting_for = case_officer
    assert powers.bearer(deputy, "notices.correct_service", served.docket) == head
    assert [row["can_correct"] for row in attempts(order, deputy)] == [True]
    notices.correct_service(service=order.services.get(), reason="录错", facts={"place": "门卫室"}, by=deputy)


def test_desk_and_list_count_the_same_to_decide_for_a_deputy(submitted, case_officer, legal_reviewer, log_in):
    from casework import lists, selectors

    lend(legal_reviewer, case_officer)
    deputy = fresh(case_officer)
    assert selectors.my_work(deputy).review_count == 0
    assert not lists._review(Docket.objects.all(), deputy).exists()
    other = make_officer(roles.CASE_OFFICER, department=case_officer.department)
    lend(legal_reviewer, other)
    other = fresh(other)
    assert selectors.my_work(other).review_count == 1
    assert lists._review(Docket.objects.all(), other).count() == 1
