"""The main job by its verbs: who may do what, in which order, and what the clock does."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casework import deadlines, search
from core import clock
from core.errors import RuleBroken, Stale
from enforcement.leads import services as leads
from enforcement.rectification import services as cases
from enforcement.rectification.docket_kind import result
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage
from notices import services as notices
from notices.models import NoticeState
from organisation import roles
from tests.factories import make_officer
from tests.organisation.test_scope import fresh, lend
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def test_a_case_needs_a_second_officer(lead, case_officer):
    with pytest.raises(RuleBroken, match="第四十二条"):
        cases.open_case(lead=lead, co_officer=case_officer, by=case_officer)


def test_opening_a_case_settles_the_lead(case, lead):
    lead.refresh_from_db()
    assert lead.stage == "case_opened"
    assert lead.docket.closed_on == DAY
    assert not lead.docket.deadlines.filter(met_on=None).exists()


def test_the_period_for_handling_the_case_runs_from_its_opening(case):
    handling = case.docket.deadlines.get(kind=cases.HANDLING)
    assert handling.rule.code == "D06"
    assert handling.due_on == date(2026, 11, 30)
    assert case.docket.next_due_on == date(2026, 11, 30)


def test_a_case_without_two_signatures_is_refused_in_words(written, case_officer):
    cases.draft_order(case=written, by=case_officer)
    with pytest.raises(RuleBroken, match="第四十二条"):
        cases.submit(case=written, by=case_officer)


def test_a_changed_text_asks_for_new_signatures(signed, case_officer):
    with clock.pinned(DAY):
        cases.edit(
            case=signed,
            facts="另外发现在线监测设备停运。",
            requirements=signed.requirements,
            rectification_days=30,
            policy_source=None,
            expected_version=signed.version,
            by=case_officer,
        )
        with pytest.raises(RuleBroken, match="第四十二条"):
            cases.submit(case=RectificationCase.objects.get(pk=signed.pk), by=case_officer)


def test_an_officer_whose_certificate_has_expired_cannot_sign(written, case_officer):
    case_officer.certificate_expires_on = date(2020, 1, 1)
    case_officer.save()
    with pytest.raises(RuleBroken):
        cases.sign(case=written, by=case_officer)


def test_two_officers_editing_at_once_the_second_is_told(written, second_officer):
    with pytest.raises(Stale):
        cases.edit(
            case=written,
            facts="x",
            requirements="y",
            rectification_days=10,
            policy_source=None,
            expected_version=written.version - 1,
            by=second_officer,
        )


def test_words_written_in_two_windows_of_ones_own_are_not_laid_on_a_colleague(written, case_officer, second_officer):
    facts = {"facts": "另一事实", "requirements": "停止排放", "rectification_days": 10, "policy_source": None}
    edited = cases.edit(case=written, expected_version=written.version, by=case_officer, **facts)
    with pytest.raises(Stale, match=r"您已于.*在其他窗口修改了本页内容"):
        cases.edit(case=edited, expected_version=edited.version - 1, by=case_officer, **facts)
    with pytest.raises(Stale, match=rf"{case_officer.name}于.*修改了本页内容"):
        cases.edit(case=edited, expected_version=edited.version - 1, by=second_officer, **facts)


def test_a_policy_document_alone_cannot_found_an_order(case, violation):
    violation.legal_basis = "稀土指令性生产计划管理暂行办法(工信部原〔2012〕285号)"
    violation.save()
    case.refresh_from_db()
    from enforcement.rectification.workflow import cites_a_statute

    assert "第十六条" in cites_a_statute(RectificationCase.objects.get(pk=case.pk))


def test_whoever_handled_the_case_may_not_approve_it(submitted, legal_reviewer, case_officer, head):
    from django.contrib.auth.models import Group

    agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    case_officer.groups.add(Group.objects.get(name="department_head"))
    fresh = type(case_officer).objects.get(pk=case_officer.pk)
    with pytest.raises(RuleBroken):
        cases.approve(case=agreed, by=fresh)


def test_a_reviewer_without_the_qualification_is_refused(submitted, legal_reviewer):
    legal_reviewer.legally_qualified = False
    legal_reviewer.save()
    with pytest.raises(RuleBroken, match="第五十八条"):
        cases.agree(case=submitted, opinion="同意", by=legal_reviewer)


def test_a_returned_case_goes_back_with_its_order(submitted, legal_reviewer):
    returned = cases.return_from_review(case=submitted, opinion="请补充监测数据。", by=legal_reviewer)
    returned.order.refresh_from_db()
    assert returned.stage == Stage.INVESTIGATING
    assert returned.order.state == NoticeState.DRAFT


def test_approving_the_case_approves_the_words_of_the_order(approved):
    approved.order.refresh_from_db()
    assert approved.order.state == NoticeState.APPROVED


def test_a_deputy_approves_case_and_order_in_the_absent_head_s_name(submitted, legal_reviewer, head, changzhou_epb):
    deputy = make_officer(roles.CASE_OFFICER, department=changzhou_epb)
    lend(head, deputy)
    with clock.pinned(DAY):
        reviewed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    cases.approve(case=reviewed, by=fresh(deputy))
    for verb in ("rectification.approve", "notices.approve"):
        event = Event.objects.get(verb=verb)
        assert (event.actor_name, event.on_behalf_of) == (deputy.name, head.name)
    assert reviewed.order.approvals.get(decision="approved").on_behalf_of == head.name


def test_a_head_of_another_department_approves_nothing_for_whoever_he_acts(submitted, legal_reviewer, head, xuzhou_epb):
    with clock.pinned(DAY):
        reviewed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    stranger = make_officer(roles.DEPARTMENT_HEAD, department=xuzhou_epb)
    with pytest.raises(PermissionDenied):
        cases.approve(case=reviewed, by=stranger)
    reviewed.refresh_from_db()
    assert reviewed.stage == Stage.APPROVAL


def test_the_order_cannot_be_issued_from_its_own_page_before_the_case_allows(
    submitted, legal_reviewer, head, case_officer
):
    agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    cases.approve(case=agreed, by=head)
    agreed.order.refresh_from_db()
    with pytest.raises(RuleBroken):
        notices.issue(notice=agreed.order, by=case_officer)


def test_an_issued_order_is_found_by_its_number(issued, case_officer, outsider):
    number = issued.order.number
    hits = [hit for group in search.find(case_officer, number).groups for hit in group.items]
    assert issued.order.get_absolute_url() in {hit.url for hit in hits}
    assert not search.find(outsider, number).groups


def test_a_vain_attempt_at_service_is_among_the_next_steps_of_the_case(issued, case_officer, outsider, log_in):
    address = f"/documents/{issued.order.pk}/attempt/"
    assert address in log_in(case_officer).get(issued.get_absolute_url()).text
    assert log_in(outsider).get(issued.get_absolute_url()).status_code == 404


def test_an_issued_order_is_numbered_and_starts_no_clock_until_it_is_served(issued):
    assert issued.order.number == "常环责改〔2026〕1号"
    assert not issued.docket.deadlines.filter(kind=cases.PERIOD).exists()


def test_the_period_for_handling_the_case_ends_with_the_decision_not_with_its_service(issued):
    handling = issued.docket.deadlines.get(kind=cases.HANDLING)
    assert handling.met_on == DAY


def test_an_order_that_says_another_period_than_the_case_is_not_handed_in(signed, case_officer):
    """The party would obey the order while the clock ran by the case."""
    content = signed.order.content | {"requirements": [{"within": "15日内", "text": "恢复废水处理设施正常运行"}]}
    notices.edit(notice=signed.order, content=content, version=signed.order.version, by=case_officer)
    with pytest.raises(RuleBroken, match="15日"):
        cases.submit(case=signed, by=case_officer)


def test_a_revoked_order_opens_the_case_again_and_stops_its_clocks(served, case_officer, head, legal_reviewer):
    order = served.order
    answer = notices.supersede(notice=order, reason="认定事实有误", effect="revokes", by=case_officer)
    assert "自始不发生法律效力" in answer.content["paragraphs"][1]  # as the clocks have it, which end with the issue
    notices.submit(notice=answer, by=case_officer)
    notices.approve(notice=answer, by=head)
    notices.issue(notice=answer, by=case_officer)
    served.refresh_from_db()
    assert (served.stage, served.order, served.served_on, served.round) == (Stage.INVESTIGATING, None, None, 2)
    running = served.docket.deadlines.filter(met_on=None, cancelled_on=None)
    assert [deadline.kind for deadline in running] == [cases.HANDLING]
    order.refresh_from_db()
    assert order.state == NoticeState.SUPERSEDED
    assert result(served.docket) == "尚在办理"  # the cover of the file names no order that was taken back
    cases.draft_order(case=served, by=case_officer)


def test_an_order_is_not_replaced_past_its_case(served, case_officer):
    with pytest.raises(RuleBroken) as refused:
        notices.supersede(notice=served.order, reason="笔误", effect="replaces", by=case_officer)
    assert refused.value.field == "effect"


@pytest.mark.parametrize("act", ["submit", "recall", "withdraw", "decide", "return", "issue"])
def test_the_order_is_not_decided_past_its_case(submitted, log_in, case_officer, head, legal_reviewer, act):
    """Whoever knows the address gets no further than the buttons."""
    for officer in (case_officer, head, legal_reviewer):
        client = log_in(officer)
        answer = client.post(f"/documents/{submitted.order_id}/{act}/", {"reason": "x", "typed": "制发"})
        assert answer.status_code in {403, 409, 422}, officer
    submitted.order.refresh_from_db()
    assert submitted.order.state == NoticeState.SUBMITTED
    assert not submitted.order.approvals.exists()


def test_nobody_decides_on_words_he_has_not_seen(submitted, log_in, legal_reviewer, case_officer, second_officer):
    client = log_in(legal_reviewer)
    page = client.get(f"/cases/{submitted.pk}/step/agree/")
    seen = page.context["seen"]
    assert f'name="seen" value="{seen}"' in page.content.decode()
    back = cases.return_from_review(case=submitted, opinion="补充", by=legal_reviewer)
    back.order.refresh_from_db()
    facts = back.order.content | {"facts": ["另一事实。"]}
    notices.edit(notice=back.order, content=facts, version=back.order.version, by=case_officer)
    for officer in (case_officer, second_officer):
        cases.sign(case=back, by=officer)
    cases.submit(case=back, by=case_officer)
    answer = client.post(f"/cases/{submitted.pk}/step/agree/", {"reason": "同意", "seen": seen})
    assert answer.status_code in {409, 422}
    assert "重新审阅" in answer.content.decode()
    submitted.refresh_from_db()
    assert submitted.stage == Stage.LEGAL_REVIEW


def test_a_deputy_is_bound_by_what_the_head_he_acts_for_has_done(signed, legal_reviewer, head, changzhou_epb):
    """The head leads the case himself; his deputy may not approve it in his name."""
    signed.docket.officer = head
    signed.docket.save()
    with clock.pinned(DAY):
        cases.submit(case=signed, by=signed.signatures.first().officer)
        reviewed = cases.agree(case=signed, opinion="同意", by=legal_reviewer)
    deputy = make_officer(roles.CASE_OFFICER, department=changzhou_epb)
    lend(head, deputy)
    with pytest.raises(RuleBroken, match="承办"):
        cases.approve(case=reviewed, by=fresh(deputy))


def test_the_lead_of_a_finding_stays_with_the_department_that_inspected(finding, inspector, province_epb):
    """Whoever registers it for an absent colleague takes no matter into his own department."""
    upper = make_officer(roles.INSPECTOR, department=province_epb)
    lead = leads.register_finding(finding=finding, by=upper)
    assert lead.docket.department == finding.inspection.docket.department


def test_the_rectification_period_runs_from_service(served):
    period = served.docket.deadlines.get(kind=cases.PERIOD)
    assert served.stage == Stage.RECTIFYING
    assert period.started_on == date(2026, 9, 3)
    # 30 days after 3 September end on Saturday 3 October, in the National Day holiday: rolled to Thursday 8 October.
    assert (period.statutory_due_on, period.due_on) == (date(2026, 10, 3), date(2026, 10, 8))


def test_the_re_inspection_period_of_the_authority_does_not_roll(served):
    look = served.docket.deadlines.get(kind=cases.REINSPECTION)
    assert look.due_on == date(2026, 10, 3)
    assert look.target_on == date(2026, 9, 30)


def test_d9_a_pause_moves_the_date_and_explains_itself(served, head):
    period = served.docket.deadlines.get(kind=cases.PERIOD)
    with clock.pinned(date(2026, 9, 20)):
        deadlines.pause(
            deadline=period,
            reason_code="suspension",
            reason="设备停供",
            document="审批表",
            from_on=date(2026, 9, 10),
            by=head,
        )
        deadlines.resume(deadline=period, to_on=date(2026, 9, 19), reason="中止原因消除", by=head)
    period.refresh_from_db()
    assert period.statutory_due_on == date(2026, 10, 13)
    assert period.pauses.get().reason == "设备停供"


def test_an_extension_needs_the_head(served, case_officer, head):
    period = served.docket.deadlines.get(kind=cases.PERIOD)
    with clock.pinned(date(2026, 9, 20)):
        deadlines.extend(deadline=period, length=15, reason="定制材料", document="审批表", by=head)
    period.refresh_from_db()
    assert period.due_on == date(2026, 10, 23)  # fifteen days after the expiry the party was told, the 8th


def test_a_role_that_may_not_is_refused_and_nothing_moves(submitted, outsider, inspector):
    for officer in (outsider, inspector):
        with pytest.raises(PermissionDenied):
            cases.agree(case=submitted, opinion="同意", by=officer)
    submitted.refresh_from_db()
    assert submitted.stage == Stage.LEGAL_REVIEW


def test_every_step_is_told_in_the_chain_of_the_docket(served):
    verbs = list(Event.objects.filter(docket_id=served.docket_id).order_by("id").values_list("verb", flat=True))
    wanted = [
        "rectification.open",
        "rectification.submit",
        "rectification.agree",
        "rectification.approve",
        "rectification.issue_order",
        "rectification.start_rectification",
    ]
    assert [verb for verb in verbs if verb in wanted] == wanted
