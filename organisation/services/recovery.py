"""Access restored from the machine's console, when nobody in the browser can: an act of the system, told to every administrator."""

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from core.errors import RuleBroken
from organisation import hooks, roles
from organisation.models import Officer
from organisation.services import accounts, appointments, second_factor
from trail.recording import Clockwork

VERB = "organisation.recover_access"


@transaction.atomic
def set_password(*, officer: Officer, reason: str, console: str, by: Clockwork) -> str:
    """A new initial password, to be changed at the next log-in; the log-in block is lifted. `console`: who sat there."""
    officer, password = accounts.reset_password(officer=officer, reason=reason, by=by)
    _record_and_tell(officer, reason, console, by)
    return password


@transaction.atomic
def recover(*, officer: Officer, reason: str, console: str, by: Clockwork, appoint: bool = False) -> str:
    """A new initial password, no second factor and no block. `appoint` makes the officer a security administrator too."""
    officer, password = accounts.reset_password(officer=officer, reason=reason, by=by)
    if second_factor.device_of(officer):
        second_factor.reset(officer=officer, reason=reason, by=by)
    if appoint:
        appointments.grant(officer=officer, role=roles.SECURITY_ADMINISTRATOR, reason=reason, by=by)
    _record_and_tell(officer, reason, console, by)
    return password


def find(username: str) -> Officer:
    """The officer with this user name, or a RuleBroken that says there is none."""
    officer: Officer | None = Officer.objects.filter(username__iexact=username).first()
    if officer is None:
        raise RuleBroken(_("No account has the user name %(username)s.") % {"username": username})
    return officer


def _record_and_tell(officer: Officer, reason: str, console: str, by: Clockwork) -> None:
    trail.record(VERB, officer, by=by, reason=reason, console=console)
    hooks.tell_of_recovery(officer, reason)
