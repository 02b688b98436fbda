"""Reading our own source: modules, imports, assignments."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Ground floor first; neighbours on one floor never import each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("core",),
    ("trail",),
    ("organisation",),
    ("registry",),
    ("casework",),
    ("notices",),
    ("coordination",),
    ("licensing",),
    ("production", "monitoring"),
    ("enforcement.inspections", "enforcement.audits"),
    ("enforcement.leads",),
    ("enforcement.rectification",),
    ("enforcement.measures",),
    ("enforcement.penalties",),
    ("enforcement.campaigns",),
    ("oversight",),
    ("rareearth",),
)
RANK = {package: height for height, floor in enumerate(FLOORS) for package in floor}
LABELS = {package.rsplit(".", 1)[-1]: package for package in RANK}
PACKAGES = tuple(package for package in RANK if (ROOT / package.replace(".", "/")).is_dir())


def modules(package: str) -> Iterator[Path]:
    for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def package_of(module: str) -> str | None:
    """The floor a dotted name belongs to: enforcement.leads.models → enforcement.leads."""
    for package in RANK:
        if module == package or module.startswith(package + "."):
            return package
    return None


def imported_packages(path: Path) -> set[str]:
    """Packages of ours that a module imports, inside functions too; imports for type checkers only do not count."""
    tree = parsed(path)
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {found for name in names if (found := package_of(name))}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            yield node
