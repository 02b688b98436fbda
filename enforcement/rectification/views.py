"""Doorways of rectification cases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from casework import powers
from casework.forms import ReasonForm
from casework.views import steps
from core.errors import refusals_on
from enforcement.inspections.forms import PasswordForm
from enforcement.leads.views import act_corrected
from enforcement.rectification import services
from enforcement.rectification.docket_kind import facts
from enforcement.rectification.forms import (
    CaseForm,
    CloseForm,
    OpenCaseForm,
    OpinionForm,
    ReinspectionForm,
)
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import CASE
from notices import previewing
from organisation.scope import visible_or_404

GET_AND_POST = ["GET", "HEAD", "POST"]


def decided_on(case: RectificationCase, viewer: Any) -> steps.Basis:
    """The facts of the case and its order, word for word: nobody signs, agrees or approves unread."""
    return steps.Basis(facts(case.docket, viewer), previewing.of(case.order) if case.order else None)


OPEN_CASE = steps.Door(
    lambda lead, by, fields: services.open_case(lead=lead, by=by, **fields),
    OpenCaseForm,
    wants="matter",
    lead=gettext_lazy("A case is opened on this lead. The period for handling it runs from today."),
)
DOORS: dict[str, steps.Door] = {
    "submit": steps.Door(
        lambda case, by, _fields: services.submit(case=case, by=by),
        lead=gettext_lazy("Facts, requirements and the draft order go to the legal reviewer."),
        shows=decided_on,
    ),
    "agree": steps.Door(
        lambda case, by, fields: services.agree(case=case, opinion=fields["reason"], by=by),
        OpinionForm,
        seen=RectificationCase.seen_as,
        shows=decided_on,
    ),
    "return_from_review": steps.Door(
        lambda case, by, fields: services.return_from_review(case=case, opinion=fields["reason"], by=by),
        OpinionForm,
        shows=decided_on,
    ),
    "approve": steps.Door(
        lambda case, by, _fields: services.approve(case=case, by=by),
        PasswordForm,
        wants="request",
        lead=gettext_lazy("You approve the case and the words of the order."),
        seen=RectificationCase.seen_as,
        shows=decided_on,
    ),
    "return_from_approval": steps.Door(
        lambda case, by, fields: services.return_from_approval(case=case, reason=fields["reason"], by=by),
        ReasonForm,
        shows=decided_on,
    ),
    "issue_order": steps.Door(
        lambda case, by, _fields: services.issue_order(case=case, by=by),
        lead=gettext_lazy("The order takes its number and is drawn as a PDF. No period runs before it is served."),
        shows=decided_on,
    ),
    "call_reinspection": steps.Door(
        lambda case, by, _fields: services.call_reinspection(case=case, by=by),
        lead=gettext_lazy(
            "The case enters re-inspection: two certified officers look on site and record what they find."
        ),
    ),
    "confirm_rectified": steps.Door(
        lambda case, by, _fields: services.confirm_rectified(case=case, by=by),
        lead=gettext_lazy("The case goes to the department head, who closes it or sends it back to the re-inspection."),
    ),
    "order_again": steps.Door(
        lambda case, by, fields: services.order_again(case=case, reason=fields["reason"], by=by),
        ReasonForm,
        lead=gettext_lazy(
            "The investigation is open again: a second order is drafted, signed, reviewed and approved anew."
        ),
    ),
    "continue_rectification": steps.Door(
        lambda case, by, _fields: services.continue_rectification(case=case, by=by),
        lead=gettext_lazy("The party keeps the time the order gave it. The case is looked at once more."),
    ),
    "close": steps.Door(lambda case, by, _fields: services.close(case=case, by=by), CloseForm),
    "return_from_closing": steps.Door(
        lambda case, by, fields: services.return_from_closing(case=case, reason=fields["reason"], by=by),
        ReasonForm,
        lead=gettext_lazy("The case is not closed. It goes back to the re-inspection, whose record can be corrected."),
    ),
    "look_again": steps.Door(
        lambda case, by, fields: services.look_again(case=case, reason=fields["reason"], by=by),
        ReasonForm,
        lead=gettext_lazy("The case is not closed. The inspectors visit once more and make a record of that visit."),
    ),
    "reopen": steps.Door(
        lambda case, by, fields: services.reopen(case=case, reason=fields["reason"], by=by), ReasonForm
    ),
    "reopen_withdrawn": steps.Door(
        lambda case, by, fields: services.reopen_withdrawn(case=case, reason=fields["reason"], by=by),
        ReasonForm,
        lead=gettext_lazy("The investigation goes on, and with it the period for handling the case, as it ran before."),
    ),
    "withdraw": steps.Door(
        lambda case, by, fields: services.withdraw(case=case, reason=fields["reason"], by=by), ReasonForm, tone="danger"
    ),
}


def _case(request: HttpRequest, pk: int, permission: str = "") -> RectificationCase:
    case = visible_or_404(RectificationCase, request.user, pk=pk)
    if permission:
        powers.require(request.user, permission, case.docket)
    return case


def _page(request: HttpRequest, form: Any, case: RectificationCase, **context: Any) -> HttpResponse:
    context |= {"form": form, "docket": case.docket, "cancel_url": case.get_absolute_url()}
    return render(request, "casework/act_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return steps.take_step(request, _case(request, pk), CASE, name, DOORS)


@require_http_methods(GET_AND_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "rectification.handle_case")
    initial = {
        name: getattr(case, name)
        for name in ("violation", "facts", "requirements", "rectification_days", "policy_source", "version")
    }
    form = CaseForm(request.POST or None, initial=initial, since=case.law_since)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = dict(form.cleaned_data)
            services.edit(case=case, expected_version=fields.pop("version"), by=request.user, **fields)  # type: ignore[arg-type]
            messages.success(request, _("The case is saved."))
            return redirect(case)
    return _page(request, form, case, title=_("Facts and requirements"), submit=_("Save"))


@require_http_methods(GET_AND_POST)
def correct_act(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "rectification.handle_case")
    if case.lead is None:
        raise Http404
    return act_corrected(
        request,
        case,
        case.lead,
        lambda fields: services.correct_act(case=case, by=request.user, **fields),  # type: ignore[arg-type]
    )


@require_http_methods(GET_AND_POST)
def draft_order(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "rectification.handle_case")
    form = forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            notice = services.draft_order(case=case, by=request.user)  # type: ignore[arg-type]
            return redirect("notices:edit", notice.pk)
    return _page(
        request,
        form,
        case,
        title=_("Draft the rectification order"),
        lead=_("A draft is made from the facts and requirements of the case. You complete it with a live preview."),
        submit=_("Make the draft"),
    )


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "rectification.sign_case")
    form = PasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            with transaction.atomic():
                steps.check_seen(RectificationCase.seen_as, case, request.POST.get("seen"))
                services.sign(case=case, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("You have signed the case."))
            return redirect(case)
    return _page(
        request,
        form,
        case,
        title=_("Sign the case"),
        submit=_("Sign"),
        basis="行政处罚法第四十二条",
        lead=_("You stand for the facts, the requirements and the words of the order."),
        before=decided_on(case, request.user),
        seen=case.seen_as(),
    )


@require_http_methods(GET_AND_POST)
def reinspect(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "rectification.reinspect")
    former = case.last_reinspection()
    form = ReinspectionForm(request.POST or None, by=request.user, former=former)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = form.cleaned_data | {"inspectors": list(form.cleaned_data["inspectors"])}
            services.record_reinspection(case=case, by=request.user, **fields)  # type: ignore[arg-type]
            messages.success(request, _("The re-inspection is recorded."))
            return redirect(case)
    title = _("Correct the record of the re-inspection") if former else _("Record the re-inspection")
    return _page(request, form, case, title=title, submit=_("Record"), lead=case.requirements)


@require_http_methods(GET_AND_POST)
def make_record(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "rectification.reinspect")
    form = forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            record = services.make_record(case=case, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The document of the record is being made."))
            return redirect(record)
    return _page(
        request,
        form,
        case,
        title=_("Make the document of the re-inspection"),
        submit=_("Make the document"),
        lead=_("The document is drawn from the record as it was completed, for the party to read and sign."),
    )
