"""What lies outside the trail and is bound to it by a fingerprint: a text, whose event keeps its SHA-256.

The floor that holds such originals registers how they read now; the verification compares.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from trail.models import Event

FACT: Final = "sha256"
# Ids of subjects → the fingerprints of what is there now; an id that is left out is gone.
Reader = Callable[[Collection[str]], Mapping[str, str]]
_readers: dict[str, Reader] = {}


def kept_by(verb: str, reader: Reader) -> None:
    """Called in `apps.ready()`: events of this verb name the fingerprint of an original that `reader` can find again."""
    _readers[verb] = reader


def is_bound(event: Event) -> bool:
    return event.verb in _readers and FACT in event.facts


def differing(events: Sequence[Event]) -> Iterator[tuple[Event, str]]:
    """Those of these bound events whose original is not what was recorded, and what is wrong with it."""
    for verb, reader in _readers.items():
        concerned = [event for event in events if event.verb == verb]
        present = reader([event.subject_id for event in concerned]) if concerned else {}
        for event in concerned:
            if event.subject_id not in present:
                yield event, _("the text it speaks of is gone")
            elif present[event.subject_id] != event.facts[FACT]:
                yield event, _("the text it speaks of was changed")
