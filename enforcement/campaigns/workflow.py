"""A campaign of special rectification (专项整治行动), and a task of a member department in it (任务交办).

方案 → 部署 → 自查 → 检查 → 整治 → 验收 → 总结, as the policy documents order and authorities practise it. A campaign decides
nothing about a party: inspections, leads and cases go their own way and are counted.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.steps import step
from casework.workflow import Workflow
from enforcement.campaigns import guards, task_guards
from enforcement.campaigns.subjects import ORDERED

LEAD, APPROVE, WORK, CARRY_OUT = (
    "campaigns.lead_campaign",
    "campaigns.approve_campaign",
    "campaigns.work_on_campaign",
    "campaigns.carry_out_task",
)


class Stage(TextChoices):
    PLANNING = "planning", _("Plan being written")
    APPROVAL = "approval", _("Plan to be approved")
    DEPLOYED = "deployed", _("Deployed")
    SELF_CHECK = "self_check", _("Self-check by enterprises")
    INSPECTING = "inspecting", _("Inspections under way")
    RECTIFYING = "rectifying", _("Rectification under way")
    ACCEPTANCE = "acceptance", _("Acceptance")
    SUMMARY = "summary", _("Summary")
    ENDED = "ended", _("Campaign ended")
    STOPPED = "stopped", _("Campaign stopped")


RUNNING = (
    Stage.DEPLOYED,
    Stage.SELF_CHECK,
    Stage.INSPECTING,
    Stage.RECTIFYING,
    Stage.ACCEPTANCE,
    Stage.SUMMARY,
)

CAMPAIGN = Workflow(
    step(
        "submit_plan",
        _("Submit the plan for approval"),
        sources=[Stage.PLANNING],
        target=Stage.APPROVAL,
        permission=LEAD,
        basis=ORDERED,
        guards=[guards.plan_is_written, guards.members_have_duties, guards.targets_are_chosen],
        is_primary=True,
    ),
    step(
        "return_plan",
        _("Return the plan"),
        sources=[Stage.APPROVAL],
        target=Stage.PLANNING,
        permission=APPROVE,
        basis=ORDERED,
        needs_reason=True,
    ),
    step(
        "deploy",
        _("Approve the plan and deploy the campaign"),
        sources=[Stage.APPROVAL],
        target=Stage.DEPLOYED,
        permission=APPROVE,
        basis=ORDERED,
        guards=[guards.plan_is_written, guards.period_is_not_over],
        personal_guards=[guards.who_wrote_the_plan_does_not_approve_it],
        is_primary=True,
    ),
    step(
        "start_self_check",
        _("Begin the self-check"),
        sources=[Stage.DEPLOYED],
        target=Stage.SELF_CHECK,
        permission=LEAD,
        basis=ORDERED,
        guards=[guards.targets_are_chosen],
        is_primary=True,
    ),
    step(
        "start_inspecting",
        _("Go on to inspections"),
        sources=[Stage.SELF_CHECK],
        target=Stage.INSPECTING,
        permission=LEAD,
        basis=ORDERED,
        guards=[guards.every_self_check_is_recorded],
        is_primary=True,
    ),
    step(
        "start_rectifying",
        _("Go on to rectification"),
        sources=[Stage.INSPECTING],
        target=Stage.RECTIFYING,
        permission=LEAD,
        basis=ORDERED,
        guards=[guards.doubtful_enterprises_are_inspected],
        is_primary=True,
    ),
    step(
        "start_acceptance",
        _("Go on to acceptance"),
        sources=[Stage.RECTIFYING],
        target=Stage.ACCEPTANCE,
        permission=LEAD,
        basis=ORDERED,
        guards=[guards.tasks_are_dealt_with],
        is_primary=True,
    ),
    step(
        "accept",
        _("Record the acceptance"),
        sources=[Stage.ACCEPTANCE],
        target=Stage.SUMMARY,
        permission=APPROVE,
        basis=ORDERED,
        guards=[guards.tasks_are_dealt_with],
        is_primary=True,
    ),
    step(
        "refuse_acceptance",
        _("Send back to rectification"),
        sources=[Stage.ACCEPTANCE],
        target=Stage.RECTIFYING,
        permission=APPROVE,
        basis=ORDERED,
        needs_reason=True,
    ),
    step(
        "end",
        _("End the campaign with its summary"),
        sources=[Stage.SUMMARY],
        target=Stage.ENDED,
        permission=LEAD,
        basis=ORDERED,
        guards=[guards.tasks_are_dealt_with],
        is_primary=True,
    ),
    step(
        "stop",
        _("Stop the campaign"),
        sources=[Stage.PLANNING, Stage.APPROVAL, *RUNNING],
        target=Stage.STOPPED,
        permission=APPROVE,
        basis=ORDERED,
        guards=[guards.tasks_are_dealt_with],
        needs_reason=True,
    ),
    step(
        "reopen",
        _("Reopen the campaign"),
        sources=[Stage.ENDED],
        target=Stage.SUMMARY,
        permission=APPROVE,
        basis=ORDERED,
        needs_reason=True,
    ),
    initial=Stage.PLANNING,
    stages=Stage,
    verb_prefix="campaigns",
    final=[Stage.ENDED, Stage.STOPPED],
)


class TaskStage(TextChoices):
    ASSIGNED = "assigned", _("To be accepted")
    UNDER_WAY = "under_way", _("Being carried out")
    DECLINED = "declined", _("Declined")
    REPORTED = "reported", _("Result reported")
    RETURNED = "returned", _("Report returned")
    DONE = "done", _("Task done")
    WITHDRAWN = "withdrawn", _("Task withdrawn")


TASK = Workflow(
    step(
        "accept_task",
        _("Accept the task"),
        sources=[TaskStage.ASSIGNED],
        target=TaskStage.UNDER_WAY,
        permission=CARRY_OUT,
        basis=ORDERED,
        personal_guards=[task_guards.the_department_it_was_given_to_answers],
        is_primary=True,
    ),
    step(
        "decline_task",
        _("Decline the task"),
        sources=[TaskStage.ASSIGNED],
        target=TaskStage.DECLINED,
        permission=CARRY_OUT,
        basis=ORDERED,
        personal_guards=[task_guards.the_department_it_was_given_to_answers],
        needs_reason=True,
    ),
    step(
        "report_task",
        _("Report the result"),
        sources=[TaskStage.UNDER_WAY, TaskStage.RETURNED],
        target=TaskStage.REPORTED,
        permission=CARRY_OUT,
        basis=ORDERED,
        personal_guards=[task_guards.the_department_it_was_given_to_answers],
        is_primary=True,
    ),
    step(
        "accept_report",
        _("Accept the report"),
        sources=[TaskStage.REPORTED],
        target=TaskStage.DONE,
        permission=LEAD,
        basis=ORDERED,
        personal_guards=[task_guards.the_lead_department_decides, task_guards.who_reported_does_not_accept],
        is_primary=True,
    ),
    step(
        "return_report",
        _("Return the report"),
        sources=[TaskStage.REPORTED],
        target=TaskStage.RETURNED,
        permission=LEAD,
        basis=ORDERED,
        personal_guards=[task_guards.the_lead_department_decides],
        needs_reason=True,
    ),
    step(
        "assign_again",
        _("Assign the task again"),
        sources=[TaskStage.DECLINED],
        target=TaskStage.ASSIGNED,
        permission=LEAD,
        basis=ORDERED,
        personal_guards=[task_guards.the_lead_department_decides],
        needs_reason=True,
        is_primary=True,
    ),
    step(
        "withdraw_task",
        _("Withdraw the task"),
        sources=[
            TaskStage.ASSIGNED,
            TaskStage.UNDER_WAY,
            TaskStage.DECLINED,
            TaskStage.REPORTED,
            TaskStage.RETURNED,
        ],
        target=TaskStage.WITHDRAWN,
        permission=LEAD,
        basis=ORDERED,
        personal_guards=[task_guards.the_lead_department_decides],
        needs_reason=True,
    ),
    initial=TaskStage.ASSIGNED,
    stages=TaskStage,
    verb_prefix="campaigns",
    final=[TaskStage.DONE, TaskStage.WITHDRAWN],
)
