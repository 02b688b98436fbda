"""The steps of a campaign and of its tasks."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonForm
from casework.views import steps
from casework.views.steps import Door
from enforcement.campaigns import services
from enforcement.campaigns.docket_kind import facts
from enforcement.campaigns.forms import AcceptanceForm, ReportForm, SummaryForm
from enforcement.campaigns.models import Campaign, Task
from enforcement.campaigns.workflow import CAMPAIGN, TASK


def _plain(verb: str, lead: object = "") -> Door:
    return Door(lambda row, by, _fields: getattr(services, verb)(campaign=row, by=by), lead=lead)  # type: ignore[arg-type]


def _with_reason(verb: str, lead: object = "", tone: str = "primary") -> Door:
    return Door(
        lambda row, by, fields: getattr(services, verb)(campaign=row, by=by, reason=fields["reason"]),
        ReasonForm,
        lead=lead,  # type: ignore[arg-type]
        tone=tone,
    )


DOORS: dict[str, Door] = {
    "submit_plan": _plain("submit_plan", _("Whoever decides on the plan is told.")),
    "return_plan": _with_reason("return_plan"),
    "deploy": Door(
        lambda campaign, by, _fields: services.deploy(campaign=campaign, by=by),
        lead=_("The officers of the member departments see the campaign from now on."),
        seen=Campaign.seen_as,
        shows=lambda campaign, viewer: steps.Basis(facts(campaign.docket, viewer)),
    ),
    "start_self_check": _plain("start_self_check", _("The enterprises have until the day of the plan.")),
    "start_inspecting": _plain("start_inspecting"),
    "start_rectifying": _plain("start_rectifying"),
    "start_acceptance": _plain("start_acceptance"),
    "accept": Door(
        lambda campaign, by, fields: services.accept(campaign=campaign, by=by, acceptance=fields["acceptance"]),
        AcceptanceForm,
    ),
    "refuse_acceptance": _with_reason("refuse_acceptance"),
    "end": Door(
        lambda campaign, by, fields: services.end(campaign=campaign, by=by, summary=fields["summary"]),
        SummaryForm,
        lead=_("The campaign is closed. Leads and cases that came of it go on by themselves."),
    ),
    "stop": _with_reason("stop", _("The campaign ends here and stays on record with the reason."), "danger"),
    "reopen": _with_reason("reopen"),
}


def _task(verb: str, lead: object = "") -> Door:
    return Door(lambda row, by, _fields: getattr(services, verb)(task=row, by=by), lead=lead)  # type: ignore[arg-type]


def _task_with_reason(verb: str, lead: object = "", tone: str = "primary") -> Door:
    return Door(
        lambda row, by, fields: getattr(services, verb)(task=row, by=by, reason=fields["reason"]),
        ReasonForm,
        lead=lead,  # type: ignore[arg-type]
        tone=tone,
    )


TASK_DOORS: dict[str, Door] = {
    "accept_task": _task("accept_task", _("Your department carries the task out until its day.")),
    "decline_task": _task_with_reason("decline_task", _("Whoever assigned the task decides what follows.")),
    "report_task": Door(
        lambda task, by, fields: services.report_task(task=task, by=by, report=fields["report"]), ReportForm
    ),
    "accept_report": Door(
        lambda task, by, _fields: services.accept_report(task=task, by=by),
        lead=_("The task is done and closed."),
        seen=lambda task: task.report,
        shows=lambda task, _viewer: steps.Basis(
            [(_now("Content of the task"), task.text), (_now("Result"), task.report)]
        ),
    ),
    "return_report": _task_with_reason("return_report", _("The period of the task runs on.")),
    "assign_again": _task_with_reason("assign_again"),
    "withdraw_task": _task_with_reason("withdraw_task", tone="danger"),
}

take_step = steps.doorway(Campaign, CAMPAIGN, DOORS)
take_task_step = steps.doorway(Task, TASK, TASK_DOORS)
