"""Leave cover: who acts for whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import refusals_on
from organisation import pages
from organisation.access import OfficerRequest
from organisation.forms import DelegationForm, ReasonForm
from organisation.models import Delegation
from organisation.scope import visible_or_404
from organisation.services import delegations


@require_http_methods(["GET", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    principals = delegations.possible_principals(request.user)
    form = DelegationForm(
        request.POST or None,
        principals=principals,
        deputies=delegations.possible_deputies(request.user),
        initial={"principal": request.GET.get("principal") or request.user.pk},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            given = delegations.give(by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(deputy)s acts for %(principal)s from %(start)s to %(end)s.")
                % {
                    "deputy": given.deputy,
                    "principal": given.principal,
                    "start": given.starts_on,
                    "end": given.ends_on,
                },
            )
            return redirect("organisation:delegations")
        form.show_exclusions()
    return render(request, "organisation/delegation_form.html", {"form": form, "may": principals.exists()})


@require_GET
def delegation(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Delegation, request.user, pk=pk)
    return render(request, "organisation/delegation.html", pages.delegation_page(found, request.user))


@require_http_methods(["GET", "POST"])
def revoke(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Delegation, request.user, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            delegations.revoke(delegation=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The delegation is revoked."))
            return redirect("organisation:delegations")
    return render(request, "organisation/delegation_revoke.html", {"form": form, "delegation": found})
