"""Those who decide: the page with the document, the statement and the password; return; issue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import powers
from core.errors import RuleBroken, refusals_on
from notices import previewing, services, sources
from notices.forms import DecisionForm, ReturnForm
from notices.models import Notice
from notices.views.common import allow, decided_here, officer_of, seen
from notices.workflow import NOTICE

REVIEW, APPROVE = "notices.review_notice", "notices.approve_notice"


def _decision(request: HttpRequest, notice: Notice) -> str:
    """Which decision this officer is asked for: the legal review comes first."""
    if not powers.may(request.user, APPROVE, notice.docket) or NOTICE.allows(notice, "review", request.user):
        allow(request, REVIEW, notice.docket)
        return "review"
    return "approve"


def _statement(notice: Notice, decision: str) -> str:
    facts = {"document": notice.label, "party": notice.docket.enterprise or notice.docket}
    if decision == "review":
        return (
            _(
                "I have reviewed the “%(document)s” to %(party)s: competence, facts, evidence, legal basis and procedure are in order."
            )
            % facts
        )
    return _("I have read the “%(document)s” to %(party)s word for word and approve that it is issued.") % facts


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk)
    decision = _decision(request, notice)
    decided_here(notice)
    statement = _statement(notice, decision)
    form = DecisionForm(request.POST or None, request=request, statement=statement, notice=notice)
    if request.method == "POST" and form.is_valid():
        verb = services.review if decision == "review" else services.approve
        with refusals_on(form):
            verb(
                notice=notice, by=officer_of(request), remark=form.cleaned_data["remark"], statement=statement,
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
            messages.success(request, _("Legal review recorded.") if decision == "review" else _("Approved."))
            return redirect(notice)
    return _page(request, notice, decision, form, ReturnForm(auto_id="return_%s"))


@require_POST
def return_to_drafter(request: HttpRequest, pk: int) -> HttpResponse:
    notice = seen(request, pk)
    decision = _decision(request, notice)
    decided_here(notice)
    form = ReturnForm(request.POST, auto_id="return_%s")
    if form.is_valid():
        with refusals_on(form):
            services.return_to_drafter(notice=notice, by=officer_of(request), **form.cleaned_data)
            messages.success(request, _("Returned to the drafter."))
            return redirect(notice)
    blank = DecisionForm(request=request, statement=_statement(notice, decision), notice=notice)
    return _page(request, notice, decision, blank, form)


def _page(request: HttpRequest, notice: Notice, decision: str, form: DecisionForm, back: ReturnForm) -> HttpResponse:
    returning = NOTICE.steps["return_from_review" if decision == "review" else "return"]
    context = {
        "notice": notice,
        "docket": notice.docket,
        "form": form,
        "return_form": back,
        "step": NOTICE.steps[decision],
        "obstacles": NOTICE.refusals(notice, decision, request.user),
        "can_return": notice.state in returning.sources,
        "draft_preview": None if notice.is_issued else previewing.of_draft(notice),
        "doubts": notice.doubts(),
        "sources": sources.rests_on(notice.docket, request.user),
    }
    return render(request, "notices_pages/decide.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue cannot be undone: the word is typed."""
    notice = seen(request, pk, "notices.issue_notice")
    decided_here(notice)
    if request.POST.get("typed", "").strip() != _("issue"):
        raise RuleBroken(_("Type “%(word)s” to confirm.") % {"word": _("issue")})
    issued = services.issue(notice=notice, by=officer_of(request))
    messages.success(request, _("Issued as %(number)s. The PDF is being made.") % {"number": issued.number})
    return redirect(issued)
