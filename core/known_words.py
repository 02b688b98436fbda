"""Words that rows and the trail keep in Chinese, though the portal has others for them: the names of periods, the events that start
them, set phrases of reference data.

They stay as they were kept. Where they are shown they are said in the reader's language, as long as the portal still knows
them; what an officer wrote, and what the portal no longer says, is shown as it was kept.
"""

import re
from typing import Any

from core.labels import Label, stored

_PLACE = re.compile(r"%\\?\((\w+)\\?\)s")
# How a period is named as what an act was on: 改正期限 2026-12-01.
_WITH_DAY = re.compile(r"(.+) (\d{4}-\d{2}-\d{2})")


class Words:
    """Lazily translated words, with places for facts (%(event)s) where they have some. They are learnt when they are first asked for:
    the catalogue is not read at import."""

    def __init__(self, *words: Label) -> None:
        self._known: list[Label] = list(words)
        self._by_text: dict[str, Label] = {}
        self._patterns: list[tuple[re.Pattern[str], Label]] = []

    def know(self, *words: Label) -> None:
        self._known.extend(words)
        self._by_text, self._patterns = {}, []

    def said_again(self, kept: Any) -> Any:
        """A kept text in the reader's language; what is not known, or is no text, as it is."""
        if not isinstance(kept, str) or not kept:
            return kept
        if not self._by_text and not self._patterns:
            self._learn()
        if kept in self._by_text:
            return str(self._by_text[kept])
        for pattern, words in self._patterns:
            if found := pattern.fullmatch(kept):
                return str(words) % {name: self.said_again(fact) for name, fact in found.groupdict().items()}
        return kept

    def _learn(self) -> None:
        by_text: dict[str, Label] = {}
        patterns = []
        for words in self._known:
            chinese = stored(words)
            if _PLACE.search(chinese):
                patterns.append((re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(chinese))), words))
            else:
                by_text.setdefault(chinese, words)
        self._by_text, self._patterns = by_text, patterns


_own = Words()
know = _own.know  # told in `apps.ready()`


def said_again(kept: Any) -> Any:
    """What the portal itself wrote into a row or the trail, in the reader's language."""
    said = _own.said_again(kept)
    if said is kept and isinstance(kept, str) and (found := _WITH_DAY.fullmatch(kept)):
        return f"{_own.said_again(found[1])} {found[2]}"
    return said
