"""Who is supervised, where and with what it works, and the materials it works on."""

from registry.models.enterprises import (
    Enterprise,
    EnterpriseGroup,
    EnterpriseKind,
    EnterpriseStatus,
    FormerName,
    known_as,
)
from registry.models.facilities import CoordinateSource, Facility, LineStatus, ProcessLine
from registry.models.imports import ImportAction, ImportMode, ImportRow, ImportRun, ImportSheet, ImportState
from registry.models.products import Product
from registry.models.reference import Element, HsCode, MaterialClass, Technique
from registry.models.seen import also_seen, enterprises_seen, home_ranges

__all__ = [
    "CoordinateSource",
    "Element",
    "Enterprise",
    "EnterpriseGroup",
    "EnterpriseKind",
    "EnterpriseStatus",
    "Facility",
    "FormerName",
    "HsCode",
    "ImportAction",
    "ImportMode",
    "ImportRow",
    "ImportRun",
    "ImportSheet",
    "ImportState",
    "LineStatus",
    "MaterialClass",
    "ProcessLine",
    "Product",
    "Technique",
    "also_seen",
    "enterprises_seen",
    "home_ranges",
    "known_as",
]
