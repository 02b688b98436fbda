"""Verbs of rectification cases. Read top to bottom they are the procedure."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import deadlines, powers
from casework import services as dockets
from casework.models import Provision, Unit
from core import clock
from core.errors import RuleBroken, Stale
from core.labels import stored
from enforcement.leads.models import Lead
from enforcement.leads.services import settle_decision
from enforcement.leads.workflow import LEAD
from enforcement.rectification.models import CaseSignature, LegalReview, RectificationCase, Reinspection
from enforcement.rectification.workflow import CASE, HANDLE, INSPECT, Stage
from notices import services as notices
from notices.models import Notice, NoticeState
from organisation.models import Officer
from trail.recording import SYSTEM

HANDLING, PERIOD, REINSPECTION = "rectification.handling", "rectification.period", "rectification.reinspection"
ORDER = "rectification_order"


@transaction.atomic
def open_case(*, lead: Lead, co_officer: Officer, by: Officer) -> RectificationCase:
    """立案: the lead becomes a case with two officers; the period for handling it runs from today."""
    if co_officer == by:
        raise RuleBroken(_("Name a second officer (行政处罚法第四十二条)."), field="co_officer")
    decided = LEAD.advance(lead, "open_case", by=by)
    settle_decision(decided, by=by)
    docket = dockets.open_docket(
        kind="rectification",
        title=decided.violation.name,
        by=by,
        department=decided.docket.department,
        region=decided.docket.region,
        enterprise=decided.enterprise,
        officer=by,
        co_officers=(co_officer,),
    )
    case = RectificationCase.objects.create(
        docket=docket,
        enterprise=decided.enterprise,
        lead=decided,
        stage=Stage.INVESTIGATING,
        violation=decided.violation,
        facts=decided.facts,
    )
    trail.record(
        "rectification.open", case, by=by, docket=docket, basis=decided.violation.legal_basis, lead=str(decided.docket)
    )
    deadlines.start(
        docket=docket, kind=HANDLING, on=clock.today(), by=by, reason_event=stored(_lazy("The case was opened"))
    )
    dockets.close_docket(decided.docket, by=by)
    return case


@powers.under(HANDLE, of="case")
@transaction.atomic
def edit(
    *,
    case: RectificationCase,
    facts: str,
    requirements: str,
    rectification_days: int,
    policy_source: Provision | None,
    expected_version: int,
    by: Officer,
) -> RectificationCase:
    """Write facts and requirements. Signatures stand under a text: a changed text asks for new ones."""
    locked = _locked(case, at=(Stage.INVESTIGATING,))
    if locked.version != expected_version:
        raise Stale(_("Somebody changed this case since you opened it. Copy your text, reload, and compare."))
    before = {
        "facts": locked.facts,
        "requirements": locked.requirements,
        "rectification_days": locked.rectification_days,
    }
    locked.facts, locked.requirements = facts, requirements
    locked.rectification_days, locked.policy_source = rectification_days, policy_source
    after = {"facts": facts, "requirements": requirements, "rectification_days": rectification_days}
    if before == after and locked.policy_source_id == case.policy_source_id:
        return locked
    locked.version += 1
    locked.save(update_fields=["facts", "requirements", "rectification_days", "policy_source", "version"])
    trail.record("rectification.edit", locked, by=by, docket=locked.docket, before=before, after=after)
    return locked


@powers.under(HANDLE, of="case")
@transaction.atomic
def draft_order(*, case: RectificationCase, by: Officer) -> Notice:
    """Start the order from what the case knows; the officer completes it with a live preview."""
    locked = _locked(case, at=(Stage.INVESTIGATING,))
    if locked.order_id is not None:
        raise RuleBroken(_("The order is already drafted."))
    return _new_order(locked, by=by)


def _new_order(case: RectificationCase, *, by: Officer) -> Notice:
    notice = notices.draft(kind=ORDER, docket=case.docket, content=None, by=by)
    case.order = notice
    case.save(update_fields=["order"])
    return notice


@powers.under("rectification.sign_case", of="case")
@transaction.atomic
def sign(*, case: RectificationCase, by: Officer) -> CaseSignature:
    """An officer of the case stands for its facts and requirements."""
    locked = _locked(case, at=(Stage.INVESTIGATING,))
    if not locked.docket.team.filter(officer=by).exists():
        raise RuleBroken(_("Only the officers of the case can sign."))
    if not (locked.facts.strip() and locked.requirements.strip()):
        raise RuleBroken(_("Write facts and requirements first."))
    if not by.has_valid_certificate():
        raise RuleBroken(_("Your enforcement certificate is missing or has expired (行政处罚法第四十二条)."))
    if locked.signatures.filter(officer=by, version=locked.version).exists():
        raise RuleBroken(_("You have already signed."))
    signature = CaseSignature.objects.create(
        case=locked,
        officer=by,
        version=locked.version,
        certificate_number=by.certificate_number,
        certificate_valid=True,
        signed_at=clock.now(),
    )
    trail.record(
        "rectification.sign", locked, by=by, docket=locked.docket, basis="行政处罚法第四十二条", version=locked.version
    )
    return signature


@transaction.atomic
def submit(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """Hand facts, requirements and the draft order to the legal reviewer."""
    moved = CASE.advance(case, "submit", by=by)
    notices.submit(notice=_order_of(moved), by=by)
    return moved


def _order_of(case: RectificationCase) -> Notice:
    """The order of a case whose guards have looked at it."""
    if case.order is None:
        raise RuleBroken(_("Draft the rectification order first."))
    return case.order


@transaction.atomic
def agree(*, case: RectificationCase, opinion: str, by: Officer) -> RectificationCase:
    """法制审核: agree, with an opinion."""
    moved = CASE.advance(case, "agree", by=by, reason=opinion)
    _review(moved, agreed=True, opinion=opinion, by=by)
    notices.review(notice=_order_of(moved), remark=opinion, by=by)
    return moved


@transaction.atomic
def return_from_review(*, case: RectificationCase, opinion: str, by: Officer) -> RectificationCase:
    """法制审核: not agreed; back to the case officer with the opinion."""
    moved = CASE.advance(case, "return_from_review", by=by, reason=opinion)
    _review(moved, agreed=False, opinion=opinion, by=by)
    _take_order_back(moved, opinion, by=by)
    return moved


def _review(case: RectificationCase, *, agreed: bool, opinion: str, by: Officer) -> None:
    LegalReview.objects.create(case=case, reviewer=by, round=case.round, agreed=agreed, opinion=opinion, at=clock.now())


@transaction.atomic
def approve(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """The head approves the case and the words of the order together."""
    moved = CASE.advance(case, "approve", by=by)
    notices.approve(notice=_order_of(moved), by=by)
    return moved


@transaction.atomic
def return_from_approval(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    moved = CASE.advance(case, "return_from_approval", by=by, reason=reason)
    _take_order_back(moved, reason, by=by)
    return moved


def _take_order_back(case: RectificationCase, reason: str, *, by: Any) -> None:
    if case.order is not None and case.order.state in {NoticeState.SUBMITTED, NoticeState.APPROVED}:
        notices.return_to_drafter(notice=case.order, reason=reason, by=by)


@transaction.atomic
def issue_order(*, case: RectificationCase, by: Officer) -> Notice:
    """Issue the order: numbered now, drawn by a worker after commit. The period for handling the case ends with the
    decision; no period of the party starts before it is served."""
    moved = CASE.advance(case, "issue_order", by=by)
    issued = notices.issue(notice=_order_of(moved), by=by)
    _meet(moved, HANDLING, on=clock.today())
    return issued


@transaction.atomic
def order_was_revoked(*, case: RectificationCase, reason: str) -> RectificationCase:
    """Called when another notice takes the order back: its periods end, the period for handling the case runs on, and a
    new order may be drafted."""
    moved = CASE.advance(case, "take_order_back", by=SYSTEM, reason=reason)
    for deadline in moved.docket.deadlines.filter(kind__in=(PERIOD, REINSPECTION), met_on=None, cancelled_on=None):
        deadlines.cancel(deadline=deadline, reason=reason, by=SYSTEM)
    decided = moved.docket.deadlines.filter(kind=HANDLING, cancelled_on=None).exclude(met_on=None).last()
    if decided is not None:
        deadlines.reopen(deadline=decided, reason=reason, by=SYSTEM)
    moved.round += 1
    moved.order, moved.served_on = None, None
    moved.save(update_fields=["round", "order", "served_on"])
    return moved


@transaction.atomic
def order_was_served(*, case: RectificationCase, served_on: date) -> RectificationCase:
    """Called when the service of the order is recorded: the clocks start from service, not from printing."""
    locked = RectificationCase.objects.select_for_update().get(pk=case.pk)
    locked.served_on = served_on
    locked.save(update_fields=["served_on"])
    moved = CASE.advance(locked, "start_rectification", by=SYSTEM, served_on=served_on)
    event = stored(_lazy("The rectification order was served"))
    deadlines.start(
        docket=moved.docket,
        kind=PERIOD,
        on=served_on,
        by=SYSTEM,
        length=moved.rectification_days,
        unit=Unit.CALENDAR_DAY,
        reason_event=event,
    )
    deadlines.start(docket=moved.docket, kind=REINSPECTION, on=served_on, by=SYSTEM, reason_event=event)
    return moved


@transaction.atomic
def order_service_was_corrected(*, case: RectificationCase, served_on: date, reason: str) -> RectificationCase:
    """Called when the record of the order's service is corrected: periods that ran from the wrong day are cancelled with the
    reason and start anew from the right one."""
    locked = RectificationCase.objects.select_for_update().get(pk=case.pk)
    wrong = locked.served_on
    if wrong is None or wrong == served_on:
        return locked
    done = locked.reinspections.filter(for_round=locked.round, inspected_on__lt=served_on).first()
    if done is not None:
        raise RuleBroken(
            _("A re-inspection of %(on)s is on file: the order cannot have been served after it.")
            % {"on": done.inspected_on}
        )
    locked.served_on = served_on
    locked.save(update_fields=["served_on"])
    running = locked.docket.deadlines.filter(kind__in=(PERIOD, REINSPECTION), started_on=wrong, cancelled_on=None)
    for deadline in list(running.order_by("pk")):
        deadlines.restart(deadline=deadline, on=served_on, reason=reason, by=SYSTEM)
    trail.record(
        "rectification.correct_service",
        locked,
        by=SYSTEM,
        docket=locked.docket,
        before={"served_on": wrong},
        after={"served_on": served_on},
        reason=reason,
    )
    return locked


@transaction.atomic
def call_reinspection(*, case: RectificationCase, by: Any) -> RectificationCase:
    """The party reports that it is done, or the period is over: look again."""
    return CASE.advance(case, "call_reinspection", by=by)


@powers.under(INSPECT, of="case")
@transaction.atomic
def record_reinspection(
    *, case: RectificationCase, inspected_on: date, inspectors: list[Officer], is_done: bool, findings: str, by: Officer
) -> Reinspection:
    """复查: what two certified inspectors found."""
    locked = _locked(case, at=(Stage.REINSPECTION,))
    if inspected_on > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="inspected_on")
    if locked.served_on and inspected_on < locked.served_on:
        raise RuleBroken(_("The re-inspection lies before the service of the order."), field="inspected_on")
    certified = {officer for officer in inspectors if officer.has_valid_certificate(inspected_on)}
    if len(certified) < 2:
        raise RuleBroken(
            _("At least two inspectors with valid certificates are needed (行政处罚法第四十二条)."), field="inspectors"
        )
    row = Reinspection.objects.create(
        case=locked,
        for_round=locked.round,
        inspected_on=inspected_on,
        is_done=is_done,
        findings=findings,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    row.inspectors.set(inspectors)
    trail.record(
        "rectification.record_reinspection",
        locked,
        by=by,
        docket=locked.docket,
        basis="环境保护主管部门实施按日连续处罚办法第十条",
        inspected_on=inspected_on,
        is_done=is_done,
        inspectors=[officer.name for officer in inspectors],
    )
    _meet(locked, REINSPECTION, on=inspected_on)
    if is_done:
        _meet(locked, PERIOD, on=inspected_on)
    return row


@transaction.atomic
def confirm_rectified(*, case: RectificationCase, by: Officer) -> RectificationCase:
    return CASE.advance(case, "confirm_rectified", by=by)


@transaction.atomic
def order_again(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """Not rectified: a second order, again through legal review and approval. The first order and its periods stay on record."""
    moved = CASE.advance(case, "order_again", by=by, reason=reason)
    for deadline in moved.docket.deadlines.filter(kind=PERIOD, met_on=None, cancelled_on=None):
        deadlines.cancel(deadline=deadline, reason=stored(_lazy("Not rectified; ordered again")), by=SYSTEM)
    moved.round += 1
    moved.served_on = None
    moved.save(update_fields=["round", "served_on"])
    notices.submit(notice=_new_order(moved, by=by), by=by)
    return moved


@transaction.atomic
def close(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """结案: rectified, every period settled, every document drawn."""
    moved = CASE.advance(case, "close", by=by)
    dockets.close_docket(moved.docket, by=by)
    return moved


@transaction.atomic
def reopen(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    moved = CASE.advance(case, "reopen", by=by, reason=reason)
    dockets.reopen_docket(moved.docket)
    moved.round += 1
    moved.save(update_fields=["round"])
    return moved


@transaction.atomic
def withdraw(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """撤销立案: the case ends without an order; its periods are cancelled with the reason."""
    moved = CASE.advance(case, "withdraw", by=by, reason=reason)
    for deadline in moved.docket.deadlines.filter(met_on=None, cancelled_on=None):
        deadlines.cancel(deadline=deadline, reason=stored(_lazy("The case was withdrawn")), by=SYSTEM)
    if moved.order is not None and moved.order.state == NoticeState.DRAFT:
        notices.withdraw(notice=moved.order, reason=reason, by=by)
    dockets.close_docket(moved.docket, by=by)
    return moved


def _meet(case: RectificationCase, kind: str, *, on: date) -> None:
    for deadline in case.docket.deadlines.filter(kind=kind, met_on=None, cancelled_on=None):
        deadlines.meet(deadline=deadline, on=max(on, deadline.started_on), by=SYSTEM)


def _locked(case: RectificationCase, *, at: tuple[str, ...]) -> RectificationCase:
    locked = RectificationCase.objects.select_for_update().get(pk=case.pk)
    if locked.stage not in at:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    return locked
