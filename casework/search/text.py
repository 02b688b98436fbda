"""How text becomes comparable, and what the full-text index holds of it. Pure functions.

Chinese has no blanks between words, so the index holds every pair of neighbouring characters: 常州稀土 → 常州 州稀 稀土.
A question of two characters or more is found by its own pairs.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

BREAK: Final = "｜"  # stands between pairs of different words, so that no pair is read across a gap
FIELD: Final = "‖"
# Full-width letters mark what is not text, so that it never meets a pair of it.
INITIALS, DEPARTMENT, REGION, CITY = "ｉ", "ｄ", "ｒ", "ｃ"
LONGEST_PREFIX: Final = 10
SHORTEST: Final = 2
_NOT_TEXT: Final = re.compile(r"[\W_]+")
_LATIN: Final = re.compile(r"[a-z]+")


def normalise(text: str) -> str:
    """Full-width to half-width, lower case, every run of signs to one blank: 苏稀监立（2026）17号 → "苏稀监立 2026 17号"."""
    return _NOT_TEXT.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def number_key(number: str) -> str:
    """A document number without its brackets and blanks, however they were typed: 〔〕, [], （）, () or none."""
    return normalise(number).replace(" ", "")


def pairs(normalised: str) -> list[str]:
    """The tokens of a normalised text, in order."""
    tokens: list[str] = []
    for word in normalised.split():
        if tokens:
            tokens.append(BREAK)
        tokens += [word[at : at + 2] for at in range(len(word) - 1)] if len(word) > 1 else [word]
    return tokens


def beginnings(initials: str) -> list[str]:
    """czxt → ｉcz ｉczx ｉczxt"""
    return [INITIALS + initials[:length] for length in range(SHORTEST, min(len(initials), LONGEST_PREFIX) + 1)]


def entry_text(fields: Iterable[str]) -> str:
    """Several fields as one text: a blank of the question never matches the gap between two of them."""
    return "\n".join(part for part in (normalise(field) for field in fields) if part)


def entry_tokens(text: str, names: Iterable[str], scope: Iterable[str]) -> str:
    tokens: list[str] = []
    for part in text.split("\n"):
        tokens += [*pairs(part), FIELD]
    for initials in names:
        tokens += beginnings(initials)
    return " ".join([*tokens, *scope])


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, ready to be asked."""

    text: str  # normalised
    initials: str  # the same, when it may be initials: Latin letters only
    pairs: tuple[str, ...]
    is_trimmed: bool = False  # a character at an end has no pair: what its pairs find must be looked at again

    @property
    def is_too_short(self) -> bool:
        return len(self.text.replace(" ", "")) < SHORTEST or not self.pairs

    @property
    def prefix(self) -> str:
        return INITIALS + self.initials[:LONGEST_PREFIX]


def question(typed: str) -> Question:
    text = normalise(typed)
    words = text.split()
    # A single character at either end is part of a longer word of the text: it has no pair of its own to ask for.
    while len(words) > 1 and len(words[0]) == 1:
        words = words[1:]
    while len(words) > 1 and len(words[-1]) == 1:
        words = words[:-1]
    asked = pairs(" ".join(words)) if any(len(word) > 1 for word in words) else []
    return Question(text, text if _LATIN.fullmatch(text) else "", tuple(asked), is_trimmed=words != text.split())
