"""What the public may learn of a notice from its verification code, and how often it may ask."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from core import clock
from notices import codes, printing
from notices.models import Effect, Lookup, Notice, NoticeState

LIMIT_PER_MINUTE = 60
NO_CODE = "0" * codes.LENGTH  # asked for when the text is no code, so that every answer takes the same way
_ENDINGS = re.compile(r"((?:股份|集团)?(?:有限责任|有限)?公司|集团|厂|中心|研究院|研究所|合作社|经营部|商行)$")


@dataclass(frozen=True, slots=True)
class Shown:
    """The facts of the public page."""

    title: str  # of the form: the subject, typed by an officer, may name the party
    number: str
    agency: str
    party: str  # masked
    issued_on: date
    status: str  # "valid", "changed" or "revoked"
    is_served: bool
    sha256: str
    sm3: str  # empty where it cannot be computed


def masked(name: str) -> str:
    """常州晟元稀土材料有限公司 → 常州晟**有限公司: place and first character, form of company; a person keeps the family name."""
    if len(name) <= 4:
        return name[:1] + "*" * max(len(name) - 1, 1)
    found = _ENDINGS.search(name)
    ending = found[1] if found else ""
    kept = min(3, len(name) - len(ending) - 1)
    return f"{name[: max(kept, 1)]}**{ending}"


def look_up(text: str) -> Shown | None:
    """The notice with this code, as the public may see it. One query whether it exists or not."""
    code = codes.read(text) or NO_CODE
    answer = Notice.objects.filter(supersedes=OuterRef("pk"), number__isnull=False).values("supersede_effect")[:1]
    found = Notice.objects.filter(verification_code=code).annotate(answered=Subquery(answer)).first()
    if found is None or found.issued_on is None:
        return None
    status = "valid"
    if found.state == NoticeState.SUPERSEDED:
        status = "revoked" if getattr(found, "answered", "") == Effect.REVOKES else "changed"
    return Shown(
        title=found.type.title,
        number=found.number or "",
        agency=found.agency_name,
        party=masked(found.addressee_name) if found.addressee_name else "",
        issued_on=found.issued_on,
        status=status,
        is_served=found.state == NoticeState.SERVED,
        sha256=found.pdf_sha256,
        sm3=sm3_of(found),
    )


def sm3_of(notice: Notice) -> str:
    """The fingerprint by the national standard (GB/T 32905), of the very file that SHA-256 vouches for.

    Empty while there is no such file, and where the OpenSSL of this machine was built without SM3.
    """
    pdf = printing.whole(notice)
    if pdf is None:
        return ""
    try:
        return hashlib.new("sm3", pdf).hexdigest()
    except ValueError:
        return ""


def may_ask(address: str) -> bool:
    """Count a question from this address; False above the limit of the minute. The address itself is not kept."""
    key = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
    minute = clock.now().replace(second=0, microsecond=0)
    with transaction.atomic():
        mine = Lookup.objects.filter(address_hash=key, minute=minute)
        if mine.filter(count__lt=LIMIT_PER_MINUTE).update(count=F("count") + 1):
            return True
        _row, is_first = Lookup.objects.get_or_create(address_hash=key, minute=minute, defaults={"count": 1})
        if is_first:
            Lookup.objects.filter(minute__lt=minute - timedelta(minutes=2)).delete()
        return is_first
