"""Who changed a text while an officer had it open: a colleague by name, or he himself in another window."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Docket
from core import clock
from core.errors import Stale
from trail.models import Event


def changed_meanwhile(docket: Docket, verbs: Sequence[str], *, by: Any) -> Stale:
    """The refusal of words that were written over an older text. `verbs`: those of the trail that change it."""
    last = Event.objects.filter(docket_id=docket.pk, verb__in=verbs).order_by("-id").first()
    if last is None:
        return Stale(_("This text was changed after you opened it. Copy what you typed, reload, and compare."))
    facts = {"who": last.who, "time": f"{clock.local(last.at):%H:%M}"}
    if last.actor_id == by.pk:
        return Stale(
            _(
                "You changed this text yourself at %(time)s, in another window. Copy what you typed, reload, and compare."
            )
            % facts
        )
    return Stale(
        _("%(who)s changed this text at %(time)s, after you opened it. Copy what you typed, reload, and compare.")
        % facts
    )
