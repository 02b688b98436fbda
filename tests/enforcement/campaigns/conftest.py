"""A campaign of Changzhou at its stages, its heads, and a member department."""

from datetime import timedelta

import pytest

from casework.models import Provision
from core import clock
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.checklist import items_of
from enforcement.campaigns.models import Campaign
from enforcement.campaigns.services.self_checks import seen_as
from organisation import roles
from tests import factories
from tests.plugins.matters import DAY
from tests.plugins.stories import story


@pytest.fixture
def on_the_day():
    """Time stands at the day on which the campaign is deployed."""
    with clock.pinned(DAY):
        yield


def plan(**changes) -> campaigns.Plan:
    given = {
        "name": "2026年稀土环境保护专项整治行动",
        "policy_source": Provision.objects.get(instrument__document_number="苏政发〔2012〕6号", article="三"),
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=120),
        "self_check_due_on": DAY + timedelta(days=20),
        "aims": "查清并消除污染防治设施运行不正常的问题。",
        "scope": "全市稀土冶炼分离企业。",
        "steps": "9月自查，10月检查，11月整治。",
        "requirements": "依法办案，按时反馈。",
    }
    return campaigns.Plan(**(given | changes))


def answers(subject: str = "environment", **changes) -> dict[str, str]:
    """Every item in order, but for `changes` (ZC_H04="no")."""
    given = {item.code: "yes" for item in items_of(subject)}
    return given | {code.replace("_", "-"): answer for code, answer in changes.items()}


def record(target, by, *, gaps="", received_on=DAY, **changed):
    return campaigns.record_self_check(
        target=target, received_on=received_on, answers=answers(**changed), gaps=gaps, seen=seen_as(target), by=by
    )


@story
def second_head(synced_roles, changzhou_epb):
    return factories.make_officer(roles.DEPARTMENT_HEAD, department=changzhou_epb, name="许测试", username="fuju")


@story
def miit(changzhou_epb):
    """The member department."""
    return factories.make_department(
        "3204-MIIT", "常州市工业和信息化局", changzhou_epb.region, changzhou_epb.parent, brand="常工信", kind="MIIT"
    )


@story
def liaison(synced_roles, miit):
    """A case officer of the member department."""
    return factories.make_officer(roles.CASE_OFFICER, department=miit, name="联测试", username="lianluo")


@story
def draft(statute_book, head) -> Campaign:
    with clock.pinned(DAY):
        return campaigns.create(subject="environment", plan=plan(), by=head)


@story
def planned(draft, miit, enterprise, head) -> Campaign:
    with clock.pinned(DAY):
        campaigns.name_member(campaign=draft, department=miit, duties="核查生产计划执行情况。", by=head)
        campaigns.put_targets(campaign=draft, enterprises=[enterprise], reason="冶炼分离企业", by=head)
        draft.refresh_from_db()
        return draft


@story
def deployed(planned, liaison, head, second_head) -> Campaign:
    with clock.pinned(DAY):
        campaigns.submit_plan(campaign=planned, by=head)
        return campaigns.deploy(campaign=planned, by=second_head)


@story
def checking(deployed, head) -> Campaign:
    with clock.pinned(DAY):
        return campaigns.start_self_check(campaign=deployed, by=head)


@story
def task(deployed, miit, head):
    with clock.pinned(DAY):
        return campaigns.assign(
            campaign=deployed, department=miit, text="核查试验企业2026年指令性计划执行情况。",
            due_on=DAY + timedelta(days=30), by=head,
        )  # fmt: skip
