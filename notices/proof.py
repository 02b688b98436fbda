"""What the file of a docket still lacks before it may be closed: documents not drawn or not served, receipts not signed."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework import origins
from casework.models import Docket
from notices.models import Method, Notice, NoticeState, Service, SiteRecord


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, in words, of a notice or a record; `service`: of the notice's service."""

    words: str
    document: Notice | SiteRecord
    service: Service | None = None


def lacking(docket: Docket) -> list[Lack]:
    """Records, then notices in the order in which they were drafted. Empty: the file is complete."""
    found = (_lack_of(notice) for notice in Notice.objects.filter(docket=docket).live().order_by("pk"))
    # The file holds the records of the dockets the matter came from as well (docs/decisions/0021).
    of_records = (_lack_of_record(record) for one in (*origins.chain(docket), docket) for record in _live(one))
    return [lack for lack in (*of_records, *found) if lack is not None]


def _live(docket: Docket) -> QuerySet[SiteRecord]:
    return docket.site_records.filter(corrected_by=None)


def unanswered(docket: Docket) -> list[Lack]:
    """Records of which nobody has said how they ended with the party."""
    return [lack for record in _live(docket) if (lack := _unanswered(record)) is not None]


def _unanswered(record: SiteRecord) -> Lack | None:
    if not record.type.signed_by_party or record.ending is not None:
        return None
    words = _("%(title)s of %(day)s: record whether the party signed it, or why not.")
    words %= {"title": record.name, "day": record.dated}
    return Lack(words, record)


def _lack_of_record(record: SiteRecord) -> Lack | None:
    """A record is complete when it is drawn and, where the party signs it, it is known how it ended with the party."""
    if not record.is_printed:
        return Lack(_("%(number)s is not rendered yet.") % {"number": record.name}, record)
    return _unanswered(record)


def _lack_of(notice: Notice) -> Lack | None:
    facts = {"number": notice.number, "title": notice.label}
    if notice.number is None:
        return Lack(_("The draft “%(title)s” has neither been issued nor withdrawn.") % facts, notice)
    if not notice.is_printed:
        return Lack(_("%(number)s is not rendered yet.") % facts, notice)
    if notice.state == NoticeState.SUPERSEDED or not notice.type.needs_service:
        return None
    service = notice.services.that_count().first()
    if service is None:
        return Lack(_("%(number)s has not been served.") % facts, notice)
    if not is_proven(service) and service.method == Method.LEFT:
        words = _(
            "Of %(number)s, left at the premises, the file has neither the receipt with the reason of the refusal, signed by the server and the witness, nor a photograph or video."
        )
        return Lack(words % facts, notice, service)
    if not is_proven(service):
        return Lack(_("The signed receipt of service of %(number)s is missing.") % facts, notice, service)
    return None


def is_proven(service: Service) -> bool:
    """Does the file prove this service? 行政处罚法第六十一条, 民事诉讼法第八十七条: by the signed receipt; where the document was
    left or sent electronically, a picture or record of it does as well; a public notice proves itself."""
    if service.receipt_id is not None or service.method == Method.PUBLIC:
        return True
    return service.record_id is not None and service.method in {Method.LEFT, Method.ELECTRONIC}
