"""What the party may still say before the decision, and whether it has used its rights (行政处罚法第四十五条、第六十三条、第六十四条)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def asks_for_hearing(penalty: "Penalty") -> bool:
    """Its last word on a hearing is that it asks for one."""
    from enforcement.penalties.models import StatementKind

    said = penalty.heard_round().filter(kind__in=[StatementKind.ASKS_FOR_HEARING, StatementKind.WAIVES_HEARING])
    last = said.order_by("received_on", "pk").last()
    return last is not None and last.kind == StatementKind.ASKS_FOR_HEARING


def still_open(penalty: "Penalty") -> str | None:
    """Which of its rights still runs, in words. A right ends with its period, or when the party expressly gives it up (第六十二条)."""
    from enforcement.penalties.deadlines import HEARING_REQUEST, STATEMENT
    from enforcement.penalties.models import StatementKind

    if penalty.notified_on is None:
        return None  # that it was not told another guard says
    given_up = set(penalty.heard_round().values_list("kind", flat=True))
    ends = {
        STATEMENT: {StatementKind.WAIVES_STATEMENT},
        HEARING_REQUEST: {StatementKind.WAIVES_HEARING, StatementKind.ASKS_FOR_HEARING},
    }
    words = []
    for kind, ended_by in ends.items():
        row = (
            penalty.docket.deadlines.filter(kind=kind, started_on=penalty.notified_on, cancelled_on=None)
            .order_by("-id")
            .first()
        )
        if row is None or row.due_on < clock.today() or ended_by & given_up:
            continue
        words.append(_("“%(period)s” runs until %(due)s.") % {"period": row.label, "due": row.due_on})
    if not words:
        return None
    return " ".join(
        [*words, str(_("A decision before it ends, without an express waiver, is void (行政处罚法第六十二条)."))]
    )
