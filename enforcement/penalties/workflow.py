"""The penalty procedure as a table (行政处罚法第五十四条至第七十四条): proposal → legal review → approval (collective discussion where
required) → prior notice → statement and hearing → decision → service → performance, or its enforcement by a court."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.steps import step
from casework.workflow import Workflow
from enforcement.penalties import guards as g


class Stage(TextChoices):
    PROPOSING = "proposing", _("Proposal of the penalty")
    REVIEW = "review", _("Legal review of the proposal")
    APPROVAL = "approval", _("Approval of the proposal")
    NOTIFYING = "notifying", _("Issue of the prior notice")
    NOTICE_SERVICE = "notice_service", _("Service of the prior notice")
    STATEMENT = "statement", _("Statement and request for a hearing")
    HEARING = "hearing", _("Hearing")
    DECIDING = "deciding", _("Draft of the decision")
    DECISION_REVIEW = "decision_review", _("Legal review of the decision")
    DECISION = "decision", _("Decision of the head")
    ISSUING = "issuing", _("Issue of the decision")
    SERVING = "serving", _("Service of the decision")
    PERFORMING = "performing", _("Performance")
    URGING = "urging", _("Demand before enforcement")
    ENFORCING = "enforcing", _("Enforcement by the court")
    ENDED = "ended", _("Performed")
    NO_PENALTY = "no_penalty", _("No penalty")
    TRANSFERRED = "transferred", _("Transferred")
    ANNULLED = "annulled", _("Decision annulled")
    NOT_ENFORCED = "not_enforced", _("Enforcement ended")
    DROPPED = "dropped", _("Penalty not pursued")


HANDLE, SIGN, REVIEW, DECIDE = (
    f"penalties.{name}" for name in ("handle_penalty", "sign_penalty", "review_penalty", "decide_penalty")
)
S = Stage

PENALTY = Workflow(
    # --- proposal --------------------------------------------------------------------------------------------------
    step(
        "propose", _("Submit the proposal for legal review"), sources=[S.PROPOSING], target=S.REVIEW, permission=HANDLE,
        basis="行政处罚法第五十七条、第五十八条",
        guards=[
            g.conclusion_is_written, g.report_is_on_file, g.cites_a_statute, g.authority_may_punish,
            g.law_reaches_the_act, g.is_not_out_of_time, g.sanctions_are_named, g.fine_is_inside_the_band,
            g.not_fined_twice, g.document_stands_at("draft"), g.document_is_complete, g.document_says_the_same,
            g.two_certified_officers_signed,
        ],
        is_primary=True,
    ),
    step(
        "agree", _("Agree with the proposal"), sources=[S.REVIEW], target=S.APPROVAL, permission=REVIEW,
        basis="行政处罚法第五十八条", guards=[g.law_reaches_the_act, g.fine_is_inside_the_band, g.document_says_the_same],
        personal_guards=[g.no_hand_in_the_case, g.is_legally_qualified], needs_reason=True, is_primary=True,
    ),
    step(
        "return_from_review", _("Return the proposal"), sources=[S.REVIEW], target=S.PROPOSING, permission=REVIEW,
        basis="行政处罚法第五十八条", personal_guards=[g.no_hand_in_the_case], needs_reason=True,
    ),
    step(
        "approve", _("Approve the proposal"), sources=[S.APPROVAL], target=S.NOTIFYING, permission=DECIDE,
        basis="行政处罚法第五十七条", guards=[g.proposes_a_penalty, g.is_discussed_where_required, g.document_says_the_same],
        personal_guards=[g.no_hand_in_the_case, g.did_not_review], is_primary=True,
    ),
    step(
        "approve_no_penalty", _("Approve that there is no penalty"), sources=[S.APPROVAL], target=S.ISSUING,
        permission=DECIDE, basis="行政处罚法第三十三条、第五十七条",
        guards=[g.proposes_no_penalty, g.is_discussed_where_required],
        personal_guards=[g.no_hand_in_the_case, g.did_not_review], is_primary=True,
    ),
    step(
        "approve_transfer", _("Approve the transfer"), sources=[S.APPROVAL], target=S.TRANSFERRED, permission=DECIDE,
        basis="行政处罚法第二十七条、第五十七条", guards=[g.proposes_a_transfer, g.transfer_is_issued],
        personal_guards=[g.no_hand_in_the_case, g.did_not_review], is_primary=True,
    ),
    step(
        "return_from_approval", _("Return for more investigation"), sources=[S.APPROVAL, S.NOTIFYING], target=S.PROPOSING,
        permission=DECIDE, basis="行政处罚法第五十七条", personal_guards=[g.no_hand_in_the_case], needs_reason=True,
    ),
    # --- prior notice, statement, hearing ----------------------------------------------------------------------------
    step(
        "issue_notice", _("Issue the prior notice"), sources=[S.NOTIFYING], target=S.NOTICE_SERVICE, permission=HANDLE,
        basis="行政处罚法第四十四条、第六十三条",
        guards=[
            g.checked_up, g.document_stands_at("approved"), g.document_is_complete, g.document_says_the_same,
            g.hearing_is_offered_where_the_law_says,
        ],
        is_primary=True,
    ),
    step(
        "notice_served", _("Prior notice served: the party may argue"), sources=[S.NOTICE_SERVICE], target=S.STATEMENT,
        permission=HANDLE, basis="行政处罚法第四十四条、第四十五条", guards=[g.notice_is_served],
    ),
    step(
        "take_notice_back", _("Prior notice revoked: the proposal is open again"),
        sources=[S.NOTICE_SERVICE, S.STATEMENT, S.HEARING, S.DECIDING], target=S.PROPOSING, permission=DECIDE,
        basis="行政处罚法第七十五条", needs_reason=True,
    ),
    step(
        "go_to_hearing", _("Hold a hearing"), sources=[S.STATEMENT], target=S.HEARING, permission=HANDLE,
        basis="行政处罚法第六十三条、第六十四条", guards=[g.hearing_was_requested],
    ),
    step(
        "close_statement", _("Go on to the decision"), sources=[S.STATEMENT], target=S.DECIDING, permission=HANDLE,
        basis="行政处罚法第四十五条、第六十二条",
        guards=[g.rights_were_used_or_ran_out, g.statement_is_reviewed, g.no_hearing_is_owed], is_primary=True,
    ),
    step(
        "close_hearing", _("Hearing held: go on to the decision"), sources=[S.HEARING], target=S.DECIDING,
        permission=HANDLE, basis="行政处罚法第六十四条、第六十五条",
        guards=[g.hearing_is_over, g.hearing_papers_are_on_file, g.statement_is_reviewed], is_primary=True,
    ),
    # --- decision ----------------------------------------------------------------------------------------------------
    step(
        "submit_decision", _("Submit the decision for legal review"), sources=[S.DECIDING], target=S.DECISION_REVIEW,
        permission=HANDLE, basis="行政处罚法第五十八条",
        guards=[
            g.was_notified, g.not_heavier_than_notified, g.fine_is_inside_the_band, g.document_stands_at("draft"),
            g.document_is_complete, g.document_says_the_same, g.two_certified_officers_signed,
        ],
        is_primary=True,
    ),
    step(
        "notify_anew", _("Propose anew and notify again"), sources=[S.DECIDING], target=S.PROPOSING, permission=HANDLE,
        basis="行政处罚法第四十四条、第六十二条", needs_reason=True,
    ),
    step(
        "agree_decision", _("Agree with the decision"), sources=[S.DECISION_REVIEW], target=S.DECISION, permission=REVIEW,
        basis="行政处罚法第五十八条", guards=[g.not_heavier_than_notified, g.document_says_the_same],
        personal_guards=[g.no_hand_in_the_case, g.is_legally_qualified], needs_reason=True, is_primary=True,
    ),
    step(
        "return_decision", _("Return the decision"), sources=[S.DECISION_REVIEW, S.DECISION, S.ISSUING],
        target=S.DECIDING, permission=REVIEW, basis="行政处罚法第五十八条",
        guards=[g.proposes_a_penalty], personal_guards=[g.no_hand_in_the_case], needs_reason=True,
    ),
    step(
        "refuse_decision", _("Return the decision to the case officer"), sources=[S.DECISION, S.ISSUING],
        target=S.DECIDING, permission=DECIDE, basis="行政处罚法第五十七条", guards=[g.proposes_a_penalty],
        personal_guards=[g.no_hand_in_the_case], needs_reason=True,
    ),
    step(
        "decide", _("Decide on the penalty"), sources=[S.DECISION], target=S.ISSUING, permission=DECIDE,
        basis="行政处罚法第五十七条",
        guards=[
            g.checked_up, g.was_notified, g.not_heavier_than_notified, g.is_discussed_where_required,
            g.fine_is_inside_the_band, g.not_fined_twice, g.cites_a_statute, g.document_says_the_same,
        ],
        personal_guards=[g.no_hand_in_the_case, g.did_not_review], is_primary=True,
    ),
    step(
        "issue_decision", _("Issue the decision"), sources=[S.ISSUING], target=S.SERVING, permission=HANDLE,
        basis="行政处罚法第五十九条", guards=[g.document_stands_at("approved"), g.document_is_complete, g.document_says_the_same],
        is_primary=True,
    ),
    step(
        "decision_served", _("Decision served"), sources=[S.SERVING], target=S.PERFORMING, permission=HANDLE,
        basis="行政处罚法第六十一条", guards=[g.decision_is_served, g.proposes_a_penalty],
    ),
    step(
        "no_penalty_served", _("Decision without a penalty served"), sources=[S.SERVING], target=S.NO_PENALTY,
        permission=HANDLE, basis="行政处罚法第六十一条", guards=[g.decision_is_served, g.proposes_no_penalty],
    ),
    step(
        "take_decision_back", _("Decision revoked: it is drafted anew"),
        sources=[S.SERVING, S.PERFORMING, S.URGING, S.ENFORCING], target=S.DECIDING, permission=DECIDE,
        basis="行政处罚法第七十五条", needs_reason=True,
    ),
    step(
        "annul", _("Record that the decision was annulled"),
        sources=[S.SERVING, S.PERFORMING, S.URGING, S.ENFORCING, S.ENDED], target=S.ANNULLED, permission=DECIDE,
        basis="行政复议法第六十四条；行政诉讼法第七十条", needs_reason=True,
    ),
    # --- performance -------------------------------------------------------------------------------------------------
    step(
        "perform", _("Record the penalty as performed"), sources=[S.PERFORMING, S.URGING, S.ENFORCING], target=S.ENDED,
        permission=HANDLE, basis="行政处罚法第六十六条", guards=[g.everything_is_paid, g.sanctions_are_carried_out],
        is_primary=True,
    ),
    step(
        "urge", _("Demand served: ten working days to perform"), sources=[S.PERFORMING], target=S.URGING,
        permission=HANDLE, basis="行政强制法第五十四条", guards=[g.payment_is_overdue, g.demand_is_served],
    ),
    step(
        "apply_to_court", _("Record the application to the court"), sources=[S.URGING], target=S.ENFORCING,
        permission=HANDLE, basis="行政强制法第五十三条、第五十四条",
        guards=[g.demand_has_run_out, g.remedies_have_run_out, g.application_is_issued],
    ),
    step(
        "court_refused", _("Record that the court refused"), sources=[S.ENFORCING], target=S.URGING, permission=HANDLE,
        basis="行政强制法第五十六条、第五十八条", needs_reason=True,
    ),
    step(
        "end_enforcement", _("End the enforcement"), sources=[S.PERFORMING, S.URGING, S.ENFORCING],
        target=S.NOT_ENFORCED, permission=DECIDE, basis="行政强制法第四十条",
        personal_guards=[g.no_hand_in_the_case], needs_reason=True,
    ),
    # --- ways out and back -------------------------------------------------------------------------------------------
    step(
        "drop", _("Do not pursue the penalty"), sources=[S.PROPOSING], target=S.DROPPED, permission=DECIDE,
        basis="行政处罚法第五十七条", guards=[g.nothing_was_decided], needs_reason=True,
    ),
    step(
        "resume", _("Take the penalty up again"), sources=[S.DROPPED, S.NO_PENALTY, S.TRANSFERRED, S.ANNULLED],
        target=S.PROPOSING, permission=DECIDE, basis="行政处罚法第七十五条", guards=[g.case_is_open], needs_reason=True,
    ),
    step(
        "resume_performance", _("Take the enforcement up again"), sources=[S.ENDED, S.NOT_ENFORCED], target=S.PERFORMING,
        permission=DECIDE, basis="行政处罚法第七十五条；行政强制法第三十九条", guards=[g.case_is_open], needs_reason=True,
    ),
    initial=S.PROPOSING,
    stages=Stage,
    verb_prefix="penalties",
    final=[S.ENDED, S.NO_PENALTY, S.TRANSFERRED, S.ANNULLED, S.NOT_ENFORCED, S.DROPPED],
)  # fmt: skip
