"""The party's remedies against the decision: how long they run, and whether one is pending (行政复议法, 行政诉讼法)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def still_open(penalty: "Penalty") -> str | None:
    """Why the court is not asked yet (行政强制法第五十三条): a remedy runs, or one is pending. None: neither."""
    from enforcement.penalties import account
    from enforcement.penalties.deadlines import LITIGATION, RECONSIDERATION

    if pending := account.pending_remedy(penalty):
        return pending
    for kind in (RECONSIDERATION, LITIGATION):
        row = penalty.docket.deadlines.filter(kind=kind, cancelled_on=None).order_by("-id").first()
        if row is not None and row.due_on >= clock.today():
            return _("“%(period)s” runs until %(due)s (行政强制法第五十三条).") % {
                "period": row.label,
                "due": row.due_on,
            }
    return None
