"""How the trail tells what happens to a penalty."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "penalties.pursue": _("Penalty pursued"),
    "penalties.edit": _("Proposal of the penalty written"),
    "penalties.sign": _("Proposal of the penalty signed"),
    "penalties.propose": _("Penalty proposed"),
    "penalties.agree": _("Legal review of the penalty: agreed"),
    "penalties.return_from_review": _("Legal review of the penalty: returned"),
    "penalties.approve": _("Proposal of the penalty approved"),
    "penalties.approve_no_penalty": _("Decided: no penalty"),
    "penalties.approve_transfer": _("Transfer approved"),
    "penalties.return_from_approval": _("Proposal of the penalty returned"),
    "penalties.issue_notice": _("Prior notice issued"),
    "penalties.notice_served": _("Prior notice served on %(served_on)s"),
    "penalties.take_notice_back": _("Prior notice revoked"),
    "penalties.record_statement": _("What the party said on %(received_on)s was recorded"),
    "penalties.take_back_statement": _("Entry of %(received_on)s taken back"),
    "penalties.go_to_hearing": _("A hearing is to be held"),
    "penalties.arrange_hearing": _("Hearing arranged: %(place)s"),
    "penalties.call_off_hearing": _("Hearing called off"),
    "penalties.end_hearing": _("Hearing ended on %(ended_on)s"),
    "penalties.close_statement": _("Statement closed: the decision is drafted"),
    "penalties.close_hearing": _("Hearing closed: the decision is drafted"),
    "penalties.submit_decision": _("Decision submitted for legal review"),
    "penalties.notify_anew": _("Proposed anew, to be notified again"),
    "penalties.agree_decision": _("Legal review of the decision: agreed"),
    "penalties.return_decision": _("Legal review of the decision: returned"),
    "penalties.refuse_decision": _("Decision returned to the case officer"),
    "penalties.decide": _("Penalty decided"),
    "penalties.issue_decision": _("Decision issued"),
    "penalties.decision_served": _("Decision served on %(served_on)s"),
    "penalties.no_penalty_served": _("Decision without a penalty served on %(served_on)s"),
    "penalties.take_decision_back": _("Decision revoked: it is drafted anew"),
    "penalties.correct_service": _("The day of a service was corrected; its periods start anew"),
    "penalties.annul": _("Decision annulled"),
    "penalties.carry_out": _("Sanctions other than money carried out"),
    "penalties.perform": _("Penalty performed"),
    "penalties.urge": _("Demand served on %(served_on)s"),
    "penalties.apply_to_court": _("The court was asked to enforce"),
    "penalties.court_refused": _("The court refused to enforce"),
    "penalties.publish": _("Decision published: %(where)s"),
    "penalties.end_enforcement": _("Enforcement ended"),
    "penalties.drop": _("Penalty not pursued"),
    "penalties.resume": _("Penalty taken up again"),
    "penalties.resume_performance": _("Enforcement taken up again"),
}
KINDS: Final = {
    "penalties.notice_served": _("Prior notice served"),
    "penalties.record_statement": _("Statement of the party recorded"),
    "penalties.take_back_statement": _("Statement of the party taken back"),
    "penalties.arrange_hearing": _("Hearing arranged"),
    "penalties.end_hearing": _("Hearing ended"),
    "penalties.decision_served": _("Decision on the penalty served"),
    "penalties.no_penalty_served": _("Decision without a penalty served"),
    "penalties.urge": _("Demand served"),
    "penalties.publish": _("Decision published"),
}
# What a change of a penalty keeps beside its columns.
FIELDS: Final = {
    "sanctions": _("Sanctions"),
    "on": _("Carried out on"),
    "how": _("How they were carried out"),
}
