"""Ways out of the procedure and back: dropped, annulled, not enforced, taken up again."""

from datetime import date

from django.db import transaction

from casework import deadlines
from core import clock
from core.labels import stored
from enforcement.penalties import account, events
from enforcement.penalties.deadlines import KINDS
from enforcement.penalties.models import Penalty
from enforcement.penalties.services.rows import cancel, give_up_draft, meet, start
from enforcement.penalties.workflow import PENALTY
from enforcement.rectification.deadlines import HANDLING
from organisation.models import Officer
from trail.recording import SYSTEM

ALL_PERIODS = tuple(kind.code for kind in KINDS)


def settle_handling(penalty: Penalty, *, on: date) -> None:
    """The decision ends the period for handling the case (行政处罚法第六十条)."""
    meet(penalty, HANDLING, on=on)


@transaction.atomic
def notify_anew(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    """New facts, or a heavier penalty: it is proposed again, and the party told again (第四十四条、第六十二条)."""
    draft = penalty.decision
    moved = PENALTY.advance(penalty, "notify_anew", by=by, reason=reason)
    give_up_draft(draft, reason)
    return begin_again(moved)


def begin_again(penalty: Penalty) -> Penalty:
    """Another round: reviewed and notified anew. What the party was told before stays on record with its notice."""
    penalty.round += 1
    penalty.version += 1  # what was signed was another proposal
    penalty.prior_notice = penalty.decision = None
    penalty.notified, penalty.notified_on, penalty.decided_on, penalty.served_on = [], None, None, None
    penalty.save(
        update_fields=[
            "round", "version", "prior_notice", "decision", "notified", "notified_on", "decided_on", "served_on",
        ]
    )  # fmt: skip
    return penalty


@transaction.atomic
def drop(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    """The penalty is not pursued: what is decided in the case is its order."""
    drafts = [notice for notice in (penalty.prior_notice, penalty.decision) if notice is not None]
    moved = PENALTY.advance(penalty, "drop", by=by, reason=reason)
    for notice in drafts:
        give_up_draft(notice, reason)
    cancel(moved, *ALL_PERIODS, reason=stored(events.ENDED))
    order = moved.case.order
    if order is not None and order.issued_on is not None:
        settle_handling(moved, on=order.issued_on)
    return moved


@transaction.atomic
def resume(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    """Taken up again: the days for handling the case run on as they did."""
    moved = begin_again(PENALTY.advance(penalty, "resume", by=by, reason=reason))
    decided = moved.docket.deadlines.filter(kind=HANDLING, cancelled_on=None).exclude(met_on=None).last()
    if decided is not None:
        deadlines.run_on(deadline=decided, reason=reason, by=SYSTEM)
    return moved


@transaction.atomic
def annul(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    """复议机关或者人民法院 annulled the decision: its periods end with it."""
    moved = PENALTY.advance(penalty, "annul", by=by, reason=reason)
    cancel(moved, *ALL_PERIODS, reason=reason)
    account.drop_claims(moved, reason)
    return moved


@transaction.atomic
def end_enforcement(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    """终结执行 (行政强制法第四十条)."""
    moved = PENALTY.advance(penalty, "end_enforcement", by=by, reason=reason)
    cancel(moved, *ALL_PERIODS, reason=stored(events.ENDED))
    return moved


@transaction.atomic
def resume_performance(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    """Recorded as performed, or ended, by mistake; or the party can perform again."""
    from enforcement.penalties.deadlines import PAYMENT

    moved = PENALTY.advance(penalty, "resume_performance", by=by, reason=reason)
    last = moved.docket.deadlines.filter(kind=PAYMENT).order_by("-pk").first()
    if last is not None and last.cancelled_on is not None:
        deadlines.reopen(deadline=last, reason=reason, by=SYSTEM)
    elif last is not None and last.met_on is not None:
        deadlines.run_on(deadline=last, reason=reason, by=SYSTEM)
    elif last is None:
        start(moved, PAYMENT, on=moved.served_on or clock.today(), event=events.SERVED)
    return moved
