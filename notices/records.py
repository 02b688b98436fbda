"""Kinds of records written on the spot. Each app registers its own in `apps.ready()`; the portal's pages know no more of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.labels import Label

if TYPE_CHECKING:
    from notices.models import SiteRecord

NOTE = "party_note"


@dataclass(frozen=True, slots=True)
class RecordKind:
    """`permission`: who completes it and records how it ended with the party. `title` and `template`: as it is printed."""

    code: str
    label: Label
    title: str
    template: str
    permission: str
    place_of: "Callable[[SiteRecord], str] | None" = (
        None  # where it was written; the party's address where the kind does not say
    )
    file_order: int = 20  # among documents of one day, see NoticeType.file_order


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"record kind {kind.code} is registered twice")


def get(code: str) -> RecordKind:
    """Raises KeyError for an unknown code."""
    return _kinds[code]
