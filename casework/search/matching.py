"""Which dockets match a question, for lists: a condition that is always right, and candidates that make it quick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from casework.models import SearchEntry
from casework.search import backends
from casework.search.text import CITY, DEPARTMENT, REGION, Question, question
from organisation.scope import Scope, scope_of

# Up to so many candidates are sorted; a question that more match is frequent enough to be found by walking the list in
# its own order. Where both cost the same: the square root of a page times the rows of a wide scope.
MOST_CANDIDATES: Final = 5000
MOST_SCOPE_TOKENS: Final = 60


@dataclass(frozen=True, slots=True)
class Match:
    """`ids`: dockets of the viewer's departments and regions that may match; None: too many to name, walk the list.

    `is_exact`: all of `ids` do match, and need not be looked at again.
    """

    asked: Question
    ids: Sequence[int] | None
    is_exact: bool = False


def condition(typed: str) -> Any:
    """The rows that match, as a condition on dockets. Too short a question matches nothing."""
    asked = question(typed)
    if asked.is_too_short:
        return Q(pk__in=[])
    wanted = Q(text__contains=asked.text)
    if asked.initials:
        wanted |= Q(initials__contains=f" {asked.initials}")
    return Exists(SearchEntry.objects.filter(wanted, docket=OuterRef("pk")))


def match(viewer: Any, typed: str) -> Match:
    """Asked once for a request: kept on its viewer."""
    known: dict[str, Match] = viewer.__dict__.setdefault("_search_matches", {})
    if typed not in known:
        known[typed] = _match(viewer, typed)
    return known[typed]


def _match(viewer: Any, typed: str) -> Match:
    asked = question(typed)
    scope = scope_of(viewer)
    if asked.is_too_short or scope.is_empty:
        return Match(asked, [])
    tokens = scope_tokens(scope)
    if tokens is None:
        return Match(asked, [])
    return Match(asked, backends.candidates(asked, tokens, MOST_CANDIDATES), backends.is_exact(asked))


def scope_tokens(scope: Scope) -> list[str] | None:
    """The tokens of the departments and regions seen; empty when they need not be named, None when there are none."""
    if not scope.departments and not scope.regions:
        return None
    if scope.sees_province:
        return []
    tokens = [f"{DEPARTMENT}{pk}" for pk in sorted(scope.departments)]
    for first, last in scope.regions:
        if first == last or not (first.endswith("00") and last.endswith("99")):
            tokens.append(f"{REGION}{first}")
        else:
            tokens.append(f"{CITY}{first[:4]}")
    return tokens if len(tokens) <= MOST_SCOPE_TOKENS else []
