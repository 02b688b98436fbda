"""What a matter came from: inspection → lead → case. Its file rests on what they hold (docs/decisions/0021)."""

from typing import Any

from casework import kinds
from casework.models import Docket, Evidence


def chain(docket: Docket) -> list[Docket]:
    """The dockets this one came from, the earliest first, without itself."""
    found: list[Docket] = []
    waiting = [docket]
    while waiting:
        one = waiting.pop(0)
        for before in kinds.get(one.kind).origin(one):
            if before != docket and before not in found:
                found.append(before)
                waiting.append(before)
    return found[::-1]


def seen_chain(docket: Docket, viewer: Any) -> list[Docket]:
    """Those of them the viewer may see: for him there are no others."""
    earlier = chain(docket)
    seen = set(
        Docket.objects.visible_to(viewer).filter(pk__in=[one.pk for one in earlier]).values_list("pk", flat=True)
    )
    return [one for one in earlier if one.pk in seen]


def evidence(docket: Docket) -> list[Evidence]:
    """What the matter rests on: evidence of the dockets it came from, then its own, each in the order it came."""
    found: list[Evidence] = []
    for one in (*chain(docket), docket):
        found += one.evidence.filter(withdrawn_at=None).select_related("docket").order_by("uploaded_at", "id")
    return found
