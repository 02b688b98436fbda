"""The notice page, its PDF and the pictures of its pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework import powers
from notices import previewing, rendering, selectors, services, sources
from notices.services.issuing import who_prints
from notices.views.common import frozen_pdf, officer_of, pdf_response, seen


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen(request, pk)
    context = {
        "notice": found,
        "docket": found.docket,
        "head": selectors.head(found, request.user),
        "steps": selectors.steps(found),
        "preview": selectors.preview(found),
        "job": selectors.printing_job(found),
        "decisions": selectors.decisions(found),
        "attempts": selectors.attempts(found, request.user),
        "draft_preview": None if found.is_issued else previewing.of_draft(found),
        "doubts": found.doubts(),
        "sources": sources.rests_on(found.docket, request.user, until=found.issued_at),
        "issue_word": _("issue"),
        "may_print": powers.may(request.user, who_prints(found), found.docket),
    }
    return render(request, "notices_pages/notice.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen PDF, byte for byte; `?download=1` saves it."""
    found = seen(request, pk)
    return pdf_response(frozen_pdf(found), found.pdf_name, download="download" in request.GET)


@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A picture of one page of the frozen PDF."""
    found = seen(request, pk)
    pdf = frozen_pdf(found)
    if not 1 <= number <= (found.pdf_pages or 0):
        raise Http404
    response = HttpResponse(rendering.page_images(pdf, pages=[number - 1])[0], content_type="image/png")
    # The bytes never change; the browser may keep them for as long as the officer reads.
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def printing_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the PDF is, asked every two seconds; when it is there the page shows it."""
    found = seen(request, pk)
    job = selectors.printing_job(found)
    if job is None or not request.htmx:  # type: ignore[attr-defined]
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect(found)
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "notices_pages/_printing.html", {"notice": found, "job": job})


@require_POST
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen(request, pk, "notices.issue_notice")
    services.print_again(document=found, by=officer_of(request))
    messages.success(request, _("The PDF is being made again."))
    return redirect(found)
