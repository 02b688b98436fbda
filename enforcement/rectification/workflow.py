"""Special rectification: the procedure as a table. A later issue adds the penalty branch as more rows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.steps import step
from casework.workflow import Workflow

if TYPE_CHECKING:
    from enforcement.rectification.models import RectificationCase


class Stage(TextChoices):
    INVESTIGATING = "investigating", gettext_lazy("Investigation")
    LEGAL_REVIEW = "legal_review", gettext_lazy("Legal review")
    APPROVAL = "approval", gettext_lazy("Approval")
    ISSUING = "issuing", gettext_lazy("Issue of the order")
    SERVING = "serving", gettext_lazy("Service")
    RECTIFYING = "rectifying", gettext_lazy("Rectification")
    REINSPECTION = "reinspection", gettext_lazy("Re-inspection")
    CLOSING = "closing", gettext_lazy("Ready to close")
    CLOSED = "closed", gettext_lazy("Closed")
    WITHDRAWN = "withdrawn", gettext_lazy("Case withdrawn")


ORDER_BASIS = "行政处罚法第二十八条"
TWO_OFFICERS = "行政处罚法第四十二条"


def facts_are_written(case: "RectificationCase") -> str | None:
    return None if case.facts.strip() else _("Describe the facts found.")


def requirements_are_written(case: "RectificationCase") -> str | None:
    return None if case.requirements.strip() else _("State what must be rectified.")


def cites_a_statute(case: "RectificationCase") -> str | None:
    """A policy document explains why the authority acts; it cannot itself found a decision."""
    if case.violation.legal_basis.strip() and not case.violation_is_policy_only:
        return None
    return _("Cite a law, regulation or rule: a policy document alone cannot found a decision (行政处罚法第十六条).")


def two_certified_officers_signed(case: "RectificationCase") -> str | None:
    signed = [s for s in case.current_signatures() if s.certificate_valid]
    if len(signed) >= 2:
        return None
    return _("Two officers with valid certificates must sign (行政处罚法第四十二条); so far %(count)d.") % {
        "count": len(signed)
    }


def order_says_the_same(case: "RectificationCase") -> str | None:
    if case.order is None:
        return _("Draft the rectification order first.")
    return " ".join(case.order_differences()) or None


def order_stands_at(state: str) -> Callable[["RectificationCase"], str | None]:
    """The order goes through the same hands at the same time as its case."""

    def guard(case: "RectificationCase") -> str | None:
        if case.order is None:
            return _("Draft the rectification order first.")
        if case.order.state == state:
            return None
        return _("The order is at “%(state)s”.") % {"state": case.order.get_state_display()}

    guard.__name__ = f"order_stands_at_{state}"  # the drawing of the procedure reads it
    return guard


def order_is_issued(case: "RectificationCase") -> str | None:
    return None if case.order_is_issued else _("The order has not been issued.")


def order_is_served(case: "RectificationCase") -> str | None:
    return None if case.served_on else _("There is no proof that the order was served.")


def reinspected_by_two(case: "RectificationCase") -> str | None:
    last = case.last_reinspection()
    if last is None or last.for_round != case.round:
        return _("Record the re-inspection first.")
    return None


def reinspection_found_it_done(case: "RectificationCase") -> str | None:
    last = case.last_reinspection()
    return None if last and last.is_done else _("The last re-inspection did not find the rectification done.")


def reinspection_found_it_not_done(case: "RectificationCase") -> str | None:
    last = case.last_reinspection()
    return _("The last re-inspection found the rectification done.") if last and last.is_done else None


def nothing_is_running(case: "RectificationCase") -> str | None:
    return (
        _("A period is still running.")
        if case.docket.deadlines.filter(met_on=None, cancelled_on=None).exists()
        else None
    )


def documents_are_complete(case: "RectificationCase") -> str | None:
    return case.unfinished_document()


def not_a_signatory(case: "RectificationCase", by: Any) -> str | None:
    """Who investigates does not review and does not approve."""
    if case.signatures.filter(officer_id=by.pk).exists() or case.docket.officer_id == by.pk:
        return _("Whoever handled the case may not review or approve it.")
    return None


def is_legally_qualified(case: "RectificationCase", by: Any) -> str | None:
    return (
        None
        if by.legally_qualified
        else _("A legal reviewer must hold the legal-profession qualification (行政处罚法第五十八条).")
    )


def did_not_review(case: "RectificationCase", by: Any) -> str | None:
    if case.reviews.filter(reviewer_id=by.pk, round=case.round).exists():
        return _("Whoever reviewed the case may not approve it.")
    return None


HANDLE, REVIEW, APPROVE, INSPECT = (
    f"rectification.{name}" for name in ("handle_case", "review_case", "approve_case", "reinspect")
)

CASE = Workflow(
    step(
        "submit",
        gettext_lazy("Submit for legal review"),
        sources=[Stage.INVESTIGATING],
        target=Stage.LEGAL_REVIEW,
        permission=HANDLE,
        basis="行政处罚法第五十八条",
        guards=[
            facts_are_written,
            requirements_are_written,
            cites_a_statute,
            two_certified_officers_signed,
            order_stands_at("draft"),
            order_says_the_same,
        ],
        is_primary=True,
    ),
    step(
        "withdraw",
        gettext_lazy("Withdraw the case"),
        sources=[Stage.INVESTIGATING],
        target=Stage.WITHDRAWN,
        permission=APPROVE,
        basis="行政处罚法第五十七条",
        needs_reason=True,
    ),
    step(
        "agree",
        gettext_lazy("Agree after legal review"),
        sources=[Stage.LEGAL_REVIEW],
        target=Stage.APPROVAL,
        permission=REVIEW,
        basis="行政处罚法第五十八条",
        guards=[order_stands_at("submitted"), order_says_the_same],
        personal_guards=[not_a_signatory, is_legally_qualified],
        needs_reason=True,
        is_primary=True,
    ),
    step(
        "return_from_review",
        gettext_lazy("Return to the case officer"),
        sources=[Stage.LEGAL_REVIEW],
        target=Stage.INVESTIGATING,
        permission=REVIEW,
        basis="行政处罚法第五十八条",
        personal_guards=[not_a_signatory],
        needs_reason=True,
    ),
    step(
        "approve",
        gettext_lazy("Approve"),
        sources=[Stage.APPROVAL],
        target=Stage.ISSUING,
        permission=APPROVE,
        basis="行政处罚法第五十七条",
        guards=[
            facts_are_written,
            requirements_are_written,
            cites_a_statute,
            order_stands_at("submitted"),
            order_says_the_same,
        ],
        personal_guards=[not_a_signatory, did_not_review],
        is_primary=True,
    ),
    step(
        "return_from_approval",
        gettext_lazy("Return for more investigation"),
        sources=[Stage.APPROVAL],
        target=Stage.INVESTIGATING,
        permission=APPROVE,
        basis="行政处罚法第五十七条",
        personal_guards=[not_a_signatory],
        needs_reason=True,
    ),
    step(
        "issue_order",
        gettext_lazy("Issue the rectification order"),
        sources=[Stage.ISSUING],
        target=Stage.SERVING,
        permission=HANDLE,
        basis=ORDER_BASIS,
        guards=[order_stands_at("approved"), order_says_the_same],
        is_primary=True,
    ),
    step(
        "start_rectification",
        gettext_lazy("Order served: the period runs"),
        sources=[Stage.SERVING],
        target=Stage.RECTIFYING,
        permission=HANDLE,
        basis="环境保护主管部门实施按日连续处罚办法第八条",
        guards=[order_is_issued, order_is_served],
    ),
    step(
        "take_order_back",
        gettext_lazy("Order revoked: the case is open again"),
        sources=[Stage.SERVING, Stage.RECTIFYING, Stage.REINSPECTION, Stage.CLOSING],
        target=Stage.INVESTIGATING,
        permission=APPROVE,
        basis=ORDER_BASIS,
        needs_reason=True,
    ),
    step(
        "call_reinspection",
        gettext_lazy("Go to re-inspection"),
        sources=[Stage.RECTIFYING],
        target=Stage.REINSPECTION,
        permission=INSPECT,
        basis="环境保护主管部门实施按日连续处罚办法第十条",
        is_primary=True,
    ),
    step(
        "confirm_rectified",
        gettext_lazy("Confirm the rectification"),
        sources=[Stage.REINSPECTION],
        target=Stage.CLOSING,
        permission=HANDLE,
        basis="环境保护主管部门实施按日连续处罚办法第十条",
        guards=[reinspected_by_two, reinspection_found_it_done],
        is_primary=True,
    ),
    step(
        "order_again",
        gettext_lazy("Order rectification again"),
        sources=[Stage.REINSPECTION],
        target=Stage.LEGAL_REVIEW,
        permission=HANDLE,
        basis="环境保护主管部门实施按日连续处罚办法第十二条",
        guards=[reinspected_by_two, reinspection_found_it_not_done],
        needs_reason=True,
    ),
    step(
        "close",
        gettext_lazy("Close the case"),
        sources=[Stage.CLOSING],
        target=Stage.CLOSED,
        permission=APPROVE,
        basis="生态环境行政处罚办法第七十条",
        guards=[order_is_served, reinspection_found_it_done, nothing_is_running, documents_are_complete],
        personal_guards=[not_a_signatory],
        is_primary=True,
    ),
    step(
        "reopen",
        gettext_lazy("Reopen the case"),
        sources=[Stage.CLOSED],
        target=Stage.REINSPECTION,
        permission=APPROVE,
        basis="行政处罚法第七十五条",
        needs_reason=True,
    ),
    initial=Stage.INVESTIGATING,
    stages=Stage,
    verb_prefix="rectification",
    final=[Stage.CLOSED, Stage.WITHDRAWN],
)
