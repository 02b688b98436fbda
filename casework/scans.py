"""Who sees what, at speed: the rows of `Docket.objects.visible_to(viewer)` as short index scans that do not overlap.

`visible_to` is one condition with OR in it, which no database answers from an index in the order of a list. Here the same
rows come as one scan for each department or region seen (equality, then the sort column), and one for the few rows that
come otherwise: one's own and those shared. `core.lists.keyset` merges them. A test over random scopes holds both equal.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, CharField, F, Func, Q
from django.db.models.expressions import RawSQL

from casework.models import Confidentiality, Docket
from casework.models.dockets import DocketQuerySet, co_ids, shared_ids
from core.lists.keyset import Fan, Rows, Scan, each
from organisation.models import Region
from organisation.scope import Scope

# Beyond so many, one scan of everything with the whole condition is quicker than merging.
MOST: Final = 120
INTERNAL: Final = Q(confidentiality=Confidentiality.INTERNAL)
# Stand for the department, officer or region of each scan; no row has them.
NO_DEPARTMENT: Final = -770_077
NO_OFFICER: Final = -880_088
NO_REGION: Final = "\u2205"


def scans(scope: Scope, *, department: int | None = None, city: str = "", stages: Sequence[str] = ()) -> list[Scan]:
    """The rows of the scope. `department`, `city` (four digits) and `stages` narrow them and choose better scans."""
    if scope.is_empty:
        return []
    parts = _parts(scope, department, city)
    if stages and sum(_width(part) for part in parts) * len(stages) <= MOST:
        parts = [each(part, lambda rows, stage=stage: rows.filter(stage=stage)) for part in parts for stage in stages]  # type: ignore[misc]
    elif sum(_width(part) for part in parts) > MOST:
        parts = [Docket.objects.filter(seen_whole(scope), INTERNAL)]
    return [*parts, *personal(scope)]


def _width(part: Scan) -> int:
    return len(part.values) if isinstance(part, Fan) else 1


def seen_whole(scope: Scope, *, department: str = "department_id", region: str = "region_id") -> Q:
    """Departments and regions whose dockets are seen unless confidential; empty when there are none."""
    seen = Q()
    if scope.departments:
        seen |= Q(**{f"{department}__in": scope.departments})
    for first, last in scope.regions:
        seen |= Q(**{f"{region}__gte": first, f"{region}__lte": last})
    return seen


class _Unindexed(Func):
    """A column as it is, but SQLite looks for no index that begins with it."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)


def _without_indexes(scope: Scope) -> tuple[Rows, Q]:
    """Dockets, and as a condition on them those a department or region shows, which no index is looked for."""
    rows = Docket.objects.alias(
        its_department=_Unindexed(F("department_id"), output_field=BigIntegerField()),
        its_region=_Unindexed(F("region_id"), output_field=CharField()),
        its_confidentiality=_Unindexed(F("confidentiality"), output_field=CharField()),
    )
    seen = seen_whole(scope, department="its_department", region="its_region")
    return rows, seen & Q(its_confidentiality=Confidentiality.INTERNAL) if seen else Q(pk__in=[])


def among(scope: Scope, ids: Sequence[int]) -> Scan:
    """Those of these dockets that a department or region shows: read by their ids.

    SQLite would rather walk the whole scope in an index that holds every column asked for, and look for the ids in it.
    """
    rows, seen = _without_indexes(scope)
    return rows.filter(seen, pk__in=_listed(ids))


def to_read(scope: Scope) -> Rows:
    """The rows of `visible_to`, to be asked for by their ids: for a thousand of them SQLite would walk the whole scope."""
    if scope.is_empty:
        return Docket.objects.none()
    rows, seen = _without_indexes(scope)
    own = DocketQuerySet.handled_by(scope.officers) | Q(pk__in=shared_ids(scope))
    return rows.filter(own | seen)


def _listed(ids: Sequence[int]) -> RawSQL:
    """Ids as one parameter: thousands of them would take longer to compile than to find."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def _parts(scope: Scope, department: int | None, city: str) -> list[Scan]:
    """Scans that begin an index each, exclude one another, and together are `seen_whole` and internal."""
    rows = Docket.objects.filter(INTERNAL)
    if not scope.departments and not scope.regions:
        return []
    if department is not None:
        seen = Q() if department in scope.departments else seen_whole(scope)
        return [rows.filter(seen, department_id=department)]
    by_region = Fan(rows.filter(region_id=NO_REGION), NO_REGION, _codes(scope.regions, city))
    if scope.sees_province:
        return [by_region] if city else [rows]
    if scope.departments:
        by_region = replace(by_region, rows=by_region.rows.exclude(department_id__in=scope.departments))
    by_department = Fan(rows.filter(department_id=NO_DEPARTMENT), NO_DEPARTMENT, sorted(scope.departments))
    return [part for part in (by_department, by_region) if part.values]


def _codes(ranges: Sequence[tuple[str, str]], city: str) -> list[str]:
    if not ranges:
        return []
    within = Q()
    for first, last in ranges:
        within |= Q(code__gte=first, code__lte=last)
    found = Region.objects.filter(within, code__startswith=city).order_by("code")
    return list(found.values_list("code", flat=True))


def own(officers: frozenset[int]) -> list[Scan]:
    """The dockets these officers handle: as lead officers, and beside them."""
    led = Fan(Docket.objects.filter(officer_id=NO_OFFICER), NO_OFFICER, sorted(officers))
    beside = Docket.objects.filter(pk__in=co_ids(officers)).exclude(officer_id__in=officers)
    return [led, beside] if officers else []


def personal(scope: Scope) -> list[Scan]:
    """One's own and shared rows, unless a department or region already shows them."""
    if not scope.officers:
        return []
    led = Fan(Docket.objects.filter(officer_id=NO_OFFICER), NO_OFFICER, sorted(scope.officers))
    # One subquery: with two in an OR, SQLite walks the whole table in the order of the list.
    others = Docket.objects.filter(pk__in=co_ids(scope.officers).union(shared_ids(scope)))
    others = others.exclude(officer_id__in=scope.officers)
    seen = seen_whole(scope)
    return [each(part, lambda rows: rows.exclude(seen & INTERNAL) if seen else rows) for part in (led, others)]
