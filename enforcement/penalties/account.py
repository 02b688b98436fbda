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
    """The last day for paying of the docket moved (the record of service was corrected): what is owed follows."""
    from enforcement.penalties.selectors import current

    penalty = current(deadline.docket)
    if penalty is not None and deadline.cancelled_on is None and deadline.met_on is None and claims(penalty):
        open_claims(penalty)


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
