"""Periods of leads."""

from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind
from organisation.models.places import ENVIRONMENT

RECEIVED, TAKEN_UP_AGAIN = _("The lead was received"), _("The lead was taken up again")
# Days of the decision to file: 7 working days under the rule of 2010, 15 days since 2023. Both bind environmental authorities;
# the law that binds all says "without delay" (行政处罚法第五十四条第二款: 及时立案).
DECISION = DeadlineKind(
    code="leads.decision", label=_("Decision whether to open a case"), special={ENVIRONMENT: ("D02", "D01")}
)
