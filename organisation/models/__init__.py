"""Regions, departments, officers, delegation: who there is, where, and who acts for whom."""

from organisation.models.delegations import Delegation
from organisation.models.drafts import FormDraft
from organisation.models.officers import Density, Officer, PastPassword, RecoveryCode, Theme
from organisation.models.places import (
    Department,
    DepartmentBrand,
    DepartmentLevel,
    DepartmentName,
    Precision,
    Region,
    RegionLevel,
)

__all__ = [
    "Delegation",
    "Density",
    "Department",
    "DepartmentBrand",
    "DepartmentLevel",
    "DepartmentName",
    "FormDraft",
    "Officer",
    "PastPassword",
    "Precision",
    "RecoveryCode",
    "Region",
    "RegionLevel",
    "Theme",
]
