"""Those who decide: proposal, legal review, approval, issue; the same for the decision."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import RuleBroken
from enforcement.penalties import events
from enforcement.penalties.deadlines import PUBLICATION, SERVICE
from enforcement.penalties.models import Penalty, PenaltyReview, ReviewOf
from enforcement.penalties.models.penalty import TRANSFERS
from enforcement.penalties.services.ending import settle_handling
from enforcement.penalties.services.rows import document_of, start, take_document_back
from enforcement.penalties.workflow import PENALTY
from notices import services as notices
from notices.models import Notice
from organisation.models import Officer


def _has_document(penalty: Penalty) -> bool:
    return penalty.conclusion not in TRANSFERS


@transaction.atomic
def propose(*, penalty: Penalty, by: Officer) -> Penalty:
    """Hand the proposal and its document to the legal reviewer."""
    moved = PENALTY.advance(penalty, "propose", by=by)
    if _has_document(moved):
        notices.submit(notice=document_of(moved), by=by)
    return moved


@transaction.atomic
def agree(*, penalty: Penalty, opinion: str, by: Officer, needs_discussion: bool = False) -> Penalty:
    """法制审核: agree. `needs_discussion`: the reviewer finds the act grave or the circumstances complex (第五十七条第二款)."""
    sets = {"needs_discussion": True} if needs_discussion else {}
    moved = PENALTY.advance(penalty, "agree", by=by, reason=opinion, sets=sets)
    _reviewed(moved, ReviewOf.PROPOSAL, agreed=True, opinion=opinion, by=by)
    if _has_document(moved) and document_of(moved).type.needs_legal_review:
        notices.review(notice=document_of(moved), remark=opinion, by=by)
    return moved


@transaction.atomic
def return_from_review(*, penalty: Penalty, opinion: str, by: Officer) -> Penalty:
    moved = PENALTY.advance(penalty, "return_from_review", by=by, reason=opinion)
    _reviewed(moved, ReviewOf.PROPOSAL, agreed=False, opinion=opinion, by=by)
    take_document_back(moved, opinion, by=by)
    return moved


@transaction.atomic
def approve(*, penalty: Penalty, by: Officer) -> Penalty:
    """The head approves the proposal and the words of the prior notice."""
    moved = PENALTY.advance(penalty, "approve", by=by)
    notices.approve(notice=document_of(moved), by=by)
    return moved


@transaction.atomic
def approve_no_penalty(*, penalty: Penalty, by: Officer) -> Penalty:
    """The head decides that there is no penalty (行政处罚法第五十七条第一款第二项、第三项)."""
    moved = PENALTY.advance(penalty, "approve_no_penalty", by=by)
    notices.approve(notice=document_of(moved), by=by)
    return moved


@transaction.atomic
def approve_transfer(*, penalty: Penalty, by: Officer) -> Penalty:
    """The matter goes to the authority that has jurisdiction, or to the police: the procedure here ends."""
    moved = PENALTY.advance(penalty, "approve_transfer", by=by)
    settle_handling(moved, on=clock.today())
    return moved


@transaction.atomic
def return_from_approval(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    moved = PENALTY.advance(penalty, "return_from_approval", by=by, reason=reason)
    take_document_back(moved, reason, by=by)
    return moved


@transaction.atomic
def issue_notice(*, penalty: Penalty, by: Officer) -> Notice:
    """Issue the prior notice. What the party is told is kept: no decision is heavier."""
    told = [row.as_told() for row in penalty.sanctions.all()]
    moved = PENALTY.advance(penalty, "issue_notice", by=by, sets={"notified": told})
    return notices.issue(notice=document_of(moved), by=by)


@transaction.atomic
def submit_decision(*, penalty: Penalty, by: Officer) -> Penalty:
    moved = PENALTY.advance(penalty, "submit_decision", by=by)
    notices.submit(notice=document_of(moved), by=by)
    return moved


@transaction.atomic
def agree_decision(*, penalty: Penalty, opinion: str, by: Officer) -> Penalty:
    """法制审核 before the decision (行政处罚法第五十八条)."""
    moved = PENALTY.advance(penalty, "agree_decision", by=by, reason=opinion)
    _reviewed(moved, ReviewOf.DECISION, agreed=True, opinion=opinion, by=by)
    notices.review(notice=document_of(moved), remark=opinion, by=by)
    return moved


@transaction.atomic
def return_decision(*, penalty: Penalty, opinion: str, by: Officer) -> Penalty:
    moved = PENALTY.advance(penalty, "return_decision", by=by, reason=opinion)
    _reviewed(moved, ReviewOf.DECISION, agreed=False, opinion=opinion, by=by)
    take_document_back(moved, opinion, by=by)
    return moved


@transaction.atomic
def refuse_decision(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    moved = PENALTY.advance(penalty, "refuse_decision", by=by, reason=reason)
    take_document_back(moved, reason, by=by)
    return moved


@transaction.atomic
def decide(*, penalty: Penalty, by: Officer) -> Penalty:
    """The head decides on the penalty and the words of the decision."""
    moved = PENALTY.advance(penalty, "decide", by=by)
    notices.approve(notice=document_of(moved), by=by)
    return moved


@transaction.atomic
def issue_decision(*, penalty: Penalty, by: Officer) -> Notice:
    """Issue the decision, or that there is no penalty. The period for handling the case ends (第六十条); those to serve and to publish
    it begin."""
    today = clock.today()
    moved = PENALTY.advance(penalty, "issue_decision", by=by, sets={"decided_on": today})
    if moved.decision is None:
        raise RuleBroken(_("Draft the decision first."))
    issued = notices.issue(notice=moved.decision, by=by)
    settle_handling(moved, on=today)
    start(moved, SERVICE, on=today, event=events.DECIDED)
    if moved.is_a_penalty:
        start(moved, PUBLICATION, on=today, event=events.DECIDED)
    return issued


def _reviewed(penalty: Penalty, of: str, *, agreed: bool, opinion: str, by: Officer) -> None:
    PenaltyReview.objects.create(
        penalty=penalty, reviewer=by, of=of, round=penalty.round, agreed=agreed, opinion=opinion, at=clock.now()
    )
