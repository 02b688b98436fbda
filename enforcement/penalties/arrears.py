"""What is owed on a day, and what still stands in the way of closing a case. Reads only."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from casework.models import Docket
from core import clock
from core.numerals import amount_in_figures
from enforcement.penalties.models.money import Plan, Purpose, Receivable
from enforcement.penalties.surcharge import Instalment, Payment, Reason, Surcharge, Suspension, surcharge

READ = ("entries__reversed_by", "plans__instalments", "reviews")


def with_its_rows(receivables: Iterable[Receivable]) -> list[Receivable]:
    """With all that `state` reads, by as few queries for many as for one."""
    rows = list(receivables)
    prefetch_related_objects(rows, *READ)
    return rows


def standing_plan(receivable: Receivable) -> Plan | None:
    return next((plan for plan in reversed(receivable.plans.all()) if plan.taken_back_at is None), None)


def instalments(receivable: Receivable) -> list[Instalment]:
    """By which days what is to be paid: as the standing plan says, else all of it by the day of the decision."""
    plan = standing_plan(receivable)
    if plan is None:
        return [Instalment(receivable.due_on, receivable.principal_cny)]
    return [Instalment(one.due_on, one.amount_cny) for one in plan.instalments.all()]


def payments(receivable: Receivable) -> list[Payment]:
    """Those that stand: an entry that was reversed counts as if it had never been made."""
    return [
        Payment(one.paid_on, one.amount_cny)
        for one in receivable.entries.all()
        if one.reverses_id is None and not hasattr(one, "reversed_by")
    ]


def suspensions(receivable: Receivable) -> list[Suspension]:
    return [
        Suspension(one.first_on, one.last_on, Reason(one.kind), one.document)
        for one in receivable.reviews.all()
        if one.taken_back_at is None
    ]


def state(receivable: Receivable, on: date | None = None) -> Surcharge:
    """How it stands on a day (default: today). Surcharge arises on fines only (行政处罚法第七十二条第一款第一项)."""
    day = on or clock.today()
    plan = instalments(receivable)
    if receivable.purpose != Purpose.FINE:
        # Computed as if it were never due: what is to be paid and what was paid stay, and nothing is added.
        plan = [Instalment(date.max - timedelta(days=1), receivable.principal_cny)]
    return surcharge(instalments=plan, payments=payments(receivable), suspensions=suspensions(receivable), until=day)


def next_due(receivable: Receivable) -> date | None:
    """The last day for paying what is to be paid next; of what is overdue, the first. None once all is paid."""
    now = state(receivable)
    if not now.open:
        return None
    paid, due = now.paid, Decimal(0)
    for one in instalments(receivable):
        due += one.amount
        if due > paid:
            return one.due_on
    return receivable.due_on  # the principal is paid, the surcharge is not


def of_docket(docket: Docket) -> "list[Receivable]":
    return with_its_rows(Receivable.objects.filter(docket=docket).select_related("decision", "docket").order_by("pk"))


def overdue(rows: "QuerySet[Receivable]", on: date) -> "QuerySet[Receivable]":
    return rows.filter(due_key__lt=on)


def open_money(docket: Docket) -> list[str]:
    """What of the penalties of a docket is not paid, in sentences; empty where nothing is open. The case is closed on payment,
    enforcement, or for another reason that the head states."""
    words = _("%(what)s of decision %(decision)s: %(open)s are still open.")
    return [
        words
        % {
            "what": row.get_purpose_display(),
            "decision": row.decision.number,
            "open": amount_in_figures(state(row).open),
        }
        for row in of_docket(docket)
        if row.cancelled_on is None and state(row).open
    ]
