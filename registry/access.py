"""Who may keep what: role and region together. The buttons ask the same questions as the verbs."""

from typing import Any

from django.core.exceptions import PermissionDenied

from organisation.models import Region
from registry.models import Enterprise, home_ranges
from trail.recording import SYSTEM


def holds(by: Any, permission: str) -> bool:
    return by is SYSTEM or by.has_perm(permission)


def in_own_region(by: Any, region: Region) -> bool:
    """Is the region within those the officer's departments are responsible for?"""
    return by is SYSTEM or any(first <= region.code <= last for first, last in home_ranges(by))


def may_keep(by: Any, enterprise: Enterprise) -> bool:
    """May this officer change this enterprise: role, and own region."""
    return holds(by, "registry.change_enterprise") and in_own_region(by, enterprise.region)


def require_keeper(by: Any, enterprise: Enterprise) -> None:
    if not may_keep(by, enterprise):
        raise PermissionDenied("registry.change_enterprise")


def require(by: Any, permission: str) -> None:
    if not holds(by, permission):
        raise PermissionDenied(permission)
