"""The plan of a campaign: drawn up, changed, with its members and its enterprises."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Docket, Provision
from core import clock
from core.errors import RuleBroken, Stale
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.checklist import all_items, items_of
from enforcement.campaigns.models import Campaign
from enforcement.campaigns.subjects import ORDERED_BY, Subject
from tests.enforcement.campaigns.conftest import plan
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def sent(**changes):
    given = plan()
    return {
        "subject": "environment", "name": given.name, "policy_source": given.policy_source.pk,
        "starts_on": given.starts_on, "ends_on": given.ends_on, "self_check_due_on": given.self_check_due_on,
        "aims": given.aims, "scope": given.scope, "steps": given.steps, "requirements": given.requirements, **changes,
    }  # fmt: skip


class TestACampaign:
    def test_is_numbered_in_a_series_of_its_own_and_led_by_the_department_of_whoever_opens_it(self, draft, head):
        assert draft.docket.number == "常环专〔2026〕1号"
        assert draft.docket.department == head.department
        assert Event.objects.get(verb="campaigns.create").facts["basis"] == ORDERED_BY["environment"]

    def test_is_opened_in_the_browser_once_however_often_the_button_is_pressed(self, statute_book, head, log_in):
        client = log_in(head)
        page = client.get("/campaigns/new/")
        once = page.content.decode().split('name="_once" value="')[1].split('"')[0]
        for _time in range(2):
            assert client.post("/campaigns/new/", sent(_once=once)).status_code == 302
        assert Campaign.objects.count() == 1

    def test_is_not_opened_by_a_case_officer_nor_seen_by_another_city(self, draft, case_officer, outsider, log_in):
        assert log_in(case_officer).get("/campaigns/new/").status_code == 403
        with pytest.raises(PermissionDenied):
            campaigns.create(subject="environment", plan=plan(name="另一行动"), by=case_officer)
        assert log_in(outsider).get(draft.get_absolute_url()).status_code == 404
        assert draft.name not in log_in(outsider).get("/campaigns/").content.decode()
        assert draft.name in log_in(case_officer).get("/campaigns/").content.decode()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"ends_on": DAY - timedelta(days=1)}, "ends_on"),
            ({"self_check_due_on": DAY + timedelta(days=121)}, "self_check_due_on"),
            ({"name": "  "}, "name"),
        ],
    )
    def test_with_days_that_contradict_each_other_is_refused_at_the_field(
        self, statute_book, head, log_in, changes, field
    ):
        page = log_in(head).post("/campaigns/new/", sent(**changes))
        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert not Docket.objects.filter(kind="campaign").exists()

    def test_rests_on_a_policy_document_and_not_on_a_law(self, statute_book, head):
        law = Provision.objects.filter(instrument__nature="law").first()
        with pytest.raises(RuleBroken) as refused:
            campaigns.create(subject="environment", plan=plan(policy_source=law), by=head)
        assert refused.value.field == "policy_source"

    def test_of_a_name_that_is_open_already_is_refused(self, draft, head):
        with pytest.raises(RuleBroken, match="同名") as refused:
            campaigns.create(subject="environment", plan=plan(), by=head)
        assert refused.value.field == "name"


class TestThePlan:
    def test_changed_meanwhile_is_read_again_before_it_is_changed(self, draft, head):
        campaigns.edit_plan(campaign=draft, plan=plan(aims="先改"), reason="", expected_version=draft.version, by=head)
        with pytest.raises(Stale):
            campaigns.edit_plan(
                campaign=draft, plan=plan(aims="后改"), reason="", expected_version=draft.version, by=head
            )
        draft.refresh_from_db()
        assert draft.aims == "先改"

    def test_that_is_deployed_is_changed_with_a_reason_and_its_periods_follow(self, checking, head):
        later = plan(ends_on=DAY + timedelta(days=150), self_check_due_on=DAY + timedelta(days=29))
        with pytest.raises(RuleBroken) as refused:
            campaigns.edit_plan(campaign=checking, plan=later, reason="", expected_version=checking.version, by=head)
        assert refused.value.field == "reason"
        campaigns.edit_plan(
            campaign=checking, plan=later, reason="汛期延后", expected_version=checking.version, by=head
        )
        lengths = dict(checking.docket.deadlines.values_list("kind", "length"))
        assert lengths == {"campaigns.run": 150, "campaigns.self_check": 29}
        assert checking.targets.get().due_on == later.self_check_due_on

    def test_is_changed_on_its_page(self, draft, head, outsider, log_in):
        url = f"/campaigns/{draft.pk}/plan/"
        words = sent(aims="改后的目标", version=draft.version, reason="")
        assert log_in(outsider).post(url, words).status_code == 404
        assert log_in(head).post(url, words).status_code == 302
        draft.refresh_from_db()
        assert draft.aims == "改后的目标"


class TestMembersAndEnterprises:
    def test_a_member_named_again_gets_other_duties(self, planned, miit, head):
        campaigns.name_member(campaign=planned, department=miit, duties="追查矿产品来源。", by=head)
        assert planned.members.get().duties == "追查矿产品来源。"

    def test_the_department_that_leads_is_no_member(self, draft, head):
        with pytest.raises(RuleBroken) as refused:
            campaigns.name_member(campaign=draft, department=head.department, duties="牵头", by=head)
        assert refused.value.field == "department"

    def test_a_department_with_a_task_is_not_taken_out(self, task, deployed, head):
        with pytest.raises(RuleBroken, match="请先撤回任务"):
            campaigns.remove_member(campaign=deployed, member=deployed.members.get(), reason="机构调整", by=head)

    def test_enterprises_are_chosen_from_those_the_officer_sees_and_once(self, planned, enterprise, head, outsider):
        from tests import factories

        far = factories.make_enterprise(region=outsider.department.region)
        with pytest.raises(RuleBroken) as refused:
            campaigns.put_targets(campaign=planned, enterprises=[far, enterprise], reason="重点企业", by=head)
        assert refused.value.field == "enterprises"
        assert [target.enterprise for target in planned.targets.all()] == [enterprise]

    def test_they_are_narrowed_by_region_and_chosen_in_the_browser(self, draft, enterprise, head, log_in):
        url = f"/campaigns/{draft.pk}/enterprises/"
        client = log_in(head)
        assert enterprise.name in client.get(f"{url}?region=320400").content.decode()
        assert enterprise.name not in client.get(f"{url}?kind=metals").content.decode()
        assert client.post(url, {"enterprises": [enterprise.pk], "reason": ""}).status_code == 422
        assert client.post(url, {"enterprises": [enterprise.pk], "reason": "冶炼分离企业"}).status_code == 302
        assert draft.targets.get().enterprise == enterprise

    def test_an_enterprise_is_taken_out_with_a_reason_until_its_self_check_is_recorded(self, planned, head):
        target = planned.targets.get()
        with pytest.raises(RuleBroken) as refused:
            campaigns.remove_target(campaign=planned, target=target, reason=" ", by=head)
        assert refused.value.field == "reason"
        campaigns.remove_target(campaign=planned, target=target, reason="已停产注销", by=head)
        assert not planned.targets.exists()


def test_every_subject_has_a_checklist_of_which_each_item_cites_an_obligation_of_the_policy_documents(settings):
    import csv

    with (settings.ROOT / "reference" / "policy_obligations.csv").open(encoding="utf-8-sig", newline="") as file:
        cited = {
            row["id"]: f"{row['doc']}{row['article']}".replace("(", "（").replace(")", "）")
            for row in csv.DictReader(file)
        }
    assert [item.code for item in all_items() if cited.get(item.obligation) != item.policy_source] == []
    assert all(items_of(subject) for subject in Subject)


def test_the_day_of_the_campaign_is_asked_of_the_clock(draft):
    assert draft.docket.opened_on == DAY == clock.today()
