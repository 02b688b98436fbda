"""Keeping the search rows true, in the transaction of the verb that changed what they are made of."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from casework.models import Confidentiality, Docket, DocumentNumber, SearchEntry
from casework.search import backends
from casework.search.text import CITY, DEPARTMENT, REGION, entry_text, entry_tokens, number_key
from core import pinyin
from registry.models import Enterprise

CHUNK = 2000


def index(docket: Docket) -> None:
    """Make the docket findable as it is now."""
    numbers = list(DocumentNumber.objects.filter(docket=docket).order_by("pk").values_list("number", flat=True))
    SearchEntry.objects.update_or_create(docket=docket, defaults=content(docket, numbers))


def index_document(*, docket: Docket, kind: str, object_id: int, number: str, label: str, url: str) -> None:
    """Make a document findable by its number (文号); its docket is found by it as well."""
    DocumentNumber.objects.update_or_create(
        kind=kind,
        object_id=object_id,
        defaults={
            "docket": docket,
            "number": number,
            "number_key": number_key(number),
            "label": label[:200],
            "url": url,
        },
    )
    index(docket)


def forget_document(*, docket: Docket, kind: str, object_id: int) -> None:
    DocumentNumber.objects.filter(kind=kind, object_id=object_id).delete()
    index(docket)


def reindex_enterprise(enterprise: Enterprise) -> int:
    """After an enterprise changed its name: its dockets are found by the new one. Returns how many there were."""
    return _write(Docket.objects.filter(enterprise=enterprise))


def reindex() -> Iterator[int]:
    """Write every row anew, in chunks; yields how many are done. The indexes are tidied at the end."""
    done, last = 0, 0
    while True:
        ids = list(Docket.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            break
        done += _write(Docket.objects.filter(pk__in=ids))
        last = ids[-1]
        yield done
    backends.tidy()


def _write(dockets: models.QuerySet[Docket]) -> int:
    rows = list(dockets.select_related("enterprise"))
    numbers: dict[int, list[str]] = {}
    for docket_id, number in (
        DocumentNumber.objects.filter(docket__in=rows).order_by("pk").values_list("docket_id", "number")
    ):
        numbers.setdefault(docket_id, []).append(number)
    SearchEntry.objects.bulk_create(
        [SearchEntry(docket=docket, **content(docket, numbers.get(docket.pk, []))) for docket in rows],
        update_conflicts=True,
        unique_fields=["docket"],
        update_fields=["number_key", "text", "initials", "tokens"],
        batch_size=500,
    )
    return len(rows)


def content(docket: Any, document_numbers: Iterable[str]) -> dict[str, str]:
    """The fields of the search row of a docket (or of anything with its fields)."""
    enterprise = docket.enterprise
    number = docket.number or ""
    fields = [number, number_key(number), docket.title]
    names = [docket.title]
    if enterprise is not None:
        fields += [enterprise.name, enterprise.short_name, enterprise.credit_code]
        names += [enterprise.name, enterprise.short_name]
    for other in document_numbers:
        fields += [other, number_key(other)]
    text = entry_text(fields)
    letters = list(dict.fromkeys(found for name in names if name for found in pinyin.beginnings(name)))
    return {
        "number_key": number_key(number),
        "text": text,
        "initials": "".join(f" {found}" for found in letters),
        "tokens": entry_tokens(text, letters, _scope(docket)),
    }


def _scope(docket: Any) -> list[str]:
    """Who finds it by department or region; a confidential docket by neither."""
    if docket.confidentiality != Confidentiality.INTERNAL:
        return []
    return [f"{DEPARTMENT}{docket.department_id}", f"{REGION}{docket.region_id}", f"{CITY}{docket.region_id[:4]}"]
