"""Doorways of the money of a penalty."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import powers
from casework.forms import ReasonForm
from casework.models import Docket
from casework.views.acts import GET_AND_POST, act, opened
from enforcement.penalties import confiscations, money_pages, payments
from enforcement.penalties.models.money import Confiscation, Entry, Plan, Receivable, Review
from enforcement.penalties.money_forms import (
    ConfiscationForm,
    DisposalForm,
    EndReviewForm,
    PaymentForm,
    PlanForm,
    ReviewForm,
)
from organisation.scope import visible_or_404


@require_GET
def receivable(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed, how it came about, and the ledger."""
    row = visible_or_404(Receivable, request.user, pk=pk)
    return render(request, "penalties/receivable.html", money_pages.page(row, request.user))


def _act(request: HttpRequest, row: Any, of: Receivable, form: Any, verb: Any, **page: Any) -> HttpResponse:
    """An act on a claim leads back to its page."""
    url = of.get_absolute_url()
    return act(request, row, form, verb, leads_to=lambda _answer: url, cancel_url=url, **page)


@require_http_methods(GET_AND_POST)
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Receivable, pk, payments.KEEP)
    return _act(
        request, row, row, PaymentForm(request.POST or None), partial(payments.record_payment, receivable=row),
        done=_("The payment is in the ledger."), title=_("Record a payment"), submit=_("Record"), basis=payments.PAYING,
        lead=_("A line of the ledger is never edited. A wrong one is reversed, with its reason."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def reverse(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Entry, pk, payments.KEEP)
    return _act(
        request, row, row.receivable, ReasonForm(request.POST or None), partial(payments.reverse_payment, entry=row),
        done=_("The payment is reversed."), title=_("Reverse a payment"), submit=_("Reverse"), tone="danger",
        lead=_("%(entry)s yuan, receipt %(receipt)s: a second line takes it off again; both stay in the ledger.")
        % {"entry": row, "receipt": row.receipt_number},
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Receivable, pk, payments.KEEP)
    return _act(
        request, row, row, PlanForm(request.POST or None, receivable=row), partial(payments.record_plan, receivable=row),
        done=_("The new days for paying apply."), title=_("Deferral or instalments"), submit=_("Record"),
        basis="行政处罚法第六十六条第二款",
        lead=_("As the authority agreed in writing. Each instalment has its own last day, after which the surcharge runs."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def take_back_plan(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Plan, pk, payments.KEEP)
    return _act(
        request, row, row.receivable, ReasonForm(request.POST or None), partial(payments.take_back_plan, plan=row),
        done=_("The plan is taken back."), title=_("Take back a wrong entry"), submit=_("Take back"), tone="danger",
        lead=_("The days for paying that stood before apply again."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Receivable, pk, payments.KEEP)
    return _act(
        request, row, row, ReviewForm(request.POST or None), partial(payments.begin_review, receivable=row),
        done=_("No surcharge arises while it goes on."), title=_("Reconsideration or litigation"), submit=_("Record"),
        basis=payments.REVIEWING, lead=_("The decision is carried out all the same, unless it was suspended (行政处罚法第七十三条第一款)."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def end_review(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Review, pk, payments.KEEP)
    return _act(
        request, row, row.receivable, EndReviewForm(request.POST or None), partial(payments.end_review, review=row),
        done=_("The surcharge runs again."), title=_("Record the end of the review"), submit=_("Record"),
        basis=payments.REVIEWING,
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def take_back_review(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Review, pk, payments.KEEP)
    return _act(
        request, row, row.receivable, ReasonForm(request.POST or None), partial(payments.take_back_review, review=row),
        done=_("The review is taken back."), title=_("Take back a wrong entry"), submit=_("Take back"), tone="danger",
        lead=_("Its days count as if nothing had been entered."),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def receive(request: HttpRequest, docket_pk: int) -> HttpResponse:
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    powers.require(request.user, payments.KEEP, docket)
    return act(
        request, _OnDocket(docket), ConfiscationForm(request.POST or None, docket=docket),
        partial(confiscations.receive, docket=docket), done=_("It is on file."), title=_("Enter a confiscated thing"),
        submit=_("Record"), basis=confiscations.BASIS, leads_to=lambda _answer: docket,
        lead=_("One entry for each line of the list of what was confiscated."),
    )  # fmt: skip


class _OnDocket:
    """What the page of an act wants of a row, where the docket itself is what it is about."""

    def __init__(self, docket: Docket) -> None:
        self.docket = docket


@require_http_methods(GET_AND_POST)
def dispose(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Confiscation, pk, payments.KEEP)
    return act(
        request, row, DisposalForm(request.POST or None), partial(confiscations.dispose, confiscation=row),
        done=_("It is on file."), title=_("Record the disposal of %(thing)s") % {"thing": row}, submit=_("Record"),
        basis=confiscations.BASIS,
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
def take_back_confiscated(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Confiscation, pk, payments.KEEP)
    return act(
        request, row, ReasonForm(request.POST or None), partial(confiscations.take_back, confiscation=row),
        done=_("The entry is taken back."), title=_("Take back a wrong entry"), submit=_("Take back"), tone="danger",
        lead=str(row),
    )  # fmt: skip
