"""Verbs on the plan of a campaign: draw it up, change it, name its members, choose its enterprises."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines, powers
from casework import services as dockets
from casework.models import Provision
from core import clock
from core.errors import Fault, RuleBroken, Stale, refuse_all
from enforcement.campaigns.deadlines import RUN, SELF_CHECK
from enforcement.campaigns.models import Campaign, Member, Target
from enforcement.campaigns.subjects import ORDERED_BY
from enforcement.campaigns.workflow import CAMPAIGN, LEAD, Stage
from organisation.models import Department, Officer
from registry.models import Enterprise
from trail.recording import SYSTEM

# Members and enterprises are chosen until the enterprises have been asked; a later one joins with its own day.
CHANGING = (Stage.PLANNING, Stage.DEPLOYED, Stage.SELF_CHECK, Stage.INSPECTING)


@dataclass(frozen=True, slots=True)
class Plan:
    """实施方案: what the campaign is to reach, where, how and when."""

    name: str
    policy_source: Provision
    starts_on: date
    ends_on: date
    self_check_due_on: date
    aims: str
    scope: str
    steps: str
    requirements: str

    def told(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict_of(self).items()}


def asdict_of(plan: Plan) -> dict[str, object]:
    return {field.name: getattr(plan, field.name) for field in fields(plan)}


def plan_of(campaign: Campaign) -> Plan:
    return Plan(**{field.name: getattr(campaign, field.name) for field in fields(Plan)})


def faults_of(plan: Plan) -> list[Fault]:
    found: list[Fault] = []
    if plan.ends_on < plan.starts_on:
        found.append(("ends_on", _("The campaign ends before it begins.")))
    elif not plan.starts_on <= plan.self_check_due_on <= plan.ends_on:
        found.append(("self_check_due_on", _("The self-check is due within the campaign.")))
    if not plan.name.strip():
        found.append(("name", _("Give the campaign a name.")))
    if plan.policy_source.is_legal_basis:
        found.append(("policy_source", _("A campaign names a policy document as its source.")))
    return found


@transaction.atomic
def create(*, subject: str, plan: Plan, by: Officer) -> Campaign:
    """Open a campaign that the officer's own department leads; its plan is written, members and enterprises follow."""
    if not by.has_perm(LEAD):
        raise PermissionDenied(LEAD)
    refuse_all(faults_of(plan))
    if Campaign.objects.filter(
        name=plan.name.strip(), docket__department=by.department, docket__closed_on=None
    ).exists():
        raise RuleBroken(_("Your department already leads a campaign of this name."), field="name")
    docket = dockets.open_docket(
        kind="campaign",
        title=plan.name.strip(),
        by=by,
        department=by.department,
        region=by.department.region,
        officer=by,
    )
    campaign = Campaign.objects.create(
        docket=docket, subject=subject, stage=Stage.PLANNING, written_by=by, **asdict_of(plan)
    )
    trail.record(
        "campaigns.create",
        campaign,
        by=by,
        docket=docket,
        basis=ORDERED_BY[subject],
        after=plan.told(),
        about=subject,
    )
    return campaign


def _changing(campaign: Campaign, *stages: str, expected_version: int | None = None) -> Campaign:
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.stage not in stages:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    if expected_version is not None and locked.version != expected_version:
        raise Stale(_("The plan was changed after you opened the page. Read it again before you change it."))
    return locked


def _changed(locked: Campaign, by: Officer) -> None:
    locked.version += 1
    locked.written_by = by
    locked.save(update_fields=["version", "written_by"])


@powers.under(LEAD, of="campaign")
@transaction.atomic
def edit_plan(*, campaign: Campaign, plan: Plan, reason: str, expected_version: int, by: Officer) -> Campaign:
    """Change the plan. Once it is deployed, with the reason, and its periods follow."""
    open_stages = [stage for stage in Stage if stage not in {*CAMPAIGN.final, Stage.APPROVAL}]
    locked = _changing(campaign, *open_stages, expected_version=expected_version)
    refuse_all(faults_of(plan))
    if locked.stage != Stage.PLANNING and not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    before = plan_of(locked)
    if before == plan:
        raise RuleBroken(_("Nothing was changed."))
    for name, value in asdict_of(plan).items():
        setattr(locked, name, value)
    locked.version += 1
    locked.written_by = by
    locked.save()
    if before.name != plan.name:
        dockets.retitle(locked.docket, plan.name)
    _move_days(locked, before, reason, by)
    told, was = plan.told(), before.told()
    changed = [name for name in told if told[name] != was[name]]
    trail.record(
        "campaigns.edit_plan",
        locked,
        by=by,
        docket=locked.docket,
        reason=reason,
        before={name: was[name] for name in changed},
        after={name: told[name] for name in changed},
    )
    return locked


def _move_days(locked: Campaign, before: Plan, reason: str, by: Officer) -> None:
    """Periods that run follow the plan; enterprises that have not answered have until the new day."""
    if before.self_check_due_on != locked.self_check_due_on:
        locked.targets.filter(result="").update(due_on=locked.self_check_due_on)
    for kind, on in ((RUN, locked.ends_on), (SELF_CHECK, locked.self_check_due_on)):
        for period in locked.docket.deadlines.open().filter(kind=kind):
            if on <= period.started_on:
                raise RuleBroken(
                    _("The period began on %(on)s: it ends later.") % {"on": period.started_on},
                    field="ends_on" if kind == RUN else "self_check_due_on",
                )
            deadlines.set_end(deadline=period, on=on, reason=reason, by=SYSTEM)


@powers.under(LEAD, of="campaign")
@transaction.atomic
def name_member(*, campaign: Campaign, department: Department, duties: str, by: Officer) -> Member:
    """Name a member department with its duties, or change its duties."""
    locked = _changing(campaign, *CHANGING)
    if not duties.strip():
        raise RuleBroken(_("Say what the department does in the campaign."), field="duties")
    if not department.exists_on(clock.today()):
        raise RuleBroken(_("This department no longer exists."), field="department")
    if department == locked.docket.department:
        raise RuleBroken(_("This department leads the campaign."), field="department")
    former = locked.members.filter(department=department).first()
    if former is not None and former.duties == duties.strip():
        raise RuleBroken(_("%(department)s is a member with these duties already.") % {"department": department})
    member, _made = Member.objects.update_or_create(
        campaign=locked, department=department, defaults={"duties": duties.strip()}
    )
    _changed(locked, by)
    trail.record(
        "campaigns.name_member",
        member,
        by=by,
        docket=locked.docket,
        before={"duties": former.duties} if former else {},
        after={"duties": member.duties},
        department=department.name,
    )
    return member


@powers.under(LEAD, of="campaign")
@transaction.atomic
def remove_member(*, campaign: Campaign, member: Member, reason: str, by: Officer) -> None:
    """Take a department out of the campaign; one that has a task in it stays."""
    locked = _changing(campaign, *CHANGING)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    found = locked.members.select_for_update().filter(pk=member.pk).select_related("department").first()
    if found is None:
        raise RuleBroken(_("It is no member of this campaign any more."))
    if locked.tasks.filter(docket__department=found.department).exclude(stage="withdrawn").exists():
        raise RuleBroken(_("It has a task in this campaign. Withdraw the task first."))
    department, duties = found.department, found.duties
    trail.record(
        "campaigns.remove_member",
        locked,
        by=by,
        docket=locked.docket,
        reason=reason,
        before={"duties": duties},
        department=department.name,
    )
    found.delete()
    _changed(locked, by)


@powers.under(LEAD, of="campaign")
@transaction.atomic
def put_targets(*, campaign: Campaign, enterprises: Collection[Enterprise], reason: str, by: Officer) -> list[Target]:
    """Choose enterprises of the register, and why. Whoever is chosen already stays as he is."""
    locked = _changing(campaign, *CHANGING)
    if not reason.strip():
        raise RuleBroken(_("Say why these enterprises are chosen."), field="reason")
    seen = Enterprise.objects.visible_to(by).filter(pk__in=[one.pk for one in enterprises])
    known = set(locked.targets.values_list("enterprise_id", flat=True))
    fresh = [one for one in seen.order_by("pk") if one.pk not in known]
    if not fresh:
        raise RuleBroken(_("None of these enterprises is new to the campaign."), field="enterprises")
    made = [
        Target.objects.create(campaign=locked, enterprise=one, reason=reason.strip(), due_on=locked.self_check_due_on)
        for one in fresh
    ]
    _changed(locked, by)
    trail.record(
        "campaigns.put_targets",
        locked,
        by=by,
        docket=locked.docket,
        reason=reason,
        enterprises="、".join(one.name for one in fresh),
        count=len(fresh),
    )
    return made


@powers.under(LEAD, of="campaign")
@transaction.atomic
def remove_target(*, campaign: Campaign, target: Target, reason: str, by: Officer) -> None:
    """Take an enterprise out of the campaign, before its self-check is recorded."""
    locked = _changing(campaign, *CHANGING)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    found = locked.targets.select_for_update(of=("self",)).filter(pk=target.pk).select_related("enterprise").first()
    if found is None:
        raise RuleBroken(_("It is not in this campaign any more."))
    if found.result:
        raise RuleBroken(_("Its self-check is recorded: it stays in the campaign."))
    trail.record(
        "campaigns.remove_target", locked, by=by, docket=locked.docket, reason=reason, enterprise=found.enterprise.name
    )
    found.delete()
    _changed(locked, by)
