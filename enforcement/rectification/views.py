"""Doorways of rectification cases."""

from dataclasses import fields as fields_of
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, itself, opened
from core.errors import RuleBroken
from enforcement.inspections.forms import ApprovalForm, PasswordForm
from enforcement.leads import competence
from enforcement.leads.views import act_corrected
from enforcement.rectification import services
from enforcement.rectification.docket_kind import facts
from enforcement.rectification.forms import (
    CallReinspectionForm,
    CaseForm,
    CloseForm,
    OpenCaseForm,
    OpinionForm,
    SignedReinspectionForm,
)
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import CASE
from notices import previewing, sources

HANDLE: Final = "rectification.handle_case"
REINSPECT: Final = "rectification.reinspect"
VISIT: Final = tuple(field.name for field in fields_of(services.Visit))


def decided_on(case: RectificationCase, viewer: Any) -> steps.Basis:
    """The facts of the case and its order, word for word: nobody signs, agrees or approves unread."""
    document = previewing.of(case.order) if case.order else None
    doubts = case.order.doubts() if case.order else ()
    return steps.Basis(facts(case.docket, viewer), document, sources.rests_on(case.docket, viewer), doubts)


def unchanged_since_returned(case: RectificationCase) -> list[str]:
    """Handing in again what was sent back, word for word, is possible, and seldom what is meant."""
    opinion = case.returned() if case.is_as_returned() else None
    if opinion is None:
        return []
    words = _("Nothing was changed since %(who)s returned the case: %(opinion)s")
    return [words % {"who": opinion.officer_name, "opinion": opinion.remark}]


def before_closing(case: RectificationCase, viewer: Any) -> steps.Basis:
    """The whole case: facts and order, what the last look found, and the papers it all rests on."""
    decided = decided_on(case, viewer)
    look = case.last_reinspection()
    if look is None:
        return decided
    found = [
        (_("Day of the re-inspection"), look.inspected_on.isoformat()),
        (_("Inspectors of the re-inspection"), "、".join(officer.name for officer in look.inspectors.all())),
        (_("Result of the re-inspection"), _("Rectified") if look.is_done else _("Not rectified")),
        (_("What the re-inspection found"), look.findings),
    ]
    return replace(decided, facts=[*found, *decided.facts])


def required(case: RectificationCase, viewer: Any) -> steps.Basis:
    """What is looked at: each requirement on a line of its own, and what is on file to hold it against."""
    rows = [(_("What must be rectified"), case.requirements), (_("Facts found"), case.facts)]
    return steps.Basis(rows, None, sources.rests_on(case.docket, viewer))


def power_over(lead: Any, viewer: Any) -> steps.Basis | None:
    """Where it is in doubt whether the authority may act, whoever opens the case reads it before."""
    rows = competence.row(lead.violation, lead.docket.department)
    return steps.Basis(rows) if rows else None


def not_for_what_was_due_at_once(case: RectificationCase) -> list[str]:
    """Whoever lets rectification go on reads for what that gives no time."""
    if texts := case.still_open_at_once():
        words = _(
            "To be done at once, and not done: %(what)s. The period gives no time for that: order rectification again."
        )
        return [words % {"what": "；".join(texts)}]
    return []


OPEN_CASE = steps.Door(
    lambda lead, by, fields: services.open_case(lead=lead, by=by, **fields),
    OpenCaseForm,
    wants="matter",
    lead=gettext_lazy("A case is opened on this lead. The period for handling it runs from today."),
    shows=power_over,
)
DOORS: dict[str, steps.Door] = {
    "submit": steps.Door(
        lambda case, by, _fields: services.submit(case=case, by=by),
        lead=gettext_lazy("Facts, requirements and the draft order go to the legal reviewer."),
        shows=decided_on,
        cautions=unchanged_since_returned,
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
        ApprovalForm,
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
        lambda case, by, fields: services.call_reinspection(case=case, inspectors=list(fields["inspectors"]), by=by),
        CallReinspectionForm,
        wants="matter",
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
    "look_after_period": steps.Door(
        lambda case, by, _fields: services.look_after_period(case=case, by=by),
        lead=gettext_lazy("The look on record was made before the period ended. Another is made and recorded now."),
    ),
    "continue_rectification": steps.Door(
        lambda case, by, _fields: services.continue_rectification(case=case, by=by),
        lead=gettext_lazy("The party keeps the time the order gave it. The case is looked at once more."),
        cautions=not_for_what_was_due_at_once,
    ),
    "close": steps.Door(
        lambda case, by, _fields: services.close(case=case, by=by),
        CloseForm,
        lead=gettext_lazy("The case is done. What follows is the export of its file."),
        seen=RectificationCase.seen_as,
        shows=before_closing,
    ),
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


take_step = steps.doorway(RectificationCase, CASE, DOORS)


@require_http_methods(GET_AND_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, HANDLE)
    initial = {
        name: getattr(case, name)
        for name in ("violation", "facts", "requirements", "rectification_days", "policy_source", "version")
    }
    return act(
        request,
        case,
        CaseForm(request.POST or None, initial=initial, since=case.law_since),
        lambda version, **fields: services.edit(case=case, expected_version=version, **fields),
        done=_("The case is saved."),
        title=_("Facts and requirements"),
        submit=_("Save"),
    )


@require_http_methods(GET_AND_POST)
def correct_act(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, HANDLE)
    if case.lead is None:
        raise Http404
    return act_corrected(request, case, case.lead, partial(services.correct_act, case=case))


@require_http_methods(GET_AND_POST)
def draft_order(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, HANDLE)
    return act(
        request,
        case,
        forms.Form(request.POST or None),
        partial(services.draft_order, case=case),
        leads_to=lambda notice: reverse("notices:edit", args=[notice.pk]),
        title=_("Draft the rectification order"),
        lead=_("A draft is made from the facts and requirements of the case. You complete it with a live preview."),
        submit=_("Make the draft"),
    )


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, "rectification.sign_case")
    if not case.is_handled_by(request.user):
        # Before he types his password, not after.
        raise RuleBroken(_("Only the officers of the case can sign: no deputy signs in their place."))

    @transaction.atomic
    def signed(by: Any, **_password: Any) -> None:
        steps.check_seen(RectificationCase.seen_as, case, request.POST.get("seen"))
        services.sign(case=case, by=by)

    return act(
        request,
        case,
        PasswordForm(request.POST or None, request=request),
        signed,
        done=_("You have signed the case."),
        title=_("Sign the case"),
        submit=_("Sign"),
        basis="行政处罚法第四十二条",
        lead=_("You stand for the facts, the requirements and the words of the order."),
        before=decided_on(case, request.user),
        seen=case.seen_as(),
    )


@require_http_methods(GET_AND_POST)
def reinspect(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, REINSPECT)
    former = case.last_reinspection()
    return act(
        request,
        case,
        SignedReinspectionForm(request.POST or None, request=request, by=request.user, of=case, former=former),
        partial(_record, case),
        done=_("The re-inspection is recorded."),
        title=_("Correct the record of the re-inspection") if former else _("Record the re-inspection"),
        submit=_("Record"),
        lead=_("Photographs and videos of the visit are added as evidence of the case (tab “Evidence”)."),
        before=required(case, request.user),
    )


def _record(case: RectificationCase, *, inspectors: Any, password: str, **given: Any) -> Any:
    visit = services.Visit(**{name: given.pop(name) for name in VISIT})
    return services.record_reinspection(case=case, inspectors=list(inspectors), visit=visit, **given)


@require_http_methods(GET_AND_POST)
def make_record(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, REINSPECT)
    return act(
        request,
        case,
        forms.Form(request.POST or None),
        partial(services.make_record, case=case),
        done=_("The document of the record is being made."),
        leads_to=itself,
        title=_("Make the document of the re-inspection"),
        submit=_("Make the document"),
        lead=_("The document is drawn from the record as it was completed, for the party to read and sign."),
    )
