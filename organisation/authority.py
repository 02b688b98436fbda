"""By what right does an officer act: his own or an absent colleague's, and how far does it reach.

`has_perm` says whether somebody lends him the power at all. Where several people's powers meet in one person (his own roles,
those of a colleague he acts for), each power reaches only as far as the role and the department it came from.
`casework.powers` asks these questions of a docket.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from organisation.models import Department, Officer
from organisation.roles import SEPARATED, Reach, Role, granted, roles_of
from organisation.selectors import principals_of


def bearers(officer: Officer, permission: str) -> list[Officer]:
    """The people whose roles give `officer` this permission: himself first, then absent colleagues he acts for."""
    own = [officer] if officer.is_active and _roles_with(officer, permission) else []
    return own + [one for one in principals_of(officer) if _roles_with(one, permission, lent=True)]


def _roles_with(officer: Officer, permission: str, *, lent: bool = False) -> list[Role]:
    return [role for role in roles_of(officer) if permission in granted(role) and not (lent and role in SEPARATED)]


def reaches(bearer: Officer, permission: str, *, department: Department, region_code: str, lent: bool) -> bool:
    """Does a role by which `bearer` holds the permission reach that department's matters in that region?"""
    return any(
        _role_reaches(role, bearer, department, region_code) for role in _roles_with(bearer, permission, lent=lent)
    )


def _role_reaches(role: Role, bearer: Officer, department: Department, region_code: str) -> bool:
    if role.reach == Reach.DEPARTMENT:
        return department.is_at_or_below(bearer.department)
    first, last = bearer.department.region.code_range
    return role.reach == Reach.REGION and first <= region_code <= last


@contextmanager
def in_the_name_of(by: Officer, bearer: Officer) -> Iterator[None]:
    """Everything recorded inside names `bearer` beside `by`, unless they are the same person."""
    before = by.acting_for
    by.acting_for = bearer if bearer != by else None
    try:
        yield
    finally:
        by.acting_for = before
