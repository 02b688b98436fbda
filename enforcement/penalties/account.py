"""What the party owes on a penalty, and what it has paid: the ledger (`payments`, `arrears`) seen from the procedure."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core import clock
from core.numerals import amount_in_figures
from enforcement.penalties import arrears, payments
from enforcement.penalties.models.money import Purpose, Receivable
from enforcement.penalties.models.sanctions import MONEY
from trail.recording import SYSTEM

if TYPE_CHECKING:
    from datetime import date

    from casework.models import Deadline
    from enforcement.penalties.models import Penalty
    from notices.models import Notice


def claims(penalty: "Penalty") -> list[Receivable]:
    """What is owed on the decision in force; empty before it was served."""
    rows = Receivable.objects.filter(decision=penalty.decision_id).standing().select_related("decision", "docket")
    return arrears.with_its_rows(rows.order_by("pk")) if penalty.decision_id else []


def open_claims(penalty: "Penalty") -> None:
    """The decision was served: its fine and the gains it confiscates are owed, by the last day for paying. Called again when that day
    has moved. Part of the act that holds the docket."""
    from enforcement.penalties import fines

    due_on = fines.statutory_due_on(penalty)
    for row in penalty.sanctions.filter(kind__in=MONEY):
        if penalty.decision is not None and due_on is not None:
            payments.open_receivable(
                decision=penalty.decision, purpose=Purpose(row.kind), principal=row.yuan, due_on=due_on, by=SYSTEM
            )


def drop_claims(penalty: "Penalty", reason: str) -> None:
    """The decision fell: nothing is owed on it any more."""
    for row in claims(penalty):
        payments.cancel_receivable(receivable=row, reason=reason, by=SYSTEM)


def payment_day_moved(deadline: "Deadline") -> None:
    """The last day for paying moved (the record of service was corrected, more time was granted): what is owed on the decision served on
    its first day follows."""
    if deadline.cancelled_on is not None or deadline.met_on is not None:
        return
    rows = Receivable.objects.filter(docket=deadline.docket).standing().exclude(due_on=deadline.due_on)
    for row in rows.select_related("decision"):
        if _served_on(row.decision) == deadline.started_on:
            payments.open_receivable(
                decision=row.decision,
                purpose=row.purpose,
                principal=row.principal_cny,
                due_on=deadline.due_on,
                by=SYSTEM,
            )


def _served_on(decision: "Notice") -> "date | None":
    """As the procedure has it; of a decision beside it, as the record of its service says."""
    from enforcement.penalties.models import Penalty

    penalty = Penalty.objects.filter(decision=decision).first()
    if penalty is not None:
        return penalty.served_on
    service = decision.services.that_count().first()
    return service.served_on if service is not None else None


def due_on(penalty: "Penalty") -> "date | None":
    """The last day for paying what is to be paid next, as a plan of instalments may have set it; None where nothing is open."""
    return min((row.due_key for row in claims(penalty) if row.settled_on is None), default=None)


def outstanding_words(penalty: "Penalty") -> str | None:
    """What is still to be paid, with the surcharge of today, in words; None: nothing."""
    rows = claims(penalty)
    if not rows:
        owed: Any = sum(row.yuan for row in penalty.sanctions.all())
        return _("Still to be paid: %(amount)s.") % {"amount": amount_in_figures(owed)} if owed else None
    states = [arrears.state(row) for row in rows]
    owed, extra = sum(one.open for one in states), sum(one.surcharge_open for one in states)
    if not owed:
        return None
    facts = {"amount": amount_in_figures(owed), "surcharge": amount_in_figures(extra), "on": clock.today()}
    if extra:
        return _("Still to be paid: %(amount)s, of it %(surcharge)s surcharge until %(on)s.") % facts
    return _("Still to be paid: %(amount)s.") % facts


def pending_remedy(penalty: "Penalty") -> str | None:
    """Why the court is not asked yet: reconsideration or litigation is pending (行政强制法第五十三条)."""
    for row in claims(penalty):
        for review in row.reviews.all():
            if review.taken_back_at is None and review.last_on is None:
                facts = {"kind": review.get_kind_display(), "since": review.first_on, "document": review.document}
                return _("%(kind)s is pending since %(since)s (%(document)s; 行政强制法第五十三条).") % facts
    return None


def still_owed(decision: "Notice") -> dict[str, Any]:
    """What is not paid of a decision today, by the names of the forms of documents that ask for it (yuan): fine, gains, surcharge, and the
    day until which that is counted. What is paid has no entry; nothing where no claim is on file."""
    rows = Receivable.objects.filter(decision=decision).standing().order_by("pk")
    found: dict[str, Any] = {}
    for row in arrears.with_its_rows(rows):
        state = arrears.state(row)
        if state.principal_open:
            found[row.purpose] = state.principal_open
        if state.surcharge_open:
            found |= {"surcharge": state.surcharge_open, "surcharge_until": state.until}
    return found
