"""A campaign goes from its plan to its summary; what is missing is said before each step."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.workflow import Stage
from tests.enforcement.campaigns.conftest import record
from tests.plugins.matters import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_a_plan_without_members_and_enterprises_is_not_submitted(draft, head):
    with pytest.raises(RuleBroken) as refused:
        campaigns.submit_plan(campaign=draft, by=head)
    assert refused.value.reasons == ["请确定成员单位及其职责分工。", "请选定整治对象企业。"]


def test_who_wrote_the_plan_does_not_approve_it(planned, head, second_head):
    campaigns.submit_plan(campaign=planned, by=head)
    with pytest.raises(RuleBroken, match="拟制方案的人员不得审批"):
        campaigns.deploy(campaign=planned, by=head)
    done = campaigns.deploy(campaign=planned, by=second_head)
    assert done.stage == Stage.DEPLOYED
    assert done.docket.deadlines.get().kind == "campaigns.run"


def test_neither_a_case_officer_nor_another_city_deploys_it(planned, head, case_officer, outsider):
    campaigns.submit_plan(campaign=planned, by=head)
    for officer in (case_officer, outsider):
        with pytest.raises(PermissionDenied):
            campaigns.deploy(campaign=planned, by=officer)


def test_a_plan_changed_after_the_page_was_opened_is_read_again_before_it_is_approved(
    planned, head, second_head, log_in
):
    campaigns.submit_plan(campaign=planned, by=head)
    url = f"/campaigns/{planned.pk}/step/deploy/"
    client = log_in(second_head)
    seen = client.get(url).content.decode().split('name="seen" value="')[1].split('"')[0]
    campaigns.return_plan(campaign=planned, reason="补充范围", by=second_head)
    campaigns.name_member(campaign=planned, department=planned.members.get().department, duties="另一职责。", by=head)
    campaigns.submit_plan(campaign=planned, by=head)
    assert client.post(url, {"seen": seen}).status_code == 422
    planned.refresh_from_db()
    assert planned.stage == Stage.APPROVAL


def test_once_it_is_deployed_the_officers_of_the_member_departments_see_it_and_others_do_not(
    planned, deployed, liaison, outsider, log_in
):
    assert Docket.objects.visible_to(liaison).filter(pk=deployed.docket_id).exists()
    assert log_in(liaison).get(deployed.get_absolute_url()).status_code == 200
    assert log_in(outsider).get(deployed.get_absolute_url()).status_code == 404


def test_inspections_do_not_begin_before_every_self_check_is_recorded(checking, head, case_officer):
    with pytest.raises(RuleBroken, match="尚未登记自查结果"):
        campaigns.start_inspecting(campaign=checking, by=head)
    record(checking.targets.get(), case_officer)
    done = campaigns.start_inspecting(campaign=checking, by=head)
    assert done.docket.deadlines.get(kind="campaigns.self_check").met_on == DAY


def test_an_enterprise_that_reported_gaps_is_inspected_before_rectification(checking, head, case_officer, inspection):
    record(checking.targets.get(), case_officer, gaps="废水处理设施未运行。", ZC_H04="no")
    campaigns.start_inspecting(campaign=checking, by=head)
    with pytest.raises(RuleBroken, match="尚无纳入本次行动的现场检查"):
        campaigns.start_rectifying(campaign=checking, by=head)
    campaigns.add_matters(campaign=checking, matters=[inspection.docket], by=case_officer)
    assert campaigns.start_rectifying(campaign=checking, by=head).stage == Stage.RECTIFYING


@pytest.fixture
def rectifying(checking, head, case_officer):
    record(checking.targets.get(), case_officer)
    campaigns.start_inspecting(campaign=checking, by=head)
    return campaigns.start_rectifying(campaign=checking, by=head)


def test_it_is_not_accepted_while_a_task_is_open(rectifying, task, head):
    with pytest.raises(RuleBroken, match=task.docket.number):
        campaigns.start_acceptance(campaign=rectifying, by=head)


def test_it_goes_through_acceptance_and_summary_and_is_reopened_with_a_reason(rectifying, head, second_head):
    campaigns.start_acceptance(campaign=rectifying, by=head)
    campaigns.refuse_acceptance(campaign=rectifying, reason="一家企业整改不到位", by=second_head)
    campaigns.start_acceptance(campaign=rectifying, by=head)
    with pytest.raises(RuleBroken) as refused:
        campaigns.accept(campaign=rectifying, acceptance=" ", by=second_head)
    assert refused.value.field == "acceptance"
    campaigns.accept(campaign=rectifying, acceptance="目标完成，同意通过验收。", by=second_head)
    ended = campaigns.end(campaign=rectifying, summary="共检查1家企业。", by=head)
    assert (ended.stage, ended.docket.closed_on) == (Stage.ENDED, DAY)
    assert not ended.docket.deadlines.open().exists()
    again = campaigns.reopen(campaign=ended, reason="补充数据", by=second_head)
    assert (again.stage, again.docket.closed_on) == (Stage.SUMMARY, None)


def test_it_is_stopped_with_a_reason_and_never_without(checking, head):
    with pytest.raises(RuleBroken) as refused:
        campaigns.stop(campaign=checking, reason="", by=head)
    assert refused.value.field == "reason"
    stopped = campaigns.stop(campaign=checking, reason="上级统一部署", by=head)
    assert stopped.docket.closed_on == DAY


def test_two_heads_who_approve_at_once_deploy_it_once(planned, head, second_head):
    campaigns.submit_plan(campaign=planned, by=head)
    campaigns.deploy(campaign=planned, by=second_head)
    with pytest.raises(RuleBroken):
        campaigns.deploy(campaign=planned, by=second_head)
    assert planned.docket.deadlines.count() == 1


def test_a_self_check_whose_day_has_passed_does_not_begin(deployed, head):
    with clock.pinned(DAY + timedelta(days=20)), pytest.raises(RuleBroken, match="请先修改实施方案"):
        campaigns.start_self_check(campaign=deployed, by=head)
    deployed.refresh_from_db()
    assert deployed.stage == Stage.DEPLOYED
