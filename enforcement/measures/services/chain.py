"""Verbs of the chains: lay out, change, send, take on, answer, accept or return, call off."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import trail
from casework import deadlines, powers, turns
from casework import services as dockets
from casework.models import Docket, Unit
from casework.stale import changed_meanwhile
from core import clock
from core.errors import RuleBroken, refuse_all
from core.labels import in_print, stored
from enforcement.measures import chains
from enforcement.measures.chain_workflow import CHILD, LEAD, Stage
from enforcement.measures.models import ChildMeasure, Feedback, Result
from organisation.models import Department, Officer
from trail.recording import SYSTEM

SHARED = gettext_lazy("Asked for a measure: %(measure)s")
SENT = gettext_lazy("The measure was sent")
MESSAGE = "turn.child_measure"
EDITS = ("child_measures.edit", "child_measures.send")
WRITTEN = ("department", "task", "due_on", "legal_basis")


@powers.under(LEAD, of="docket")
@transaction.atomic
def lay_out(*, docket: Docket, chain: str, triggers: Sequence[str], by: Officer) -> list[ChildMeasure]:
    """Make every measure of a chain that is not on the case already, each with the department usually responsible and a day that the
    portal proposes. RuleBroken at its field where nothing is to be laid out."""
    held = Docket.objects.locked(docket.pk)
    if held.kind != "rectification" or held.closed_on is not None:
        raise RuleBroken(_("A chain is laid out on an open case."))
    today = clock.today()
    known = {one.code: one for one in chains.triggers()}
    asked = {row.code for row in chains.of_chain(chain, today)}
    if any(code not in known or known[code].measure not in asked for code in triggers):
        raise RuleBroken(_("These triggers do not belong to the chain."), field="triggers")
    if any(one.measure in asked for one in known.values()) and not triggers:
        raise RuleBroken(_("Choose what was found: it decides which measures follow."), field="triggers")
    there = set(ChildMeasure.objects.filter(docket=held).exclude(stage=Stage.CANCELLED).values_list("code", flat=True))
    rows = [row for row in chains.chosen_by(chain, today, list(triggers)) if row.code not in there]
    if not rows:
        raise RuleBroken(_("All measures of this chain are on the case already."), field="chain")
    made = [
        ChildMeasure.objects.create(
            docket=held,
            chain=chain,
            code=row.code,
            position=row.position,
            department=chains.responsible(row.lines, held.department),
            task=row.task,
            due_on=today + timedelta(days=row.period_days),
            triggers=[code for code in triggers if known[code].measure == row.code],
            policy_source=in_print(row.policy_source),
            legal_basis=in_print(row.legal_basis),
            note=in_print(row.note),
            confidence=row.confidence,
            needs_hearing=row.needs_hearing,
            needs_statute=row.needs_statute,
            when_overdue=row.when_overdue,
        )
        for row in rows
    ]
    trail.record(
        "child_measures.lay_out", held, by=by, docket=held, chain=chain, measures=[row.name for row in rows],
        triggers=[known[code].name for code in triggers],
    )  # fmt: skip
    return made


@powers.under(LEAD, of="measure")
@transaction.atomic
def edit(
    *,
    measure: ChildMeasure,
    department: Department | None,
    task: str,
    due_on: date | None,
    legal_basis: str,
    expected_version: int,
    by: Officer,
) -> ChildMeasure:
    """Change whose it is, what is asked, by when and on what it rests, before it is sent."""
    locked = ChildMeasure.objects.select_for_update().get(pk=measure.pk)
    if locked.version != expected_version:
        raise changed_meanwhile(locked.docket, EDITS, by=by)
    if locked.stage != Stage.PLANNED:
        raise RuleBroken(_("The measure was sent: it is changed no more."))
    faults = []
    if due_on is not None and due_on <= clock.today():
        faults.append(("due_on", _("The day must lie in the future.")))
    if department is not None and department.is_internal:
        faults.append(("department", _("An internal office acts in the name of its authority: name that.")))
    refuse_all(faults)
    before = _written(locked)
    locked.department, locked.task, locked.due_on = department, task.strip(), due_on
    locked.legal_basis = legal_basis.strip()
    after = _written(locked)
    changed = [name for name in WRITTEN if before[name] != after[name]]
    if not changed:
        return locked
    locked.version += 1
    locked.save(update_fields=[*WRITTEN, "version"])
    trail.record(
        "child_measures.edit", locked, by=by, docket=locked.docket,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return locked


def _written(measure: ChildMeasure) -> dict[str, Any]:
    department = measure.department.short_name if measure.department else ""
    return {
        "department": department, "task": measure.task, "due_on": measure.due_on, "legal_basis": measure.legal_basis,
    }  # fmt: skip


@transaction.atomic
def send(
    *, measure: ChildMeasure, officers: Sequence[Officer], letter: str, expected_version: int, by: Officer
) -> ChildMeasure:
    """Send it: the case is shared with the officers named of a department that uses the portal; another is asked by a letter, whose
    number is named. The day for the answer runs."""
    Docket.objects.locked(measure.docket_id)
    row = ChildMeasure.objects.select_for_update().get(pk=measure.pk)
    if row.version != expected_version:
        raise changed_meanwhile(row.docket, EDITS, by=by)
    _check_receivers(row, officers, letter)
    today = clock.today()
    if row.due_on is not None and row.due_on <= today:
        raise RuleBroken(_("The day for the result (%(day)s) must lie in the future.") % {"day": row.due_on})
    moved = CHILD.advance(
        row, "send", by=by, sets={"sent_on": today, "letter": letter.strip(), "version": row.version + 1},
        to=moved_to(row), letter=letter.strip(), officers=[officer.name for officer in officers],
    )  # fmt: skip
    for officer in officers:
        _share(moved, officer, by=by)
    _start_period(moved)
    turns.tell_task(moved.docket, officers, CHILD.steps["acknowledge"].label, kind=MESSAGE, by=by)
    return moved


def moved_to(measure: ChildMeasure) -> str:
    return measure.department.short_name if measure.department else ""


def _check_receivers(measure: ChildMeasure, officers: Sequence[Officer], letter: str) -> None:
    department = measure.department
    if department is None:
        return  # its guard says so
    if measure.is_outside:
        if officers:
            raise RuleBroken(
                _("%(department)s does not use the portal.") % {"department": department}, field="officers"
            )
        if not letter.strip():
            raise RuleBroken(
                _("%(department)s does not use the portal: name the letter by which it is asked.")
                % {"department": department},
                field="letter",
            )
        if not measure.docket.notices.filter(number=letter.strip()).exists():
            raise RuleBroken(_("No issued document of this case bears that number."), field="letter")
        return
    if any(officer.department.acts_as != department for officer in officers):
        raise RuleBroken(
            _("Only officers of %(department)s receive it.") % {"department": department}, field="officers"
        )
    if not officers and department != measure.docket.department.acts_as:
        raise RuleBroken(_("Choose who receives it."), field="officers")


def _share(measure: ChildMeasure, officer: Officer, *, by: Officer) -> None:
    """Who sees the case anyhow needs no share."""
    docket = measure.docket
    if Docket.objects.visible_to(officer).filter(pk=docket.pk).exists():
        live = docket.shares.live().filter(officer=officer).first()
        if live is not None and ChildMeasure.objects.filter(docket=docket, shares=live).exists():
            measure.shares.add(live)
        return
    reason = stored(SHARED, measure=chains.official_name(measure.code))[:200]
    measure.shares.add(dockets.share(docket=docket, officer=officer, reason=reason, by=by))


def _start_period(measure: ChildMeasure) -> None:
    if measure.due_on is None or measure.sent_on is None:
        raise ValueError("a measure that was sent has its days")
    earlier = measure.docket.deadlines.filter(
        kind=measure.deadline_kind, started_on=measure.sent_on, cancelled_on=None
    ).first()
    if earlier is None:
        deadlines.start(
            docket=measure.docket, kind=measure.deadline_kind, on=measure.sent_on, by=SYSTEM,
            length=(measure.due_on - measure.sent_on).days, unit=Unit.CALENDAR_DAY, reason_event=stored(SENT),
        )  # fmt: skip


def _running(measure: ChildMeasure) -> Any:
    return measure.docket.deadlines.open().filter(kind=measure.deadline_kind).first()


@transaction.atomic
def acknowledge(*, measure: ChildMeasure, by: Officer) -> ChildMeasure:
    """签收: the department takes it on."""
    return CHILD.advance(measure, "acknowledge", by=by)


@transaction.atomic
def decline(*, measure: ChildMeasure, reason: str, by: Officer) -> ChildMeasure:
    """拒收: not theirs, with the reason; it goes back to the case, which sends it elsewhere or calls it off."""
    moved = CHILD.advance(measure, "decline", by=by, reason=reason)
    _cancel_period(moved, reason)
    _take_back_shares(moved)
    _tell_the_case(moved, by)
    return moved


@transaction.atomic
def feed_back(*, measure: ChildMeasure, result: str, text: str, document: str, on: date, by: Officer) -> ChildMeasure:
    """The result, on a day, with the document that shows it. The period for the answer is met."""
    Docket.objects.locked(measure.docket_id)
    row = ChildMeasure.objects.select_for_update().get(pk=measure.pk)
    faults = []
    if result not in Result.values:
        faults.append(("result", _("Choose a result from the list.")))
    faults += [
        (name, _("This is needed.")) for name, words in (("text", text), ("document", document)) if not words.strip()
    ]
    if on > clock.today():
        faults.append(("on", _("The day lies in the future.")))
    if row.sent_on is not None and on < row.sent_on:
        faults.append(("on", _("The measure was sent on %(day)s: no result lies before.") % {"day": row.sent_on}))
    refuse_all(faults)
    moved = CHILD.advance(
        row, "feed_back", by=by, result=result, on=on, document=document.strip(), text=text.strip(),
    )  # fmt: skip
    Feedback.objects.create(
        measure=moved, result=result, text=text.strip(), document=document.strip(), on=on, given_by=by,
        given_at=clock.now(),
    )  # fmt: skip
    if (period := _running(moved)) is not None:
        deadlines.meet(deadline=period, on=clock.today(), by=SYSTEM)
    _tell_the_case(moved, by)
    return moved


@transaction.atomic
def accept(*, measure: ChildMeasure, by: Officer) -> ChildMeasure:
    """The case takes the result: the measure ends, and with it what was shared for it."""
    moved = CHILD.advance(measure, "accept", by=by)
    _take_back_shares(moved)
    return moved


@transaction.atomic
def send_back(*, measure: ChildMeasure, reason: str, by: Officer) -> ChildMeasure:
    """The result does not do: back to the department, whose days run on."""
    moved = CHILD.advance(measure, "send_back", by=by, reason=reason)
    met = moved.docket.deadlines.filter(kind=moved.deadline_kind, cancelled_on=None).exclude(met_on=None).last()
    if met is not None:
        deadlines.run_on(deadline=met, reason=reason[:300], by=SYSTEM)
    receivers = [share.officer for share in moved.shares.filter(ended_at=None).select_related("officer")]
    turns.tell_task(moved.docket, receivers, CHILD.steps["feed_back"].label, kind=MESSAGE, by=by)
    return moved


@transaction.atomic
def call_off(*, measure: ChildMeasure, reason: str, by: Officer) -> ChildMeasure:
    """It is needed no more, with the reason."""
    moved = CHILD.advance(measure, "call_off", by=by, reason=reason)
    _cancel_period(moved, reason)
    _take_back_shares(moved)
    return moved


def _cancel_period(measure: ChildMeasure, reason: str) -> None:
    if (period := _running(measure)) is not None:
        deadlines.cancel(deadline=period, reason=reason[:300], by=SYSTEM)


def _take_back_shares(measure: ChildMeasure) -> None:
    """What was shared for this measure, and for no other that is still open, is shared no more."""
    for share in measure.shares.filter(ended_at=None):
        others = ChildMeasure.objects.open().filter(shares=share).exclude(pk=measure.pk)
        if not others.exclude(stage=Stage.PLANNED).exists():
            dockets.end_share(share=share, by=SYSTEM)


def _tell_the_case(measure: ChildMeasure, by: Officer) -> None:
    docket = measure.docket
    team = [row.officer for row in docket.team.exclude(part="task").select_related("officer")]
    turns.tell_task(docket, team, measure.label, kind=MESSAGE, by=by)
