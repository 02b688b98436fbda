"""Why this date; pause, resume, extend; the statute book and its periods."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import deadlines, rule_pages, rule_versions, statutes
from casework.deadlines import foreseeing, limits, reckoning, showing
from casework.deadlines.forms import DayForm, ExtendForm, PauseForm, ResumeForm, TryForm
from casework.models import Deadline, Instrument, PeriodRule
from casework.views.acts import GET_AND_POST, act, opened
from core import clock
from core.errors import RuleBroken, refusals_on
from organisation.scope import visible_or_404


@require_GET
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why this date? The reckoning of one deadline."""
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    if request.GET.get("format") == "json":
        return JsonResponse(reckoning.document_of(deadline), json_dumps_params={"ensure_ascii": False})
    return render(request, "casework/deadlines/why.html", showing.why_page(deadline, request.user))


@require_http_methods(GET_AND_POST)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = opened(request, Deadline, pk, limits.PAUSE)
    return act_on(
        request,
        deadline,
        PauseForm(request.POST or None, deadline=deadline),
        partial(deadlines.pause, deadline=deadline),
        foresee=foreseeing.of_pause,
        basis=str(limits.basis_of_more_time(reckoning.ruling(deadline))),
        title=_("Stop the clock"),
        lead=_("From that day on no date counts, until the clock runs again."),
        done=_("The clock is stopped."),
    )


@require_http_methods(GET_AND_POST)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = opened(request, Deadline, pk, limits.PAUSE)
    return act_on(
        request,
        deadline,
        ResumeForm(request.POST or None, deadline=deadline),
        partial(deadlines.resume, deadline=deadline),
        foresee=foreseeing.of_resumption,
        basis="",
        title=_("Let the clock run again"),
        done=lambda _answer: _("The clock runs again; the new date is %(on)s.") % {"on": deadline.due_on},
    )


@require_http_methods(GET_AND_POST)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = opened(request, Deadline, pk, limits.EXTEND)
    if request.method == "GET" and (refusal := showing.no_more_time(deadline)):
        raise RuleBroken(refusal)
    return act_on(
        request,
        deadline,
        ExtendForm(request.POST or None, deadline=deadline),
        partial(deadlines.extend, deadline=deadline),
        foresee=foreseeing.of_extension,
        basis=str(limits.basis_of_more_time(reckoning.ruling(deadline))),
        title=_("Extend the period"),
        done=lambda _answer: _("The period was extended to %(on)s.") % {"on": deadline.due_on},
    )


def act_on(
    request: HttpRequest,
    deadline: Deadline,
    form: forms.Form,
    verb: Callable[..., Any],
    *,
    title: str,
    foresee: Callable[[Deadline, dict[str, Any]], str] | None = None,
    **page: Any,
) -> HttpResponse:
    """An act on a deadline: the page names what binds it, and leads to the page that explains the date. `foresee` says, while
    the form is filled in, what the act would make of the date: asked by ?foresee=1 with what is typed so far."""
    if foresee is not None and request.method == "GET" and "foresee" in request.GET:
        made: Callable[..., forms.Form] = type(form)  # each that foresees is a form of a deadline
        typed = made(request.GET, deadline=deadline)
        typed.is_valid()  # half a form: what is whole of it counts
        return render(request, "casework/deadlines/_foreseen.html", {"words": foresee(deadline, typed.cleaned_data)})
    why_page = reverse("casework:why", args=[deadline.pk])
    page.setdefault("lead", _stands(deadline))
    page.setdefault("basis", deadline.basis)
    page |= {"title": title, "submit": title, "cancel_url": why_page, "foresees": foresee is not None}
    return act(request, deadline, form, verb, leads_to=lambda _answer: why_page, **page)


def _stands(deadline: Deadline) -> str:
    """How it stands with the period: while the clock is stopped no date counts."""
    if deadline.paused_since is not None:
        words = _("%(label)s: the clock is stopped since %(since)s, no date counts until it runs again")
        return words % {"label": deadline.label, "since": deadline.paused_since}
    return _("%(label)s, due on %(on)s") % {"label": deadline.label, "on": deadline.due_on}


@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """A period of the statute book, with a calculator to try dates on it."""
    found = get_object_or_404(PeriodRule, code=code)
    form = TryForm(request.GET if "start" in request.GET else None, initial={"start": clock.today()})
    panel, refusal = showing.tried(found, form) if form.is_bound and form.is_valid() else (None, "")
    if not found.is_period:
        refusal = statutes.not_a_length(found)
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
