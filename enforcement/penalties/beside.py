"""Documents beside the procedure that change what is owed: the consent to pay later, a penalty by the day, a penalty on the spot.

What such a document would make of the ledger is checked before it is issued, and written when it has been served."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from casework import deadlines
from core import clock
from core.errors import RuleBroken
from core.labels import stored
from enforcement.penalties import arrears, events, money_rules, payments
from enforcement.penalties.deadlines import PAYMENT
from enforcement.penalties.documents.performing import decided_fine
from enforcement.penalties.models.money import Purpose, Receivable
from enforcement.penalties.surcharge import Instalment
from notices import registry
from notices.models import Notice
from trail.recording import SYSTEM


def deferral_faults(notice: Notice) -> list[str]:
    """Why the plan in this consent to pay later cannot be carried out; empty where the decision is not on file, for then no ledger
    follows from it."""
    values, claim = _values(notice), _fine_of(notice)
    if claim is None or not values.get("plan"):
        return []
    return [words for _field, words in _plan_faults(claim, values, agreed_on=clock.today())]


def deferral_was_served(notice: Notice) -> None:
    """The new days for paying apply. RuleBroken where the ledger has changed so that the plan no longer fits."""
    values, claim = _values(notice), _fine_of(notice)
    if claim is None or notice.issued_on is None or notice.number is None or notice.issued_by is None:
        return
    standing = arrears.standing_plan(claim)
    if standing is not None and standing.document == notice.number:
        return  # entered by hand already
    if faults := _plan_faults(claim, values, agreed_on=notice.issued_on):
        raise RuleBroken([words for _field, words in faults])
    payments.write_plan(
        receivable=claim,
        applied_on=values["applied_on"],
        agreed_on=notice.issued_on,
        document=notice.number,
        instalments=_instalments(claim, values),
        by=notice.issued_by,
    )


def deferral_fell(notice: Notice, reason: str) -> None:
    """The consent was revoked: what stood before applies again."""
    claim = _fine_of(notice)
    for plan in claim.plans.all() if claim else []:
        if plan.document == notice.number and plan.taken_back_at is None:
            payments.drop_plan(plan=plan, reason=reason, by=SYSTEM)


# --- decisions that no proposal led to --------------------------------------------------------------------------------


def decision_was_served(notice: Notice, on: date) -> None:
    """A penalty by the day or on the spot: its fine is owed, by fifteen days from its service (行政处罚法第五十三条、第六十七条)."""
    fine = decided_fine(notice)
    if not fine:
        return
    running = notice.docket.deadlines.filter(kind=PAYMENT, started_on=on, cancelled_on=None).first()
    period = running or deadlines.start(
        docket=notice.docket, kind=PAYMENT, on=on, by=SYSTEM, reason_event=stored(events.SERVED)
    )
    payments.open_receivable(decision=notice, purpose=Purpose.FINE, principal=fine, due_on=period.due_on, by=SYSTEM)


def service_was_corrected(notice: Notice, on: date, reason: str) -> None:
    """The period for paying starts anew from the right day, and what is owed follows it (`account.payment_day_moved`)."""
    for claim in Receivable.objects.filter(decision=notice).standing():
        wrong = notice.docket.deadlines.filter(kind=PAYMENT, due_on=claim.due_on, cancelled_on=None).exclude(
            started_on=on
        )
        for period in wrong:
            deadlines.restart(deadline=period, on=on, reason=reason, by=SYSTEM)


def decision_fell(notice: Notice, reason: str) -> None:
    for claim in Receivable.objects.filter(decision=notice).standing():
        payments.cancel_receivable(receivable=claim, reason=reason, by=SYSTEM)
        for period in notice.docket.deadlines.open().filter(kind=PAYMENT, due_on=claim.due_on):
            deadlines.cancel(deadline=period, reason=reason, by=SYSTEM)


def _values(notice: Notice) -> Mapping[str, Any]:
    form = registry.get(notice.kind).form(notice.content)
    form.is_valid()
    return form.cleaned_data


def _fine_of(notice: Notice) -> Receivable | None:
    """The fine of the decision that the consent names."""
    number = str(notice.content.get("decision_number") or "").strip()
    rows = Receivable.objects.filter(docket=notice.docket, decision__number=number, purpose=Purpose.FINE).standing()
    found = arrears.with_its_rows(rows.select_related("docket", "decision")) if number else []
    return found[0] if found else None


def _instalments(claim: Receivable, values: Mapping[str, Any]) -> list[Instalment]:
    """Those of the plan, and what is not deferred, because it was paid or due already, on the days it was to be paid by."""
    by_day: dict[date, Decimal] = {row["due"]: row["amount"] for row in values["plan"]}
    rest = claim.principal_cny - sum(by_day.values(), Decimal(0))
    for one in arrears.instalments(claim):
        part = min(rest, one.amount)
        if part > 0:
            by_day[one.due_on] = by_day.get(one.due_on, Decimal(0)) + part
            rest -= part
    return [Instalment(on, amount) for on, amount in sorted(by_day.items())]


def _plan_faults(claim: Receivable, values: Mapping[str, Any], *, agreed_on: date) -> list[tuple[str | None, str]]:
    if "applied_on" not in values or not values["applied_on"]:
        return [("applied_on", _("Say when the party applied."))]
    return list(
        money_rules.of_plan(
            _instalments(claim, values), former=arrears.instalments(claim), applied_on=values["applied_on"],
            agreed_on=agreed_on,
        )
    )  # fmt: skip
