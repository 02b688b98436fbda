"""Doorways of inspections."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from casework import powers
from casework.forms import ReasonForm
from casework.views import steps
from core.errors import RuleBroken, refusals_on
from core.ids import as_id
from enforcement.inspections import records, services
from enforcement.inspections.docket_kind import facts
from enforcement.inspections.forms import (
    EditFindingForm,
    FindingForm,
    InspectionForm,
    MissingSignatureForm,
    NoLeadForm,
    PasswordForm,
    RecordForm,
)
from enforcement.inspections.models import Finding, Inspection, Record
from enforcement.inspections.workflow import INSPECTION
from notices import printing, rendering
from notices.views.common import pdf_response
from organisation.scope import visible_or_404
from registry.models import Enterprise

GET_AND_POST = ["GET", "HEAD", "POST"]
DOORS = {
    "complete_record": steps.Door(
        lambda inspection, by, _fields: services.complete_record(inspection=inspection, by=by),
        lead=_lazy("Nobody can change the record afterwards. Its document is drawn, for the party to read and sign."),
    ),
    "conclude": steps.Door(
        lambda inspection, by, _fields: services.conclude(inspection=inspection, by=by),
        lead=_lazy(
            "The inspection is closed: no finding can be added any more. Leads that came of it go on by themselves."
        ),
    ),
    "void": steps.Door(
        lambda inspection, by, fields: services.void(inspection=inspection, reason=fields["reason"], by=by),
        ReasonForm,
        lead=_lazy("The inspection ends here and stays on record with the reason. What was found is not followed up."),
        tone="danger",
    ),
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
def edit_finding(request: HttpRequest, pk: int) -> HttpResponse:
    finding = visible_or_404(Finding, request.user, pk=pk)
    inspection = finding.inspection
    powers.require(request.user, "inspections.inspect", inspection.docket)
    initial = {name: getattr(finding, name) for name in ("violation", "fact", "place", "severity")}
    form = EditFindingForm(
        request.POST or None, on=inspection.inspected_on, initial=initial | {"version": inspection.version}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = dict(form.cleaned_data)
            services.edit_finding(
                finding=finding,
                expected_version=fields.pop("version"),
                by=request.user,  # type: ignore[arg-type]
                **fields,
            )
            messages.success(request, _("The finding is corrected."))
            return redirect(inspection)
    return act_page(request, form, inspection, title=_("Correct the finding"), submit=_("Save the finding"))


@require_http_methods(GET_AND_POST)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    form = RecordForm(request.POST or None, of=inspection)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = dict(form.cleaned_data)
            version = fields.pop("version")
            services.describe(
                inspection=inspection,
                record=Record(**fields),
                expected_version=version,
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, _("The record is saved."))
            return redirect(inspection)
    signed = inspection.current_signatures().exists()
    lead = _("The record is signed already: a change asks everybody to sign anew.") if signed else ""
    return act_page(request, form, inspection, title=_("Write the record"), submit=_("Save the record"), lead=lead)


@require_safe
def draft_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as it would be printed, to be read on site; the complete one has its own page."""
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    if (complete := records.of(inspection)) is not None:
        return redirect(complete)
    try:
        drawn = printing.draw(records.draft_html(inspection))
    except rendering.RenderingFailed as failure:
        raise RuleBroken(str(failure)) from failure
    return pdf_response(drawn.pdf, f"{records.KIND.title}_{inspection.docket.number}.pdf", download=False)


@require_http_methods(GET_AND_POST)
def make_record(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    form = forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            record = services.make_record(inspection=inspection, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The document of the record is being made."))
            return redirect(record)
    return act_page(
        request,
        form,
        inspection,
        title=_("Make the document of the record"),
        submit=_("Make the document"),
        lead=_("The document is drawn from the record as it was completed, for the party to read and sign."),
    )


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", inspection.docket)
    form = PasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.sign(inspection=inspection, seen=request.POST.get("seen", ""), by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("You have signed the record."))
            return redirect(inspection)
    return act_page(
        request,
        form,
        inspection,
        title=_("Sign the record"),
        submit=_("Sign"),
        basis="行政处罚法第四十二条",
        seen=inspection.seen_as(),
        before=steps.Basis(signed_for(inspection, request.user)),
    )


def signed_for(inspection: Inspection, viewer: Any) -> list[tuple[str, Any]]:
    """The record, its findings and its attachments, word for word."""
    found = [
        (_("Finding %(number)d") % {"number": number}, f"{finding.violation.name}\n{finding.place}\n{finding.fact}")
        for number, finding in enumerate(inspection.findings.select_related("violation"), start=1)
    ]
    attached = "\n".join(records.attachments(inspection)) or _("None")
    return [
        *facts(inspection.docket, viewer),
        *(found or [(_("Findings"), _("No findings yet."))]),
        (_("Attachments"), attached),
    ]


@require_http_methods(GET_AND_POST)
def explain_missing_signature(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    powers.require(request.user, "inspections.oversee_record", inspection.docket)
    form = MissingSignatureForm(request.POST or None, of=inspection)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.explain_missing_signature(inspection=inspection, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("Recorded: why the signature is missing."))
            return redirect(inspection)
    return act_page(
        request,
        form,
        inspection,
        title=_("Explain a missing signature"),
        submit=_("Record the reason"),
        lead=_("The record can then be completed without it. Everybody who reads the record sees the reason."),
    )


@require_http_methods(GET_AND_POST)
def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    inspection = visible_or_404(Inspection, request.user, pk=pk)
    return steps.take_step(request, inspection, INSPECTION, name, DOORS)


@require_http_methods(GET_AND_POST)
def leave_alone(request: HttpRequest, pk: int) -> HttpResponse:
    finding = visible_or_404(Finding, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", finding.docket)
    form = NoLeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.leave_alone(finding=finding, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Recorded: no follow-up."))
            return redirect(finding)
    return act_page(
        request, form, finding.inspection, title=_("No follow-up of this finding"), submit=_("Record the reason")
    )


@require_http_methods(GET_AND_POST)
def follow_up_after_all(request: HttpRequest, pk: int) -> HttpResponse:
    finding = visible_or_404(Finding, request.user, pk=pk)
    powers.require(request.user, "inspections.inspect", finding.docket)
    form = NoLeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.follow_up_after_all(finding=finding, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The finding is to be followed up."))
            return redirect(finding)
    return act_page(
        request,
        form,
        finding.inspection,
        title=_("Follow up after all"),
        submit=_("Record the reason"),
        lead=_("Recorded until now: no follow-up, because: %(reason)s") % {"reason": finding.no_lead_reason}
        if not finding.needs_lead
        else "",
    )
