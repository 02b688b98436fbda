"""When a document counts as served: the rules of 民事诉讼法 (2021 numbering, arts. 87 to 95) that 行政处罚法第六十一条
applies. Pure functions of facts, no database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from casework.models import EvidenceKind
from core import clock
from notices.models import Failure, Method, Relation

# 民事诉讼法 as amended in 2012, in force on this day: photographs instead of a witness, and electronic service.
PHOTOGRAPHS_SINCE = ELECTRONIC_SINCE = date(2013, 1, 1)
# Before the amendment of 2021 a public notice ran sixty days; since then PeriodRule D30 says how many.
PUBLIC_NOTICE_BEFORE_2022_DAYS = 60
PUBLIC_NOTICE_CHANGED_ON = date(2022, 1, 1)

BASIS = {
    Method.DIRECT: "民事诉讼法第八十七条、第八十八条",
    Method.LEFT: "民事诉讼法第八十九条",
    Method.ELECTRONIC: "民事诉讼法第九十条；行政处罚法第六十一条第二款",
    Method.POST: "民事诉讼法第九十一条",
    Method.ENTRUSTED: "民事诉讼法第九十一条",
    Method.PUBLIC: "民事诉讼法第九十五条",
}
BEFORE_2022 = "民事诉讼法（2021年修正前）关于送达的规定"


def basis_of(method: str, on: date) -> str:
    """The articles by which this service counts; before 2022 the same rules stood under other numbers."""
    return BASIS[Method(method)] if on >= PUBLIC_NOTICE_CHANGED_ON else BEFORE_2022


# Why an attempt can have failed, by the way it was made: no post returns what was handed over. OTHER is told in words.
IN_PERSON = (Failure.NOBODY, Failure.REFUSED, Failure.MOVED, Failure.OTHER)
FAILURES = {
    Method.DIRECT: IN_PERSON,
    Method.LEFT: IN_PERSON,
    Method.POST: (*IN_PERSON, Failure.RETURNED),
    Method.ENTRUSTED: (*IN_PERSON, Failure.RETURNED),
    Method.ELECTRONIC: (Failure.BOUNCED, Failure.OTHER),
    Method.PUBLIC: (Failure.OTHER,),
}


def failure_refused(method: str, failure: str) -> str | None:
    """Why this reason does not fit the way of serving; None when it does."""
    fitting = FAILURES[Method(method)]
    if failure in fitting:
        return None
    names = "、".join(str(known.label) for known in fitting)
    return _("This reason does not fit “%(method)s”. Possible: %(reasons)s.") % {
        "method": Method(method).label,
        "reasons": names,
    }


# A photograph or video: what a camera makes; a permit on paper or in a PDF is none, unless it was kept as a recording.
PICTURES: Final = ("image/", "video/")
RECORDINGS: Final = (EvidenceKind.AUDIOVISUAL,)


def shows_it(media_type: str, kind: str) -> bool:
    """Can a piece of evidence show how a document was left, or not taken?"""
    return media_type.startswith(PICTURES) or kind in RECORDINGS


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was done to serve a document. `served_on` None: the result is still to come (post, entrusted, public notice)."""

    method: str
    done_on: date  # handed over, left, posted, sent, published
    served_on: date | None
    issued_on: date
    today: date
    addressee_code: str  # the party's credit code; "" of a natural person
    done_at: datetime | None = None  # the minute of `done_on`, where it is known
    issued_at: datetime | None = None
    is_later_today: bool = False  # done on this day at an hour that has not come
    place: str = ""
    recipient: str = ""
    relation: str = ""
    refusal_reason: str = ""
    witness_name: str = ""
    witness_organisation: str = ""
    has_record: bool = False  # photograph or video of leaving the document
    tracking_number: str = ""
    electronic_address: str = ""
    agreed_electronically: bool = False
    entrusted_to: str = ""
    published_in: str = ""
    failed_attempts: int = 0
    no_other_way: str = ""  # why no other way of service is possible


SOLE_TRADER: Final = "92"  # how the credit code of a 个体工商户 begins (GB 32100)


def is_person(credit_code: str) -> bool:
    """May the party receive in person? A company cannot: others receive for it (民事诉讼法第八十八条)."""
    return not credit_code or credit_code.startswith(SOLE_TRADER)


Refusal = tuple[str, str]  # field, reason


def refusals(delivery: Delivery) -> list[Refusal]:
    """Why this does not count as a service, field by field, in words. Empty: it does."""
    found = _dates(delivery)
    if delivery.relation == Relation.PARTY and not is_person(delivery.addressee_code):
        found.append(("relation", _("A company cannot receive in person: choose in which capacity the recipient did.")))
    match delivery.method:
        case Method.DIRECT:
            found += _missing(delivery, recipient=_("the recipient’s name"), relation=_("the recipient’s capacity"))
        case Method.LEFT:
            found += _left(delivery)
        case Method.POST:
            found += _missing(delivery, tracking_number=_("the tracking number of the registered letter"))
        case Method.ELECTRONIC:
            found += _electronic(delivery)
        case Method.ENTRUSTED:
            found += _missing(delivery, entrusted_to=_("the entrusted authority"))
            if delivery.served_on:
                found += _missing(delivery, recipient=_("the recipient’s name"))
        case Method.PUBLIC:
            found += _public(delivery)
    return found


def _dates(delivery: Delivery) -> list[Refusal]:
    found = []
    if delivery.done_on > delivery.today:
        found.append(("at", _("The day lies in the future.")))
    elif delivery.is_later_today:
        found.append(("at", _("The time lies in the future.")))
    if early := before_issue(delivery.done_on, delivery.done_at, delivery.issued_on, delivery.issued_at):
        found.append(("at", early))
    if delivery.served_on is not None:
        # Where the act is the service, its day is said to be wrong once.
        if delivery.served_on > delivery.today and delivery.served_on != delivery.done_on:
            found.append(("served_on", _("The day of service lies in the future.")))
        if delivery.served_on < delivery.done_on:
            found.append(("served_on", _("The document cannot have been received before it was sent.")))
    return found


def before_issue(done_on: date, done_at: datetime | None, issued_on: date, issued_at: datetime | None) -> str | None:
    """Why it cannot have been served yet: there was no document. By the minute, as officers write it, where both are known."""
    if done_on < issued_on:
        return _("The day lies before the day of issue.")
    if done_at is None or issued_at is None or done_at >= issued_at.replace(second=0, microsecond=0):
        return None
    return _("The document was issued at %(at)s only: it cannot have been served before.") % {
        "at": f"{clock.local(issued_at):%Y-%m-%d %H:%M}"
    }


def _missing(delivery: Delivery, **names: str) -> list[Refusal]:
    return [
        (field, _("Give %(what)s.") % {"what": what})
        for field, what in names.items()
        if not getattr(delivery, field).strip()
    ]


def _left(delivery: Delivery) -> list[Refusal]:
    """Art. 89: the reason and day of the refusal; a witness, who stands for the local community or the party's own
    organisation, or a photograph or video of leaving it."""
    found = _missing(delivery, place=_("the place"), refusal_reason=_("the reason given for refusing"))
    if delivery.witness_name.strip():
        return found + _missing(delivery, witness_organisation=_("the organisation for which the witness stands"))
    if delivery.done_on < PHOTOGRAPHS_SINCE:
        found.append(("witness_name", _("Before 2013 a document left at the premises needs a witness.")))
    elif not delivery.has_record:
        found.append(
            (
                "witness_name",
                _("A document left at the premises needs a witness, or a photograph or video of it being left."),
            )
        )
    return found


def _electronic(delivery: Delivery) -> list[Refusal]:
    found = _missing(delivery, electronic_address=_("the electronic address"))
    if delivery.done_on < ELECTRONIC_SINCE:
        found.append(("method", _("Before 2013 the law knew no electronic service.")))
    if not delivery.agreed_electronically:
        found.append(
            (
                "method",
                _("The party has not agreed to electronic service. Record its confirmation in the register first."),
            )
        )
    return found


def _public(delivery: Delivery) -> list[Refusal]:
    """Art. 95: only when the party's whereabouts are unknown or no other way works; the file says why."""
    found = _missing(delivery, published_in=_("where the notice was published"))
    if not delivery.failed_attempts and not delivery.no_other_way.strip():
        found.append(
            (
                "no_other_way",
                _("Public notice is the last way: record a failed attempt first, or say why no other way is possible."),
            )
        )
    return found
