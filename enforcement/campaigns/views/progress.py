"""The progress page of a campaign, and its report as PDF and Excel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core import clock
from core.errors import RuleBroken
from core.lists.export import MIME
from enforcement.campaigns import progress, report
from enforcement.campaigns.forms import ProgressForm
from enforcement.campaigns.models import Campaign
from notices import rendering
from notices.views.common import pdf_response
from organisation.scope import visible_or_404


def _asked(request: HttpRequest) -> tuple[ProgressForm, progress.Narrowed]:
    form = ProgressForm(request.GET, by=request.user)  # type: ignore[arg-type]
    return form, form.narrowed() if form.is_valid() else progress.Narrowed()


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures; `?of=cases` opens the rows behind one."""
    campaign = visible_or_404(Campaign, request.user, pk=pk)
    form, narrowed = _asked(request)
    found = progress.figures(campaign, request.user, narrowed)
    opened = next((one for one in found if one.key == request.GET.get("of")), found[0])
    page = {"campaign": campaign, "form": form, "figures": found, "opened": opened}
    return render(request, "campaigns/progress.html", page, status=200 if form.is_valid() else 422)


def _narrowed_or_refused(request: HttpRequest) -> progress.Narrowed:
    form, narrowed = _asked(request)
    if not form.is_valid():
        raise RuleBroken([str(error) for errors in form.errors.values() for error in errors])
    return narrowed


@require_safe
def as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = visible_or_404(Campaign, request.user, pk=pk)
    try:
        drawn = report.pdf(campaign, request.user, _narrowed_or_refused(request))
    except rendering.RenderingFailed as failure:
        raise RuleBroken(str(failure)) from failure
    return pdf_response(drawn, f"{campaign.name}_{clock.today():%Y%m%d}.pdf", download=False)


@require_safe
def as_excel(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = visible_or_404(Campaign, request.user, pk=pk)
    book = report.workbook(campaign, request.user, _narrowed_or_refused(request))
    response = HttpResponse(book, content_type=MIME)
    name = f"{campaign.name}_{clock.today():%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
