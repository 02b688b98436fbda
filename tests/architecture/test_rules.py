"""Rules are pure functions of facts: who asks the database for the facts is the caller, so that form and verb judge alike and a rule
can be read, and tried, by itself."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules, parsed

RULES = [
    path for package in PACKAGES for path in modules(package) if path.stem == "rules" or path.stem.endswith("_rules")
]
# What asks the database: managers and querysets, and what a row reads of other rows.
ASKS = {"objects", "filter", "exclude", "all", "exists", "first", "last", "get", "select_related", "order_by", "values"}


def _questions(path: Path) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} .{node.attr}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in ASKS and not _is_of_a_mapping(node)
    ]


def _is_of_a_mapping(node: ast.Attribute) -> bool:
    return node.attr in {"get", "values"} and isinstance(node.value, ast.Name) and node.value.id.isupper()


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_rule_asks_no_database(path):
    assert _questions(path) == []
