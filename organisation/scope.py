"""Who sees what: the scope of an officer, computed once per request, and the one doorway to a row.

It fails closed: an officer without a role, or not active, has the empty scope.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.http import Http404

from organisation.models import Department, Officer
from organisation.roles import Reach, roles_of
from organisation.selectors import principals_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """Departments whose dockets are seen, region ranges seen whole, and the officers one acts for (oneself first)."""

    departments: frozenset[int] = frozenset()
    regions: tuple[tuple[str, str], ...] = ()
    officers: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.departments or self.regions or self.officers)

    @property
    def sees_province(self) -> bool:
        return ("320000", "329999") in self.regions


EMPTY = Scope()


def scope_of(viewer: "Officer | AnonymousUser") -> Scope:
    """The scope of the viewer, including what absent colleagues delegated to him. Cached on the instance."""
    if not isinstance(viewer, Officer) or not viewer.is_active:
        return EMPTY
    cached: Scope | None = getattr(viewer, "_scope", None)
    if cached is None:
        cached = _compute(viewer)
        viewer._scope = cached  # type: ignore[attr-defined]
    return cached


def _compute(viewer: Officer) -> Scope:
    people = [viewer, *principals_of(viewer)]
    departments: set[int] = set()
    regions: set[tuple[str, str]] = set()
    officers: set[int] = set()
    for person in people:
        reaches = {role.reach for role in roles_of(person)}
        if Reach.REGION in reaches:
            regions.add(person.department.region.code_range)
        if Reach.DEPARTMENT in reaches:
            departments.update(Department.objects.below(person.department).values_list("id", flat=True))
        if reaches - {Reach.NOTHING}:
            officers.add(person.pk)
    return Scope(frozenset(departments), tuple(sorted(regions)), frozenset(officers))


def visible_or_404(model: type[M], viewer: Any, **lookup: Any) -> M:
    """The row, if the viewer may see it; otherwise 404, as if it did not exist."""
    found = model._default_manager.visible_to(viewer).filter(**lookup).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
