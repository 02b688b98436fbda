"""Those who decide: submit, legal review, approval, return, issue."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from casework import deadlines, strands
from casework.models import Docket
from core import clock
from core.labels import stored
from enforcement.rectification import events, file_forms, service_days
from enforcement.rectification.deadlines import HANDLING
from enforcement.rectification.models import LegalReview, RectificationCase
from enforcement.rectification.services.rows import meet, order_of, start_service
from enforcement.rectification.workflow import CASE, Stage
from notices import services as notices
from notices.models import Notice, NoticeState
from organisation.models import Officer


@transaction.atomic
def submit(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """Hand facts, requirements and the draft order to the legal reviewer."""
    moved = CASE.advance(case, "submit", by=by)
    notices.submit(notice=order_of(moved), by=by)
    return moved


@transaction.atomic
def agree(*, case: RectificationCase, opinion: str, by: Officer) -> RectificationCase:
    """法制审核: agree, with an opinion."""
    moved = CASE.advance(case, "agree", by=by, reason=opinion)
    _review(moved, agreed=True, opinion=opinion, by=by)
    notices.review(notice=order_of(moved), remark=opinion, by=by)
    return moved


@transaction.atomic
def return_from_review(*, case: RectificationCase, opinion: str, by: Officer) -> RectificationCase:
    """法制审核: not agreed; back to the case officer with the opinion."""
    moved = CASE.advance(case, "return_from_review", by=by, reason=opinion)
    _review(moved, agreed=False, opinion=opinion, by=by)
    _take_order_back(moved, opinion, by=by)
    return moved


def _review(case: RectificationCase, *, agreed: bool, opinion: str, by: Officer) -> None:
    review = LegalReview.objects.create(
        case=case, reviewer=by, round=case.round, agreed=agreed, opinion=opinion, at=clock.now()
    )
    file_forms.freeze_review(review)


@transaction.atomic
def approve(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """The head approves the case and the words of the order together."""
    moved = CASE.advance(case, "approve", by=by)
    notices.approve(notice=order_of(moved), by=by)
    return moved


@transaction.atomic
def return_from_approval(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """Not approved, or approved and found wrong before it was issued: back to the case officer with the reason."""
    moved = CASE.advance(case, "return_from_approval", by=by, reason=reason)
    _take_order_back(moved, reason, by=by)
    return moved


def _take_order_back(case: RectificationCase, reason: str, *, by: Any) -> None:
    if case.order is not None and case.order.state in {NoticeState.SUBMITTED, NoticeState.APPROVED}:
        notices.return_to_drafter(notice=case.order, reason=reason, by=by)


@transaction.atomic
def issue_order(*, case: RectificationCase, by: Officer) -> Notice:
    """Issue the order: numbered now, drawn by a worker after commit. The period for handling the case ends with the
    decision, and the days to serve it begin; no period of the party starts before it is served."""
    moved = CASE.advance(case, "issue_order", by=by)
    issued = notices.issue(notice=order_of(moved), by=by)
    if not strands.open_on(moved.docket):  # where a penalty is pursued, the decision on it ends the period
        meet(moved, HANDLING, on=clock.today())
    start_service(moved, event=events.ISSUED, by=by)
    return issued


@transaction.atomic
def start_service_of_earlier_orders(*, by: Any) -> int:
    """Orders issued before the portal kept the days to serve them have them from their issue. Once; answers how many."""
    waiting = RectificationCase.objects.filter(stage=Stage.SERVING, order__issued_on__isnull=False)
    started = 0
    for found in list(waiting.order_by("docket_id")):
        docket = Docket.objects.locked(found.docket_id)  # whoever serves the order meanwhile locks that first, too
        case = waiting.filter(pk=found.pk).select_related("docket__department", "order", "violation").first()
        on = case.order.issued_on if case is not None and case.order else None
        if case is None or on is None:
            continue
        known = case.docket.deadlines.filter(kind__in=service_days.KINDS)
        # Those of an order on a discharge that was ordered again began before its issue: they run, or ended since.
        kept = Q(started_on__gte=on) | Q(cancelled_on__gte=on) | Q(met_on__gte=on)
        if known.open().exists() or known.filter(kept).exists():
            continue
        if (kind := service_days.kind_on(case, on)) is not None:
            deadlines.start(docket=docket, kind=kind, on=on, by=by, reason_event=stored(events.ISSUED_BEFORE))
            started += 1
    return started
