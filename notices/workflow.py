"""How a notice moves: drafted, approved by another, issued, served; answered by a new notice when it was wrong."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.steps import step
from casework.workflow import Workflow
from notices import completeness
from notices.models import Decision, NoticeState, Outcome

if TYPE_CHECKING:
    from notices.models import Notice, Service
    from organisation.models import Officer

State = NoticeState
APPROVAL = "行政处罚法第五十七条、第五十八条"
SERVICE = "行政处罚法第六十一条"
CORRECT = "notices.correct_service"


def is_complete(notice: "Notice") -> str | None:
    reasons = completeness.of(notice)
    return " ".join(reasons) if reasons else None


def review_is_needed(notice: "Notice") -> str | None:
    if not notice.type.needs_legal_review:
        return _("This document does not need a legal review.")
    if reviewed(notice):
        return _("The legal review has already been recorded.")
    return None


def legal_review_agreed(notice: "Notice") -> str | None:
    if notice.type.needs_legal_review and not reviewed(notice):
        return _("A legal reviewer must agree first.")
    return None


def reviewed(notice: "Notice") -> bool:
    return notice.approvals.filter(submission=notice.submissions, decision=Decision.REVIEWED).exists()


def not_ones_own(notice: "Notice", officer: "Officer") -> str | None:
    """Whoever wrote the words does not decide on them."""
    if officer.pk in {notice.drafted_by_id, notice.edited_by_id}:
        return _("You drafted this document: somebody else must decide on it.")
    return None


def not_ones_own_service(service: "Service", by: "Officer", bearer: "Officer | None") -> str | None:
    """Nobody approves that a record he made himself was wrong, nor one of the colleague whose power (`CORRECT`) he uses."""
    if {by.pk, bearer.pk if bearer else by.pk} & {service.server_id, service.co_server_id}:
        return _(
            "Whoever served the document or recorded its service does not correct that record: somebody else must."
        )
    return None


def docket_allows(notice: "Notice") -> str | None:
    if notice.docket.closed_on:
        return _("The docket is closed.")
    reasons = notice.type.guards(notice)
    return " ".join(str(reason) for reason in reasons) if reasons else None


def docket_is_open(notice: "Notice") -> str | None:
    return _("The docket is closed.") if notice.docket.closed_on else None


def docket_is_closed(notice: "Notice") -> str:
    """Why an issued notice of a closed docket is not answered by another, and what opens the way."""
    return _("The docket is closed. Have it reopened first; then a new notice can correct or revoke this one.")


def agency_can_number(notice: "Notice") -> str | None:
    agency = notice.type.agency(notice)
    if not agency.brand:
        return _("%(department)s has no characters for document numbers yet.") % {"department": agency}
    return None


def answered_notice_still_stands(notice: "Notice") -> str | None:
    earlier = notice.supersedes
    if earlier is not None and not earlier.is_in_force:
        return _("The notice %(number)s is no longer in force.") % {"number": earlier.number}
    return None


def is_printed(notice: "Notice") -> str | None:
    return None if notice.is_printed else _("The PDF is not ready yet.")


def nothing_under_way(notice: "Notice") -> str | None:
    if notice.services.filter(outcome=Outcome.PENDING).exists():
        return _("A service is under way. Record its result first.")
    return None


def needs_service(notice: "Notice") -> str | None:
    return None if notice.type.needs_service else _("This document is not served on a party.")


NOTICE = Workflow(
    step(
        "submit", gettext_lazy("Submit for approval"), sources=[State.DRAFT], target=State.SUBMITTED,
        permission="notices.draft_notice", guards=[docket_is_open, is_complete], is_primary=True,
    ),
    step(
        "recall", gettext_lazy("Take back to drafts"), sources=[State.SUBMITTED], target=State.DRAFT,
        permission="notices.draft_notice",
    ),
    step(
        "review", gettext_lazy("Record legal review"), sources=[State.SUBMITTED], target=State.SUBMITTED,
        permission="notices.review_notice", basis=APPROVAL, guards=[review_is_needed], personal_guards=[not_ones_own],
        is_primary=True,
    ),
    step(
        "approve", gettext_lazy("Approve"), sources=[State.SUBMITTED], target=State.APPROVED,
        permission="notices.approve_notice", basis=APPROVAL, guards=[legal_review_agreed, is_complete],
        personal_guards=[not_ones_own], is_primary=True,
    ),
    step(
        "return_from_review", gettext_lazy("Return to the drafter (legal review)"), sources=[State.SUBMITTED],
        target=State.DRAFT, permission="notices.review_notice", guards=[review_is_needed], needs_reason=True,
    ),
    step(
        "return", gettext_lazy("Return to the drafter"), sources=[State.SUBMITTED, State.APPROVED], target=State.DRAFT,
        permission="notices.approve_notice", needs_reason=True,
    ),
    step(
        "issue", gettext_lazy("Issue"), sources=[State.APPROVED], target=State.ISSUED,
        permission="notices.issue_notice",
        guards=[agency_can_number, is_complete, docket_allows, answered_notice_still_stands], is_primary=True,
    ),
    step(
        "serve", gettext_lazy("Record service"), sources=[State.ISSUED, State.UNSERVED], target=State.SERVED,
        permission="notices.serve_notice", basis=SERVICE, guards=[needs_service, is_printed], is_primary=True,
    ),
    step(
        "fail_service", gettext_lazy("Record a failed attempt"), sources=[State.ISSUED, State.UNSERVED],
        target=State.UNSERVED, permission="notices.serve_notice", basis=SERVICE, guards=[needs_service, is_printed],
    ),
    step(
        "supersede", gettext_lazy("Supersede"), sources=[State.ISSUED, State.SERVED, State.UNSERVED],
        target=State.SUPERSEDED, permission="notices.issue_notice", guards=[nothing_under_way], needs_reason=True,
    ),
    step(
        "withdraw", gettext_lazy("Withdraw the draft"), sources=[State.DRAFT], target=State.WITHDRAWN,
        permission="notices.draft_notice", needs_reason=True,
    ),
    initial=State.DRAFT,
    stages=State,
    verb_prefix="notices",
    final=[State.SUPERSEDED, State.WITHDRAWN],
    field="state",
)  # fmt: skip
