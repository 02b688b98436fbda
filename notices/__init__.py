"""Documents of a matter. `records_on` is for whoever asks whether a record is on file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models.records import SiteRecordQuerySet


def records_on(docket: "Docket", kind: str) -> "SiteRecordQuerySet":
    """The standing records of a kind on the docket, the earliest first: those that no other one corrects."""
    from notices.models import SiteRecord

    return SiteRecord.objects.filter(docket=docket, kind=kind, corrected_by=None).order_by("dated", "id")
