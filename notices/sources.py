"""What the documents of a docket rely on: records and evidence, its own and those of the dockets it came from. Reads only."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from casework import kinds, origins
from casework.models import Docket
from notices import record_pages, records
from notices.models import SiteRecord


def rests_on(docket: Docket, viewer: Any, *, until: datetime | None = None) -> list[dict[str, Any]]:
    """What its documents rely on, each a link: records and evidence of the dockets it came from, as far as the viewer sees
    them, then its own. `until`: the moment of issue; a document does not rest on what came to the file after it."""
    found = []
    for one in (*origins.seen_chain(docket, viewer), docket):
        note = "" if one == docket else f"{kinds.kind_label(one.kind)} {one}"
        for record in one.site_records.for_lines().filter(corrected_by=None).exclude(kind__in=records.not_relied_on()):
            if until is not None and record.completed_at > until:
                continue
            dated = " · ".join(filter(None, [record.dated.isoformat(), note]))
            found.append({"label": record.name, "url": record.get_absolute_url(), "note": dated, "icon": "document"})
        for item in one.evidence.filter(withdrawn_at=None):
            if until is not None and item.uploaded_at > until:
                continue
            url = reverse("casework:evidence_file", args=[item.pk])
            kind = " · ".join(filter(None, [str(item.get_kind_display()), note]))
            found.append({"label": item.title, "url": url, "note": kind, "icon": "attachment"})
    return found


def records_of_docket(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """Tab 证据: the records the matter relies on, its own and those of the dockets it came from."""
    rows = []
    for one in (*origins.seen_chain(docket, viewer), docket):
        held_by = None if one == docket else one
        relied_on = one.site_records.for_lines().exclude(kind__in=records.not_relied_on())
        rows += [record_pages.line(record, held_by=held_by) for record in relied_on]
    return {"rows": rows} if rows else None


def count_of_records(docket: Docket, viewer: Any) -> int:
    held_by = [docket, *origins.seen_chain(docket, viewer)]
    return SiteRecord.objects.filter(docket__in=held_by).exclude(kind__in=records.not_relied_on()).count()
