"""How casework shows a campaign and its tasks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import course, powers
from casework.kinds import Action, DocketKind
from casework.models import Docket
from enforcement.campaigns.models import Campaign
from enforcement.campaigns.services.planning import CHANGING
from enforcement.campaigns.subjects import ORDERED_BY
from enforcement.campaigns.workflow import (
    APPROVE,
    CAMPAIGN,
    CARRY_OUT,
    LEAD,
    RUNNING,
    TASK,
    WORK,
    Stage,
    TaskStage,
)

LEADS = {"accept_report", "return_report", "assign_again", "withdraw_task"}  # steps of whoever leads the campaign


def _to(name: str, label: Any, row: Any, **more: Any) -> Action:
    return Action(str(label), reverse(f"campaigns:{name}", args=[row.pk]), **more)


def actions(docket: Docket, viewer: Any) -> list[Action]:
    campaign = docket.campaign
    found = [*_leading(campaign, viewer), *_working(campaign, viewer)]
    for step, reasons in CAMPAIGN.steps_at(campaign, viewer):
        url = reverse("campaigns:take_step", args=[campaign.pk, step.name])
        found.append(Action(str(step.label), url, is_primary=step.is_primary and not reasons, reasons=tuple(reasons)))
    if campaign.stage in {*RUNNING, *CAMPAIGN.final}:
        found.append(_to("progress", _("Progress and report"), campaign))
    if campaign.stage == Stage.APPROVAL and not powers.concerns(viewer, APPROVE, docket):
        found.append(Action(_("Decide on the plan"), "", waits_for=_("the department head")))
    return found


def _leading(campaign: Campaign, viewer: Any) -> list[Action]:
    if not powers.may(viewer, LEAD, campaign.docket):
        return []
    found = []
    if campaign.stage in CHANGING:
        missing = campaign.stage == Stage.PLANNING
        found += [
            _to("add_targets", _("Choose enterprises"), campaign, is_primary=missing and not campaign.targets.exists()),
            _to("add_member", _("Name a member department"), campaign),
        ]
    if campaign.stage in RUNNING:
        found.append(_to("assign", _("Assign a task"), campaign))
    if campaign.stage in {Stage.PLANNING, *RUNNING}:
        found.append(_to("edit_plan", _("Change the plan"), campaign, hotkey="e"))
    return found


def _working(campaign: Campaign, viewer: Any) -> list[Action]:
    if campaign.stage not in RUNNING or not powers.may(viewer, WORK, campaign.docket):
        return []
    return [_to("add_matters", _("Add inspections, leads and cases"), campaign)]


def facts(docket: Docket, viewer: Any) -> list[tuple[str, Any]]:
    campaign = docket.campaign
    rows = [
        (_("Subject of the campaign"), campaign.get_subject_display()),
        (_("Policy source"), str(campaign.policy_source)),
        (_("Ordered by"), ORDERED_BY[campaign.subject]),
        (_("Led by"), docket.department.name),
        (_("Period of the campaign"), _("%(from)s to %(to)s") % {"from": campaign.starts_on, "to": campaign.ends_on}),
        (_("Self-check due on"), campaign.self_check_due_on.isoformat()),
        (_("Aims"), campaign.aims),
        (_("Scope"), campaign.scope),
        (_("Steps and times"), campaign.steps),
        (_("Requirements"), campaign.requirements),
    ]
    if campaign.acceptance:
        rows.append((_("Opinion of acceptance"), campaign.acceptance))
    if campaign.summary:
        rows.append((_("Summary"), campaign.summary))
    if campaign.stage == Stage.STOPPED:
        rows.insert(0, (_("Why it was stopped"), course.last_reason(docket)))
    return rows


def result(docket: Docket) -> str:
    return str(Stage(docket.stage).label)


KIND = DocketKind(
    code="campaign",
    label=gettext_lazy("Campaign of special rectification"),
    stages=Stage,
    workflow=CAMPAIGN,
    series="专",
    subject_of=lambda docket: docket.campaign,
    actions=actions,
    facts=facts,
    steps_shown=(
        Stage.PLANNING,
        Stage.DEPLOYED,
        Stage.SELF_CHECK,
        Stage.INSPECTING,
        Stage.RECTIFYING,
        Stage.ACCEPTANCE,
        Stage.SUMMARY,
        Stage.ENDED,
    ),
    tones={
        Stage.PLANNING: "grey",
        Stage.APPROVAL: "purple",
        Stage.ACCEPTANCE: "purple",
        Stage.ENDED: "green",
        Stage.STOPPED: "grey",
    },
    awaiting={
        Stage.PLANNING: LEAD,
        Stage.APPROVAL: APPROVE,
        Stage.DEPLOYED: LEAD,
        Stage.SELF_CHECK: WORK,
        Stage.INSPECTING: LEAD,
        Stage.RECTIFYING: LEAD,
        Stage.ACCEPTANCE: APPROVE,
        Stage.SUMMARY: LEAD,
    },
    tasks={
        Stage.PLANNING: gettext_lazy("Write the plan, name the members, choose the enterprises"),
        Stage.APPROVAL: gettext_lazy("Decide on the plan"),
        Stage.SELF_CHECK: gettext_lazy("Record the self-checks"),
        Stage.INSPECTING: gettext_lazy("See to the inspections"),
        Stage.RECTIFYING: gettext_lazy("See to the rectification"),
        Stage.ACCEPTANCE: gettext_lazy("Accept the result of the campaign"),
        Stage.SUMMARY: gettext_lazy("Write the summary"),
    },
    icon="flag",
    new_url_name="campaigns:new",
    new_permission=LEAD,
)


def task_actions(docket: Docket, viewer: Any) -> list[Action]:
    task = docket.campaign_task
    leads = powers.concerns(viewer, LEAD, task.campaign.docket)
    found = []
    for step, reasons in TASK.steps_at(task, viewer):
        if step.name in LEADS and not leads:
            continue
        if step.name not in LEADS and not docket.department.is_at_or_below(viewer.department):
            continue
        url = reverse("campaigns:take_task_step", args=[task.pk, step.name])
        found.append(Action(str(step.label), url, is_primary=step.is_primary and not reasons, reasons=tuple(reasons)))
    if not found and task.stage in {TaskStage.REPORTED, TaskStage.DECLINED}:
        found.append(Action(_("Decide on the report"), "", waits_for=_("whoever leads the campaign")))
    elif not found and task.stage not in TASK.final:
        found.append(Action(_("Carry out the task"), "", waits_for=docket.department.short_name))
    return found


def task_facts(docket: Docket, viewer: Any) -> list[tuple[str, Any]]:
    task = docket.campaign_task
    rows = [
        (_("Campaign"), f"{task.campaign.name}（{task.campaign}）"),
        (_("Policy source"), ORDERED_BY[task.campaign.subject]),
        (_("Content of the task"), task.text),
        (_("Task due on"), task.due_on.isoformat()),
        (_("Assigned by"), f"{task.assigned_by.department} {task.assigned_by.name}"),
    ]
    if task.report:
        rows.append((_("Result"), task.report))
    if task.stage in {TaskStage.DECLINED, TaskStage.RETURNED, TaskStage.WITHDRAWN}:
        rows.insert(0, (_("Reason"), course.last_reason(docket)))
    return rows


TASK_KIND = DocketKind(
    code="campaign_task",
    label=gettext_lazy("Task of a campaign"),
    stages=TaskStage,
    workflow=TASK,
    series="协",
    subject_of=lambda docket: docket.campaign_task,
    actions=task_actions,
    facts=task_facts,
    steps_shown=(TaskStage.ASSIGNED, TaskStage.UNDER_WAY, TaskStage.REPORTED, TaskStage.DONE),
    tones={
        TaskStage.ASSIGNED: "amber",
        TaskStage.DECLINED: "red",
        TaskStage.REPORTED: "purple",
        TaskStage.RETURNED: "amber",
        TaskStage.DONE: "green",
        TaskStage.WITHDRAWN: "grey",
    },
    awaiting={TaskStage.ASSIGNED: CARRY_OUT, TaskStage.UNDER_WAY: CARRY_OUT, TaskStage.RETURNED: CARRY_OUT},
    tasks={
        TaskStage.ASSIGNED: gettext_lazy("Accept or decline the task"),
        TaskStage.UNDER_WAY: gettext_lazy("Carry out the task and report"),
        TaskStage.RETURNED: gettext_lazy("Complete the report"),
    },
    icon="flag",
)
