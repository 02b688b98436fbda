"""What the views of notices share."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from casework import powers
from casework.models import Docket
from core.errors import RuleBroken
from notices import printing
from notices.models import Notice, Printed
from organisation.models import Officer
from organisation.scope import visible_or_404


def officer_of(request: HttpRequest) -> Officer:
    return cast(Officer, request.user)


def seen(request: HttpRequest, pk: int, permission: str = "notices.view_notice") -> Notice:
    """The notice if the viewer sees its docket, else 404; PermissionDenied when his roles do not allow the act."""
    found = visible_or_404(Notice, request.user, pk=pk)
    allow(request, permission, found.docket)
    return found


def allow(request: HttpRequest, permission: str, docket: Docket) -> None:
    """Reading needs the role alone, whoever sees the docket reads its documents; every act needs power over the docket."""
    if permission.split(".")[1].startswith("view_") and request.user.has_perm(permission):
        return
    powers.require(request.user, permission, docket)


def decided_here(notice: Notice) -> None:
    """A document that its docket leads is submitted, decided, issued and withdrawn by the steps of the docket alone."""
    if notice.type.is_led_by_docket:
        raise RuleBroken(_("This document goes the way of its case. Go on in the docket."))


def pdf_response(pdf: bytes, name: str, *, download: bool) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(download, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    # A PDF opened in the browser runs nothing and is framed by nobody.
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    )
    return response


def frozen_pdf(row: Printed) -> bytes:
    """The stored bytes, which have the fingerprint on record. RuleBroken, in words, while there are none."""
    if not row.is_printed:
        raise RuleBroken(_("The PDF is not ready yet."))
    pdf = printing.whole(row)
    if pdf is None:
        raise RuleBroken(str(printing.DAMAGED))
    return pdf
