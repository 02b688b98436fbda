"""The docket page and what every kind of docket has: notes, evidence, sharing, handing over, confidentiality."""

from functools import partial
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import evidence as evidence_verbs
from casework import handover, history, lists, notes, pages, powers, services, urging
from casework.forms import ConfidentialityForm, EvidenceForm, NoteForm, ReasonForm, ShareForm
from casework.lists import DOCKETS
from casework.models import Confidentiality, Docket, DocketShare, Evidence
from casework.views.acts import GET_AND_POST, act, opened
from core.errors import refusals_on
from core.listing import listed
from core.lists import walking
from core.uploads import ACCEPT
from organisation.scope import visible_or_404

LATEST: Final = 8


def _docket(request: HttpRequest, pk: int) -> Docket:
    return visible_or_404(Docket, request.user, pk=pk)


@require_safe
def docket(request: HttpRequest, pk: int, tab: str = "overview") -> HttpResponse:
    found = _docket(request, pk)
    if tab not in pages.tab_labels():
        raise Http404
    context = pages.page_context(request, found, tab)
    context["note_form"] = NoteForm(auto_id="note_%s")
    if tab == "evidence":
        context["files"] = pages.files(found, request.user)
        context["counted"] = pages.evidence_counted(found, request.user)
        context["may_add_evidence"] = powers.may(request.user, evidence_verbs.ADD, found)
    if tab == "history":
        context["history"] = history.page(found, request.GET.get("at", ""))
    else:
        context["timeline"] = history.latest(found, LATEST)
    context["walk"] = walking.walk(request, DOCKETS, pk)
    return render(request, "casework/docket.html", context)


@require_POST
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    found = _docket(request, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        with refusals_on(form):
            note = notes.add(docket=found, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, notes.saved(note))
            return redirect(found)
    context = pages.page_context(request, found, "overview")
    context |= {"note_form": form, "timeline": history.latest(found, LATEST)}
    return render(request, "casework/docket.html", context, status=422)


@require_http_methods(GET_AND_POST)
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    found = _docket(request, pk)
    powers.require(request.user, evidence_verbs.ADD, found)
    too_large = request.method == "POST" and bool(
        request.POST is not None and getattr(request, "upload_too_large", False)
    )
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        too_large=too_large,
        initial={"made_by": request.user.name, "place": found.enterprise.address if found.enterprise else ""},  # type: ignore[union-attr]
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        with refusals_on(form):
            kept = evidence_verbs.add_all(docket=found, files=fields.pop("file"), by=request.user, **fields)  # type: ignore[arg-type]
            several = _("%(n)s pieces of evidence are kept, each under its fingerprint.") % {"n": len(kept)}
            messages.success(request, several if len(kept) > 1 else _("The evidence is kept under its fingerprint."))
            return redirect("casework:docket_tab", pk=pk, tab="evidence")
    status = 422 if request.method == "POST" else 200
    context = {"docket": found, "form": form, "warnings": evidence_verbs.warnings(found)}
    context |= {"max_bytes": settings.UPLOAD_MAX_BYTES, "accept": ACCEPT}
    return render(request, "casework/evidence_form.html", context, status=status)


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    found = visible_or_404(Evidence, request.user, pk=pk)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename)
    response["Content-Type"] = found.media_type
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(GET_AND_POST)
def withdraw_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    found = opened(request, Evidence, pk, evidence_verbs.WITHDRAW)
    its_tab = reverse("casework:docket_tab", args=[found.docket_id, "evidence"])
    return act(
        request,
        found,
        ReasonForm(request.POST or None),
        partial(evidence_verbs.withdraw, evidence=found),
        done=_("The evidence is marked as withdrawn; the file stays on record."),
        leads_to=lambda _answer: its_tab,
        title=_("Withdraw evidence: %(title)s") % {"title": found.title},
        submit=_("Withdraw"),
        cancel_url=its_tab,
        obstacles=evidence_verbs.warnings(found.docket),
    )


@require_http_methods(GET_AND_POST)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    found = _docket(request, pk)
    powers.require(request.user, "casework.share_docket", found)
    form = ShareForm(request.POST or None, docket=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            row = services.share(docket=found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("Shared with %(officer)s.") % {"officer": row.officer})
            return redirect(found)
    context = {
        "docket": found,
        "form": form,
        "title": _("Share with a colleague"),
        "submit": _("Share"),
        "cancel_url": found.get_absolute_url(),
        "shares": found.shares.live().select_related("officer__department", "shared_by"),
    }
    return render(request, "casework/share.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def end_share(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_or_404(DocketShare, request.user, pk=pk)
    powers.require(request.user, "casework.share_docket", row.docket)
    services.end_share(share=row, by=request.user)
    messages.success(request, _("The sharing with %(officer)s has ended.") % {"officer": row.officer})
    return redirect("casework:share", pk=row.docket_id)


@require_http_methods(GET_AND_POST)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    found = _docket(request, pk)
    powers.require(request.user, handover.REASSIGN, found)
    form = handover.ReassignForm(request.user, request.POST or None, docket=found)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            undo_url = lists.hand_over(docket=found, form=form, by=request.user)  # type: ignore[arg-type]
            done = _("The matter was handed over to %(officer)s.") % {"officer": form.cleaned_data["to"]}
            messages.success(request, done, extra_tags=f"undo:{undo_url}")
            still_seen = Docket.objects.visible_to(request.user).filter(pk=pk).exists()
            return redirect(found if still_seen else "casework:my_work")
    refusal = handover.refusal(found, request.user)  # type: ignore[arg-type]
    context = {
        "docket": found,
        "form": form,
        "title": _("Hand over"),
        "lead": pages.now_handled_by(found),
        "obstacles": [text for text in (refusal, handover.caution([found])) if text],
        "submit": _("Hand over"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "casework/act_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    found = _docket(request, pk)
    powers.require(request.user, urging.URGE, found)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = urging.urge(docket=found, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
            names = listed(officer.name for officer in told)
            messages.success(request, _("The matter was urged. Told: %(officers)s.") % {"officers": names})
            return redirect(found)
    refusal = urging.refusal(found, request.user)
    context = {
        "docket": found,
        "form": form,
        "title": _("Urge"),
        "lead": _(
            "Its officers and the head of its department get a message with your reason; it stands in the history."
        ),
        "obstacles": [refusal] if refusal else [],
        "submit": _("Urge"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "casework/act_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def confidentiality(request: HttpRequest, pk: int) -> HttpResponse:
    found = _docket(request, pk)
    powers.require(request.user, services.RESTRICT, found)
    restricts = found.confidentiality == Confidentiality.INTERNAL
    to = Confidentiality.RESTRICTED if restricts else Confidentiality.INTERNAL
    form = ConfidentialityForm(request.POST or None, initial={"to": to})
    if request.method == "POST" and form.is_valid():
        asked, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        if asked == Confidentiality.RESTRICTED:
            services.restrict(docket=found, reason=reason, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Only its officers and those it is shared with see the docket now."))
        else:
            services.lift_restriction(docket=found, reason=reason, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The restriction is lifted."))
        return redirect(found)
    context = pages.confidentiality_page(found, restricts=restricts) | {"docket": found, "form": form}
    return render(request, "casework/confidentiality.html", context, status=422 if request.method == "POST" else 200)
