"""What was kept as a text with its facts is read in the language of the screen, also after the text itself has changed."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.labels import Wording, said

KNOWN = Wording(_("Messages"), {}).kept()
GONE = {"words": "A text of a former version: %(docket)s", "facts": {"docket": "常环稀〔2026〕1号"}}
GONE_NUMBERED = {"words": "%(n)s old day", "plural": "%(n)s old days", "n": 3, "facts": {"n": "3"}}
TITLE = "旧版文字：常环稀〔2026〕1号"


@pytest.mark.parametrize("kept", [GONE, GONE_NUMBERED], ids=["a text", "a text that follows a number"])
def test_a_text_that_the_catalogue_no_longer_has_is_read_as_it_was_kept(kept):
    with translation.override("zh-hans"):
        assert said(kept, otherwise=TITLE) == TITLE


def test_on_an_english_screen_the_text_is_its_own_translation():
    with translation.override("en"):
        assert said(GONE, otherwise=TITLE) == "A text of a former version: 常环稀〔2026〕1号"
        assert said(GONE_NUMBERED, otherwise=TITLE) == "3 old days"


def test_a_text_that_the_catalogue_has_is_translated():
    with translation.override("zh-hans"):
        assert said(KNOWN, otherwise="x") == "消息"


def test_a_fact_in_chinese_needs_no_translation():
    kept = Wording(_("Done: %(step)s."), {"step": "x"}).kept() | {"facts": {"step": {"words": "办案期限"}}}
    with translation.override("zh-hans"):
        assert "办案期限" in said(kept, otherwise=TITLE) != TITLE


def test_a_fact_that_the_catalogue_no_longer_has_does_not_stand_there_in_english():
    kept = Wording(_("Done: %(step)s."), {"step": "x"}).kept() | {"facts": {"step": {"words": "a former step"}}}
    with translation.override("zh-hans"):
        assert said(kept, otherwise="已完成：旧环节。") == "已完成：旧环节。"


def test_without_kept_title_the_text_itself_is_better_than_nothing():
    with translation.override("zh-hans"):
        assert said(GONE) == "A text of a former version: 常环稀〔2026〕1号"
