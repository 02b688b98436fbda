"""A decision that was served and what is owed on it."""

from datetime import date
from decimal import Decimal

from casework.models import Docket
from core import clock
from enforcement.penalties import payments
from enforcement.penalties.models.money import Purpose, Receivable
from notices.models import Notice, NoticeState
from trail.recording import SYSTEM

DECIDED, DUE = date(2026, 10, 9), date(2026, 10, 26)
FINE = Decimal("100000.00")


def decision_of(
    docket: Docket, by, *, number: str = "常环罚〔2026〕1号", on: date = DECIDED, kind: str = "notice"
) -> Notice:
    with clock.pinned(on):
        now = clock.now()
    return Notice.objects.create(
        docket=docket, kind=kind, state=NoticeState.ISSUED, drafted_by=by, edited_by=by, drafted_at=now, updated_at=now,
        number=number, series="常环罚", year=on.year, serial=int(number.split("〕")[1][:-1]),
        verification_code=f"MNEY{abs(hash(number)) % 10**8:08d}", issued_on=on, issued_at=now, issued_by=by,
        title="行政处罚决定书", agency=docket.department, agency_name="常州市生态环境局", addressee_name="试验稀土有限公司",
        html="<p>正文</p>",
    )  # fmt: skip


def owed(
    docket: Docket, by, *, purpose: str = Purpose.FINE, principal: Decimal = FINE, decision: Notice | None = None
) -> Receivable:
    decision = decision or decision_of(docket, by)
    with clock.pinned(date(2026, 10, 11)):
        return payments.open_receivable(decision=decision, purpose=purpose, principal=principal, due_on=DUE, by=SYSTEM)


def pay(claim: Receivable, by, amount: str = "100000", *, on: date = DUE, receipt: str = "苏罚0001", **given):
    return payments.record_payment(
        receivable=claim, paid_on=on, amount=Decimal(amount), receipt_number=receipt, channel="bank", by=by, **given
    )
