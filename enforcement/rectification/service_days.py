"""Until when an issued order must be served (送达): which rule binds the authority, and what "why this date?" adds.

环境保护主管部门实施按日连续处罚办法第八条 gives an environmental authority three working days on an unlawful discharge; where that is
in doubt, the authority keeps to them. Everybody else follows 行政处罚法第六十一条: seven working days.
"""

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from casework import statutes
from casework.deadlines import kinds
from casework.models import PeriodRule
from core.known_words import said_again
from enforcement.rectification import daily_penalty
from enforcement.rectification.daily_penalty import RULES, Reach

if TYPE_CHECKING:
    from casework.models import Deadline
    from enforcement.rectification.models import RectificationCase

SERVICE: Final = "rectification.service"
SERVICE_ON_DISCHARGE: Final = "rectification.service_on_discharge"
KINDS: Final = (SERVICE, SERVICE_ON_DISCHARGE)


def is_on_discharge(case: "RectificationCase") -> bool:
    return daily_penalty.reach(case.violation, case.docket.department) != Reach.NO


def kind_on(case: "RectificationCase", on: date) -> str | None:
    """The kind of period that binds this authority from that day; None where no rule on file was in force then."""
    kind = SERVICE_ON_DISCHARGE if is_on_discharge(case) else SERVICE
    codes = kinds.get(kind).rules_for(case.docket.department)
    return kind if statutes.chosen(codes, on, PeriodRule.objects.called(*codes)) else None


def advice(service: "Deadline") -> list[str]:
    return [
        _(
            "The law sets these days for decisions on penalties whose party is absent when they are announced (行政处罚法第六十一条); the authority keeps them for its rectification order, too."
        ),
        _attempts(),
    ]


def advice_on_discharge(service: "Deadline") -> list[str]:
    case = getattr(service.docket, "rectification_case", None)
    found = [
        _(
            "By %(rules)s第八条 these days run from the receipt of the monitoring report, a day that is not on file: they are counted from %(start)s (%(event)s). Where the report came earlier, serve by the earlier day; where the discharge can be established on the spot, serve it there."
        )
        % {"rules": RULES, "start": service.started_on, "event": said_again(service.started_by)},
        _attempts(),
    ]
    if case is not None and case.daily_penalty_is_unsure:
        found.append(
            _(
                "To be verified: whether this violation is an unlawful discharge, on which alone these days follow. The authority keeps them to be on the safe side."
            )
        )
    return found


def _attempts() -> str:
    return _("An attempt of service that failed does not stop them.")
