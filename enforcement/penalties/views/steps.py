"""The steps of the procedure: what each asks for, and what an officer who decides has before him."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import ReasonForm
from casework.views import steps
from enforcement.inspections.forms import ApprovalForm
from enforcement.penalties import checkup, services
from enforcement.penalties.forms import ReviewForm
from enforcement.penalties.models import Penalty
from enforcement.penalties.strand import facts
from enforcement.penalties.workflow import PENALTY
from enforcement.rectification.docket_kind import facts as facts_of_case
from enforcement.rectification.forms import OpinionForm
from notices import previewing, sources


def decided_on(penalty: Penalty, viewer: Any) -> steps.Basis:
    """The proposal, the case it is made in, and the document word for word: nobody signs, agrees or approves unread."""
    notice = penalty.document
    rows = [*facts(penalty, viewer), *_said(penalty), *facts_of_case(penalty.docket, viewer)]
    return steps.Basis(
        list(dict.fromkeys((label, str(value)) for label, value in rows)),  # what both say is said once
        previewing.of(notice) if notice else None,
        sources.rests_on(penalty.docket, viewer),
        [*(item.words for item in checkup.of(penalty) if not item.blocks), *(notice.doubts() if notice else ())],
    )


def _said(penalty: Penalty) -> list[tuple[str, Any]]:
    return [
        (_("%(what)s of %(on)s") % {"what": row.get_kind_display(), "on": row.received_on}, row.text)
        for row in penalty.heard_round()
    ]


def _by_reason(verb: Any, *, word: str = "reason") -> Any:
    return lambda penalty, by, fields: verb(penalty=penalty, by=by, **{word: fields["reason"]})


def _plain(verb: Any) -> Any:
    return lambda penalty, by, _fields: verb(penalty=penalty, by=by)


def _reviewing(verb: Any) -> steps.Door:
    return steps.Door(_by_reason(verb, word="opinion"), OpinionForm, seen=Penalty.seen_as, shows=decided_on)


def _approving(verb: Any, lead: Any) -> steps.Door:
    return steps.Door(_plain(verb), ApprovalForm, wants="request", lead=lead, seen=Penalty.seen_as, shows=decided_on)


def _giving_reason(verb: Any, lead: Any = "", tone: str = "primary") -> steps.Door:
    return steps.Door(_by_reason(verb), ReasonForm, lead=lead, tone=tone)


DOORS: dict[str, steps.Door] = {
    "propose": steps.Door(
        _plain(services.propose), forms.Form, lead=gettext_lazy("The proposal and its document go to the legal reviewer."),
        shows=decided_on,
    ),
    "agree": steps.Door(
        lambda penalty, by, fields: services.agree(
            penalty=penalty, by=by, opinion=fields["reason"], needs_discussion=fields["needs_discussion"]
        ),
        ReviewForm, seen=Penalty.seen_as, shows=decided_on,
    ),
    "return_from_review": _reviewing(services.return_from_review),
    "approve": _approving(services.approve, gettext_lazy("You approve the proposal and the words of the prior notice.")),
    "approve_no_penalty": _approving(services.approve_no_penalty, gettext_lazy("You decide that there is no penalty.")),
    "approve_transfer": _approving(services.approve_transfer, gettext_lazy("The matter is handed on; the procedure on the penalty ends here.")),
    "return_from_approval": _giving_reason(services.return_from_approval),
    "issue_notice": steps.Door(
        _plain(services.issue_notice),
        lead=gettext_lazy("The prior notice takes its number. The party's days run from its service."), shows=decided_on,
    ),
    "close_statement": steps.Door(_plain(services.close_statement), lead=gettext_lazy("The decision is drafted next."), shows=decided_on),
    "close_hearing": steps.Door(_plain(services.close_hearing), lead=gettext_lazy("The decision is made on the record of the hearing (行政处罚法第六十五条)."), shows=decided_on),
    "submit_decision": steps.Door(_plain(services.submit_decision), lead=gettext_lazy("The decision goes to the legal reviewer."), shows=decided_on),
    "notify_anew": _giving_reason(services.notify_anew, gettext_lazy("The proposal is open again: it is signed, reviewed, approved and notified anew.")),
    "agree_decision": _reviewing(services.agree_decision),
    "return_decision": _reviewing(services.return_decision),
    "refuse_decision": _giving_reason(services.refuse_decision),
    "decide": _approving(services.decide, gettext_lazy("You decide on the penalty and approve the words of the decision.")),
    "issue_decision": steps.Door(
        _plain(services.issue_decision),
        lead=gettext_lazy("The decision takes its number. It binds the party from its service."), shows=decided_on,
    ),
    "annul": _giving_reason(services.annul, gettext_lazy("Name the decision or judgment that annulled it, and its day."), "danger"),
    "perform": steps.Door(_plain(services.perform), lead=gettext_lazy("Everything is paid and carried out: the procedure on the penalty ends.")),
    "urge": steps.Door(_plain(services.urge), lead=gettext_lazy("From the service of the demand the party has ten working days (行政强制法第五十四条、第六十九条).")),
    "apply_to_court": steps.Door(_plain(services.apply_to_court), lead=gettext_lazy("The application is with the court.")),
    "court_refused": _giving_reason(services.court_refused),
    "end_enforcement": _giving_reason(services.end_enforcement, gettext_lazy("The penalty is not enforced any further (行政强制法第四十条)."), "danger"),
    "drop": _giving_reason(services.drop, gettext_lazy("The case goes on with its order alone."), "danger"),
    "resume": _giving_reason(services.resume),
    "resume_performance": _giving_reason(services.resume_performance),
}  # fmt: skip

take_step = steps.doorway(Penalty, PENALTY, DOORS)
