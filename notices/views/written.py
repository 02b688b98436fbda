"""Writing a record: the form with its live preview, completed with the password; a wrong one is corrected by another."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.models import Docket
from casework.views.acts import GET_AND_POST
from core.errors import refusals_on
from notices import previewing, records, rendering, services, written
from notices.models import SiteRecord
from notices.record_forms import RecordForm
from notices.records import RecordKind
from notices.views.common import allow, officer_of
from organisation.scope import visible_or_404


@dataclass(frozen=True, slots=True)
class Writing:
    """A record that is being written; `corrects`: the one whose place it is to take."""

    kind: RecordKind
    docket: Docket
    corrects: SiteRecord | None = None

    @property
    def title(self) -> str:
        return _("Correct: %(record)s") % {"record": self.corrects.name} if self.corrects else str(self.kind.label)

    @property
    def preview_url(self) -> str:
        if self.corrects is not None:
            return reverse("notices:preview_correct_record", args=[self.corrects.pk])
        return reverse("notices:preview_new_record", args=[self.docket.pk, self.kind.code])

    @property
    def initial(self) -> dict[str, Any]:
        return dict(self.corrects.content or {}) if self.corrects else self.kind.initial(self.docket)

    def typed(self, request: HttpRequest) -> RecordForm:
        """What was typed, without the password."""
        return self.kind.form(self.docket, request.POST, corrects=self.corrects is not None)


def _begun(request: HttpRequest, docket_pk: int, code: str) -> Writing:
    """A record of a kind this docket offers, on a docket the viewer sees."""
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    if not records.known(code) or not records.get(code).is_offered_on(docket):
        raise Http404
    allow(request, records.get(code).permission, docket)
    return Writing(records.get(code), docket)


def _to_correct(request: HttpRequest, pk: int) -> Writing:
    wrong = visible_or_404(SiteRecord, request.user, pk=pk)
    if wrong.content is None:  # no form wrote it
        raise Http404
    allow(request, wrong.type.permission, wrong.docket)
    return Writing(wrong.type, wrong.docket, wrong)


@require_http_methods(GET_AND_POST)
def new(request: HttpRequest, docket_pk: int, kind: str) -> HttpResponse:
    """A new record. Nothing is on record before the officer completes it; what he types waits as a draft of the form."""
    return _write(request, _begun(request, docket_pk, kind))


@require_http_methods(GET_AND_POST)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    writing = _to_correct(request, pk)
    if request.method != "POST" and writing.corrects and writing.corrects.is_corrected:
        messages.info(request, _("Another record has taken its place already: correct that one."))
        return redirect(writing.corrects)
    return _write(request, writing)


@require_POST
def preview_new(request: HttpRequest, docket_pk: int, kind: str) -> HttpResponse:
    return _look_page(request, _begun(request, docket_pk, kind))


@require_POST
def preview_correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _look_page(request, _to_correct(request, pk))


def _write(request: HttpRequest, writing: Writing) -> HttpResponse:
    docket, corrects = writing.docket, writing.corrects
    if docket.closed_on is not None:
        messages.info(request, _("The docket is closed: no record is written on it any more."))
        return redirect("casework:docket_tab", docket.pk, "documents")
    more: dict[str, Any] = {"request": request, "corrects": corrects is not None}
    if request.method != "POST" or "look" in request.POST:
        initial = writing.typed(request).typed_with_reason() if request.method == "POST" else writing.initial
        form = writing.kind.blank_form(docket, initial, **more)
        form.make_room(_draft_of(request))
        return _form_page(request, writing, form)
    form = writing.kind.form(docket, request.POST, **more)
    if form.is_valid():
        with refusals_on(form):
            record = services.write_record(
                kind=writing.kind.code,
                docket=docket,
                content=form.typed(),
                by=officer_of(request),
                seen=request.POST.get("seen", ""),
                corrects=corrects,
                reason=form.cleaned_data.get("correction_reason", ""),
            )
            messages.success(request, _("The record is complete. Nobody can change it any more."))
            return redirect(record)
    return _form_page(request, writing, form)


def _draft_of(request: HttpRequest) -> list[list[str]]:
    """What the officer typed into this form and did not send yet, as it waits on the server (docs/decisions/0031)."""
    draft = officer_of(request).form_drafts.filter(form=request.path).first()
    return draft.values if draft else []


def _form_page(request: HttpRequest, writing: Writing, form: RecordForm) -> HttpResponse:
    context = {
        "docket": writing.docket,
        "kind": writing.kind,
        "corrects": writing.corrects,
        "form": form,
        "title": writing.title,
        "preview_url": writing.preview_url,
        "seen": request.POST.get("seen") or written.seen_as(writing.docket),
        # Without scripts the button asks for the preview; with scripts it is fetched after every change.
        "look": _look(writing.typed(request)) if "look" in request.POST else None,
    }
    return render(request, "notices_pages/record_form.html", context, status=422 if form.is_bound else 200)


def _look_page(request: HttpRequest, writing: Writing) -> HttpResponse:
    return render(request, "notices_pages/_look.html", {"look": _look(writing.typed(request))})


def _look(form: RecordForm) -> dict[str, Any]:
    """The preview: pages, or in words why there are none; and what is still missing."""
    shown: dict[str, Any] = {"complete": _("Complete. With your password it becomes final.")}
    try:
        title = _("Preview: %(document)s") % {"document": form.kind.label}
        shown["preview"] = previewing.pictures(written.draft_html(form), title)
    except rendering.RenderingFailed as failure:
        return shown | {"failure": str(failure)}
    return shown | {"missing": written.missing(form), "warnings": written.doubts(form)}
