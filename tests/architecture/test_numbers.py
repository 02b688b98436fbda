"""Quantities are decimal (defect D10: tonnes and money in floating point)."""

import ast

from django.apps import apps
from django.db import models

from tests.architecture.source import LABELS, PACKAGES, ROOT, modules, parsed

# What is rightly a float: no quantity of anything the authority accounts for.
MAY_USE_FLOAT = {
    "casework/search/backends.py": "the planner's estimate of rows",
    "core/markup.py": "the size of a file in words",
    "notices/casefile_pages.py": "points on a page",
    "rareearth/management/commands/portal.py": "seconds since the start",
}


def test_d10_no_model_keeps_a_float():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in LABELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField)
    ]
    assert wrong == []


def test_d10_no_quantity_is_computed_in_float():
    """Nobody converts to float but the places named above, each for its reason."""
    found = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in modules(package)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    }
    assert found == MAY_USE_FLOAT.keys()


def test_d10_a_quantity_says_its_unit_and_is_decimal():
    """Tonnes, percentages, money: whatever a field's name says it counts in, it is decimal."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in LABELS
        for field in model._meta.concrete_fields
        if any(mark in f"_{field.name}_" for mark in ("_t_reo_", "_cny_", "_percent_", "_kg_", "_t_"))
        and not isinstance(field, models.DecimalField)
    ]
    assert wrong == []
