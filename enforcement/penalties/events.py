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

ALL: Final = (
    *(NOTIFIED, DECIDED, SERVED, DEMANDED, REMEDIES_OVER, PURSUED, NOT_PURSUED, PERFORMED, GIVEN_UP, ASKED, REVOKED),
    *(ENDED, STATEMENT_BASIS),
)
