"""After the decision: served, performed, demanded, enforced (行政处罚法第六十一条、第六十六条至第七十三条; 行政强制法第五十三条、第五十四条)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from enforcement.penalties import names

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def decision_is_served(penalty: "Penalty") -> str | None:
    return None if penalty.served_on else _("There is no proof that the decision was served.")


def transfer_is_issued(penalty: "Penalty") -> str | None:
    from enforcement.penalties import papers

    if papers.in_force(penalty, names.TRANSFER, names.CRIME):
        return None
    return _("Issue the letter that hands the matter on first: it is started among the documents of the case.")


def everything_is_paid(penalty: "Penalty") -> str | None:
    from enforcement.penalties import fines

    return fines.unpaid(penalty)


def sanctions_are_carried_out(penalty: "Penalty") -> str | None:
    from enforcement.penalties.models.sanctions import MONEY, SanctionKind

    said_whole = (*MONEY, SanctionKind.WARNING, SanctionKind.CRITICISM)  # performed by being said, or by payment
    if penalty.carried_out_on is not None or not penalty.sanctions.exclude(kind__in=said_whole).exists():
        return None
    return _("Record when and how the sanctions other than money were carried out.")


def payment_is_overdue(penalty: "Penalty") -> str | None:
    from enforcement.penalties import fines

    if fines.unpaid(penalty) is None and sanctions_are_carried_out(penalty) is None:
        return _("Everything is performed.")
    due_on = fines.payment_due_on(penalty)
    if due_on is not None and due_on >= clock.today():
        return _("The party has time until %(due)s.") % {"due": due_on}
    return None


def demand_is_served(penalty: "Penalty") -> str | None:
    from enforcement.penalties import papers

    return (
        None
        if papers.served_on(penalty, names.DEMAND)
        else _("The demand (催告书) has not been served (行政强制法第五十四条).")
    )


def demand_has_run_out(penalty: "Penalty") -> str | None:
    """催告书送达十日后 (working days: 第六十九条)."""
    from enforcement.penalties.deadlines import URGED

    running = penalty.docket.deadlines.filter(kind=URGED, cancelled_on=None).order_by("-id").first()
    if running is None:
        return _("The demand (催告书) has not been served (行政强制法第五十四条).")
    if running.met_on is None and running.due_on >= clock.today():
        return _("After the demand the party has until %(due)s (行政强制法第五十四条、第六十九条).") % {
            "due": running.due_on
        }
    return None


def remedies_have_run_out(penalty: "Penalty") -> str | None:
    """当事人在法定期限内不申请行政复议或者提起行政诉讼，又不履行 (行政强制法第五十三条)."""
    from enforcement.penalties import remedies

    return remedies.still_open(penalty)


def application_is_issued(penalty: "Penalty") -> str | None:
    from enforcement.penalties import papers

    if papers.in_force(penalty, names.APPLICATION):
        return None
    return _("Issue the application to the court first (行政强制法第五十五条).")


def nothing_was_decided(penalty: "Penalty") -> str | None:
    """A penalty is not dropped beside a notice that binds the party."""
    for notice in (penalty.prior_notice, penalty.decision):
        if notice is not None and notice.is_in_force:
            return _("Still in force: %(numbers)s. Revoke it first.") % {"numbers": notice.number}
    return None


def case_is_open(penalty: "Penalty") -> str | None:
    return _("The case is closed: reopen it first.") if penalty.docket.closed_on else None
