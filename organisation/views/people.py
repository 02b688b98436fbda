"""The directory: officers, their accounts (system administrator) and access (security administrator)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import refusals_on
from organisation import hooks, lockout, pages
from organisation.access import OfficerRequest
from organisation.forms import AccountForm, ClosingForm, ReasonForm, RoleForm
from organisation.models import Officer
from organisation.roles import roles_of
from organisation.scope import visible_or_404
from organisation.selectors import find_officers, names_borne_twice
from organisation.services import accounts, appointments, second_factor
from organisation.services.accounts import Account

INITIAL = "initial_password"


@require_GET
def officer(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    context = pages.officer_page(found, request.user)
    shown = request.session.get(INITIAL)
    if shown and shown["officer"] == found.pk:
        context["initial_password"] = request.session.pop(INITIAL)["password"]
    return render(request, "organisation/officer.html", context)


@require_GET
def suggest(request: OfficerRequest) -> JsonResponse:
    """Officers whose name, initials or user name begin so: for @mention and choosing a colleague.

    `key` is what a mention writes: the name, or the user name where several bear the name.
    """
    found = find_officers(request.user, request.GET.get("q", "")[:40])
    alike = names_borne_twice(found)
    results = [
        {
            "id": o.pk,
            "text": o.name,
            "key": o.username if o.name in alike else o.name,
            "note": " · ".join(filter(None, (o.department.short_name, o.post))),
        }
        for o in found
    ]
    return JsonResponse({"results": results})


@permission_required(pages.KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            opened, password = accounts.open_account(account=Account(**form.cleaned_data), by=request.user)
            return _hand_over(request, opened, password, _("The account of %(officer)s is open.") % {"officer": opened})
    return render(request, "organisation/account_form.html", {"form": form, "officer": None})


@permission_required(pages.KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def edit(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    form = AccountForm(request.POST or None, viewer=request.user, officer=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            accounts.change_account(officer=found, account=Account(**form.cleaned_data), by=request.user)
            messages.success(request, _("The data of %(officer)s are saved.") % {"officer": form.cleaned_data["name"]})
            return redirect(found)
    return render(request, "organisation/account_form.html", {"form": form, "officer": found})


@permission_required(pages.KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def close(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    matters = hooks.open_matters(found)
    form = ClosingForm(request.POST or None) if matters else ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            accounts.close_account(officer=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The account of %(officer)s is closed.") % {"officer": found})
            return redirect(found)
    return _ask(
        request,
        found,
        form,
        _("Close the account"),
        _("The officer can no longer log in. Roles and delegations end; what was done stays in the record."),
        matters=matters,
        tone="danger",
    )


@permission_required(pages.KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            opened, password = accounts.reopen_account(officer=found, by=request.user, **form.cleaned_data)
            return _hand_over(
                request, opened, password, _("The account of %(officer)s is open again.") % {"officer": opened}
            )
    return _ask(
        request,
        found,
        form,
        _("Reopen the account"),
        _("The officer gets a new initial password; roles must be granted again."),
    )


@permission_required(pages.GRANT, raise_exception=True)
@require_http_methods(["GET", "POST"])
def roles(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    held = roles_of(found)
    offered = [role for role, _why in appointments.assignable(found) if role not in held]
    grant_form = RoleForm(request.POST if "grant" in request.POST else None, roles=offered, prefix="grant")
    revoke_form = RoleForm(request.POST if "revoke" in request.POST else None, roles=held, prefix="revoke")
    for form, verb in ((grant_form, appointments.grant), (revoke_form, appointments.revoke)):
        if form.is_bound and form.is_valid():
            with refusals_on(form):
                verb(officer=found, role=form.chosen, reason=form.cleaned_data["reason"], by=request.user)
                messages.success(request, _("The roles of %(officer)s are changed.") % {"officer": found})
                return redirect(found)
    context = {
        "officer": found,
        "held": held,
        "assignable": appointments.assignable(found),
        "grant_form": grant_form,
        "revoke_form": revoke_form,
    }
    return render(request, "organisation/officer_roles.html", context)


@permission_required(pages.UNLOCK, raise_exception=True)
@require_http_methods(["GET", "POST"])
def unlock(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            accounts.unlock(officer=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(officer)s can log in again.") % {"officer": found})
            return redirect(found)
    until = lockout.locked_until(found.username)
    return _ask(
        request,
        found,
        form,
        _("Lift the block"),
        _("After several wrong passwords log-in is blocked for a while. Make sure that it was the officer."),
        until=until,
    )


@permission_required(pages.UNLOCK, raise_exception=True)
@require_http_methods(["GET", "POST"])
def reset_password(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            reset, password = accounts.reset_password(officer=found, by=request.user, **form.cleaned_data)
            return _hand_over(
                request, reset, password, _("%(officer)s has a new initial password.") % {"officer": reset}
            )
    return _ask(
        request,
        found,
        form,
        _("Set a new password"),
        _(
            "Make sure who is asking. The new password is shown to you once; the officer must change it at the next log-in."
        ),
    )


@permission_required(pages.UNLOCK, raise_exception=True)
@require_http_methods(["GET", "POST"])
def reset_second_factor(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Officer, request.user, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            second_factor.reset(officer=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The second factor of %(officer)s is removed.") % {"officer": found})
            return redirect(found)
    return _ask(
        request,
        found,
        form,
        _("Remove the second factor"),
        _("Make sure who is asking. The officer logs in with the password alone until a new second factor is set up."),
    )


def _ask(request: OfficerRequest, officer: Officer, form: Any, title: str, lead: str, **more: Any) -> HttpResponse:
    """The page that asks for the reason of an act on an account."""
    return render(
        request,
        "organisation/reason_form.html",
        {"officer": officer, "form": form, "title": title, "lead": lead} | more,
    )


def _hand_over(request: OfficerRequest, officer: Officer, password: str, message: str) -> HttpResponse:
    """Go to the officer's page, which shows the initial password this once."""
    request.session[INITIAL] = {"officer": officer.pk, "password": password}
    messages.success(request, message)
    return redirect(officer)
