"""One order follows another in a case: what was read, signed or in force under the first does not pass for the second."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import CASE, Stage
from notices import services as notices
from tests.factories import PASSWORD
from tests.plugins.matters import DAY, VISIT, close, drafted_order, refuse, reinspect, serve

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
AFTER_THE_END = date(2026, 10, 12)


def again(case) -> RectificationCase:
    return RectificationCase.objects.get(pk=case.pk)


def served_with(case, content, *, officer, colleague, reviewer, head):
    """The order of a signed case with other words, through every hand to the party."""
    order = again(case).order
    with clock.pinned(DAY):
        notices.edit(notice=order, content=order.content | content, version=order.version, by=officer)
        for signatory in (officer, colleague):
            cases.sign(case=again(case), by=signatory)
        agreed = cases.agree(case=cases.submit(case=again(case), by=officer), opinion="同意", by=reviewer)
        cases.issue_order(case=cases.approve(case=agreed, by=head), by=officer)
    return serve(again(case), officer, colleague)


def test_a_page_of_the_draft_before_signs_nothing(written, case_officer, second_officer, head, outsider, log_in):
    with clock.pinned(DAY):
        cases.draft_order(case=written, by=case_officer)
        client, url = log_in(second_officer), reverse("rectification:sign", args=[written.pk])
        seen = client.get(url).context["seen"]
        cases.withdraw(case=again(written), reason="误点", by=head)
        cases.reopen_withdrawn(case=again(written), reason="误点", by=head)
    with clock.pinned(DAY + timedelta(days=3)):
        cases.draft_order(case=again(written), by=case_officer)
        assert again(written).seen_as() != seen
        sent = {"statement": "on", "password": PASSWORD, "seen": seen}
        assert log_in(second_officer).post(url, sent).status_code == 422
        assert log_in(outsider).post(url, sent).status_code == 404
    assert not again(written).signatures.exists()


def test_an_order_and_the_next_are_not_seen_as_the_same(issued, case_officer):
    before = issued.seen_as()
    with clock.pinned(DAY):
        cases.order_was_revoked(case=issued, reason="文书有误")
        RectificationCase.objects.filter(pk=issued.pk).update(version=issued.version)
        drafted_order(again(issued), case_officer)
    assert again(issued).seen_as() != before


def test_signatures_under_a_withdrawn_order_do_not_count_for_the_next(signed, case_officer, head):
    with clock.pinned(DAY):
        cases.withdraw(case=signed, reason="误点", by=head)
        cases.reopen_withdrawn(case=again(signed), reason="误点", by=head)
        drafted_order(again(signed), case_officer)
        assert again(signed).current_signatures() == []
        with pytest.raises(RuleBroken, match="签字"):
            cases.submit(case=again(signed), by=case_officer)


def test_signatures_under_a_revoked_order_do_not_count_for_the_next(issued, case_officer):
    with clock.pinned(DAY):
        cases.order_was_revoked(case=issued, reason="文书有误")
        drafted_order(again(issued), case_officer)
    assert again(issued).current_signatures() == []


def test_a_case_is_not_withdrawn_beside_its_order_in_force(served, inspector, case_officer, head):
    case = reinspect(served, inspector, case_officer, done=False, on=AFTER_THE_END)
    with clock.pinned(AFTER_THE_END):
        cases.order_again(case=case, reason="未改正", by=case_officer)
        with pytest.raises(RuleBroken, match=served.order.number):
            cases.withdraw(case=again(case), reason="误点", by=head)
    assert again(case).stage == Stage.INVESTIGATING


def test_a_case_is_not_withdrawn_beside_an_open_draft(written, case_officer, head):
    with clock.pinned(DAY):
        draft = notices.draft(kind="notice", docket=written.docket, by=case_officer)
        with pytest.raises(RuleBroken, match="草稿"):
            cases.withdraw(case=written, reason="误点", by=head)
        notices.withdraw(notice=draft, reason="不再需要", by=case_officer)
        assert cases.withdraw(case=again(written), reason="误点", by=head).stage == Stage.WITHDRAWN


def test_a_reopened_case_lets_the_party_keep_its_time(served, inspector, case_officer, head):
    case = reinspect(served, inspector, case_officer, done=True, on=date(2026, 9, 10))
    close(case, officer=case_officer, head=head, on=date(2026, 9, 11))
    with clock.pinned(date(2026, 9, 14)):
        case = cases.reopen(case=again(case), reason="举报未改", by=head)
    case = reinspect(again(case), inspector, case_officer, done=False, on=date(2026, 9, 15))
    with clock.pinned(date(2026, 9, 15)):
        assert CASE.refusals(case, "order_again", case_officer)
        case = cases.continue_rectification(case=case, by=case_officer)
    assert case.docket.deadlines.open().get(kind=cases.PERIOD).due_on == date(2026, 10, 8)


def test_an_order_to_rectify_at_once_leaves_no_period(
    written, case_officer, second_officer, legal_reviewer, head, inspector
):
    with clock.pinned(DAY):
        cases.edit(
            case=written, facts="私设暗管", requirements="立即停止违法排放", rectification_days=0, policy_source=None,
            expected_version=written.version, by=case_officer,
        )  # fmt: skip
        order = drafted_order(again(written), case_officer)
        assert order.content["requirements"] == [{"within": "立即", "text": "停止违法排放"}]
    case = served_with(written, {}, officer=case_officer, colleague=second_officer, reviewer=legal_reviewer, head=head)
    assert not case.docket.deadlines.filter(kind=cases.PERIOD).exists()
    case = reinspect(case, inspector, case_officer, done=False, on=date(2026, 9, 4))
    html = case.last_reinspection().record.html
    assert "立即停止违法排放" in html
    assert "未按要求完成改正" in html
    with clock.pinned(date(2026, 9, 4)):
        assert cases.order_again(case=case, reason="拒不改正", by=case_officer).stage == Stage.INVESTIGATING


def test_an_order_that_demands_something_else_does_not_go_to_the_reviewer(signed, case_officer):
    with clock.pinned(DAY):
        other = {"requirements": [{"within": "30日内", "text": "拆除暗管"}]}
        notices.edit(
            notice=signed.order, content=signed.order.content | other, version=signed.order.version, by=case_officer
        )
        with pytest.raises(RuleBroken, match=r"恢复废水处理设施正常运行.*拆除暗管"):
            cases.submit(case=again(signed), by=case_officer)


def test_the_record_says_that_the_period_still_runs(served, inspector, case_officer):
    html = reinspect(served, inspector, case_officer, done=False).last_reinspection().record.html
    assert "30日内恢复废水处理设施正常运行" in html
    assert "复查时尚未改正完毕，改正期限未满。" in html


def test_the_record_says_that_the_period_is_over(served, inspector, case_officer):
    html = reinspect(served, inspector, case_officer, done=False, on=AFTER_THE_END).last_reinspection().record.html
    assert "未按要求完成改正。" in html


def test_the_record_blames_nobody_while_the_clock_stands_still(served, inspector, case_officer, head):
    from casework import deadlines

    with clock.pinned(date(2026, 9, 20)):
        deadlines.pause(
            deadline=served.docket.deadlines.get(kind=cases.PERIOD), reason_code="suspension", reason="停供",
            document="审批表", from_on=date(2026, 9, 20), by=head,
        )  # fmt: skip
    html = reinspect(served, inspector, case_officer, done=False, on=AFTER_THE_END).last_reinspection().record.html
    assert "复查时尚未改正完毕，改正期限未满。" in html


def test_a_corrected_record_does_not_bar_the_next_look(served, inspector, case_officer):
    case = reinspect(served, inspector, case_officer, done=False, on=date(2026, 9, 28))
    team = [inspector, case_officer]
    with clock.pinned(date(2026, 9, 28)):
        cases.record_reinspection(
            case=case, inspected_on=date(2026, 9, 20), inspectors=team, visit=VISIT, is_done=False, findings="未改正", by=inspector,
            correction="日期录错",
        )  # fmt: skip
        refuse(case.docket.site_records.get(corrected_by=None, kind="reinspection_record"), inspector)
        cases.continue_rectification(case=again(case), by=case_officer)
        case = cases.call_reinspection(case=again(case), inspectors=team, by=inspector)
        cases.record_reinspection(
            case=case,
            inspected_on=date(2026, 9, 25),
            inspectors=team,
            visit=VISIT,
            is_done=True,
            findings="已改正",
            by=inspector,
        )
    assert again(case).last_reinspection().inspected_on == date(2026, 9, 25)


def test_every_inspector_of_a_look_is_certified_on_that_day(served, inspector, case_officer, second_officer):
    second_officer.certificate_expires_on = date(2026, 9, 10)
    second_officer.save()
    with pytest.raises(RuleBroken, match=second_officer.name):
        reinspect(served, inspector, case_officer, second_officer, done=True)
