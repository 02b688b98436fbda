"""What administrators hear at once: a user name that somebody tries from everywhere, access restored at the console."""

from django.utils import translation
from django.utils.translation import gettext as _

from casework.reminders import inbox
from organisation.models import Officer
from organisation.roles import SEPARATED, holders
from trail.recording import SYSTEM


def tell_of_block(officer: Officer, failures: int, addresses: int) -> None:
    """Put it into the inbox of everyone who may lift the block."""
    roles = [role.code for role in holders("organisation.unlock_officers")]
    for reader in Officer.objects.filter(is_active=True, groups__name__in=roles).distinct():
        with translation.override(reader.language):
            title = _(
                "Log-in as %(officer)s is blocked everywhere: %(failures)s failures from %(addresses)s addresses within an hour."
            ) % {"officer": officer, "failures": failures, "addresses": addresses}
        inbox.tell(to=[reader], kind="lock_out", title=title, by=SYSTEM, url=officer.get_absolute_url())


def tell_of_recovery(officer: Officer, reason: str) -> None:
    """Put it into the inbox of every administrator and auditor: what passed by the three must not pass unseen."""
    roles = [role.code for role in SEPARATED]
    for reader in Officer.objects.filter(is_active=True, groups__name__in=roles).distinct():
        with translation.override(reader.language):
            title = _("The access of %(officer)s was restored at the server's console.") % {"officer": officer}
            body = _("Reason: %(reason)s") % {"reason": reason}
        inbox.tell(to=[reader], kind="recovery", title=title, body=body, by=SYSTEM, url=officer.get_absolute_url())
