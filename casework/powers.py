"""May this officer act on this docket, and in whose name? Who may, acts with the docket locked.

Seeing a matter is not handling it. A power reaches a docket through the role it came from (organisation.authority) or
because its bearer is one of the docket's officers; who is only named for the step at which it stands (Part.TASK) takes that
step and nothing else. A share lets an officer look, not act; what was sent to his department (`invite`) he may answer.

Four eyes (行政处罚法第五十七条、第五十八条: who investigates neither reviews nor decides). Whoever handles a docket, or signed, drafted
or recorded in it or in a matter it came from (casework.origins), has no power over it that only others hold over those who handle
matters (review, approval, pause, extension, correction, handing over …) by standing in for a colleague. In his own right a head keeps them: nobody else could hand over his
matter; that he does not review and approve it the guards of its procedure say.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework import kinds, origins
from casework.models import Docket, DocketOfficer, Part
from core.errors import RuleBroken
from organisation.authority import bearers, in_the_name_of, reaches
from organisation.models import Officer
from organisation.roles import CASE_OFFICER, INSPECTOR, holders
from trail.models import Event
from trail.recording import Clockwork

F = TypeVar("F", bound=Callable[..., Any])
# Ids of officers → ids of dockets in which they had a hand that no act of their own in the trail shows.
Hands = Callable[[Collection[int]], "QuerySet[Any, Any]"]
_hands: list[Hands] = []
_verbs: set[str] = set()
# (officer, permission, docket) → does something that was sent to his department give him that power over it?
Invited = Callable[[Officer, str, Docket], bool]
_invited: list[Invited] = []


def invite(invited: Invited) -> None:
    """An upper floor gives officers of another department a power over a docket: what it asks for, and nothing else (decision 41)."""
    if invited not in _invited:
        _invited.append(invited)


def count_as_handling(*verbs: str, hands: Hands | None = None) -> None:
    """Register acts of the trail by which an officer has a hand in a docket (he signed, drafted, recorded), and rows that
    name him beside whoever recorded them."""
    _verbs.update(verbs)
    if hands is not None and hands not in _hands:
        _hands.append(hands)


def counted() -> frozenset[str]:
    """The acts registered so."""
    return frozenset(_verbs)


def handled(officers: Collection[int]) -> Q:
    """Dockets that these officers lead or co-handle, or in which they signed, drafted or recorded. Who is only named for a
    step has no hand in it before he takes it."""
    team = DocketOfficer.objects.filter(officer__in=officers).exclude(part=Part.TASK).values("docket_id")
    wrote = Event.objects.filter(actor_id__in=officers, verb__in=_verbs).exclude(docket_id=None).values("docket_id")
    found = Q(officer_id__in=officers) | Q(pk__in=team) | Q(pk__in=wrote)
    for hands in _hands:
        found |= Q(pk__in=hands(officers))
    return found


def handles(officer: Any, *dockets: Docket) -> bool:
    """Has he a hand in one of these dockets?"""
    return Docket.objects.filter(handled([officer.pk]), pk__in=[docket.pk for docket in dockets]).exists()


def is_over_others(permission: str) -> bool:
    """Is it a power over others' matters (review, approval), and not that of those who handle them?"""
    return not {CASE_OFFICER, INSPECTOR} & set(holders(permission))


def bearer(officer: Any, permission: str, docket: Docket) -> Officer | None:
    """Whose power the officer uses: that of the colleague he chose to act for, his own, or an absent colleague's.

    None when none of them reaches the docket, or only one that the officer may not use as deputy (`kept_from`).
    """
    found = _reaching(officer, permission, docket)
    is_lent = any(one != officer for one in found)
    if is_lent and is_over_others(permission) and handles(officer, docket, *origins.chain(docket)):
        found = [one for one in found if one == officer]
    return found[0] if found else None


def _reaching(officer: Any, permission: str, docket: Docket) -> list[Officer]:
    """Those whose power reaches the docket, in the order in which it is used."""
    if not isinstance(officer, Officer) or not officer.has_perm(permission):
        return []
    able = sorted(bearers(officer, permission), key=lambda one: one != officer.acting_for)
    found = [
        one
        for one in able
        if reaches(one, permission, department=docket.department, region_code=docket.region_id, lent=one != officer)
        or any(invited(one, permission, docket) for invited in _invited)
    ]
    if len(found) == len(able):
        return found
    rows = docket.team.all()
    if permission != kinds.permission_at(docket):
        rows = rows.exclude(part=Part.TASK)
    team = {docket.officer_id, *rows.values_list("officer_id", flat=True)}
    # Also beside others whose role reaches it: a power that is lent takes away none of one's own.
    return [one for one in able if one in found or one.pk in team]


def kept_from(officer: Any, permission: str, docket: Docket) -> str | None:
    """Why the officer may not use on this docket a power that a colleague lends him; None where that is not what stands in
    his way."""
    found = _reaching(officer, permission, docket)
    if not found or bearer(officer, permission, docket) is not None:
        return None
    return _(
        "You handle this matter, or signed, drafted or recorded in it or in what it came from: as deputy of %(principal)s you have no power over it. %(principal)s must act, or somebody who had no hand in it."
    ) % {"principal": found[0].name}


def may(officer: Any, permission: str, docket: Docket) -> bool:
    return bearer(officer, permission, docket) is not None


def concerns(officer: Any, permission: str, docket: Docket) -> bool:
    """Has he the power, or would he have it if he did not handle the matter? Then he reads what stands in his way."""
    return may(officer, permission, docket) or kept_from(officer, permission, docket) is not None


def require(officer: Any, permission: str, docket: Docket) -> None:
    """Raises PermissionDenied; RuleBroken, with the reason, at a deputy who handles the matter."""
    if not may(officer, permission, docket):
        raise _refusal(officer, permission, docket)


def _refusal(officer: Any, permission: str, docket: Docket) -> Exception:
    why = kept_from(officer, permission, docket)
    return RuleBroken(why) if why else PermissionDenied(permission)


@contextmanager
def acting(by: Any, permission: str, docket: Docket) -> Iterator[None]:
    """While an act on the docket is done and recorded, the trail names the absent colleague in whose name it is done.

    Raises what `require` does. The clock needs no permission.
    """
    if isinstance(by, Clockwork):
        yield
        return
    principal = bearer(by, permission, docket)
    if principal is None:
        raise _refusal(by, permission, docket)
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
