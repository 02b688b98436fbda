"""Words for people: a text, or one that is translated when it is shown; and words that are kept.

What is shown speaks the language of the screen. What is stored — a document, a docket's title, the reason in the trail —
is in Chinese for everybody, whatever the screen of the officer who acted.
"""

from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise

Label = str | Promise
OFFICIAL: Final = "zh-hans"


def in_chinese() -> translation.override:
    """Around what is written to be kept, or before a function that builds it."""
    return translation.override(OFFICIAL)


def stored(words: Label, **facts: Any) -> str:
    """A lazily translated text as it is written into a row: in Chinese, with its facts filled in."""
    with in_chinese():
        return str(words) % facts if facts else str(words)
