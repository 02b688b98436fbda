"""Whose turn it is: who must act on a docket at its stage, and that they are told when a step makes it theirs."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from casework import kinds, powers
from casework.deadlines import kinds as deadline_kinds
from casework.models import Deadline, Docket, DocketOfficer, InboxMessage, Part
from casework.reminders import inbox
from core import clock
from core.labels import Label, Wording
from organisation import bulk
from organisation.models import Officer
from organisation.roles import holders

MESSAGE: Final = "turn"


def waking_at(docket: Docket) -> kinds.Waking | None:
    """What makes it the authority's turn at a stage at which the party acts; None at any other."""
    try:
        return kinds.get(docket.kind).wakes.get(docket.stage)
    except KeyError:
        return None


def is_awake(waking: kinds.Waking, running: Iterable[Deadline], today: date) -> bool:
    """Must the authority act by now? `running`: the periods of the docket that are open."""
    for period in running:
        if period.kind == waking.own and period.paused_since is None:
            ahead = timedelta(days=max(deadline_kinds.get(period.kind).reminder_offsets))
            if period.target_on - ahead <= today:
                return True
    return not any(
        period.kind == waking.party and (period.paused_since is not None or period.due_on >= today)
        for period in running
    )


def woken(dockets: Iterable[Docket], today: date) -> dict[int, str]:
    """Of these dockets, those at which the party's time is over or the authority's is near, with the permission of those who
    must act. One statement, where there is anything to ask."""
    asked = {docket.pk: waking for docket in dockets if (waking := waking_at(docket))}
    if not asked:
        return {}
    running: dict[int, list[Deadline]] = {pk: [] for pk in asked}
    fields = ("docket", "kind", "due_on", "target_on", "paused_since")
    for period in Deadline.objects.open().filter(docket__in=asked).only(*fields):
        running[period.docket_id].append(period)
    return {pk: waking.permission for pk, waking in asked.items() if is_awake(waking, running[pk], today)}


def task(docket: Docket) -> str:
    """What is to be done at this stage, as a verb; the step that usually follows where the kind does not say."""
    return str(_task(docket))


def _task(docket: Docket) -> Label:
    try:
        kind = kinds.get(docket.kind)
    except KeyError:
        return docket.stage
    if docket.stage in kind.tasks:
        return kind.tasks[docket.stage]
    ahead = [step for step in kind.workflow.steps.values() if docket.stage in step.sources]
    usual = next((step for step in ahead if step.is_primary), None)
    return usual.label if usual else kinds.stage_label(docket.kind, docket.stage)


def who_acts(docket: Docket) -> list[Officer]:
    """The officers of the docket who have the power the stage asks for. Of a review, or where none of them has it, the
    colleagues in its department who do, with the deputies of those who are away."""
    permission = kinds.permission_at(docket)
    return who_have(docket, permission) if permission else []


def who_have(docket: Docket, permission: str) -> list[Officer]:
    """The same for any power that an act on the docket asks for."""
    team = inbox.team_of(docket)
    if not powers.is_over_others(permission):
        bulk.look_up(team)
        able = [officer for officer in team if powers.may(officer, permission, docket)]
        if able:
            return able
    own = {officer.pk for officer in team}
    return inbox.who_see(docket, [officer for officer in colleagues_with(docket, permission) if officer.pk not in own])


def colleagues_with(docket: Docket, permission: str) -> list[Officer]:
    """Those in its department, and the deputies of those who are away, who have this power over the docket."""
    roles = [role.code for role in holders(permission)]
    holding = Officer.objects.filter(is_active=True, groups__name__in=roles, department_id=docket.department_id)
    colleagues = inbox.with_deputies(holding.select_related("department__region").distinct().order_by("pk"))
    bulk.look_up(colleagues)
    return [officer for officer in colleagues if powers.may(officer, permission, docket)]


def tell(docket: Docket, by: Any) -> None:
    """Tell those whose turn it has become. Nobody is told while whoever acted may go on by himself. What the docket asked for
    until now is done: messages that ask for it are new to nobody."""
    InboxMessage.objects.filter(docket=docket, kind=MESSAGE, read_at=None).update(read_at=clock.now())
    officers = who_acts(docket)
    if getattr(by, "pk", None) in {officer.pk for officer in officers}:
        return
    _tell(docket, officers, by)


def name_for_task(docket: Docket, officers: Iterable[Officer], by: Any) -> None:
    """These officers, and no others, are named for the step that the locked docket has just reached: it is on their desk until
    it moves on (casework.moves), and each of them hears of it once."""
    told = who_acts(docket)
    if getattr(by, "pk", None) in {officer.pk for officer in told}:
        told = []  # `tell` was silent
    named = list(dict.fromkeys(officers))
    DocketOfficer.objects.bulk_create(
        DocketOfficer(docket=docket, officer=officer, part=Part.TASK) for officer in named
    )
    _tell(docket, [officer for officer in named if officer not in told], by)


def named_for_task(docket: Docket) -> list[Officer]:
    """Who is named for the step at which the docket stands, whether or not he is an officer of it besides."""
    return list(Officer.objects.filter(teams__docket=docket, teams__part=Part.TASK).order_by("pk"))


def _tell(docket: Docket, officers: Iterable[Officer], by: Any) -> None:
    tell_task(docket, officers, _task(docket), kind=MESSAGE, by=by)


def tell_task(docket: Docket, officers: Iterable[Officer], task: Label, *, kind: str, by: Any) -> None:
    facts = {"docket": inbox.docket_name(docket), "task": task}
    title = Wording(_("%(docket)s is for you to deal with: %(task)s"), facts)
    body = docket.enterprise.name if docket.enterprise else docket.title
    inbox.tell(to=officers, kind=kind, title=title, body=body, by=by, docket=docket)


def tell_of_opening(docket: Docket, by: Any) -> None:
    """Colleagues who are named on a new docket hear of it; where nobody is, those who may take it up."""
    named = [row.officer for row in docket.team.select_related("officer")]
    if not named:
        tell(docket, by)
    facts = {"docket": inbox.docket_name(docket), "kind": kinds.label_of(docket.kind)}
    title = Wording(_("You are named on %(docket)s: %(kind)s"), facts)
    body = docket.enterprise.name if docket.enterprise else docket.title
    inbox.tell(to=named, kind="named", title=title, body=body, by=by, docket=docket)


def tell_who_must_sign(docket: Docket, officers: Iterable[Officer], by: Any) -> None:
    """A colleague has signed: those whose signature is still missing hear that it is theirs."""
    title = Wording(_("%(docket)s waits for your signature"), {"docket": inbox.docket_name(docket)})
    inbox.tell(to=officers, kind="signature", title=title, by=by, docket=docket)


def is_over(docket: Docket, officer: Officer) -> bool:
    """Is it no longer this officer's turn? Then a mail that still waits says nothing true (defect D16)."""
    return docket.closed_on is not None or officer not in who_acts(docket)
