"""The working calendar: a year, and loading the next one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import calendar_loading, calendar_pages, calendar_reading
from casework.calendar_pages import LOAD, YearForm
from core import clock
from core.errors import RuleBroken, refusals_on


@require_GET
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The calendar of a year (this one, unless another is asked for)."""
    shown = year or clock.today().year
    if not 2000 <= shown <= 2100:
        raise Http404
    return render(request, "casework/calendar/year.html", calendar_pages.year_page(shown, request.user))


@permission_required(LOAD, raise_exception=True)
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Ask for a year's days, show what they would move, and load them when that is confirmed."""
    asked = request.GET.get("year", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year + 1
    form = YearForm(request.POST or None, request.FILES or None, initial=calendar_pages.load_initial(wanted))
    context: dict[str, Any] = {"form": form, "preview": None}
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            context["preview"] = calendar_pages.preview(form)
            if "confirm" in request.POST and not context["preview"]["errors"]:
                if request.POST.get("seen") == context["preview"]["fingerprint"]:
                    return _load(request, form)
                context["has_changed"] = True
    refused = form.errors or (context["preview"] or {}).get("errors") or context.get("has_changed")
    return render(request, "casework/calendar/load.html", context, status=422 if refused else 200)


def _load(request: HttpRequest, form: YearForm) -> HttpResponse:
    given = form.cleaned_data
    read = calendar_reading.read(calendar_pages.text_of(form), given["year"])
    if read.errors:
        raise RuleBroken(read.errors)
    edition, moved = calendar_loading.load_year(
        year=given["year"], days=read.sorted_days(), source=given["source"], by=request.user, seen=request.POST["seen"]
    )
    messages.success(
        request,
        _("The working calendar of %(year)s was loaded (edition %(edition)s). Periods computed anew: %(moved)s.")
        % {"year": edition.year, "edition": edition.edition, "moved": moved},
    )
    return redirect("casework:calendar_year", edition.year)
