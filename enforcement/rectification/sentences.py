"""How the trail tells what happens to a case."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "rectification.open": _("Case opened"),
    "rectification.edit": _("Facts and requirements written"),
    "rectification.correct_act": _("Time of the act corrected"),
    "rectification.enter_act": _("Time of the act entered"),
    "rectification.sign": _("Case signed"),
    "rectification.submit": _("Submitted for legal review"),
    "rectification.withdraw": _("Case withdrawn"),
    "rectification.agree": _("Legal review: agreed"),
    "rectification.return_from_review": _("Legal review: returned"),
    "rectification.approve": _("Case approved"),
    "rectification.return_from_approval": _("Returned for more investigation"),
    "rectification.issue_order": _("Rectification order issued"),
    "rectification.start_rectification": _("Order served on %(served_on)s: the period runs"),
    "rectification.correct_service": _("The day of service of the order was corrected; its periods start anew"),
    "rectification.take_order_back": _("Order revoked: the case is open again"),
    "rectification.call_reinspection": _("Re-inspection called"),
    "rectification.record_reinspection": _("Re-inspection recorded"),
    "rectification.make_record": _("Document of the re-inspection of %(inspected_on)s made"),
    "rectification.confirm_rectified": _("Rectification confirmed"),
    "rectification.correct_reinspection": _("Record of the re-inspection corrected"),
    "rectification.continue_rectification": _("Period not over: rectification goes on"),
    "rectification.look_after_period": _("The period is over: another re-inspection is due"),
    "rectification.order_again": _("Rectification ordered again"),
    "rectification.return_from_closing": _("Not closed: the record of the re-inspection is to be corrected"),
    "rectification.look_again": _("Not closed: returned for another re-inspection"),
    "rectification.close": _("Case closed"),
    "rectification.reopen": _("Case reopened"),
    "rectification.reopen_withdrawn": _("Withdrawn case taken up again"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "rectification.correct_act": _("Case: time of the act corrected"),
    "rectification.enter_act": _("Case: time of the act entered"),
    "rectification.make_record": _("Document of the re-inspection made"),
    "rectification.start_rectification": _("Order served, the period for rectification runs"),
}
