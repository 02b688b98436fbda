"""The rules of a hearing (行政处罚法第六十四条): who presides, when it is notified, when it may be asked for. Pure but for the rows given."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework import calendar, powers, statutes
from core import clock
from core.errors import Fault
from core.workdays import add_working_days

if TYPE_CHECKING:
    from enforcement.penalties.models import Hearing, Penalty

NOTICE_RULES = ("D24",)  # 听证的七日前, working days (第六十四条第二项、第八十五条)
NOTICE_DAYS = 7


def faults_of_request(penalty: "Penalty", received_on: date) -> list[Fault]:
    """当事人要求听证的，应当在行政机关告知后五日内提出 (第六十四条第一项)."""
    from enforcement.penalties.deadlines import HEARING_REQUEST

    if not penalty.offers_hearing or penalty.notified_on is None:
        return [("kind", _("The prior notice offers no hearing."))]
    row = penalty.docket.deadlines.filter(
        kind=HEARING_REQUEST, started_on=penalty.notified_on, cancelled_on=None
    ).last()
    if row is not None and received_on > row.due_on:
        return [
            (
                "received_on",
                _("The period to ask for a hearing ended on %(due)s (行政处罚法第六十四条第一项).")
                % {"due": row.due_on},
            )
        ]
    return []


def earliest(notified_on: date) -> date:
    """The first day on which a hearing can be held whose notice is served that day: seven full working days lie between."""
    days = calendar.current().calendar
    rule = statutes.rule_in_force(NOTICE_RULES, notified_on)
    length = rule.length if rule is not None and rule.length else NOTICE_DAYS
    return add_working_days(add_working_days(notified_on, length, days), 1, days)


def faults(
    penalty: "Penalty", *, at: datetime, place: str, host: Any, clerk: Any, is_public: bool, closed_why: str
) -> list[Fault]:
    found: list[Fault] = []
    on, first = clock.local(at).date(), earliest(clock.today())
    if on < first:
        found.append(
            (
                "at",
                _(
                    "The party is notified seven working days before: the earliest day is %(day)s (行政处罚法第六十四条第二项)."
                )
                % {"day": first},
            )
        )
    if not place.strip():
        found.append(("place", _("Say where it is held.")))
    if host == clerk:
        found.append(("clerk", _("Whoever presides does not keep the record.")))
    for name, officer in (("host", host), ("clerk", clerk)):
        if powers.handles(officer, penalty.docket):
            found.append(
                (
                    name,
                    _(
                        "%(officer)s investigated this case: a hearing is presided over by somebody who did not (行政处罚法第六十四条第四项)."
                    )
                    % {"officer": officer.name},
                )
            )
    if not is_public and not closed_why.strip():
        found.append(
            (
                "closed_why",
                _(
                    "A hearing is public unless a state secret, a business secret or privacy is concerned: say which (行政处罚法第六十四条第三项)."
                ),
            )
        )
    return found


def faults_of_end(hearing: "Hearing", outcome: str, ended_on: date, note: str) -> list[Fault]:
    from enforcement.penalties.models import HearingOutcome

    found: list[Fault] = []
    if ended_on > clock.today():
        found.append(("ended_on", _("This day lies in the future.")))
    if outcome == HearingOutcome.HELD and ended_on < clock.local(hearing.at).date():
        found.append(
            (
                "ended_on",
                _("The hearing is on %(on)s: it cannot have ended before.") % {"on": clock.local(hearing.at).date()},
            )
        )
    if outcome == HearingOutcome.HELD and not _was_notified(hearing):
        found.append(
            (
                "outcome",
                _(
                    "The notice of the hearing was not served seven working days before it (行政处罚法第六十四条第二项)."
                ),
            )
        )
    if outcome != HearingOutcome.HELD and not note.strip():
        found.append(("note", _("Say what happened.")))
    return found


def _was_notified(hearing: "Hearing") -> bool:
    """听证的七日前，通知当事人及有关人员: the notice of this hearing, served in time."""
    from enforcement.penalties import names, papers

    served_on = papers.served_on(hearing.penalty, names.HEARING_NOTICE)
    return served_on is not None and earliest(served_on) <= clock.local(hearing.at).date()
