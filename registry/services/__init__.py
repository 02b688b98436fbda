"""The verbs of the registry: keyword-only, atomic, each with its trail event."""

from registry.services.enterprises import change_enterprise, change_status, create_enterprise, rename_enterprise
from registry.services.facilities import (
    add_facility,
    add_line,
    change_facility,
    change_line,
    change_line_status,
)
from registry.services.groups import change_group, create_group
from registry.services.products import add_product, change_product, remove_product
from registry.services.reference import change_element, change_hs_code, create_hs_code

__all__ = [
    "add_facility",
    "add_line",
    "add_product",
    "change_element",
    "change_enterprise",
    "change_facility",
    "change_group",
    "change_hs_code",
    "change_line",
    "change_line_status",
    "change_product",
    "change_status",
    "create_enterprise",
    "create_group",
    "create_hs_code",
    "remove_product",
    "rename_enterprise",
]
