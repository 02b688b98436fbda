"""By what right does an officer act: his own or an absent colleague's, and how far does it reach.

`has_perm` says whether somebody lends him the power at all. Where several people's powers meet in one person (his own roles,
those of a colleague he acts for), each power reaches only as far as the role and the department it came from.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from organisation.models import Department, Officer
from organisation.roles import SEPARATED, Reach, Role, granted, roles_of
from organisation.selectors import principals_of


def bearers(officer: Officer, permission: str) -> list[Officer]:
    """The people whose roles give `officer` this permission: himself first, then absent colleagues he acts for."""
    own = [officer] if officer.is_active and _roles_with(officer, permission) else []
    return own + [one for one in principals_of(officer) if _roles_with(one, permission, lent=True)]


def _roles_with(officer: Officer, permission: str, *, lent: bool = False) -> list[Role]:
    return [role for role in roles_of(officer) if permission in granted(role) and not (lent and role in SEPARATED)]


def may_act_on(officer: Officer, permission: str, *, department: Department, region_code: str) -> bool:
    """Does one of those roles reach a matter of that department in that region? Seeing it is another question (scope)."""
    return any(
        _reaches(role, bearer, department, region_code)
        for bearer in bearers(officer, permission)
        for role in _roles_with(bearer, permission, lent=bearer != officer)
    )


def _reaches(role: Role, bearer: Officer, department: Department, region_code: str) -> bool:
    if role.reach == Reach.DEPARTMENT:
        return department.is_at_or_below(bearer.department)
    first, last = bearer.department.region.code_range
    return role.reach == Reach.REGION and first <= region_code <= last


def principal_behind(officer: Officer, permission: str) -> Officer | None:
    """The absent colleague whose power `officer` uses with `permission`: the one he chose to act for, else, when his own
    roles do not give it, the one whose roles do. None: he acts in his own right."""
    if officer.acting_for is not None:
        return officer.acting_for
    found = bearers(officer, permission)
    return found[0] if found and found[0] != officer else None


@contextmanager
def exercised(by: Any, permission: str) -> Iterator[None]:
    """While an act under `permission` is done and recorded, the trail names the colleague for whom it is done."""
    if not isinstance(by, Officer):
        yield
        return
    before = by.acting_for
    by.acting_for = principal_behind(by, permission)
    try:
        yield
    finally:
        by.acting_for = before
