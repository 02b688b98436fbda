"""What the documents say of the tests is so."""

import ast
import re

import pytest

from rareearth.translations import joined
from tests.architecture.source import ROOT, parsed

# `casework/test_x.py`, `casework/test_x.py::test_y`; `…::test_y` stands for the file named before it.
NAMED = re.compile(r"`((?:[\w/]+\.py|…))(?:::(\w+))?`")
DEFECT = re.compile(r"^\| (D\d+) \|", re.MULTILINE)


def _tests_named_in(document: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for file, name in NAMED.findall((ROOT / "docs" / document).read_text(encoding="utf-8")):
        if file == "…" and not found:
            raise ValueError(f"{document}: “…” stands for no file")
        found.append((found[-1][0] if file == "…" else file, name))
    return found


@pytest.mark.parametrize("document", ["defects.md", "faults.md"])
def test_every_test_a_document_names_exists(document):
    named = _tests_named_in(document)
    missing = []
    for file, name in named:
        path = ROOT / "tests" / file
        if not path.is_file():
            missing.append(file)
        elif name and name not in {node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)}:
            missing.append(f"{file}::{name}")
    assert missing == []
    assert len(named) > 20


def test_the_regression_list_is_whole():
    text = (ROOT / "docs/defects.md").read_text(encoding="utf-8")
    assert DEFECT.findall(text) == [f"D{number}" for number in range(1, 21)]
    without = [line[2:5] for line in text.splitlines() if line.startswith("| D") and "`" not in line.rsplit("|", 2)[1]]
    assert [one.strip() for one in without] == ["D15", "D19"]


def test_the_guide_names_every_button_as_the_product_does():
    catalogue, _conflicts = joined()
    shown = {words for entry in catalogue for words in (entry.msgstr, *entry.msgstr_plural.values())}
    shown |= {words % {"kind": "现场检查"} for words in shown if words == "新建%(kind)s"}
    shown |= {re.sub(r"(%\(\w+\)s)+", "…", words) for words in shown}  # what each matter fills in
    named = re.findall("「([^」]+)」", (ROOT / "docs/guide.md").read_text(encoding="utf-8"))
    assert [words for words in named if words not in shown] == []
    assert len(named) > 30


def test_the_english_guide_names_every_button_as_the_product_does():
    catalogue, _conflicts = joined()
    shown = {entry.msgid for entry in catalogue} | {"New inspection"}  # "New %(kind)s"
    text = " ".join((ROOT / "docs/guide.en.md").read_text(encoding="utf-8").split())
    named = re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", text)
    assert [words for words in named if words not in shown] == []
    assert len(named) > 30
