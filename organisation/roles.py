"""Roles in code. Permissions reach officers through groups synced from here; nobody holds a permission directly.

Administration, security and audit are three separate roles (三员分立): none of the three handles cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from organisation.models import Officer


class Reach(StrEnum):
    """Whose dockets a role sees, before shares and delegations."""

    NOTHING = "nothing"  # no docket at all
    DEPARTMENT = "department"  # handled by the officer's department or those below it
    REGION = "region"  # all departments, within the region of the officer's department


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    label: str | Promise
    summary: str | Promise  # one line on what it can do
    reach: Reach


CASE_OFFICER = Role(
    "case_officer",
    _("Case officer"),
    _("Handles leads and cases of the department, drafts and serves documents"),
    Reach.DEPARTMENT,
)
INSPECTOR = Role("inspector", _("Inspector"), _("Inspects enterprises, logs findings, signs records"), Reach.DEPARTMENT)
LEGAL_REVIEWER = Role(
    "legal_reviewer", _("Legal reviewer"), _("Reviews drafts of decisions before they are approved"), Reach.DEPARTMENT
)
DEPARTMENT_HEAD = Role(
    "department_head",
    _("Department head"),
    _("Approves cases, documents, pauses and extensions of the department"),
    Reach.DEPARTMENT,
)
COORDINATION_OFFICER = Role(
    "coordination_officer",
    _("Coordination officer"),
    _("Dispatches tasks and urges departments of the region"),
    Reach.REGION,
)
SUPERVISOR = Role(
    "supervisor",
    _("Supervisor"),
    _("Sees the state of every matter of the region and what is late and why"),
    Reach.REGION,
)
AUDITOR = Role("auditor", _("Security auditor"), _("Reads and verifies the trail"), Reach.NOTHING)
SYSTEM_ADMINISTRATOR = Role(
    "system_administrator",
    _("System administrator"),
    _("Keeps reference data, calendar and officers' accounts"),
    Reach.NOTHING,
)
SECURITY_ADMINISTRATOR = Role(
    "security_administrator",
    _("Security administrator"),
    _("Grants roles, unlocks accounts, resets second factors"),
    Reach.NOTHING,
)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        CASE_OFFICER,
        INSPECTOR,
        LEGAL_REVIEWER,
        DEPARTMENT_HEAD,
        COORDINATION_OFFICER,
        SUPERVISOR,
        AUDITOR,
        SYSTEM_ADMINISTRATOR,
        SECURITY_ADMINISTRATOR,
    )
}
# The three may not be combined with each other nor with a role that handles cases.
SEPARATED = (AUDITOR, SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR)

_grants: dict[str, set[str]] = {code: set() for code in ROLES}


def grant(permission: str, *roles: Role) -> None:
    """Declare in `apps.ready()` that `roles` hold "app_label.codename"."""
    for role in roles:
        _grants[role.code].add(permission)


def granted(role: Role) -> frozenset[str]:
    return frozenset(_grants[role.code])


def holders(permission: str) -> list[Role]:
    return [ROLES[code] for code, permissions in _grants.items() if permission in permissions]


@transaction.atomic
def sync_roles() -> None:
    """Make the groups equal to the code. A permission that is not in the database is an error, not a silence."""
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    missing = {name for names in _grants.values() for name in names} - known.keys()
    if missing:
        raise LookupError(f"permissions without a model that declares them: {sorted(missing)}")
    for role in ROLES.values():
        group, _created = Group.objects.get_or_create(name=role.code)
        group.permissions.set(known[name] for name in _grants[role.code])


def roles_of(officer: "Officer") -> list[Role]:
    """The officer's roles, in the order of ROLES. Cached on the instance: a request asks often."""
    cached: list[Role] | None = getattr(officer, "_roles", None)
    if cached is None:
        names = set(officer.groups.values_list("name", flat=True))
        cached = [role for role in ROLES.values() if role.code in names]
        officer._roles = cached  # type: ignore[attr-defined]
    return list(cached)


def conflicts(roles: Iterable[Role]) -> bool:
    """Would these roles together break the separation of the three administrators?"""
    chosen = set(roles)
    return len(chosen) > 1 and any(role in chosen for role in SEPARATED)
