"""Records written on the spot: the frozen document, and how it ended with the party."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import powers
from casework.views.acts import act
from core.errors import RuleBroken, refusals_on
from notices import record_pages, records, rendering, services
from notices.forms import SIGNING_FORMS, NoteScanForm
from notices.models import Ending, SiteRecord
from notices.services.issuing import who_prints
from notices.views.common import allow, frozen_pdf, officer_of, pdf_response
from organisation.scope import visible_or_404


def _seen(request: HttpRequest, pk: int) -> SiteRecord:
    found = visible_or_404(SiteRecord, request.user, pk=pk)
    allow(request, "notices.view_notice", found.docket)
    return found


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    context = {
        "record": found,
        "docket": found.docket,
        "head": record_pages.head(found, request.user),
        "preview": record_pages.preview(found),
        "job": record_pages.printing_job(found),
        "ending": record_pages.ending(found),
        "is_note": found.kind == records.NOTE,
        "is_internal": found.kind != records.NOTE and not found.type.signed_by_party,
        "may_print": powers.may(request.user, who_prints(found), found.docket),
        "scan": record_pages.note_scan(found, request.user),
    }
    return render(request, "notices_pages/record.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen PDF, byte for byte; `?download=1` saves it."""
    found = _seen(request, pk)
    return pdf_response(frozen_pdf(found), found.pdf_name, download="download" in request.GET)


@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A picture of one page of the frozen PDF."""
    found = _seen(request, pk)
    pdf = frozen_pdf(found)
    if not 1 <= number <= (found.pdf_pages or 0):
        raise Http404
    response = HttpResponse(rendering.page_images(pdf, pages=[number - 1])[0], content_type="image/png")
    response["Cache-Control"] = "private, max-age=600"  # the bytes never change
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def printing_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the PDF is, asked every two seconds; when it is there the page shows it."""
    found = _seen(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(found)
    job = record_pages.printing_job(found)
    if job is None:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    may_print = powers.may(request.user, who_prints(found), found.docket)
    return render(request, "notices_pages/_printing_record.html", {"record": found, "job": job, "may_print": may_print})


@require_POST
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(SiteRecord, request.user, pk=pk)
    services.print_again(document=found, by=officer_of(request))
    messages.success(request, _("The PDF is being made again."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed, refused, nobody there: a tab each."""
    found = visible_or_404(SiteRecord, request.user, pk=pk)
    if not found.type.signed_by_party:
        raise Http404
    allow(request, found.type.permission, found.docket)
    outcome = request.GET.get("method", "")
    outcome = outcome if outcome in SIGNING_FORMS else Ending.SIGNED
    form = SIGNING_FORMS[outcome](request.POST or None, request.FILES or None, record=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.record_signing(record=found, outcome=outcome, by=officer_of(request), **form.cleaned_data)
            messages.success(request, _("It is on record how this ended with the party."))
            return redirect(found)
    if found.ending is not None:
        raise RuleBroken(_("It is already on record how this ended with the party."))
    context = {
        "record": found,
        "docket": found.docket,
        "form": form,
        "basis": found.type.signing_basis,
        "tabs": [
            {"label": label, "url": f"?method={code}", "active": code == outcome} for code, label in Ending.choices
        ],
    }
    return render(request, "notices_pages/signing.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def attach_note_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a note that was signed on paper."""
    found = visible_or_404(SiteRecord, request.user, pk=pk)
    if found.kind != records.NOTE:
        raise Http404
    allow(request, who_prints(found), found.docket)
    return act(
        request,
        found,
        NoteScanForm(request.POST or None, request.FILES or None),
        partial(services.attach_note_scan, record=found),
        done=_("The signed note is on file."),
        leads_to=lambda answer: answer,
        title=_("Add the signed note"),
        submit=_("Add"),
        cancel_url=found.get_absolute_url(),
        lead=found.title,
    )
