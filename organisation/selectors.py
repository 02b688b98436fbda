"""Questions about people and authorities: for whom does this officer act, and with whose authority; what of one is in doubt."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.models import Job
from organisation.models import Delegation, Department, Officer
from organisation.roles import ROLES, SEPARATED, roles_of
from trail.models import Event


def delegations_held(deputy: Officer) -> Sequence[Delegation]:
    """Delegations in force today of which `deputy` may make use. Cached on the instance: a request asks often.

    It fails closed: nothing for a deputy who is not active or is one of the three separated administrators (he must not
    come by the power to handle cases), nothing from a principal who has left. Delegations do not chain: what `deputy`
    holds for somebody, his own deputy does not.
    """
    cached: Sequence[Delegation] | None = getattr(deputy, "_delegations_held", None)
    if cached is None:
        cached = _find_delegations(deputy)
        deputy._delegations_held = cached  # type: ignore[attr-defined]
    return cached


def _find_delegations(deputy: Officer) -> list[Delegation]:
    if deputy.pk is None or not deputy.is_active or any(role in SEPARATED for role in roles_of(deputy)):
        return []
    held = Delegation.objects.in_force(clock.today()).filter(deputy=deputy, principal__is_active=True)
    return list(held.select_related("principal__department__region").order_by("starts_on", "pk"))


def principals_of(deputy: Officer) -> list[Officer]:
    """The absent colleagues for whom `deputy` acts today."""
    return [delegation.principal for delegation in delegations_held(deputy)]


def find_officers(viewer: Officer, words: str, limit: int = 20) -> list[Officer]:
    """Officers in service whose name, pinyin initials or user name match what was typed."""
    words = words.strip()
    if not words:
        return []
    match = Q(name__contains=words) | Q(initials__startswith=words.lower()) | Q(username__startswith=words.lower())
    found = Officer.objects.visible_to(viewer).filter(match, is_active=True).select_related("department")
    return list(found.order_by("initials", "pk")[:limit])


def names_borne_twice(officers: Iterable[Officer]) -> set[str]:
    """Those names of these officers that more than one officer in service bears."""
    names = {officer.name for officer in officers}
    counted = Officer.objects.filter(is_active=True, name__in=names).values("name").annotate(bearers=Count("pk"))
    return set(counted.filter(bearers__gt=1).order_by().values_list("name", flat=True))


def handles_cases(officer: Officer) -> bool:
    """Does the officer hold a role that handles cases, and none of the three separated ones?"""
    roles = roles_of(officer)
    return bool(roles) and not any(role in SEPARATED for role in roles)


def case_officers(viewer: Officer) -> QuerySet[Officer]:
    """Officers in service who hold a role that handles cases: the only ones who have, or can be, a deputy."""
    return handling_cases(Officer.objects.visible_to(viewer)).order_by("initials", "pk")


def handling_cases(officers: QuerySet[Officer]) -> QuerySet[Officer]:
    """Those of `officers` who are in service, hold a role that handles cases, and none of the three separated ones."""
    separated = [role.code for role in SEPARATED]
    cases = [code for code in ROLES if code not in separated]
    found = officers.filter(is_active=True, groups__name__in=cases).exclude(groups__name__in=separated)
    return found.select_related("department").distinct()


def trail_of(viewer: Officer) -> QuerySet[Event]:
    """All events, for who may read the trail; none for anybody else."""
    return Event.objects.all() if viewer.has_perm("organisation.read_trail") else Event.objects.none()


def verifications() -> QuerySet[Job]:
    """Verifications of the trail, the newest first."""
    return Job.objects.filter(kind="organisation.verify_trail").order_by("-pk")


def doubt_of(department: Department) -> str:
    """What of an authority nobody has compared with the published documents yet, in words; empty where all is known."""
    if department.is_verified:
        return ""
    return _(
        "To be verified: name, standing or document characters of %(department)s have not been compared with the published documents."
    ) % {"department": department}
