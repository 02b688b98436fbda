"""The amounts of a penalty against the law: its band, the hearing it calls for, what is still to be paid. Asks the pure rules of
`bands` and `thresholds` with the facts of the row."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from enforcement.penalties import bands, thresholds
from enforcement.penalties.band_table import Condition

if TYPE_CHECKING:
    from casework.models import Violation
    from enforcement.penalties.models import Penalty

MEASURES = {
    "warning": thresholds.Measure.WARNING,
    "criticism": thresholds.Measure.CRITICISM,
    "fine": thresholds.Measure.FINE,
    "gains": thresholds.Measure.CONFISCATION,
    "goods": thresholds.Measure.CONFISCATION,
    "suspend": thresholds.Measure.SUSPEND_LICENCE,
    "downgrade": thresholds.Measure.LOWER_GRADE,
    "revoke": thresholds.Measure.REVOKE_LICENCE,
    "restrict": thresholds.Measure.LIMIT_PRODUCTION,
    "stop": thresholds.Measure.STOP_PRODUCTION,
    "close": thresholds.Measure.CLOSE,
    "bar": thresholds.Measure.RESTRICT_TRADE,
}


def facts(penalty: "Penalty") -> bands.Facts:
    return bands.Facts(
        gains=penalty.gains,
        goods=penalty.goods_value,
        investment=penalty.investment,
        discharge_fee=penalty.discharge_fee,
        circumstances=frozenset(Condition(code) for code in penalty.circumstances),
    )


def day_of_law(penalty: "Penalty", violation: "Violation | None" = None) -> date:
    """The day whose band is asked for: of a provision in force, today; of one that is not any more, its last day."""
    cited, today = violation or penalty.violation, clock.today()
    return min(today, cited.valid_to) if cited.valid_to else today


def band(penalty: "Penalty", violation: "Violation | None" = None) -> bands.Band:
    cited = violation or penalty.violation
    return bands.band_of(cited.code, facts(penalty), day_of_law(penalty, cited))


def checked(penalty: "Penalty") -> bands.Checked:
    fine = penalty.fine
    if fine is None:
        return bands.Checked()
    return bands.check(fine, band(penalty), decided_on=clock.today(), is_mitigated=penalty.is_mitigated)


def refusal(penalty: "Penalty") -> str | None:
    return " ".join(checked(penalty).refusals) or None


def hearing(penalty: "Penalty") -> thresholds.Answer:
    """Must a hearing be offered before these sanctions?"""
    proposed = [
        thresholds.Proposed(
            MEASURES[row.kind], row.amount if row.amount is not None else _value_of_goods(penalty, row.kind)
        )
        for row in penalty.sanctions.all()
    ]
    if not proposed:
        return thresholds.Answer(False, str(_("No penalty is named yet.")), "", True)
    department = penalty.docket.department
    return thresholds.hearing(
        proposed, on=clock.today(), is_environmental=department.is_environmental, is_person=False,
        activity=thresholds.Activity.BUSINESS,
    )  # fmt: skip


def _value_of_goods(penalty: "Penalty", kind: str) -> "bands.Decimal | None":
    return penalty.goods_value if kind == "goods" else None


def statutory_due_on(penalty: "Penalty") -> date | None:
    """The last day to pay by the law; None where nothing is to be paid, or nobody knows yet because the decision was not served."""
    from enforcement.penalties.deadlines import PAYMENT

    if penalty.served_on is None:
        return None
    running = penalty.docket.deadlines.filter(kind=PAYMENT, cancelled_on=None, started_on=penalty.served_on)
    row = running.order_by("-id").first()
    return row.due_on if row else None


def payment_due_on(penalty: "Penalty") -> date | None:
    """The last day to pay what is to be paid next: a deferral or instalments that were agreed to come before the law's own day."""
    from enforcement.penalties import account

    return account.due_on(penalty) or statutory_due_on(penalty)


def unpaid(penalty: "Penalty") -> str | None:
    """What is still to be paid, in words; None: nothing."""
    from enforcement.penalties import account

    return account.outstanding_words(penalty)
