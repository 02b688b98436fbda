"""The auditor's view of the trail: one event with its fingerprints, and the verification of all."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from organisation import pages, trail_pages
from organisation.access import OfficerRequest
from organisation.selectors import trail_of, verifications
from organisation.services import auditing

VERIFY = "organisation.verify_trail"


@permission_required(pages.READ_TRAIL, raise_exception=True)
@require_GET
def event(request: OfficerRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(trail_of(request.user), pk=pk)
    return render(request, "organisation/event.html", trail_pages.event_page(found))


@permission_required(VERIFY, raise_exception=True)
@require_http_methods(["GET", "POST"])
def verification(request: OfficerRequest) -> HttpResponse:
    if request.method == "POST":
        job = auditing.verify_trail(by=request.user)
        return redirect("organisation:trail_verified", job.pk)
    return render(
        request,
        "organisation/verification.html",
        {"jobs": trail_pages.verification_rows(verifications()[:10]), "job": None},
    )


@permission_required(VERIFY, raise_exception=True)
@require_GET
def verified(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the verification is, and what it found."""
    job = verifications().filter(pk=pk).first()
    if job is None:
        raise Http404
    context = trail_pages.verification_page(job)
    if request.htmx and not job.is_over:
        return render(request, "components/progress.html", context)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(
        request,
        "organisation/verification.html",
        context | {"jobs": trail_pages.verification_rows(verifications()[:10])},
    )
