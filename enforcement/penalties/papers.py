"""The papers on the docket that the procedure asks for: written records that stand, notices in force, when one was served."""

from datetime import date
from typing import TYPE_CHECKING

from notices.models import Notice, SiteRecord

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def record(penalty: "Penalty", kind: str) -> SiteRecord | None:
    """The latest of this kind that no other has taken the place of, completed since the penalty was opened."""
    found = SiteRecord.objects.filter(docket_id=penalty.docket_id, kind=kind, corrected_by=None)
    return found.filter(completed_at__gte=penalty.opened_at).order_by("-completed_at", "-pk").first()


def in_force(penalty: "Penalty", *kinds: str) -> list[Notice]:
    """Issued since the penalty was opened and neither revoked nor replaced."""
    found = penalty.docket.notices.filter(kind__in=kinds, issued_at__gte=penalty.opened_at).exclude(number=None)
    return [notice for notice in found.order_by("pk") if notice.is_in_force]


def served_on(penalty: "Penalty", kind: str) -> date | None:
    """The day on which the latest of this kind that is in force was served."""
    for notice in reversed(in_force(penalty, kind)):
        service = notice.services.that_count().first()
        if service is not None and service.served_on is not None:
            return service.served_on
    return None
