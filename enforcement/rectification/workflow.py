"""Special rectification: the procedure of the order as a table. The penalty runs beside it (enforcement.penalties)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from casework.steps import ByAuthority, step
from casework.workflow import Workflow
from enforcement.leads.competence import authority_may_act
from enforcement.rectification import daily_penalty
from enforcement.rectification.guards import (
    cites_a_statute,
    did_not_review,
    documents_are_complete,
    facts_are_written,
    had_its_time_unless_it_discharges,
    is_legally_qualified,
    law_reaches_the_act,
    looked_before_its_end,
    no_open_drafts,
    no_order_in_force,
    not_a_signatory,
    nothing_is_running,
    nothing_runs_beside,
    order_is_complete,
    order_is_issued,
    order_is_served,
    order_says_the_same,
    order_stands_at,
    period_has_run_out,
    period_still_runs,
    records_are_answered,
    reinspected_by_two,
    reinspection_found_it_done,
    reinspection_found_it_not_done,
    requirements_are_written,
    two_certified_officers_signed,
)


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


@dataclass(frozen=True, slots=True)
class OnDischarge(ByAuthority):
    """A basis in the rules on penalties by the day: of environmental authorities, and not on what is certainly no discharge."""

    def __call__(self, row: Any) -> str:
        reach = daily_penalty.reach(row.violation, row.docket.department)
        return self.others if reach == daily_penalty.Reach.NO else self.environmental

    def __str__(self) -> str:
        return f"{self.environmental}（生态环境部门，违法排放污染物）；{self.others}（其他）"


# The rules of 28号令 and of the environmental procedure bind environmental authorities; the others act on the law alone.
SERVING = OnDischarge(f"{daily_penalty.RULES}第八条", ORDER_BASIS)
LOOKING_AGAIN = OnDischarge(f"{daily_penalty.RULES}第十条", ORDER_BASIS)
ORDERING_AGAIN = OnDischarge(f"{daily_penalty.RULES}第十四条", ORDER_BASIS)
CLOSING = ByAuthority("生态环境行政处罚办法", ORDER_BASIS)  # its article on closing is not verified: none is named
CORRECTING = "行政处罚法第七十五条"

HANDLE, REVIEW, APPROVE, INSPECT, SIGN = (
    f"rectification.{name}" for name in ("handle_case", "review_case", "approve_case", "reinspect", "sign_case")
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
            authority_may_act,
            two_certified_officers_signed,
            order_stands_at("draft"),
            order_says_the_same,
            order_is_complete,
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
        guards=[no_order_in_force, no_open_drafts, nothing_runs_beside],
        needs_reason=True,
    ),
    step(
        "agree",
        gettext_lazy("Agree after legal review"),
        sources=[Stage.LEGAL_REVIEW],
        target=Stage.APPROVAL,
        permission=REVIEW,
        basis="行政处罚法第五十八条",
        guards=[
            law_reaches_the_act,
            authority_may_act,
            order_stands_at("submitted"),
            order_says_the_same,
            order_is_complete,
        ],
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
            authority_may_act,
            order_stands_at("submitted"),
            order_says_the_same,
            order_is_complete,
        ],
        personal_guards=[not_a_signatory, did_not_review],
        is_primary=True,
    ),
    step(
        "return_from_approval",
        gettext_lazy("Return for more investigation"),
        sources=[Stage.APPROVAL, Stage.ISSUING],
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
        guards=[order_stands_at("approved"), order_says_the_same, order_is_complete],
        is_primary=True,
    ),
    step(
        "start_rectification",
        gettext_lazy("Order served: the period runs"),
        sources=[Stage.SERVING],
        target=Stage.RECTIFYING,
        permission=HANDLE,
        basis=SERVING,
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
        basis=LOOKING_AGAIN,
        is_primary=True,
    ),
    step(
        "confirm_rectified",
        gettext_lazy("Confirm the rectification"),
        sources=[Stage.REINSPECTION],
        target=Stage.CLOSING,
        permission=HANDLE,
        basis=LOOKING_AGAIN,
        guards=[reinspected_by_two, reinspection_found_it_done, records_are_answered],
        is_primary=True,
    ),
    step(
        "order_again",
        gettext_lazy("Order rectification again"),
        sources=[Stage.REINSPECTION],
        target=Stage.INVESTIGATING,
        permission=HANDLE,
        basis=ORDERING_AGAIN,
        guards=[
            reinspected_by_two,
            reinspection_found_it_not_done,
            had_its_time_unless_it_discharges,
            records_are_answered,
        ],
        needs_reason=True,
    ),
    step(
        "look_after_period",
        gettext_lazy("Look again, now that the period is over"),
        sources=[Stage.REINSPECTION],
        target=Stage.REINSPECTION,
        permission=INSPECT,
        basis=LOOKING_AGAIN,
        guards=[
            reinspected_by_two,
            reinspection_found_it_not_done,
            period_has_run_out,
            looked_before_its_end,
            records_are_answered,
        ],
    ),
    step(
        "continue_rectification",
        gettext_lazy("Period not over: rectification goes on"),
        sources=[Stage.REINSPECTION],
        target=Stage.RECTIFYING,
        permission=HANDLE,
        basis=LOOKING_AGAIN,
        guards=[reinspected_by_two, reinspection_found_it_not_done, period_still_runs, records_are_answered],
    ),
    step(
        "close",
        gettext_lazy("Close the case"),
        sources=[Stage.CLOSING],
        target=Stage.CLOSED,
        permission=APPROVE,
        basis=CLOSING,
        guards=[
            order_is_served,
            reinspected_by_two,
            reinspection_found_it_done,
            nothing_is_running,
            nothing_runs_beside,
            documents_are_complete,
        ],
        personal_guards=[not_a_signatory],
        is_primary=True,
    ),
    step(
        "return_from_closing",
        gettext_lazy("Return the record for correction"),
        sources=[Stage.CLOSING],
        target=Stage.REINSPECTION,
        permission=APPROVE,
        basis=CLOSING,
        personal_guards=[not_a_signatory],
        needs_reason=True,
    ),
    step(
        "look_again",
        gettext_lazy("Return for another re-inspection"),
        sources=[Stage.CLOSING],
        target=Stage.REINSPECTION,
        permission=APPROVE,
        basis=CLOSING,
        personal_guards=[not_a_signatory],
        needs_reason=True,
    ),
    step(
        "reopen",
        gettext_lazy("Reopen the case"),
        sources=[Stage.CLOSED],
        target=Stage.REINSPECTION,
        permission=APPROVE,
        basis=CORRECTING,
        needs_reason=True,
    ),
    step(
        "reopen_withdrawn",
        gettext_lazy("Take the withdrawn case up again"),
        sources=[Stage.WITHDRAWN],
        target=Stage.INVESTIGATING,
        permission=APPROVE,
        basis=CORRECTING,
        needs_reason=True,
    ),
    initial=Stage.INVESTIGATING,
    stages=Stage,
    verb_prefix="rectification",
    final=[Stage.CLOSED, Stage.WITHDRAWN],
)
