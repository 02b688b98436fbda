"""Every text of the code that asks for a translation: from Python by its syntax tree, from templates by Django.

Needs no gettext on the machine, and knows more than xgettext: strings joined over several lines, any alias of `_`.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["core", "trail", "organisation", "registry", "casework", "notices", "enforcement", "oversight", "rareearth"]
# Function → where its arguments are: (context, singular, plural).
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^{}]*\}|(%[sd])")


@dataclass(frozen=True)
class Message:
    text: str
    plural: str = ""
    context: str = ""


def in_code() -> dict[Message, str]:
    """Each message and the first place that uses it."""
    found: dict[Message, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                for message, line in in_python(path.read_text(encoding="utf-8")):
                    found.setdefault(message, f"{path.relative_to(ROOT)}:{line}")
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            for message, line in in_template(path.read_text(encoding="utf-8")):
                found.setdefault(message, f"{path.relative_to(ROOT)}:{line}")
    return found


def strings() -> set[str]:
    """Every string of the code: a text that is translated by way of a variable is one of them."""
    found: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                found.update(
                    node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)
                )
    return found


def said_nowhere(keys: Iterable[tuple[str, str, str]]) -> list[str]:
    """Of the catalogue's keys (context, message, plural) the messages that the code no longer has: nobody reads them, and
    nobody corrects them."""
    code = {(message.context, message.text, message.plural) for message in in_code()}
    literal = strings()
    return [text for context, text, plural in keys if (context, text, plural) not in code and text not in literal]


def in_python(source: str) -> Iterator[tuple[Message, int]]:
    """Messages of a Python module with their lines. A message that is not a plain string is an error: it would never
    be found in the catalogue."""
    tree = ast.parse(source)
    aliases = _aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        places = FUNCTIONS.get(aliases.get(name, ""))
        if places is None:
            continue
        context, text, plural = (None if place is None else _string(node, place) for place in places)
        if text is not None:
            yield Message(text, plural or "", context or ""), node.lineno


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Local name → gettext function, for what is imported from django.utils.translation."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names.update({alias.asname or alias.name: alias.name for alias in node.names if alias.name in FUNCTIONS})
        if isinstance(node, ast.ImportFrom | ast.Import) and any(
            alias.name in {"translation", "django.utils.translation"} for alias in node.names
        ):
            names.update({name: name for name in FUNCTIONS if name != "_"})
    return names


def _string(call: ast.Call, place: int) -> str | None:
    if place >= len(call.args):
        return None
    argument = call.args[place]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


CALL = re.compile(r"(?<!\w)(_|n?p?gettext)\(")


def in_template(source: str) -> Iterator[tuple[Message, int]]:
    """Messages of a Django template, by way of Django's own `templatize`."""
    from django.utils.translation.template import templatize

    converted = templatize(source)
    for match in CALL.finditer(converted):
        call = _call_at(converted, match.start())
        if call is not None:
            context, text, plural = (
                None if place is None else _string(call, place) for place in FUNCTIONS[match.group(1)]
            )
            if text is not None:
                yield Message(text, plural or "", context or ""), converted.count("\n", 0, match.start()) + 1


def _call_at(text: str, start: int) -> ast.Call | None:
    """The Python call that begins at `start`: the shortest piece up to a closing bracket that parses."""
    end = start
    while (end := text.find(")", end) + 1) > 0:
        try:
            node = ast.parse(text[start:end], mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def placeholders(text: str) -> set[str]:
    """Names of the %(name)s and {name} in a text."""
    return {next(filter(None, groups)) for groups in PLACEHOLDER.findall(text)}
