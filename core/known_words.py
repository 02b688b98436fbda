"""Words of the portal's own that rows and the trail keep in Chinese: the names of periods, the events that start them.

They stay as they were recorded. Where they are shown they are said in the reader's language, as long as the portal still knows
them; what an officer wrote, and what the portal no longer says, is shown as it was kept.
"""

import re
from typing import Any

from core.labels import Label, stored

_known: list[Label] = []
_by_text: dict[str, Label] = {}
_patterns: list[tuple[re.Pattern[str], Label]] = []
_PLACE = re.compile(r"%\\?\((\w+)\\?\)s")

# How a period is named as what an act was on: 改正期限 2026-12-01.
_WITH_DAY = re.compile(r"(.+) (\d{4}-\d{2}-\d{2})")


def know(*words: Label) -> None:
    """Told in `apps.ready()`: lazily translated words, with their places for facts (%(event)s) where they have some."""
    _known.extend(words)
    _by_text.clear()
    _patterns.clear()


def said_again(kept: Any) -> Any:
    """A kept text in the reader's language; what is not known, or is no text, as it is."""
    if not isinstance(kept, str) or not kept:
        return kept
    if not _by_text:
        _learn()
    if kept in _by_text:
        return str(_by_text[kept])
    for pattern, words in _patterns:
        if found := pattern.fullmatch(kept):
            return str(words) % {name: said_again(fact) for name, fact in found.groupdict().items()}
    if found := _WITH_DAY.fullmatch(kept):
        return f"{said_again(found[1])} {found[2]}"
    return kept


def _learn() -> None:
    patterns = []
    for words in _known:
        chinese = stored(words)
        if _PLACE.search(chinese):
            patterns.append((re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(chinese))), words))
        else:
            _by_text.setdefault(chinese, words)
    _patterns[:] = patterns
