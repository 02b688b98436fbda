"""Which enterprises an officer sees: those of his departments' regions, and those that upper floors add.

It fails closed: whoever has no case role, or nobody at all, sees none.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from organisation.models import Department, Officer
from organisation.scope import Scope, scope_of

Ranges = tuple[tuple[str, str], ...]
_more: list[Callable[[Scope], "QuerySet[Any]"]] = []


def also_seen(enterprise_ids: Callable[[Scope], "QuerySet[Any]"]) -> None:
    """Upper floors add enterprises by id: whoever sees a docket sees its enterprise. Called in `apps.ready()`."""
    if enterprise_ids not in _more:
        _more.append(enterprise_ids)


def home_ranges(viewer: Any) -> Ranges:
    """Region codes (first, last) that the departments in the viewer's scope are responsible for; cached on the viewer."""
    scope = scope_of(viewer)
    if not scope.departments or not isinstance(viewer, Officer):
        return ()
    cached: Ranges | None = viewer.__dict__.get("_home_ranges")
    if cached is None:
        found = Department.objects.filter(pk__in=scope.departments).select_related("region")
        cached = _outermost({department.region.code_range for department in found})
        viewer.__dict__["_home_ranges"] = cached
    return cached


def _outermost(ranges: set[tuple[str, str]]) -> Ranges:
    """A city inside a province that is listed too adds nothing."""
    return tuple(
        sorted(r for r in ranges if not any(other != r and other[0] <= r[0] and r[1] <= other[1] for other in ranges))
    )


def within(ranges: Ranges, path: str = "") -> Q | None:
    """Condition on a row whose enterprise is reached by `path` ("" for the enterprise itself, "facility__enterprise__")."""
    found: Q | None = None
    for first, last in ranges:
        part = Q(**{f"{path}region_id__gte": first, f"{path}region_id__lte": last})
        found = part if found is None else found | part
    return found


def enterprises_seen(viewer: Any, path: str = "") -> Q | None:
    """Condition on rows whose enterprise the viewer sees; None: he sees none."""
    scope = scope_of(viewer)
    if scope.is_empty:
        return None
    seen = within(_outermost({*home_ranges(viewer), *scope.regions}), path)
    key = f"{path.removesuffix('__')}_id__in" if path else "pk__in"
    for enterprise_ids in _more:
        part = Q(**{key: enterprise_ids(scope)})
        seen = part if seen is None else seen | part
    return seen
