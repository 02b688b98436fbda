"""What starts, moves and ends the periods of a penalty: kept in Chinese, known again when they are read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

NOTIFIED = _("The prior notice was served")
DECIDED = _("The decision on the penalty was made")
SERVED = _("The decision on the penalty was served")
DEMANDED = _("The demand was served")
REMEDIES_OVER = _("The periods for reconsideration and litigation are over")
PURSUED = _("A penalty is pursued: the days run on until the decision on it (行政处罚法第六十条)")
NOT_PURSUED = _("The penalty is not pursued: the case was decided with its order")
PERFORMED = _("The penalty is performed")
GIVEN_UP = _("The party expressly gave up this right")
ASKED = _("The party has asked for a hearing")
REVOKED = _("The document was revoked")
ENDED = _("The procedure on the penalty ended")
STATEMENT_BASIS = _("行政处罚事先告知书；行政处罚法第四十五条")
DEFERRED = _("The authority agreed to defer the payment, or to instalments")
NOT_DEFERRED = _("The deferral was taken back as a wrong entry")
UNPAID_AGAIN = _("A payment was reversed: money is owed again")
PLAN_CHANGED = _("The days for paying were changed")
AGREED = _("The authority agreed to instalments or a deferral")
DEFERRAL_BASIS = _("同意分期（延期）缴纳罚款通知书；行政处罚法第六十六条第二款")

ALL: Final = (
    *(NOTIFIED, DECIDED, SERVED, DEMANDED, REMEDIES_OVER, PURSUED, NOT_PURSUED, PERFORMED, GIVEN_UP, ASKED, REVOKED),
    *(ENDED, STATEMENT_BASIS, DEFERRED, NOT_DEFERRED, UNPAID_AGAIN, PLAN_CHANGED, AGREED, DEFERRAL_BASIS),
)
