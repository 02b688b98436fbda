"""What officers write and record besides the steps: proposal, document, signatures, statements, hearing, performance."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, opened
from core import clock
from core.errors import RuleBroken
from enforcement.inspections.forms import PasswordForm
from enforcement.penalties import forms as shapes
from enforcement.penalties import services
from enforcement.penalties.hearings import earliest
from enforcement.penalties.models import Penalty
from enforcement.penalties.services.performing import publish as publish_verb
from enforcement.penalties.services.writing import kind_wanted
from enforcement.penalties.views.steps import decided_on
from enforcement.penalties.workflow import HANDLE, SIGN
from enforcement.rectification.models import RectificationCase


@require_http_methods(GET_AND_POST)
def pursue(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, RectificationCase, pk, HANDLE)
    return act(
        request, case, forms.Form(request.POST or None), partial(services.pursue, case=case),
        done=_("The penalty is pursued beside the order."), title=_("Pursue a penalty"), submit=_("Pursue a penalty"),
        basis="行政处罚法第五十七条",
        lead=_("The penalty goes its own way in this case: proposal, legal review, prior notice, hearing, decision. The order goes on beside it."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    form = shapes.ProposalForm(request.POST or None, initial=shapes.ProposalForm.of(penalty), since=penalty.law_since)
    return act(
        request, penalty, form,
        lambda version, **fields: services.edit(penalty=penalty, expected_version=version, **fields),
        done=_("The proposal is saved."), title=_("Proposal of the penalty"), submit=_("Save"),
        lead=_("The amounts and sanctions stand in the document as you write them here."),
        before=decided_on(penalty, request.user),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def draft_document(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    may_choose = kind_wanted(penalty) == "prior_notice"
    form = (shapes.DraftNoticeForm if may_choose else forms.Form)(request.POST or None)
    return act(
        request, penalty, form, partial(services.draft_document, penalty=penalty),
        leads_to=lambda notice: reverse("notices:edit", args=[notice.pk]), title=_("Draft the document"),
        submit=_("Make the draft"),
        lead=_("A draft is made from the proposal and the case. You complete it with a live preview."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, SIGN)
    if not penalty.case.is_handled_by(request.user):
        # Before he types his password, not after.
        raise RuleBroken(_("Only the officers of the case can sign: no deputy signs in their place."))

    @transaction.atomic
    def signed(by: Any, **_password: Any) -> None:
        steps.check_seen(Penalty.seen_as, penalty, request.POST.get("seen"))
        services.sign(penalty=penalty, by=by)

    return act(
        request, penalty, PasswordForm(request.POST or None, request=request), signed, done=_("You have signed."),
        title=_("Sign the penalty"), submit=_("Sign"), basis="行政处罚法第四十二条",
        lead=_("You stand for the facts, the proposal and the words of its document."),
        before=decided_on(penalty, request.user), seen=penalty.seen_as(),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    return act(
        request, penalty, shapes.StatementForm(request.POST or None, request.FILES or None),
        partial(services.record_statement, penalty=penalty), done=_("It is on record."),
        title=_("Record what the party says"), submit=_("Record"), basis="行政处罚法第四十五条、第六十四条",
        lead=_("Statement and defence, a request for a hearing, or an express waiver, as it reached the authority."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def take_back_statement(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    row = penalty.statements.filter(pk=statement).first()
    if row is None:
        raise Http404
    return act(
        request, penalty, ReasonForm(request.POST or None),
        partial(services.take_back_statement, penalty=penalty, statement=row), done=_("The entry is taken back."),
        title=_("Take an entry back: %(what)s") % {"what": row}, submit=_("Take back"),
    )  # fmt: skip


def _hearing_page(request: HttpRequest, penalty: Penalty, verb: Any) -> HttpResponse:
    form = shapes.HearingForm(request.POST or None, by=request.user, docket=penalty.docket)  # type: ignore[arg-type]
    return act(
        request, penalty, form, partial(verb, penalty=penalty),
        done=_("The hearing is arranged. Its notice is drafted among the documents of the case."),
        title=_("Arrange the hearing"), submit=_("Arrange"), basis="行政处罚法第六十四条",
        lead=_("The party is notified seven working days before: at the earliest on %(day)s, if the notice is served today.")
        % {"day": earliest(clock.today())},
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def go_to_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    return _hearing_page(request, opened(request, Penalty, pk, HANDLE), services.go_to_hearing)


@require_http_methods(GET_AND_POST)
def arrange_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    return _hearing_page(request, opened(request, Penalty, pk, HANDLE), services.arrange_hearing)


@require_http_methods(GET_AND_POST)
def call_off_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    return act(
        request, penalty, ReasonForm(request.POST or None), partial(services.call_off_hearing, penalty=penalty),
        done=_("The hearing is called off."), title=_("Call the hearing off"), submit=_("Call off"),
        lead=_("Another is arranged, and the party notified in time."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def end_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    return act(
        request, penalty, shapes.EndHearingForm(request.POST or None), partial(services.end_hearing, penalty=penalty),
        done=_("It is on record how the hearing ended."), title=_("Record how the hearing ended"), submit=_("Record"),
        basis="行政处罚法第六十四条",
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    return act(
        request, penalty, shapes.CarriedOutForm(request.POST or None), partial(services.carry_out, penalty=penalty),
        done=_("It is on record."), title=_("Record that the other sanctions were carried out"), submit=_("Record"),
        basis="行政处罚法第六十六条",
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    penalty = opened(request, Penalty, pk, HANDLE)
    return act(
        request, penalty, shapes.PublishForm(request.POST or None), partial(publish_verb, penalty=penalty),
        done=_("It is on record."), title=_("Record the publication of the decision"), submit=_("Record"),
        basis="行政处罚法第四十八条",
    )  # fmt: skip
