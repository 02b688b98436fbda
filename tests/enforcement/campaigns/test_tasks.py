"""A task of a campaign: assigned, accepted or declined, reported, accepted or returned."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Docket, InboxMessage
from core import clock
from core.errors import RuleBroken
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.models import Task
from enforcement.campaigns.workflow import TaskStage
from organisation import roles
from tests import factories
from tests.plugins.matters import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def chief(miit, synced_roles):
    """The head of the member department."""
    return factories.make_officer(roles.DEPARTMENT_HEAD, department=miit, name="主测试", username="zhuren")


def assign(campaign, by, **changes):
    given = {
        "department": campaign.members.get().department,
        "text": "追查矿产品来源。",
        "due_on": DAY + timedelta(days=9),
    }
    return campaigns.assign(campaign=campaign, by=by, **(given | changes))


class TestATask:
    def test_is_a_matter_of_the_member_department_with_its_day_and_its_officers_hear_of_it(self, task, miit, liaison):
        assert task.docket.department == miit
        assert task.docket.number == "常工信协〔2026〕1号"
        period = task.docket.deadlines.get()
        assert (period.kind, period.started_on, period.length) == ("campaigns.task", DAY, 30)
        assert InboxMessage.objects.filter(recipient=liaison, docket=task.docket).exists()

    def test_lets_the_department_see_the_campaign(self, deployed, task, liaison):
        assert Docket.objects.visible_to(liaison).filter(pk__in=[task.docket_id, deployed.docket_id]).count() == 2

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"text": " "}, "text"),
            ({"due_on": DAY}, "due_on"),
            ({"due_on": DAY + timedelta(days=121)}, "due_on"),
        ],
    )
    def test_without_content_or_a_day_within_the_campaign_is_refused(self, deployed, head, changes, field):
        with pytest.raises(RuleBroken) as refused:
            assign(deployed, head, **changes)
        assert refused.value.field == field

    def test_goes_only_to_members_of_the_campaign(self, deployed, head, outsider):
        with pytest.raises(RuleBroken, match="不是本次行动的成员单位"):
            assign(deployed, head, department=outsider.department)

    def test_is_not_assigned_before_the_campaign_is_deployed(self, planned, head):
        with pytest.raises(RuleBroken, match="行动部署后"):
            assign(planned, head)

    def test_names_only_an_officer_of_that_department(self, deployed, head, liaison, case_officer):
        assert assign(deployed, head, officer=liaison).docket.officer == liaison
        with pytest.raises(RuleBroken) as refused:
            assign(deployed, head, officer=case_officer)
        assert refused.value.field == "officer"

    def test_is_assigned_in_the_browser_once(self, deployed, head, case_officer, outsider, log_in):
        url = f"/campaigns/{deployed.pk}/tasks/new/"
        client = log_in(head)
        once = client.get(url).content.decode().split('name="_once" value="')[1].split('"')[0]
        words = {
            "department": deployed.members.get().department_id, "officer": "", "text": "核查", "due_on": "2026-09-20",
            "_once": once,
        }  # fmt: skip
        assert log_in(outsider).post(url, words).status_code == 404
        assert log_in(case_officer).post(url, words).status_code == 403
        for _time in range(2):
            assert client.post(url, words).status_code == 302
        assert Task.objects.count() == 1


class TestTheDepartment:
    def test_accepts_reports_and_the_lead_department_accepts_the_report(self, task, liaison, head):
        campaigns.accept_task(task=task, by=liaison)
        with pytest.raises(RuleBroken) as refused:
            campaigns.report_task(task=task, report=" ", by=liaison)
        assert refused.value.field == "report"
        campaigns.report_task(task=task, report="未发现超计划生产。", by=liaison)
        assert InboxMessage.objects.filter(recipient=head, docket=task.docket).exists()
        done = campaigns.accept_report(task=task, by=head)
        assert (done.stage, done.docket.closed_on) == (TaskStage.DONE, DAY)
        assert done.docket.deadlines.get().met_on == DAY

    def test_declines_with_a_reason_and_gets_it_again(self, task, liaison, head):
        with pytest.raises(RuleBroken) as refused:
            campaigns.decline_task(task=task, reason="", by=liaison)
        assert refused.value.field == "reason"
        campaigns.decline_task(task=task, reason="不属于本机关职责", by=liaison)
        with pytest.raises(RuleBroken):
            campaigns.accept_task(task=task, by=liaison)
        again = campaigns.assign_again(task=task, reason="属于方案明确的职责", by=head)
        assert again.stage == TaskStage.ASSIGNED

    def test_completes_a_report_that_was_returned_and_its_period_runs_on(self, task, liaison, head):
        campaigns.accept_task(task=task, by=liaison)
        campaigns.report_task(task=task, report="已核查。", by=liaison)
        campaigns.return_report(task=task, reason="缺少数据", by=head)
        assert task.docket.deadlines.get().met_on is None
        assert campaigns.report_task(task=task, report="产量未超计划。", by=liaison).report == "产量未超计划。"

    def test_does_not_accept_its_own_report(self, task, liaison, chief):
        campaigns.accept_task(task=task, by=liaison)
        campaigns.report_task(task=task, report="已核查。", by=liaison)
        with pytest.raises(RuleBroken, match="由牵头单位审核"):
            campaigns.accept_report(task=task, by=chief)

    def test_is_the_one_that_accepts_the_task(self, task, case_officer, outsider):
        for officer in (case_officer, outsider):
            with pytest.raises(PermissionDenied):
                campaigns.accept_task(task=task, by=officer)

    def test_finds_the_task_on_its_page_with_what_to_do_next(self, task, liaison, outsider, log_in):
        page = log_in(liaison).get(task.get_absolute_url())
        labels = [row["label"] for row in page.context["tasks"]]
        assert labels == ["签收任务", "拒收任务"]
        assert log_in(outsider).get(task.get_absolute_url()).status_code == 404
        taken = log_in(liaison).post(f"/campaign-tasks/{task.pk}/step/accept_task/", {"_once": str(uuid.uuid4())})
        assert taken.status_code == 302
        task.refresh_from_db()
        assert task.stage == TaskStage.UNDER_WAY


def test_two_officers_who_accept_at_once_accept_it_once(task, liaison, miit):
    other = factories.make_officer(roles.CASE_OFFICER, department=miit, name="同测试", username="tongshi")
    campaigns.accept_task(task=task, by=liaison)
    with pytest.raises(RuleBroken, match="办理中"):
        campaigns.accept_task(task=task, by=other)


def test_a_report_changed_after_the_page_was_opened_is_read_again_before_it_is_accepted(task, liaison, head, log_in):
    campaigns.accept_task(task=task, by=liaison)
    campaigns.report_task(task=task, report="已核查。", by=liaison)
    campaigns.return_report(task=task, reason="缺少数据", by=head)
    campaigns.report_task(task=task, report="补充数据。", by=liaison)
    url = f"/campaign-tasks/{task.pk}/step/accept_report/"
    client = log_in(head)
    assert client.post(url, {"seen": "已核查。"}).status_code == 422
    assert client.post(url, {"seen": "补充数据。"}).status_code == 302


def test_a_task_withdrawn_ends_its_period_and_no_longer_holds_the_campaign_up(task, head):
    done = campaigns.withdraw_task(task=task, reason="改由其他单位承办", by=head)
    assert done.docket.closed_on == clock.today()
    assert done.docket.deadlines.get().cancelled_on == DAY
