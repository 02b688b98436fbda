"""Service of documents: a form per method, failed attempts, results that come later, receipts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import RuleBroken, refusals_on
from notices import printing, receipts, rendering, services
from notices.forms import SERVICE_FORMS, AttemptForm, CompleteForm, FailForm, ReceiptForm, correction_form
from notices.models import Method, Notice, Outcome, Service
from notices.services.correcting import FACTS
from notices.views.common import allow, frozen_pdf, officer_of, pdf_response, seen
from notices.views.drafts import ask
from notices.workflow import CORRECT, NOTICE
from organisation.scope import visible_or_404

SERVE = "notices.serve_notice"


def _service(request: HttpRequest, pk: int, permission: str = SERVE) -> Service:
    found = visible_or_404(Service, request.user, pk=pk)
    allow(request, permission, found.docket)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one method; the others are tabs."""
    notice = seen(request, pk, SERVE)
    method = request.GET.get("method", Method.DIRECT)
    if method not in SERVICE_FORMS:
        method = Method.DIRECT
    officer = officer_of(request)
    form = SERVICE_FORMS[method](request.POST or None, request.FILES or None, notice=notice, viewer=officer)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            service = services.record_service(notice=notice, method=method, by=officer, **form.cleaned_data)
            messages.success(request, _told(service))
            return redirect(notice)
    return _page(request, notice, form, method)


def _told(service: Service) -> str:
    if service.outcome == Outcome.SERVED:
        return _("Served on %(day)s. The receipt of service is being made.") % {"day": service.served_on}
    if service.effective_on:
        return _("The public notice is running. It counts as served on %(day)s.") % {"day": service.effective_on}
    return _("Service is under way. Enter the result when it comes back.")


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, SERVE)
    officer = officer_of(request)
    form = AttemptForm(request.POST or None, request.FILES or None, notice=notice, viewer=officer)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.record_attempt(notice=notice, by=officer, **form.cleaned_data)
            messages.success(request, _("The failed attempt is on file."))
            return redirect(notice)
    return _page(request, notice, form, "attempt")


def _page(request: HttpRequest, notice: Notice, form: forms.Form, current: str) -> HttpResponse:
    tabs = [{"label": label, "url": f"?method={code}", "active": code == current} for code, label in Method.choices]
    context = {
        "notice": notice,
        "docket": notice.docket,
        "form": form,
        "tabs": tabs if current != "attempt" else [],
        "obstacles": NOTICE.refusals(notice, "serve", request.user),
        "is_attempt": current == "attempt",
    }
    return render(request, "notices_pages/serve.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    service = _service(request, pk)
    form = CompleteForm(
        request.POST or None, request.FILES or None, initial={"recipient": service.recipient}, notice=service.notice
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            done = services.complete_service(service=service, by=officer_of(request), **form.cleaned_data)
            messages.success(request, _told(done))
            return redirect(done.notice)
    return _ask(request, service, form, {"title": _("Enter the day of receipt"), "submit": _("Record service")})


@require_http_methods(["GET", "HEAD", "POST"])
def fail(request: HttpRequest, pk: int) -> HttpResponse:
    service = _service(request, pk)
    form = FailForm(request.POST or None, service=service)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.fail_service(service=service, by=officer_of(request), **form.cleaned_data)
            messages.success(request, _("The failed attempt is on file."))
            return redirect(service.notice)
    return _ask(request, service, form, {"title": _("It was not served"), "submit": _("Record a failed attempt")})


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as it was entered, to be put right with a reason."""
    service = _service(request, pk, CORRECT)
    form = correction_form(service, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        facts = {str(name): given.pop(name) for name in FACTS if name in given}
        with refusals_on(form):
            right = services.correct_service(service=service, by=officer_of(request), facts=facts, **given)
            messages.success(request, _("The record was corrected: served on %(day)s.") % {"day": right.served_on})
            return redirect(right.notice)
    lead = _(
        "The wrong record stays on file, marked. Periods that started from a wrong day start anew from the right one."
    )
    words = {"title": _("Correct the record of service"), "submit": _("Correct"), "lead": lead, "basis": service.basis}
    return _ask(request, service, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def attach_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    service = _service(request, pk)
    form = ReceiptForm(request.POST or None, request.FILES or None, service=service)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.attach_receipt(service=service, by=officer_of(request), **form.cleaned_data)
            messages.success(request, _("On file: %(paper)s.") % {"paper": service.receipt_called})
            return redirect(service.notice)
    return _ask(
        request, service, form, {"title": _("Add: %(paper)s") % {"paper": service.receipt_called}, "submit": _("Add")}
    )


def _ask(request: HttpRequest, service: Service, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    return ask(request, service.notice, form, context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen receipt of service."""
    service = _service(request, pk, "notices.view_notice")
    return pdf_response(frozen_pdf(service), service.pdf_name, download="download" in request.GET)


@require_safe
def blank_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt to take along and have signed."""
    notice = seen(request, pk, SERVE)
    if not notice.is_printed:
        raise RuleBroken(_("The PDF is not ready yet."))
    try:
        drawn = printing.draw(receipts.blank_html(notice))
    except rendering.RenderingFailed as failure:
        raise RuleBroken(str(failure)) from failure
    return pdf_response(drawn.pdf, _("Receipt of service %(number)s.pdf") % {"number": notice.number}, download=False)


@require_POST
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    service = _service(request, pk)
    services.print_again(document=service, by=officer_of(request))
    messages.success(request, _("The PDF is being made again."))
    return redirect(service.notice)
