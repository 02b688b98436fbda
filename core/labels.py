"""Words for people: a text, or one that is translated when it is shown; and words that are kept.

What is shown speaks the language of the screen. What is stored — a document, a docket's title, the reason in the trail —
is in Chinese for everybody, whatever the screen of the officer who acted.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import cn2an
from django.utils import translation
from django.utils.functional import Promise

Label = str | Promise
OFFICIAL: Final = "zh-hans"
_HAN: Final = "\u3400-\u9fff"


def in_chinese() -> translation.override:
    """Around what is written to be kept, or before a function that builds it."""
    return translation.override(OFFICIAL)


def stored(words: Label, **facts: Any) -> str:
    """A lazily translated text as it is written into a row: in Chinese, with its facts filled in."""
    with in_chinese():
        return str(words) % facts if facts else str(words)


@dataclass(frozen=True, slots=True)
class Wording:
    """A lazily translated text with its facts, kept so that it can be said in the language of whoever reads it. A fact may itself be
    lazily translated; every other one is kept as its text. Where the words follow a number `n`, they are a function of it."""

    words: Label | Callable[[int], Label]
    facts: Mapping[str, Any] = field(default_factory=dict)
    n: int = 0

    def __str__(self) -> str:
        return str(self.words(self.n) if callable(self.words) else self.words) % self.facts

    def kept(self) -> dict[str, Any]:
        """As JSON: the untranslated texts, and the facts."""
        with translation.override(None):
            facts = {name: _kept_fact(value) for name, value in self.facts.items()}
            if not callable(self.words):
                return {"words": str(self.words), "facts": facts}
            one, several = str(self.words(1)), str(self.words(2))
            return {"words": one, "plural": several, "n": self.n, "facts": facts}


def _kept_fact(value: Any) -> Any:
    return {"words": str(value)} if isinstance(value, Promise) else str(value)


def said(kept: Mapping[str, Any], otherwise: str = "") -> str:
    """What `Wording.kept` kept, in the present language; `otherwise`, if given, where the portal no longer has a text of it in
    that language: words from before a change of the portal would stand there in English."""
    facts = kept["facts"]
    texts = [fact["words"] for fact in facts.values() if isinstance(fact, dict)]
    named = {
        name: translation.gettext(fact["words"]) if isinstance(fact, dict) else fact for name, fact in facts.items()
    }
    if "plural" in kept:
        words = translation.ngettext(kept["words"], kept["plural"], kept["n"])
        has_words = words not in {kept["words"], kept["plural"]}
    else:
        words = translation.gettext(kept["words"])
        has_words = _has(kept["words"])
    if otherwise and not (_speaks_english() or (has_words and all(map(_has, texts)))):
        return otherwise
    return words % named


def _speaks_english() -> bool:
    """The texts of the code are English: on an English screen each of them is its own translation."""
    return (translation.get_language() or "en").startswith("en")


def _has(words: str) -> bool:
    """Has the present language a text of its own for this one? A text that is in Chinese already needs none."""
    return translation.gettext(words) != words or re.search(f"[{_HAN}]", words) is not None


_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_MARKS: Final = re.compile(rf"(?<=[{_HAN}])[,;:]|[,;:](?=[{_HAN}])")
_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "："}


_NUMBERED: Final = re.compile(r"第(\d+(?:、\d+)*)([条款项])")
_ITEM: Final = re.compile(r"(?<=[条款])[(（]([一二三四五六七八九十]+)[)）]")


def articles_in_words(text: str) -> str:
    """Articles as laws and documents write them: 第22条(一) → 第二十二条第一项, 第56、85条 → 第五十六条、第八十五条."""

    def numbered(found: re.Match[str]) -> str:
        return "、".join(f"第{cn2an.an2cn(number, 'low')}{found[2]}" for number in found[1].split("、"))

    return _ITEM.sub(r"第\1项", _NUMBERED.sub(numbered, text))


# Legal bases that were kept before the reference files named these by their official names stay as they were kept.
OFFICIAL_NAMES: Final = {"排污许可条例": "排污许可管理条例", "法典": "生态环境法典"}
_SHORT_NAME: Final = re.compile(rf"(?<![{_HAN}])({'|'.join(OFFICIAL_NAMES)})(?=第)")  # 民法典第… is another code


def in_print(text: str) -> str:
    """Chinese text with the marks of Chinese print, its articles in words, laws by their official names:
    未批先建(报告书类) → 未批先建（报告书类）.

    For texts that we keep (reference files, legal bases); never for names that others bear.
    """

    def bracket(found: re.Match[str]) -> str:
        around = text[max(0, found.start() - 1) : found.end() + 1]
        return f"（{found[1]}）" if re.search(f"[{_HAN}]", around) else found[0]

    text = articles_in_words(_SHORT_NAME.sub(lambda found: OFFICIAL_NAMES[found[1]], text))
    return _MARKS.sub(lambda found: _FULL_WIDTH[found[0]], _BRACKETS.sub(bracket, text))
