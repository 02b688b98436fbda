"""Drafting: the form with its live preview, submit, take back, withdraw, supersede."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.models import Docket
from core.errors import refusals_on
from notices import completeness, composing, content, previewing, registry, rendering, services
from notices.forms import SupersedeForm, WithdrawForm
from notices.models import Notice, NoticeState
from notices.registry import NoticeType
from notices.views.common import allow, decided_here, officer_of, seen
from organisation.scope import visible_or_404

DRAFT = "notices.draft_notice"


def _begun(request: HttpRequest, docket_pk: int, kind: str) -> Notice:
    """A notice that is not stored yet: of a type this docket offers, on a docket the viewer sees."""
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    allow(request, DRAFT, docket)
    if not registry.known(kind) or not registry.get(kind).is_offered_on(docket):
        raise Http404
    officer = officer_of(request)
    return Notice(docket=docket, kind=kind, drafted_by=officer, edited_by=officer)


def _form(kind: NoticeType, request: HttpRequest, typed: dict[str, Any]) -> forms.Form:
    """`?check` says at each field what is still missing there."""
    if request.method == "POST":
        return kind.content_form(request.POST)
    return kind.form(typed) if "check" in request.GET else kind.content_form(initial=typed)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, docket_pk: int, kind: str) -> HttpResponse:
    """A new draft. Nothing is stored before the officer saves or submits."""
    notice = _begun(request, docket_pk, kind)
    if notice.docket.closed_on is not None:
        messages.info(request, _("The docket is closed: no document is begun on it any more."))
        return redirect("casework:docket_tab", docket_pk, "documents")
    form = _form(notice.type, request, notice.type.initial(notice.docket))
    if request.method == "POST" and "look" not in request.POST:
        with refusals_on(form):
            made = services.draft(kind=kind, docket=notice.docket, content=content.typed(form), by=officer_of(request))
            return _saved(request, made)
    return _form_page(request, notice, form, reverse("notices:preview_new", args=[docket_pk, kind]))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, DRAFT)
    if notice.state != NoticeState.DRAFT:
        messages.info(request, _("Only drafts can be edited."))
        return redirect(notice)
    form = _form(notice.type, request, notice.content)
    if request.method == "POST" and "look" not in request.POST:
        version = request.POST.get("version", "")
        with refusals_on(form):
            saved = services.edit(
                notice=notice,
                content=content.typed(form),
                version=int(version) if version.isdecimal() else 0,
                by=officer_of(request),
            )
            return _saved(request, saved)
    return _form_page(request, notice, form, reverse("notices:preview", args=[pk]))


def _saved(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Saved; and handed in when that was the button. What is missing is said on the form, and nothing typed is lost.

    A document that its docket leads is handed in with it, so its form says at once what will be asked for then.
    """
    is_led, wanted = notice.type.is_led_by_docket, "submit" in request.POST
    if missing := completeness.of(notice) if is_led or wanted else []:
        messages.warning(
            request, _("The draft is saved. It cannot be submitted yet: %(what)s") % {"what": " ".join(missing)}
        )
        return redirect(f"{reverse('notices:edit', args=[notice.pk])}?check=1")
    if warnings := notice.doubts():
        # Back on the form they stand beside the preview.
        messages.warning(request, " ".join(warnings))
    if is_led or not wanted:
        messages.success(request, _("The draft is saved."))
        return redirect(notice)
    services.submit(notice=notice, by=officer_of(request))
    messages.success(request, _("Done: %(step)s.") % {"step": notice.submit_label})
    return redirect(notice)


def _form_page(request: HttpRequest, notice: Notice, form: forms.Form, preview_url: str) -> HttpResponse:
    typed = content.typed(form) if form.is_bound else None
    context = {
        "notice": notice,
        "docket": notice.docket,
        "form": form,
        "title": notice.type.label,
        "preview_url": preview_url,
        "version": request.POST.get("version", notice.version),
        # Without scripts the button asks for the preview; with scripts it is fetched after every change.
        "look": _look(notice, typed) if "look" in request.POST else None,
    }
    failed = form.is_bound and form.non_field_errors()
    return render(request, "notices_pages/draft_form.html", context, status=422 if failed else 200)


def _look(notice: Notice, typed: dict[str, Any] | None) -> dict[str, Any]:
    """The preview: pages, or in words why there are none; and what is still missing."""
    shown: dict[str, Any] = {}
    try:
        html = composing.draft_html(notice, typed)
        shown["preview"] = previewing.pictures(html, _("Preview: %(document)s") % {"document": notice.label})
    except rendering.RenderingFailed as failure:
        shown["failure"] = str(failure)
    if typed is not None:
        notice.content = typed
        shown["missing"] = completeness.of(notice)
        shown["warnings"] = notice.doubts()
    return shown


@require_POST
def preview_new(request: HttpRequest, docket_pk: int, kind: str) -> HttpResponse:
    notice = _begun(request, docket_pk, kind)
    form = notice.type.content_form(request.POST)
    return render(request, "notices_pages/_look.html", {"look": _look(notice, content.typed(form))})


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, DRAFT)
    form = notice.type.content_form(request.POST)
    return render(request, "notices_pages/_look.html", {"look": _look(notice, content.typed(form))})


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, DRAFT)
    decided_here(notice)
    services.submit(notice=notice, by=officer_of(request))
    messages.success(request, _("Done: %(step)s.") % {"step": notice.submit_label})
    return redirect(notice)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, DRAFT)
    decided_here(notice)
    services.recall(notice=notice, by=officer_of(request))
    messages.success(request, _("Taken back to drafts."))
    return redirect(notice)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, DRAFT)
    decided_here(notice)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.withdraw(notice=notice, by=officer_of(request), **form.cleaned_data)
            messages.success(request, _("The draft is withdrawn. It stays on file without a number."))
            return redirect("casework:docket_tab", notice.docket_id, "documents")
    context = {"title": _("Withdraw the draft"), "submit": _("Withdraw"), "tone": "danger"}
    return ask(request, notice, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def supersede(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk, DRAFT)
    form = SupersedeForm(request.POST or None, notice=notice)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            answer = services.supersede(notice=notice, by=officer_of(request), **form.cleaned_data)
            messages.success(
                request, _("The new notice is drafted. The old one stays in force until the new one is issued.")
            )
            return redirect("notices:edit", answer.pk)
    context = {
        "title": _("Correct or revoke %(number)s") % {"number": notice},
        "lead": _("An issued notice is never changed. A new notice answers it; both stay on file."),
        "submit": _("Draft the new notice"),
    }
    return ask(request, notice, form, context)


def ask(request: HttpRequest, notice: Notice, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    """A page that asks before an act."""
    base = {"docket": notice.docket, "form": form, "cancel_url": notice.get_absolute_url()}
    status = 422 if request.method == "POST" else 200
    return render(request, "casework/act_form.html", base | context, status=status)
