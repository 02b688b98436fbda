"""Why this date; pause, resume, extend; the statute book and its periods."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import deadlines, powers, rule_pages, rule_versions, statutes
from casework.deadlines import limits, reckoning, showing
from casework.deadlines.forms import DayForm, ExtendForm, PauseForm, ResumeForm, TryForm
from casework.models import Deadline, Instrument, PeriodRule
from core import clock
from core.errors import refusals_on
from organisation.scope import visible_or_404


@require_GET
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why this date? The reckoning of one deadline."""
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    if request.GET.get("format") == "json":
        return JsonResponse(reckoning.document_of(deadline), json_dumps_params={"ensure_ascii": False})
    return render(request, "casework/deadlines/why.html", showing.why_page(deadline, request.user))


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    powers.require(request.user, limits.PAUSE, deadline.docket)
    form = PauseForm(request.POST or None, deadline=deadline)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deadlines.pause(deadline=deadline, by=request.user, **form.cleaned_data)
            return done(request, deadline, _("The clock is stopped."))
    return ask(
        request, deadline, form, _("Stop the clock"), _("From that day on no date counts, until the clock runs again.")
    )


@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    powers.require(request.user, limits.PAUSE, deadline.docket)
    form = ResumeForm(request.POST or None, deadline=deadline)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deadlines.resume(deadline=deadline, by=request.user, **form.cleaned_data)
            return done(request, deadline, _("The clock runs again; the new date is %(on)s.") % {"on": deadline.due_on})
    return ask(request, deadline, form, _("Let the clock run again"), "")


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    powers.require(request.user, limits.EXTEND, deadline.docket)
    form = ExtendForm(request.POST or None, deadline=deadline)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deadlines.extend(deadline=deadline, by=request.user, **form.cleaned_data)
            return done(request, deadline, _("The period was extended to %(on)s.") % {"on": deadline.due_on})
    return ask(request, deadline, form, _("Extend the period"), "")


def done(request: HttpRequest, deadline: Deadline, words: str) -> HttpResponse:
    """Say what was done, on the page that explains the date."""
    messages.success(request, words)
    return redirect("casework:why", deadline.pk)


def ask(
    request: HttpRequest, deadline: Deadline, form: forms.Form, title: str, lead: str, tone: str = "primary"
) -> HttpResponse:
    """The page that asks before an act on a deadline."""
    context = {
        "tone": tone,
        "docket": deadline.docket,
        "form": form,
        "title": title,
        "submit": title,
        "lead": lead or _("%(label)s, due on %(on)s") % {"label": deadline.label, "on": deadline.due_on},
        "basis": deadline.basis,
        "cancel_url": reverse("casework:why", args=[deadline.pk]),
    }
    return render(request, "casework/act_form.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """A period of the statute book, with a calculator to try dates on it."""
    found = get_object_or_404(PeriodRule, code=code)
    form = TryForm(request.GET if "start" in request.GET else None, initial={"start": clock.today()})
    panel, refusal = showing.tried(found, form) if form.is_bound and form.is_valid() else (None, "")
    context = {
        "rule": found,
        "rows": showing.rule_rows(found),
        "form": form,
        "why": panel,
        "refusal": refusal,
        "versions": statutes.versions_of(found, PeriodRule.objects.order_by("valid_from")),
        "in_force": statutes.in_force(found, clock.today()),
        "primary": {"label": _("Add a version"), "url": reverse("casework:rule_version", args=[code]), "icon": "plus"}
        if found.is_computable and request.user.has_perm(rule_versions.KEEP)
        else None,
    }
    return render(request, "casework/statutes/rule.html", context)


@permission_required(rule_versions.KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def rule_version(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what the next version says, show which running periods it concerns, and add it when that is confirmed."""
    found = get_object_or_404(PeriodRule, code=code)
    latest = rule_versions.versions(found)[-1]
    form = rule_pages.VersionForm(request.POST or None, initial=rule_pages.initial(latest))
    preview = None
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if "confirm" in request.POST:
                version, moved = rule_versions.add_version(
                    rule=found, wording=form.wording, after=request.POST.get("after", ""), by=request.user
                )
                messages.success(
                    request,
                    _("Version %(code)s was added. Running periods whose date moved: %(moved)s.")
                    % {"code": version.code, "moved": moved},
                )
                return redirect("casework:rule", version.code)
            preview = rule_pages.preview(found, form.wording)
    context = {"rule": found, "latest": latest, "form": form, "preview": preview}
    return render(request, "casework/statutes/new_version.html", context, status=422 if form.errors else 200)


@require_GET
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """A law, rule or policy document with the articles the portal cites, as on a chosen day."""
    found = get_object_or_404(Instrument, pk=pk)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": clock.today()})
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else clock.today()
    return render(request, "casework/statutes/instrument.html", statutes.instrument_page(found, on) | {"form": form})
