"""Doorways of inspections."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import powers
from casework.forms import ReasonForm
from casework.views import steps
from core.errors import refusals_on
from core.ids import as_id
from enforcement.inspections import services
from enforcement.inspections.forms import DescribeForm, FindingForm, InspectionForm, PasswordForm
from enforcement.inspections.models import Finding, Inspection
from enforcement.inspections.workflow import INSPECTION
from organisation.scope import visible_or_404
from registry.models import Enterprise

GET_AND_POST = ["GET", "HEAD", "POST"]
DOORS = {
    "complete_record": steps.Door(
        lambda inspection, by, _fields: services.complete_record(inspection=inspection, by=by)
    ),
    "conclude": steps.Door(lambda inspection, by, _fields: services.conclude(inspection=inspection, by=by)),
}


def act_page(request: HttpRequest, form: Any, inspection: Inspection, **context: Any) -> HttpResponse:
    context |= {"form": form, "docket": inspection.docket, "cancel_url": inspection.get_absolute_url()}
    return render(request, "casework/act_form.html", context, status=422 if request.method == "POST" else 200)


@permission_required("inspections.inspect", raise_exception=True)
@require_http_methods(GET_AND_POST)
def new(request: HttpRequest) -> HttpResponse:
    initial = {}
    if (chosen := as_id(request.GET.get("enterprise", ""))) is not None:
        enterprise = visible_or_404(Enterprise, request.user, pk=chosen)
        initial = {"enterprise": enterprise.pk, "place": enterprise.address}
    form = InspectionForm(request.POST or None, by=request.user, initial=initial)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = form.cleaned_data | {"inspectors": list(form.cleaned_data["inspectors"])}
            inspection = services.open_inspection(by=request.user, **fields)  # type: ignore[arg-type]
            messages.success(request, _("Inspection %(number)s has begun.") % {"number": inspection})
            return redirect(inspection)
    return render(request, "inspections/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def log_finding(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    form = FindingForm(request.POST or None, on=inspection.inspected_on)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.log_finding(inspection=inspection, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("The finding is logged."))
            return redirect(inspection)
    return act_page(request, form, inspection, title=_("Log a finding"), submit=_("Log the finding"))


@require_http_methods(GET_AND_POST)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    initial = {
        name: getattr(inspection, name) for name in ("situation", "ended_at", "attended_by", "credentials_shown")
    }
    form = DescribeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.describe(inspection=inspection, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("The record is saved."))
            return redirect(inspection)
    return act_page(request, form, inspection, title=_("Write the record"), submit=_("Save the record"))


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    form = PasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.sign(inspection=inspection, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("You have signed the record."))
            return redirect(inspection)
    return act_page(
        request, form, inspection, title=_("Sign the record"), submit=_("Sign"), basis="行政处罚法第四十二条"
    )


@require_http_methods(GET_AND_POST)
def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    return steps.take_step(request, inspection, INSPECTION, name, DOORS)


@require_http_methods(GET_AND_POST)
def leave_alone(request: HttpRequest, pk: int) -> HttpResponse:
    finding = visible_or_404(Finding, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", finding.docket)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.leave_alone(finding=finding, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Recorded: no follow-up."))
            return redirect(finding)
    return act_page(
        request, form, finding.inspection, title=_("No follow-up of this finding"), submit=_("Record the reason")
    )
