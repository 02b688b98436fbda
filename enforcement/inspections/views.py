"""Doorways of inspections."""

from functools import partial
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms import ReasonForm
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, itself, opened
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
    sites_of,
)
from enforcement.inspections.models import Finding, Inspection, Record
from enforcement.inspections.workflow import INSPECTION
from notices import printing, rendering
from notices.views.common import pdf_response
from organisation.scope import visible_or_404
from registry.models import Enterprise

INSPECT: Final = "inspections.inspect"
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


take_step = steps.doorway(Inspection, INSPECTION, DOORS)


@permission_required(INSPECT, raise_exception=True)
@require_http_methods(GET_AND_POST)
def new(request: HttpRequest) -> HttpResponse:
    initial = {}
    if (chosen := as_id(request.GET.get("enterprise", ""))) is not None:
        enterprise = visible_or_404(Enterprise, request.user, pk=chosen)
        initial = {"enterprise": enterprise.pk}
    form = InspectionForm(request.POST or None, by=request.user, initial=initial)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = form.cleaned_data | {"inspectors": list(form.cleaned_data["inspectors"])}
            inspection = services.open_inspection(by=request.user, **fields)  # type: ignore[arg-type]
            messages.success(request, _("Inspection %(number)s has begun.") % {"number": inspection})
            return redirect(inspection)
    return render(request, "inspections/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@permission_required(INSPECT, raise_exception=True)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The plants of the enterprise that was chosen, as choices of the form: a fragment."""
    chosen = as_id(request.GET.get("enterprise", ""))
    enterprise = Enterprise.objects.visible_to(request.user).filter(pk=chosen or 0).first()
    return render(request, "inspections/_sites.html", {"sites": sites_of(enterprise)})


@require_http_methods(GET_AND_POST)
def log_finding(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = opened(request, Inspection, pk, INSPECT)
    return act(
        request,
        inspection,
        FindingForm(request.POST or None, on=inspection.inspected_on),
        partial(services.log_finding, inspection=inspection),
        done=_("The finding is logged."),
        title=_("Log a finding"),
        submit=_("Log the finding"),
    )


@require_http_methods(GET_AND_POST)
def edit_finding(request: HttpRequest, pk: int) -> HttpResponse:
    finding = opened(request, Finding, pk, INSPECT)
    inspection = finding.inspection
    initial = {name: getattr(finding, name) for name in ("violation", "fact", "place", "severity")}
    return act(
        request,
        finding,
        EditFindingForm(
            request.POST or None, on=inspection.inspected_on, initial=initial | {"version": inspection.version}
        ),
        lambda version, **fields: services.edit_finding(finding=finding, expected_version=version, **fields),
        done=_("The finding is corrected."),
        title=_("Correct the finding"),
        submit=_("Save the finding"),
    )


@require_http_methods(GET_AND_POST)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = opened(request, Inspection, pk, INSPECT)
    signed = inspection.current_signatures().exists()
    return act(
        request,
        inspection,
        RecordForm(request.POST or None, of=inspection),
        lambda by, version, **fields: services.describe(
            inspection=inspection, record=Record(**fields), expected_version=version, by=by
        ),
        done=_("The record is saved."),
        title=_("Write the record"),
        submit=_("Save the record"),
        lead=_("The record is signed already: a change asks everybody to sign anew.") if signed else "",
    )


@require_safe
def draft_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as it would be printed, to be read on site; the complete one has its own page."""
    inspection = opened(request, Inspection, pk, INSPECT)
    if (complete := records.of(inspection)) is not None:
        return redirect(complete)
    try:
        drawn = printing.draw(records.draft_html(inspection))
    except rendering.RenderingFailed as failure:
        raise RuleBroken(str(failure)) from failure
    return pdf_response(drawn.pdf, f"{records.KIND.title}_{inspection.docket.number}.pdf", download=False)


@require_http_methods(GET_AND_POST)
def make_record(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = opened(request, Inspection, pk, INSPECT)
    return act(
        request,
        inspection,
        forms.Form(request.POST or None),
        partial(services.make_record, inspection=inspection),
        done=_("The document of the record is being made."),
        leads_to=itself,
        title=_("Make the document of the record"),
        submit=_("Make the document"),
        lead=_("The document is drawn from the record as it was completed, for the party to read and sign."),
    )


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = opened(request, Inspection, pk, INSPECT)
    return act(
        request,
        inspection,
        PasswordForm(request.POST or None, request=request),
        lambda by, **_password: services.sign(inspection=inspection, seen=request.POST.get("seen", ""), by=by),
        done=_("You have signed the record."),
        title=_("Sign the record"),
        submit=_("Sign"),
        basis=services.SIGNING,
        seen=inspection.seen_as(),
        before=steps.Basis(signed_for(inspection, request.user)),
    )


def signed_for(inspection: Inspection, viewer: Any) -> list[tuple[str, Any]]:
    """The record, its findings and its attachments, word for word."""
    found = [
        (_("Finding %(number)d") % {"number": number}, f"{finding.violation.act}\n{finding.place}\n{finding.fact}")
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
    inspection = opened(request, Inspection, pk, "inspections.oversee_record")
    return act(
        request,
        inspection,
        MissingSignatureForm(request.POST or None, of=inspection),
        partial(services.explain_missing_signature, inspection=inspection),
        done=_("Recorded: why the signature is missing."),
        title=_("Explain a missing signature"),
        submit=_("Record the reason"),
        lead=_("The record can then be completed without it. Everybody who reads the record sees the reason."),
    )


@require_http_methods(GET_AND_POST)
def leave_alone(request: HttpRequest, pk: int) -> HttpResponse:
    finding = opened(request, Finding, pk, INSPECT)
    return act(
        request,
        finding,
        NoLeadForm(request.POST or None),
        partial(services.leave_alone, finding=finding),
        done=_("Recorded: no follow-up."),
        title=_("No follow-up of this finding"),
        submit=_("Record the reason"),
        before=_about(finding),
    )


@require_http_methods(GET_AND_POST)
def follow_up_after_all(request: HttpRequest, pk: int) -> HttpResponse:
    finding = opened(request, Finding, pk, INSPECT)
    until_now = _("Recorded until now: no follow-up, because: %(reason)s") % {"reason": finding.no_lead_reason}
    return act(
        request,
        finding,
        NoLeadForm(request.POST or None),
        partial(services.follow_up_after_all, finding=finding),
        done=_("The finding is to be followed up."),
        title=_("Follow up after all"),
        submit=_("Record the reason"),
        lead="" if finding.needs_lead else until_now,
        before=_about(finding),
    )


def _about(finding: Finding) -> steps.Basis:
    """The finding, before whoever decides what becomes of it."""
    return steps.Basis(
        [
            (_("Violation"), finding.violation.act),
            (_("Facts"), finding.fact),
            (_("Place in the plant"), finding.place),
            (_("Severity"), finding.get_severity_display()),
        ]
    )
