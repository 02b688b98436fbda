"""Verbs of what was confiscated in kind: received, disposed of, taken back (行政处罚法第七十四条)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Docket
from core import clock, moments
from core.errors import Fault, RuleBroken, refuse_all
from enforcement.penalties.models.money import Confiscation, Disposal, ThingKind
from enforcement.penalties.money_rules import of_amount
from enforcement.penalties.payments import KEEP
from notices.models import Notice, NoticeState
from organisation.models import Officer

BASIS: Final = "行政处罚法第七十四条"


@powers.under(KEEP, of="docket")
def receive(
    *,
    docket: Docket,
    decision: Notice,
    kind: str,
    name: str,
    quantity: str,
    received_on: date,
    kept_at: str,
    by: Officer,
    value: Decimal | None = None,
) -> Confiscation:
    """A confiscated thing came into the authority's hands. `value`: in yuan, where it was assessed."""
    faults: list[Fault] = list(moments.faults_to_come(received_on, day="received_on"))
    if decision.docket_id != docket.pk or decision.state != NoticeState.ISSUED:
        faults.append(("decision", _("Only an issued decision of this matter confiscates anything.")))
    if value is not None:
        faults += of_amount(value, field="value")
    refuse_all(faults)
    row = Confiscation.objects.create(
        docket=docket,
        decision=decision,
        kind=ThingKind(kind),
        name=name,
        quantity=quantity,
        value_cny=value,
        received_on=received_on,
        kept_at=kept_at,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    trail.record("penalties.receive_confiscated", row, by=by, docket=docket, basis=BASIS, received_on=received_on)
    return row


@powers.under(KEEP, of="confiscation")
def dispose(
    *,
    confiscation: Confiscation,
    disposal: str,
    disposed_on: date,
    document: str,
    by: Officer,
    proceeds: Decimal | None = None,
    receipt_number: str = "",
) -> Confiscation:
    """What became of it. What a sale brings goes to the treasury whole, with its receipt (第七十四条第二款)."""
    row = Confiscation.objects.select_for_update().get(pk=confiscation.pk)
    if row.taken_back_at is not None or row.disposal:
        raise RuleBroken(_("This thing is not in the authority's hands any more."))
    refuse_all(_faults(row, disposal, disposed_on, proceeds, receipt_number))
    row.disposal, row.disposed_on, row.document = Disposal(disposal), disposed_on, document
    row.proceeds_cny, row.receipt_number = proceeds, receipt_number
    row.save(update_fields=["disposal", "disposed_on", "document", "proceeds_cny", "receipt_number"])
    trail.record(
        "penalties.dispose_confiscated", row, by=by, docket=row.docket, basis=BASIS, disposed_on=disposed_on,
        disposal=disposal, document=document, proceeds=proceeds,
    )  # fmt: skip
    return row


def _faults(
    row: Confiscation, disposal: str, disposed_on: date, proceeds: Decimal | None, receipt_number: str
) -> Iterator[Fault]:
    yield from moments.faults_to_come(disposed_on, day="disposed_on")
    if disposed_on < row.received_on:
        yield "disposed_on", _("It was received on %(on)s: it cannot have been disposed of before.") % {"on": row.received_on}  # fmt: skip
    is_sale = disposal in {Disposal.AUCTIONED, Disposal.BY_RULE}
    if disposal == Disposal.AUCTIONED and proceeds is None:
        yield "proceeds", _("Give what the auction brought (行政处罚法第七十四条第二款).")
    if proceeds is None:
        return
    yield from of_amount(proceeds, field="proceeds")
    if not is_sale:
        yield "proceeds", _("What is destroyed or given back brings nothing.")
    elif not receipt_number:
        yield (
            "receipt_number",
            _("Give the receipt by which it was paid into the treasury (行政处罚法第七十四条第二款)."),
        )


@powers.under(KEEP, of="confiscation")
def take_back(*, confiscation: Confiscation, reason: str, by: Officer) -> Confiscation:
    """It was entered wrongly. The row stays on file; a right one is entered anew."""
    row = Confiscation.objects.select_for_update().get(pk=confiscation.pk)
    if row.taken_back_at is not None:
        raise RuleBroken(_("This was taken back already."))
    row.taken_back_at, row.taken_back_reason = clock.now(), reason
    row.save(update_fields=["taken_back_at", "taken_back_reason"])
    trail.record("penalties.take_back_confiscated", row, by=by, docket=row.docket, reason=reason)
    return row


def not_disposed_of(docket: Docket) -> list[str]:
    """What was confiscated and is still in the authority's hands, in sentences."""
    rows = Confiscation.objects.filter(docket=docket, taken_back_at=None, disposal="")
    words = _("Confiscated and not disposed of: %(thing)s, received on %(on)s.")
    return [words % {"thing": row, "on": row.received_on} for row in rows]
