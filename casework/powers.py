"""May this officer act on this docket, and in whose name? Who may, acts with the docket locked.

Seeing a matter is not handling it. A power reaches a docket through the role it came from (organisation.authority) or
because its bearer is one of the docket's officers; who is only named for the step at which it stands (Part.TASK) takes that
step and nothing else. A share lets an officer look, not act.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casework import kinds
from casework.models import Docket, Part
from organisation.authority import bearers, in_the_name_of, reaches
from organisation.models import Officer
from trail.recording import Clockwork

F = TypeVar("F", bound=Callable[..., Any])


def bearer(officer: Any, permission: str, docket: Docket) -> Officer | None:
    """Whose power the officer uses: that of the colleague he chose to act for, his own, or an absent colleague's.

    None when none of them reaches the docket.
    """
    if not isinstance(officer, Officer) or not officer.has_perm(permission):
        return None
    found = sorted(bearers(officer, permission), key=lambda one: one != officer.acting_for)
    for one in found:
        if reaches(one, permission, department=docket.department, region_code=docket.region_id, lent=one != officer):
            return one
    if not found:
        return None
    rows = docket.team.all()
    if permission != kinds.permission_at(docket):
        rows = rows.exclude(part=Part.TASK)
    team = {docket.officer_id, *rows.values_list("officer_id", flat=True)}
    return next((one for one in found if one.pk in team), None)


def may(officer: Any, permission: str, docket: Docket) -> bool:
    return bearer(officer, permission, docket) is not None


def require(officer: Any, permission: str, docket: Docket) -> None:
    """Raises PermissionDenied."""
    if not may(officer, permission, docket):
        raise PermissionDenied(permission)


@contextmanager
def acting(by: Any, permission: str, docket: Docket) -> Iterator[None]:
    """While an act on the docket is done and recorded, the trail names the absent colleague in whose name it is done.

    Raises PermissionDenied. The clock needs no permission.
    """
    if isinstance(by, Clockwork):
        yield
        return
    principal = bearer(by, permission, docket)
    if principal is None:
        raise PermissionDenied(permission)
    with in_the_name_of(by, principal):
        yield


def under(permission: str, of: str) -> Callable[[F], F]:
    """Decorator of a verb `verb(*, by, …)`: it needs `permission` over the docket of its argument `of`, and runs in a
    transaction that holds this docket's lock.

    `of` names the argument that is the docket ("docket") or has one ("case", "notice", "deadline").
    """

    def decorate(verb: F) -> F:
        @wraps(verb)
        def guarded(*args: Any, by: Any, **given: Any) -> Any:
            subject = given[of]
            docket_id = subject.pk if isinstance(subject, Docket) else subject.docket.pk
            with transaction.atomic(), acting(by, permission, Docket.objects.locked(docket_id)):
                return verb(*args, by=by, **given)

        return guarded  # type: ignore[return-value]

    return decorate
