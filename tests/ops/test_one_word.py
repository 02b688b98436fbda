"""One word per concept: what the glossary puts aside (不用“…”) stands in no official paper, on no page and in no text."""

import re

import polib
import pytest

from rareearth import translations
from scripts import messages
from tests.plugins.processes import ROOT

PUT_ASIDE = re.findall(
    r"“([^”]+)”", "".join(re.findall(r"（不用([^）]+)）", (ROOT / "docs" / "glossary.md").read_text("utf-8")))
)
# Of a party's representative the laws on procedure say so (民事诉讼法第八十七条); it is not the officer who acts for another.
OF_THE_PARTY = "委托代理人"
# At a hearing the party comes itself or by agents (行政处罚法第六十四条第五项、第六项).
OF_A_HEARING = {"代理人": {"hearing_notice.html", "hearing_record.html", "penalty_hearing_notice.html"}}
IN_A_HEARING = "当事人及其代理人"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_the_glossary_puts_words_aside():
    assert {"案号", "整改期限", "转办"} <= set(PUT_ASIDE)


@pytest.mark.parametrize("word", PUT_ASIDE)
def test_no_paper_and_no_page_uses_it(word):
    assert len(TEMPLATES) > 100
    using = {path.name for path in TEMPLATES if word in path.read_text(encoding="utf-8")}
    assert using - OF_A_HEARING.get(word, set()) == set()


@pytest.mark.parametrize("word", PUT_ASIDE)
def test_no_text_of_the_portal_uses_it(word):
    chinese = [(entry.msgid, text) for path in translations.sources() for entry in polib.pofile(str(path))
               for text in (one.replace(OF_THE_PARTY, "").replace(IN_A_HEARING, "") for one in (entry.msgstr, *entry.msgstr_plural.values()))]  # fmt: skip
    assert len(chinese) > 2000
    assert [msgid for msgid, text in chinese if word in text] == []
    assert [text for text in messages.strings() if word in text.replace(OF_THE_PARTY, "")] == []
