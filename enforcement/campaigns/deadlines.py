"""Periods of campaigns, of their tasks, and of matters supervised by name. The authority sets each of them itself."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind

RUN, SELF_CHECK, TASK, LISTING = (
    "campaigns.run",
    "campaigns.self_check",
    "campaigns.task",
    "campaigns.supervision",
)
PLAN: Final = _("The plan of the campaign was approved")
SENT_OUT: Final = _("The self-check began")
ASSIGNED: Final = _("The task was assigned")
LISTED: Final = _("The matter was listed for supervision")
EVENTS: Final = (PLAN, SENT_OUT, ASSIGNED, LISTED)


def as_it_was_set(period: Any, almanac: Any) -> date | None:
    """Nobody but who set the day moves it: it is neither stopped nor extended on the page of the docket."""
    return None


KINDS: Final = (
    DeadlineKind(
        code=RUN, label=_("End of the campaign"), basis=_("Plan of the campaign"), side="agency", own_end=as_it_was_set
    ),
    DeadlineKind(
        code=SELF_CHECK,
        label=_("Self-checks of the enterprises"),
        basis=_("Plan of the campaign"),
        side="other",
        own_end=as_it_was_set,
    ),
    DeadlineKind(
        code=TASK,
        label=_("Task of the campaign"),
        basis=_("Task sheet of the campaign"),
        side="agency",
        own_end=as_it_was_set,
    ),
    DeadlineKind(
        code=LISTING,
        label=_("Public deadline of the supervision"),
        basis=_("Notice of supervision"),
        side="agency",
        own_end=as_it_was_set,
    ),
)
