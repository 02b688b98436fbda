"""Doorways: my work, search, suggestions, following. The list of dockets is `casework.lists.DOCKETS`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework import following, search, work_page
from casework.models import Docket
from organisation.access import passive
from organisation.scope import visible_or_404
from registry.models import Enterprise

MOST_SUGGESTED = 20


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    return render(request, "casework/my_work.html", work_page.context(request, request.GET.get("show", "")))


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The search page. An exact number goes straight to what bears it."""
    typed = request.GET.get("q", "").strip()[:100]
    if typed and (place := search.exact(request.user, typed)):
        return redirect(place)
    found = search.find(request.user, typed, limit=20) if typed else None
    return render(request, "casework/search.html", {"typed": typed, "found": found, "global_query": typed})


@passive
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What the palette shows while somebody types: pages of the menu, then what matches."""
    typed = request.GET.get("q", "").strip()[:100]
    return render(request, "components/results.html", {"groups": work_page.suggestions(request, typed)})


@require_safe
def suggest_enterprises(request: HttpRequest) -> JsonResponse:
    """For fields that choose an enterprise by typing."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:60]
    rows: Any = (
        Enterprise.objects.visible_to(request.user).filter(search.enterprise_condition(typed)).order_by("name", "pk")
    )
    results = (
        [{"id": row.pk, "text": row.name, "note": row.credit_code} for row in rows[:MOST_SUGGESTED]] if typed else []
    )
    return JsonResponse({"results": results})


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    docket = visible_or_404(Docket, request.user, pk=pk)
    if "stop" in request.POST:
        following.unfollow(docket=docket, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("You no longer follow this matter."))
    else:
        following.follow(docket=docket, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("You follow this matter. It stands under “I follow” on your work page."))
    return redirect(docket)
