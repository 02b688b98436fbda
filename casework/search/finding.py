"""Search across the portal: groups of hits, each in the order an officer expects, none cut off silently."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework import kinds
from casework.models import Docket, DocumentNumber
from casework.scans import among, personal, scans
from casework.search.matching import condition, match
from casework.search.text import SHORTEST, normalise, number_key
from core.lists import keyset
from core.lists.keyset import Order, Scan, Sort
from organisation.models import Officer
from organisation.scope import scope_of
from registry.models import Enterprise

NEWEST: Final = Order(Sort("updated_at"), descending=True)


@dataclass(frozen=True, slots=True)
class Hit:
    label: str
    url: str
    note: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind. `more_url` is given when there are more than shown."""

    label: str | Promise
    items: Sequence[Hit]
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    groups: Sequence[Group]
    too_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.groups


# (viewer, what was typed, how many) → a group, or None when nothing was found.
Provider = Callable[[Any, str, int], Group | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """An upper floor adds a group of its own."""
    if provider not in _providers:
        _providers.append(provider)


def find(viewer: Any, typed: str, limit: int = 8) -> Found:
    """What the viewer may see of what matches: dockets, documents, enterprises, officers, and what upper floors add."""
    if len(normalise(typed).replace(" ", "")) < SHORTEST:
        return Found([], too_short=True)
    asked = (_dockets, _documents, _enterprises, _officers, *_providers)
    return Found([group for provider in asked if (group := provider(viewer, typed, limit)) is not None])


def exact(viewer: Any, typed: str) -> str | None:
    """The address of the one docket, document or enterprise whose number is exactly this; None when there is none."""
    key = number_key(typed)
    if not key:
        return None
    docket = Docket.objects.visible_to(viewer).filter(search_entry__number_key=key).first()
    if docket is not None:
        return docket.get_absolute_url()
    document = DocumentNumber.objects.visible_to(viewer).filter(number_key=key).first()
    if document is not None:
        return document.url
    enterprise = Enterprise.objects.visible_to(viewer).filter(credit_code=key.upper()).first()
    return enterprise.get_absolute_url() if enterprise is not None else None


def matching_scans(viewer: Any, typed: str) -> list[Scan]:
    """The dockets a viewer sees that match, as scans that do not overlap."""
    scope = scope_of(viewer)
    if scope.is_empty:
        return []
    found, wanted = match(viewer, typed), condition(typed)
    if found.ids is None:
        return [keyset.each(scan, lambda rows: rows.filter(wanted)) for scan in scans(scope)]
    own = [keyset.each(scan, lambda rows: rows.filter(wanted)) for scan in personal(scope)]
    if not found.ids:
        return own
    indexed = among(scope, found.ids)
    return [indexed if found.is_exact else keyset.each(indexed, lambda rows: rows.filter(wanted)), *own]


def _dockets(viewer: Any, typed: str, limit: int) -> Group | None:
    found = keyset.ids(matching_scans(viewer, typed), NEWEST, limit=limit + 1)
    if not found:
        return None
    rows = keyset.loaded(Docket.objects.visible_to(viewer).select_related("enterprise"), found[:limit])
    items = [
        Hit(
            label=docket.number or docket.title,
            url=docket.get_absolute_url(),
            note=" · ".join(
                part
                for part in (
                    docket.enterprise.name if docket.enterprise else "",
                    docket.title if docket.number else "",
                    kinds.stage_label(docket.kind, docket.stage),
                )
                if part
            ),
            icon="folder",
        )
        for docket in rows
    ]
    more = f"{reverse('casework:cases')}?{urlencode({'tab': 'all', 'q': typed})}" if len(found) > limit else ""
    return Group(_lazy("Cases"), items, more)


def _documents(viewer: Any, typed: str, limit: int) -> Group | None:
    key = number_key(typed)
    if not any(char.isdigit() for char in key):
        return None
    # By its beginning, which the index answers; a number in the middle is found through its docket.
    rows = DocumentNumber.objects.visible_to(viewer).filter(number_key__gte=key, number_key__lt=key + "\U0010ffff")
    found = list(rows.order_by("number_key", "pk")[: limit + 1])
    if not found:
        return None
    items = [Hit(row.number, row.url, row.label, "file-text") for row in found[:limit]]
    more = f"{reverse('casework:cases')}?{urlencode({'tab': 'all', 'q': typed})}" if len(found) > limit else ""
    return Group(_lazy("Documents"), items, more)


def enterprise_condition(typed: str) -> Q:
    """Enterprises by a part of the name or of its initials, or the beginning of the credit code."""
    text = normalise(typed)
    wanted = Q(name__icontains=typed.strip()) | Q(short_name__icontains=typed.strip())
    if text.isascii() and text.isalnum():
        wanted |= Q(credit_code__startswith=text.upper()) | Q(initials__contains=text)
    return wanted


def _enterprises(viewer: Any, typed: str, limit: int) -> Group | None:
    rows = Enterprise.objects.visible_to(viewer).filter(enterprise_condition(typed)).select_related("region")
    found = list(rows.order_by("name", "pk")[: limit + 1])
    if not found:
        return None
    items = [
        Hit(row.name, row.get_absolute_url(), f"{row.region} · {row.credit_code}", "building") for row in found[:limit]
    ]
    more = ""
    if len(found) > limit:
        more = f"{reverse('registry:enterprises')}?{urlencode({'q': typed})}"
    return Group(_lazy("Enterprises"), items, more)


def _officers(viewer: Any, typed: str, limit: int) -> Group | None:
    if scope_of(viewer).is_empty:
        return None
    text = normalise(typed)
    wanted = Q(name__contains=typed.strip())
    if text.isascii() and text.isalpha():
        wanted |= Q(initials__startswith=text)
    rows = Officer.objects.visible_to(viewer).filter(wanted, is_active=True).select_related("department")
    found = list(rows.order_by("name", "pk")[: limit + 1])
    if not found:
        return None
    items = [
        Hit(
            row.name,
            f"{reverse('casework:cases')}?{urlencode({'tab': 'all', 'officer': row.pk})}",
            _("%(department)s · matters in hand") % {"department": row.department.short_name},
            "user",
        )
        for row in found[:limit]
    ]
    more = f"{reverse('organisation:officers')}?{urlencode({'q': typed})}" if len(found) > limit else ""
    return Group(_lazy("Officers"), items, more)
