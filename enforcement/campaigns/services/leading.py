"""Verbs that lead a campaign from stage to stage."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework import deadlines
from casework import services as dockets
from casework.models import Docket, Unit
from core import clock
from core.errors import RuleBroken
from core.labels import Label, stored
from enforcement.campaigns.deadlines import PLAN, RUN, SELF_CHECK, SENT_OUT
from enforcement.campaigns.models import Campaign
from enforcement.campaigns.workflow import CAMPAIGN
from organisation.models import Department, Officer
from organisation.selectors import handling_cases


@transaction.atomic
def submit_plan(*, campaign: Campaign, by: Officer) -> Campaign:
    """The plan is complete: whoever decides is told."""
    return CAMPAIGN.advance(campaign, "submit_plan", by=by)


@transaction.atomic
def return_plan(*, campaign: Campaign, reason: str, by: Officer) -> Campaign:
    """Back to whoever writes the plan, with the reason."""
    return CAMPAIGN.advance(campaign, "return_plan", by=by, reason=reason)


@transaction.atomic
def deploy(*, campaign: Campaign, by: Officer) -> Campaign:
    """Approve the plan. The period of the campaign runs, and the member departments see it."""
    done = CAMPAIGN.advance(campaign, "deploy", by=by)
    _run(done.docket, RUN, done.ends_on, PLAN, by)
    show_to(done.docket, [member.department for member in done.members.select_related("department")], by=by)
    return done


def show_to(docket: Docket, departments: Iterable[Department], *, by: Officer) -> None:
    """Share the campaign with the officers of these departments who handle matters, as far as they do not see it already."""
    for department in departments:
        for officer in handling_cases(Officer.objects.filter(department=department)).order_by("pk"):
            if not Docket.objects.visible_to(officer).filter(pk=docket.pk).exists():
                dockets.share(
                    docket=docket, officer=officer, reason=stored(_lazy("Member department of the campaign")), by=by
                )


def _run(docket: Docket, kind: str, until: date, event: Label, by: Officer) -> None:
    length = (until - clock.today()).days
    if length >= 1 and not docket.deadlines.open().filter(kind=kind).exists():
        deadlines.start(
            docket=docket,
            kind=kind,
            on=clock.today(),
            length=length,
            unit=Unit.CALENDAR_DAY,
            by=by,
            reason_event=stored(event),
        )


@transaction.atomic
def start_self_check(*, campaign: Campaign, by: Officer) -> Campaign:
    """The enterprises check themselves until the day of the plan."""
    done = CAMPAIGN.advance(campaign, "start_self_check", by=by)
    if done.self_check_due_on <= clock.today():
        raise RuleBroken(
            _("The self-check was to end on %(on)s: change the plan first.") % {"on": done.self_check_due_on}
        )
    _run(done.docket, SELF_CHECK, done.self_check_due_on, SENT_OUT, by)
    return done


@transaction.atomic
def start_inspecting(*, campaign: Campaign, by: Officer) -> Campaign:
    """Every self-check is in, or recorded as missing."""
    done = CAMPAIGN.advance(campaign, "start_inspecting", by=by)
    _meet(done.docket, SELF_CHECK, by)
    return done


@transaction.atomic
def start_rectifying(*, campaign: Campaign, by: Officer) -> Campaign:
    return CAMPAIGN.advance(campaign, "start_rectifying", by=by)


@transaction.atomic
def start_acceptance(*, campaign: Campaign, by: Officer) -> Campaign:
    return CAMPAIGN.advance(campaign, "start_acceptance", by=by)


@transaction.atomic
def accept(*, campaign: Campaign, acceptance: str, by: Officer) -> Campaign:
    """验收: what was reached, in the words of whoever accepts it."""
    if not acceptance.strip():
        raise RuleBroken(_("Write the opinion of acceptance."), field="acceptance")
    return CAMPAIGN.advance(campaign, "accept", by=by, sets={"acceptance": acceptance.strip()}, opinion=acceptance)


@transaction.atomic
def refuse_acceptance(*, campaign: Campaign, reason: str, by: Officer) -> Campaign:
    return CAMPAIGN.advance(campaign, "refuse_acceptance", by=by, reason=reason)


@transaction.atomic
def end(*, campaign: Campaign, summary: str, by: Officer) -> Campaign:
    """The summary is written and the campaign is over; matters that came of it go on by themselves."""
    if not summary.strip():
        raise RuleBroken(_("Write the summary."), field="summary")
    done = CAMPAIGN.advance(campaign, "end", by=by, sets={"summary": summary.strip()})
    _meet(done.docket, RUN, by)
    dockets.close_docket(done.docket, by=by)
    return done


@transaction.atomic
def stop(*, campaign: Campaign, reason: str, by: Officer) -> Campaign:
    """The campaign ends before its time, with the reason."""
    done = CAMPAIGN.advance(campaign, "stop", by=by, reason=reason)
    _meet(done.docket, SELF_CHECK, by)
    _meet(done.docket, RUN, by)
    dockets.close_docket(done.docket, by=by)
    return done


@transaction.atomic
def reopen(*, campaign: Campaign, reason: str, by: Officer) -> Campaign:
    """Take the summary up again; the members see the campaign as before."""
    again = CAMPAIGN.advance(campaign, "reopen", by=by, reason=reason)
    dockets.reopen_docket(again.docket)
    show_to(again.docket, [member.department for member in again.members.select_related("department")], by=by)
    return again


def _meet(docket: Docket, kind: str, by: Officer) -> None:
    for period in docket.deadlines.open().filter(kind=kind):
        deadlines.meet(deadline=period, on=clock.today(), by=by)
