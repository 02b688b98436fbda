"""Is it the same matter reported again? Pure: what is known of two leads of one enterprise, and why they look alike, in words.

It decides nothing: an officer says whether they are the same.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from casework.search.text import BREAK, normalise, pairs

NEAR_DAYS: Final = 90  # received so close to each other
ALIKE_PERCENT: Final = 50  # of the pairs of characters of the shorter text that the longer one has too
FEWEST_PAIRS: Final = 4  # a text of fewer says too little to be compared


@dataclass(frozen=True, slots=True)
class Reported:
    """What is known of a lead. `codes`: its violation with all versions that took over from each other."""

    code: str
    codes: Collection[str]
    facts: str
    received_on: date
    acted_from: date | None
    acted_to: date | None


def reasons(new: Reported, old: Reported) -> list[str]:
    """Why they look like one matter; empty where they do not. They do where provision or facts agree, and time does too."""
    what, when = list(_of_matter(new, old)), list(_of_time(new, old))
    return [*what, *when] if what and when else []


def _of_matter(new: Reported, old: Reported) -> Iterator[str]:
    if new.code == old.code:
        yield _("The same provision.")
    elif old.code in new.codes:
        yield _("Versions of the same provision.")
    percent = agreement(new.facts, old.facts)
    if percent >= ALIKE_PERCENT:
        yield _("The facts agree to %(percent)s %%.") % {"percent": percent}


def _of_time(new: Reported, old: Reported) -> Iterator[str]:
    if _overlap(new, old):
        yield _("The acts overlap in time.")
    apart = abs((new.received_on - old.received_on).days)
    if apart <= NEAR_DAYS:
        yield _("Received %(n)s days apart.") % {"n": apart} if apart else _("Received on the same day.")


def _overlap(new: Reported, old: Reported) -> bool:
    """Do the times of the acts meet? Of an act whose beginning nobody knows, nothing is said; one without an end goes on."""
    if new.acted_from is None or old.acted_from is None:
        return False
    return new.acted_from <= (old.acted_to or date.max) and old.acted_from <= (new.acted_to or date.max)


def agreement(one: str, other: str) -> int:
    """Per cent of the pairs of neighbouring characters of the shorter text that stand in the longer one too; 0 where a text is
    too short to tell."""
    first, second = ({pair for pair in pairs(normalise(text)) if pair != BREAK} for text in (one, other))
    fewest = min(len(first), len(second))
    return 100 * len(first & second) // fewest if fewest >= FEWEST_PAIRS else 0
