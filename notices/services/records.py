"""What the verbs on records of service share: locks, uploads that become evidence, the rules of service."""

from datetime import date, datetime, time
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casework import evidence
from casework.models import Docket, Evidence, EvidenceKind
from core import clock, uploads
from core.errors import RuleBroken
from notices import service_rules
from notices.models import SERVED_AT_ONCE, Notice, Service
from organisation.models import Officer

# What shows how a document was left or not taken, by content: no text file does.
SEEN_OR_HEARD = ("image/", "video/", "audio/", "application/pdf")
Upload: TypeAlias = "UploadedFile[Any] | None"


def kept(
    notice: Notice,
    upload: Upload,
    field: str,
    *,
    at: datetime,
    place: str,
    by: Officer,
    completes_closed_file: bool = False,
) -> Evidence | None:
    """An uploaded receipt or photograph becomes evidence of the docket, with maker, time and place."""
    if upload is None:
        return None
    is_receipt = field == "receipt_file"
    if not is_receipt and not uploads.check(upload, field=field).media_type.startswith(SEEN_OR_HEARD):
        raise RuleBroken(_("A photograph or recording is a picture, sound, film or PDF."), field=field)
    try:
        return evidence.keep(
            docket=notice.docket,
            upload=upload,
            kind=EvidenceKind.DOCUMENT if is_receipt else EvidenceKind.AUDIOVISUAL,
            title=f"{'送达回证' if is_receipt else '送达过程影像'}（{notice.number}）",
            proves=f"《{notice.title}》的送达情况",
            made_by=by.name,
            made_at=min(at, clock.now()),
            place=place.strip() or notice.addressee_address,
            by=by,
            completes_closed_file=completes_closed_file,
        )
    except RuleBroken as refusal:
        raise RuleBroken(refusal.reasons, field=field) from refusal


def made_at(service: Service) -> datetime:
    """When the paper that shows the service was made, not when it was uploaded: with the service where its hour is known, else on
    its day, at no hour."""
    if service.method in SERVED_AT_ONCE or service.served_on is None:
        return service.at
    return datetime.combine(service.served_on, time(), clock.SHANGHAI)


def on_the_docket(notice: Notice, *items: Evidence | None) -> None:
    """Receipt and photograph are evidence of the notice's own docket."""
    for item in items:
        if item is not None and (item.docket_id != notice.docket_id or item.withdrawn_at is not None):
            raise RuleBroken(_("The file chosen does not belong to this docket."))


def refuse_unless_it_shows(record: Evidence | None) -> None:
    """What is on file to show the service is a photograph or a recording."""
    if record is not None and not service_rules.shows_it(record.media_type, record.kind):
        raise RuleBroken(
            _("“%(title)s” is no photograph or recording. Choose what shows the service, or upload it.")
            % {"title": record.title},
            field="record",
        )


def issued_on(notice: Notice) -> date:
    """The day of issue. RuleBroken before there is one."""
    if notice.issued_on is None:
        raise RuleBroken(_("The notice has not been issued."))
    return notice.issued_on


def refuse_unless_it_counts(delivery: service_rules.Delivery) -> None:
    """RuleBroken, at the field where there is one, when this does not count as a service."""
    found = service_rules.refusals(delivery)
    if found:
        fields = {field for field, _reason in found}
        raise RuleBroken([reason for _field, reason in found], field=fields.pop() if len(fields) == 1 else None)


def locked_service(service: Service) -> Service:
    """The row as it stands, locked after its docket and its notice."""
    # In this order like every other verb: no two of them ever wait for each other in a circle.
    Docket.objects.locked(service.docket.pk)
    notice = Notice.objects.select_for_update().get(pk=service.notice_id)
    locked = Service.objects.select_for_update().get(pk=service.pk)
    locked.notice = notice
    return locked
