"""What administrators hear at once: a user name that somebody tries from everywhere, access restored at the console."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from casework.reminders import inbox
from core.labels import Wording
from organisation.models import Officer
from organisation.roles import SEPARATED, holders
from trail.recording import SYSTEM


def tell_of_block(officer: Officer, failures: int, addresses: int) -> None:
    """Put it into the inbox of everyone who may lift the block."""
    title = Wording(
        _(
            "Log-in as %(officer)s is blocked everywhere: %(failures)s failures from %(addresses)s addresses within an hour."
        ),
        {"officer": officer, "failures": failures, "addresses": addresses},
    )
    readers = _holders([role.code for role in holders("organisation.unlock_officers")])
    inbox.tell(to=readers, kind="lock_out", title=title, by=SYSTEM, url=officer.get_absolute_url())


def tell_of_recovery(officer: Officer, reason: str) -> None:
    """Put it into the inbox of every administrator and auditor, with the reason as it was given: what passed by the three must not
    pass unseen."""
    title = Wording(_("The access of %(officer)s was restored at the server's console."), {"officer": officer})
    readers = _holders([role.code for role in SEPARATED])
    inbox.tell(to=readers, kind="recovery", title=title, body=reason, by=SYSTEM, url=officer.get_absolute_url())


def _holders(roles: list[str]) -> Iterable[Officer]:
    return list(Officer.objects.filter(is_active=True, groups__name__in=roles).distinct())
