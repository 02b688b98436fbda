"""Verbs on the tasks of a campaign: assign, accept or decline, report, accept or return the report, withdraw."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import deadlines, powers, turns
from casework import services as dockets
from casework.models import Unit
from core import clock
from core.errors import Fault, RuleBroken, refuse_all
from core.labels import Label, stored
from enforcement.campaigns.deadlines import ASSIGNED
from enforcement.campaigns.deadlines import TASK as PERIOD
from enforcement.campaigns.models import Campaign, Task
from enforcement.campaigns.services.leading import show_to
from enforcement.campaigns.subjects import ORDERED_BY
from enforcement.campaigns.workflow import LEAD, RUNNING, TASK, TaskStage
from organisation.models import Department, Officer
from trail.recording import SYSTEM

NO_LONGER = _lazy("The task was withdrawn")


@powers.under(LEAD, of="campaign")
@transaction.atomic
def assign(
    *, campaign: Campaign, department: Department, text: str, due_on: date, by: Officer, officer: Officer | None = None
) -> Task:
    """Give a department of the campaign a task with its day; it becomes a matter of that department, which sees the campaign.

    `officer`: who is to carry it out there, where that is known.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.stage not in RUNNING:
        raise RuleBroken(_("Tasks are assigned once the campaign is deployed and while it runs."))
    refuse_all(_faults(locked, department, text, due_on, officer))
    docket = dockets.open_docket(
        kind="campaign_task",
        title=_title(locked, text),
        by=by,
        department=department,
        region=department.region,
        officer=officer,
        co_officers=(by,),
    )
    task = Task.objects.create(
        docket=docket, campaign=locked, stage=TaskStage.ASSIGNED, text=text.strip(), due_on=due_on, assigned_by=by
    )
    trail.record(
        "campaigns.assign",
        task,
        by=by,
        docket=docket,
        basis=ORDERED_BY[locked.subject],
        department=department.name,
        due_on=due_on,
        campaign=str(locked),
    )
    _start(task, by)
    if officer is None:  # whoever of that department may carry it out hears of it
        turns.tell(docket, by)
    show_to(locked.docket, [department], by=by)
    return task


def _title(campaign: Campaign, text: str) -> str:
    first = text.strip().splitlines()[0]
    return f"{campaign.name}：{first}"[:200]


def _faults(
    campaign: Campaign, department: Department, text: str, due_on: date, officer: Officer | None
) -> list[Fault]:
    found: list[Fault] = []
    is_member = department == campaign.docket.department or campaign.members.filter(department=department).exists()
    if not is_member:
        found.append(("department", _("%(department)s is no member of the campaign.") % {"department": department}))
    if not department.acts_as.brand:
        words = _("%(department)s has no characters for document numbers yet.")
        found.append(("department", words % {"department": department.acts_as}))
    if not text.strip():
        found.append(("text", _("Say what is to be done.")))
    if due_on <= clock.today():
        found.append(("due_on", _("The task is due after today.")))
    elif due_on > campaign.ends_on:
        found.append(("due_on", _("The campaign ends on %(on)s: the task is due before.") % {"on": campaign.ends_on}))
    if officer is not None and officer.department != department:
        found.append(("officer", _("%(officer)s does not belong to that department.") % {"officer": officer.name}))
    return found


def _start(task: Task, by: Officer) -> None:
    deadlines.start(
        docket=task.docket,
        kind=PERIOD,
        on=clock.today(),
        length=(task.due_on - clock.today()).days,
        unit=Unit.CALENDAR_DAY,
        by=by,
        reason_event=stored(ASSIGNED),
    )


@transaction.atomic
def accept_task(*, task: Task, by: Officer) -> Task:
    """签收."""
    return TASK.advance(task, "accept_task", by=by)


@transaction.atomic
def decline_task(*, task: Task, reason: str, by: Officer) -> Task:
    """拒收, with the reason: whoever assigned it decides what follows."""
    done = TASK.advance(task, "decline_task", by=by, reason=reason)
    _tell(done, _lazy("Decide on the task that was declined"), by)
    return done


@transaction.atomic
def report_task(*, task: Task, report: str, by: Officer) -> Task:
    """反馈: what was done. The period of the task is met when the report is accepted."""
    if not report.strip():
        raise RuleBroken(_("Write what was done and found."), field="report")
    done = TASK.advance(
        task, "report_task", by=by, sets={"report": report.strip(), "reported_by": by}, report=report.strip()
    )
    _tell(done, _lazy("Decide on the report"), by)
    return done


@transaction.atomic
def accept_report(*, task: Task, by: Officer) -> Task:
    """认可: the task is done and its matter closed."""
    done = TASK.advance(task, "accept_report", by=by)
    for period in done.docket.deadlines.open().filter(kind=PERIOD):
        deadlines.meet(deadline=period, on=clock.today(), by=by)
    dockets.close_docket(done.docket, by=by)
    return done


@transaction.atomic
def return_report(*, task: Task, reason: str, by: Officer) -> Task:
    """退回: what is missing; the period runs on."""
    return TASK.advance(task, "return_report", by=by, reason=reason)


@transaction.atomic
def assign_again(*, task: Task, reason: str, by: Officer) -> Task:
    """The reason for declining does not hold: the same department, the same day."""
    return TASK.advance(task, "assign_again", by=by, reason=reason)


@transaction.atomic
def withdraw_task(*, task: Task, reason: str, by: Officer) -> Task:
    """The task is no longer needed, or goes to another department."""
    done = TASK.advance(task, "withdraw_task", by=by, reason=reason)
    for period in done.docket.deadlines.open().filter(kind=PERIOD):
        deadlines.cancel(deadline=period, reason=stored(NO_LONGER), by=SYSTEM)
    dockets.close_docket(done.docket, by=by)
    return done


def _tell(task: Task, what: Label, by: Officer) -> None:
    """Who assigned the task, and who leads the campaign."""
    leader = task.campaign.docket.officer
    officers = [task.assigned_by, *([leader] if leader else [])]
    turns.tell_task(task.docket, officers, what, kind=turns.MESSAGE, by=by)
