"""Messages by which officers hear of a supervision."""

from typing import Final

from django.utils.translation import gettext_lazy as _

NOW_LISTED: Final = _("%(docket)s is supervised by name, until %(on)s")
MORE_TIME: Final = _("%(docket)s: the public deadline of the supervision is now %(on)s")
RELEASED: Final = _("%(docket)s: the supervision by name is over")
ALL: Final = (NOW_LISTED, MORE_TIME, RELEASED)
