"""Doorways of leads. Opening a case is one floor up, in rectification; it registers its door here."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, itself, opened
from core.errors import refusals_on
from enforcement.inspections.models import Finding
from enforcement.leads import informants, intake, services
from enforcement.leads.docket_kind import act_label
from enforcement.leads.forms import DismissForm, ReceiptOfLeadForm, TimeOfActForm
from enforcement.leads.intake_forms import InformantForm, LeadForm, LookForm, MergeForm
from enforcement.leads.models import Lead, five_years_before
from enforcement.leads.workflow import LEAD
from organisation.scope import visible_or_404

DOORS: dict[str, steps.Door] = {
    "dismiss": steps.Door(
        lambda lead, by, fields: services.dismiss(
            lead=lead, reason=fields["reason"], transferred_to=fields["transferred_to"], by=by
        ),
        DismissForm,
        wants="matter",
        lead=gettext_lazy("The lead is closed without a case. It can be taken up again."),
    ),
    "reconsider": steps.Door(
        lambda lead, by, fields: services.reconsider(lead=lead, reason=fields["reason"], by=by), ReasonForm
    ),
}
take_step = steps.doorway(Lead, LEAD, DOORS)


@sensitive_post_parameters()
@permission_required("leads.decide_lead", raise_exception=True)
@require_http_methods(GET_AND_POST)
def new(request: HttpRequest) -> HttpResponse:
    form = LeadForm(request.POST or None, by=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            lead = intake.take_in(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _registered(lead))
            return redirect(lead)
    return render(request, "leads/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _registered(lead: Lead) -> str:
    words = _("Lead %(number)s is registered.") % {"number": lead}
    if lead.merged_into is None:
        return words
    return words + _("It is merged into lead %(into)s.") % {"into": lead.merged_into}


@require_http_methods(GET_AND_POST)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    lead = opened(request, Lead, pk, "leads.decide_lead")
    return act(
        request,
        lead,
        MergeForm(request.POST or None, lead=lead, by=request.user),  # type: ignore[arg-type]
        partial(services.merge, lead=lead),
        done=lambda merged: _("It is merged into lead %(into)s.") % {"into": merged.merged_into},
        leads_to=lambda merged: merged.merged_into.docket,
        title=_("Merge into an earlier lead"),
        lead=_(
            "The same matter was reported again. This lead is closed; its evidence and its informant stay with it. It can be taken up again."
        ),
        submit=_("Merge"),
    )


@sensitive_post_parameters()
@require_http_methods(GET_AND_POST)
def record_informant(request: HttpRequest, pk: int) -> HttpResponse:
    lead = opened(request, Lead, pk, "leads.decide_lead")
    return act(
        request,
        lead,
        InformantForm(request.POST or None, lead=lead),
        partial(informants.record, lead=lead),
        done=_("The informant is recorded and kept secret."),
        title=_("Record the informant"),
        lead=_("Kept apart and secret. Whoever looks at it later gives a reason, which is recorded."),
        submit=_("Save"),
    )


@require_http_methods(GET_AND_POST)
def informant(request: HttpRequest, pk: int) -> HttpResponse:
    """Each look is an act. Its answer is the page itself: a redirect would need an address at which the name can be read again."""
    lead = visible_or_404(Lead, request.user, pk=pk)
    if not informants.may_look(request.user, lead):
        raise PermissionDenied(informants.SEE)
    form, shown = LookForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            shown = informants.look(lead=lead, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
    context = {"docket": lead.docket, "form": form, "informant": shown}
    refused = request.method == "POST" and shown is None
    return render(request, "leads/informant.html", context, status=422 if refused else 200)


@require_http_methods(GET_AND_POST)
def from_finding(request: HttpRequest, pk: int) -> HttpResponse:
    finding = opened(request, Finding, pk, "inspections.inspect")
    return act(
        request,
        finding,
        forms.Form(request.POST or None),
        partial(services.register_finding, finding=finding),
        done=lambda lead: _("Lead %(number)s is registered.") % {"number": lead},
        leads_to=itself,
        title=_("Make the finding a lead"),
        lead=finding.fact,
        submit=_("Register the lead"),
        basis=finding.violation.legal_basis,
    )


@require_http_methods(GET_AND_POST)
def correct_act(request: HttpRequest, pk: int) -> HttpResponse:
    lead = opened(request, Lead, pk, "leads.decide_lead")
    return act_corrected(request, lead, lead, partial(services.correct_act, lead=lead))


@require_http_methods(GET_AND_POST)
def correct_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    lead = opened(request, Lead, pk, "leads.decide_lead")
    return act(
        request,
        lead,
        ReceiptOfLeadForm(request.POST or None, initial={"received_on": lead.received_on}),
        partial(services.correct_receipt, lead=lead),
        done=_("The day of receipt is corrected."),
        title=_("Correct the day of receipt"),
        submit=_("Save"),
        lead=_(
            "The period to decide on the lead starts anew from the right day; the wrong one is cancelled with the reason."
        ),
    )


def act_corrected(request: HttpRequest, matter: Any, lead: Lead, verb: Callable[..., Any]) -> HttpResponse:
    """The page that corrects the time of the act, on the lead or on its case (`matter`)."""
    initial = {"acted_from": lead.acted_from, "acted_to": lead.acted_to, "violation": matter.violation}
    return act(
        request,
        matter,
        TimeOfActForm(
            request.POST or None,
            initial=initial,
            since=min(lead.law_since, five_years_before(lead.received_on)),
            received_on=lead.received_on,
        ),
        verb,
        done=_("The time of the act is corrected.") if lead.has_time else _("The time of the act is entered."),
        title=act_label(lead),
        submit=_("Save"),
        basis="行政处罚法第三十七条",
    )
