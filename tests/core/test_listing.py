"""Several names in a sentence are joined as the reader's language joins them."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from core.listing import listed

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "王磊、李静"), ("en", "王磊, 李静")])
def test_names_are_joined_in_the_readers_language(language, words):
    with translation.override(language):
        assert listed(["王磊", "李静"]) == words


def test_nothing_is_an_empty_text():
    assert listed([]) == ""


# What is kept in a record, printed in a document or written to a file is Chinese whoever reads it.
KEPT = {
    "core/labels.py",
    "casework/management/commands/explain_deadline.py",
    "casework/handover.py",
    "casework/urging.py",
    "casework/statutes.py",
    "organisation/services/delegations.py",
    "registry/imports/columns.py",
}


def test_no_page_of_the_lower_floors_joins_by_a_chinese_comma_of_its_own():
    floors = ("core", "casework", "organisation", "oversight", "registry", "trail")
    found = {
        str(path.relative_to(ROOT))
        for floor in floors
        for path in (ROOT / floor).rglob("*.py")
        if re.search('"、"\\.join', path.read_text(encoding="utf-8"))
    }
    assert found == KEPT
