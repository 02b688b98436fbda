"""docs/periods.md tells of every row of the statute book where it is used, or why it is not."""

import re

import pytest
from django.conf import settings

from casework import reference
from casework.deadlines import kinds

TEXT = (settings.ROOT / "docs" / "periods.md").read_text(encoding="utf-8")
USED, _, NOT_USED = TEXT.partition("## Not used")
RULES = [row["id"] for row in reference.rows(settings.ROOT / "reference", "period_rules.csv") if not row["version_of"]]


def told(part: str) -> list[str]:
    return re.findall(r"^\| (D\d+) \|", part, re.MULTILINE)


def test_every_rule_is_told_once():
    assert sorted([*told(USED), *told(NOT_USED)]) == sorted(RULES)


def test_what_a_kind_of_period_reads_is_told_as_used_with_that_kind():
    for kind in (one for one in kinds.all_kinds() if not one.code.startswith("test.")):  # those of other tests
        for code in {*kind.rules, *(one for codes in kind.special.values() for one in codes)}:
            [line] = re.findall(rf"^\| {code} \|.*$", USED, re.MULTILINE) or [""]
            assert kind.code in line, f"{kind.code} reads {code}"


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", TEXT))))
def test_the_tests_named_are_there(path):
    assert (settings.ROOT / path).is_file()
