"""Verbs of leads: register, dismiss, take up again. Opening a case belongs to rectification, one floor up."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import deadlines, powers
from casework import services as dockets
from casework.deadlines import kinds
from casework.models import Docket, Violation
from core import clock, moments
from core.errors import RuleBroken, refuse_all, refused_at
from core.labels import Label, in_print, stored
from enforcement.inspections.models import Finding
from enforcement.inspections.workflow import Stage as InspectionStage
from enforcement.leads import act_rules, file_forms
from enforcement.leads.deadlines import RECEIVED, TAKEN_UP_AGAIN
from enforcement.leads.models import Lead, Origin
from enforcement.leads.workflow import LEAD, Stage
from organisation.models import Department, Officer
from registry.models import Enterprise
from trail.recording import SYSTEM

DECISION = "leads.decision"


@transaction.atomic
def register(
    *,
    enterprise: Enterprise,
    origin: str,
    violation: Violation,
    facts: str,
    received_on: date,
    by: Officer,
    acted_from: date | None = None,
    acted_to: date | None = None,
    finding: Finding | None = None,
    department: Department | None = None,
    source_name: str = "",
    source_number: str = "",
) -> Lead:
    """Register a lead; the period to decide on it runs from the day it was received. `department` (default: that of the
    officer) handles it. `source_name`, `source_number`: who handed it here, and the number of his letter. `acted_from`, `acted_to`: when the act was committed, as far as it is known."""
    refuse_all(
        [
            *moments.faults_to_come(received_on, day="received_on"),
            *act_rules.faults(violation, acted_from, acted_to, received_on),
        ]
    )
    docket = dockets.open_docket(
        kind="lead",
        title=violation.cause_of_matter,
        by=by,
        department=department or by.department,
        region=enterprise.region,
        enterprise=enterprise,
        officer=None if finding else by,
    )
    lead = Lead.objects.create(
        docket=docket,
        enterprise=enterprise,
        origin=origin,
        finding=finding,
        violation=violation,
        facts=facts,
        stage=Stage.REGISTERED,
        received_on=received_on,
        acted_from=acted_from,
        acted_to=acted_to,
        source_name=source_name.strip(),
        source_number=source_number.strip(),
    )
    trail.record("leads.register", lead, by=by, docket=docket, basis=violation.legal_basis, origin=origin)
    file_forms.freeze_registration(lead)
    _start_decision(lead, received_on, RECEIVED, by=by)
    return lead


@powers.under("leads.decide_lead", of="lead")
@transaction.atomic
def correct_act(
    *, lead: Lead, violation: Violation, acted_from: date | None, acted_to: date | None, reason: str, by: Officer
) -> Lead:
    """Correct when the act was committed, and the provision that fits it, before it is decided whether a case is opened."""
    locked = Lead.objects.select_for_update().get(pk=lead.pk)
    if locked.stage != Stage.REGISTERED:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    before, verb = act_told(locked, locked.violation), act_verb(locked)
    set_act(locked, violation, acted_from, acted_to, reason=reason)
    if locked.violation != violation:
        locked.violation = violation
        locked.save(update_fields=["violation"])
        dockets.retitle(locked.docket, violation.cause_of_matter)
    trail.record(
        f"leads.{verb}", locked, by=by, docket=locked.docket, reason=reason, before=before,
        after=act_told(locked, violation),
    )  # fmt: skip
    return locked


@powers.under("leads.decide_lead", of="lead")
@transaction.atomic
def correct_receipt(*, lead: Lead, received_on: date, reason: str, by: Officer) -> Lead:
    """Correct the day on which the lead was received: the period to decide on it runs from the right day."""
    locked = Lead.objects.select_for_update().get(pk=lead.pk)
    if locked.stage != Stage.REGISTERED:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    if locked.finding_id is not None:
        raise RuleBroken(_("The lead came from an inspection: it was received on the day of the visit."))
    refuse_all(
        [
            *([] if reason.strip() else [("reason", _("Give the reason."))]),
            *moments.faults_to_come(received_on, day="received_on"),
            *act_rules.of_report(locked.acted_from, received_on, field="received_on"),
        ]
    )
    wrong = locked.received_on
    if received_on == wrong:
        raise RuleBroken(_("That is the day on record."), field="received_on")
    locked.received_on = received_on
    locked.save(update_fields=["received_on"])
    running = locked.docket.deadlines.filter(kind=DECISION, started_on=wrong, met_on=None, cancelled_on=None)
    with refused_at("received_on"):
        for deadline in list(running):
            deadlines.restart(deadline=deadline, on=received_on, reason=reason, by=SYSTEM)
    trail.record(
        "leads.correct_receipt", locked, by=by, docket=locked.docket, reason=reason, before={"received_on": wrong},
        after={"received_on": received_on},
    )  # fmt: skip
    return locked


def set_act(lead: Lead, violation: Violation, began: date | None, ended: date | None, *, reason: str) -> None:
    """Write the time of the act, for a matter that cites `violation`. Whoever calls writes the trail."""
    refuse_all(
        [
            *([] if reason.strip() else [("reason", _("Give the reason."))]),
            *act_rules.faults(violation, began, ended, lead.received_on),
        ]
    )
    lead.acted_from, lead.acted_to = began, ended
    lead.save(update_fields=["acted_from", "acted_to"])


def act_verb(lead: Lead) -> str:
    """As the trail tells a change of the time of the act that has yet to be made."""
    return "correct_act" if lead.has_time else "enter_act"


def act_told(lead: Lead, violation: Violation) -> dict[str, Any]:
    """The time of the act and the law on it, as the trail keeps them."""
    return {
        "acted_from": lead.acted_from,
        "acted_to": lead.acted_to,
        "violation": f"{violation.act}（{in_print(violation.legal_basis)}）",
    }


def _start_decision(lead: Lead, on: date, event: Label, *, by: Officer) -> None:
    """The period to decide whether a case is opened, where a rule sets one for this authority."""
    if kinds.get(DECISION).binds(lead.docket.department):
        with refused_at("received_on"):
            deadlines.start(docket=lead.docket, kind=DECISION, on=on, by=by, reason_event=stored(event))


@powers.under("inspections.inspect", of="finding")
@transaction.atomic
def register_finding(*, finding: Finding, by: Officer) -> Lead:
    """A finding of an inspection becomes a lead, once. It was received when the inspectors found it, not when one of them
    gets to writing it down."""
    locked = Finding.objects.select_for_update().select_related("inspection__docket", "violation").get(pk=finding.pk)
    if locked.inspection.stage == InspectionStage.VOIDED:
        raise RuleBroken(_("The inspection is voided."))
    if Lead.objects.filter(finding=locked).exists():
        raise RuleBroken(_("This finding already has a lead."))
    if not locked.needs_lead:
        raise RuleBroken(_("This finding was recorded as needing no follow-up."))
    return register(
        enterprise=locked.inspection.enterprise,
        origin=Origin.INSPECTION,
        violation=locked.violation,
        facts=locked.fact,
        received_on=locked.inspection.inspected_on,
        by=by,
        finding=locked,
        department=locked.inspection.docket.department,
    )


@transaction.atomic
def dismiss(*, lead: Lead, reason: str, by: Officer, transferred_to: str = "") -> Lead:
    """No case is opened here. `transferred_to`: the authority that has jurisdiction, where the matter goes there; the reason
    names it."""
    to = transferred_to.strip()
    if to and reason.strip():
        handed_on = _lazy("Transferred to the authority that has jurisdiction (%(authority)s): %(reason)s")
        reason = stored(handed_on, authority=to, reason=reason)
    decided_by = powers.bearer(by, LEAD.steps["dismiss"].permission, lead.docket) or by
    done = LEAD.advance(lead, "dismiss", by=by, reason=reason, sets={"transferred_to": to})
    file_forms.freeze_no_case(done, decided_by=decided_by)
    settle_decision(done, by=by)
    dockets.close_docket(done.docket, by=by)
    return done


@powers.under("leads.decide_lead", of="into")
@transaction.atomic
def merge(*, lead: Lead, into: Lead, reason: str, by: Officer) -> Lead:
    """The same matter was reported again: the later lead is dismissed into the earlier one. Its evidence and its informant stay
    where they are and are shown from there. Undone by `reconsider`."""
    lock_both(lead, into)
    locked, earlier = Lead.objects.get(pk=lead.pk), Lead.objects.get(pk=into.pk)
    faults: list[tuple[str | None, str]] = []
    if not reason.strip():
        faults.append(("reason", _("Give the reason.")))
    if earlier.pk >= locked.pk:
        faults.append(("into", _("A lead is merged into one that was registered before it.")))
    elif earlier.enterprise_id != locked.enterprise_id:
        faults.append(("into", _("That lead concerns another enterprise.")))
    elif earlier.stage == Stage.DISMISSED:
        faults.append(("into", _("That lead was dismissed. Take it up again first.")))
    refuse_all(faults)
    told = stored(_lazy("Merged into lead %(lead)s: %(reason)s"), lead=earlier, reason=reason)
    done = LEAD.advance(locked, "dismiss", by=by, reason=told, sets={"transferred_to": "", "merged_into": earlier})
    settle_decision(done, by=by)
    dockets.close_docket(done.docket, by=by)
    trail.record("leads.take_up_merged", earlier, by=by, docket=earlier.docket, reason=reason, lead=str(done))
    return done


def tell_distinct(lead: Lead, *, reason: str, by: Officer) -> None:
    """The trail keeps why a lead is not the same matter as one that looks like it. Part of taking it in."""
    trail.record("leads.tell_distinct", lead, by=by, docket=lead.docket, reason=reason)


def lock_both(*leads: Lead) -> None:
    """Lock the dockets of several leads, always in the same order: no two acts wait for each other in a circle."""
    for docket_id in sorted(lead.docket_id for lead in leads):
        Docket.objects.locked(docket_id)


@transaction.atomic
def reconsider(*, lead: Lead, reason: str, by: Officer) -> Lead:
    """Take a dismissed lead up again; a new period to decide begins. One that was merged stands by itself again, and the
    lead it was merged into says so."""
    into = Lead.objects.get(pk=lead.pk).merged_into
    if into is not None:
        lock_both(lead, into)
    again = LEAD.advance(lead, "reconsider", by=by, reason=reason, sets={"transferred_to": "", "merged_into": None})
    if into is not None:
        trail.record("leads.unmerge", into, by=by, docket=into.docket, reason=reason, lead=str(lead))
    dockets.reopen_docket(again.docket)
    of_today = again.docket.deadlines.filter(kind=DECISION, started_on=clock.today(), cancelled_on=None).first()
    if of_today is not None:
        # The decision taken back is of the very day on which its period began: that period runs on.
        deadlines.run_on(deadline=of_today, reason=reason, by=SYSTEM)
        return again
    _start_decision(again, clock.today(), TAKEN_UP_AGAIN, by=by)
    return again


def settle_decision(lead: Lead, *, by: Officer) -> None:
    """The decision is taken: its period is met."""
    for deadline in lead.docket.deadlines.filter(kind=DECISION, met_on=None, cancelled_on=None):
        deadlines.meet(deadline=deadline, on=clock.today(), by=by)
