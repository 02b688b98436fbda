"""What starts, moves and ends the periods of a case, in the portal's own words: kept in Chinese, known again when they are read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

OPENED = _("The case was opened")
REOPENED = _("The case was reopened")
WITHDRAWN = _("The case was withdrawn")
ISSUED = _("The rectification order was issued")
ISSUED_BEFORE = _("The rectification order was issued (entered when the portal began to keep these days)")
SERVED = _("The rectification order was served")
ORDERED_AGAIN = _("Rectification was ordered again")
PERIOD_NOT_OVER = _("Not rectified; the period is not over")
LOOKED_EARLY = _("Looked at before the period was over")
NOT_RECTIFIED = _("Not rectified; ordered again")
HANDLING_RUNS_ON = _("Not rectified; ordered again: the days run on from the opening of the case (行政处罚法第六十条)")
HEAD_ASKED = _("The head asked for another re-inspection")
STOPPED = _("The clock of the party's period is stopped: the next look is set when it runs again")
RUNS_AGAIN = _("The clock of the party's period runs again")
MOVED = _("The party's period for rectification ends on another day")
# The basis of a period that no statute sets.
OWN_PLAN = _("The authority's own plan for re-inspection (no statutory period)")

ALL: Final = (
    *(OPENED, REOPENED, WITHDRAWN, ISSUED, ISSUED_BEFORE, SERVED, ORDERED_AGAIN, PERIOD_NOT_OVER, LOOKED_EARLY),
    *(NOT_RECTIFIED, HANDLING_RUNS_ON, HEAD_ASKED, STOPPED, RUNS_AGAIN, MOVED, OWN_PLAN),
)
