"""The page of a piece of evidence: what it says, what its kind must say and nobody has said yet, and its chain of custody."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import custody, evidence_facts, powers
from casework import evidence as evidence_verbs
from casework.forms import CustodyForm, FactsForm
from casework.models import Evidence
from casework.pages import as_row
from casework.views.acts import GET_AND_POST, act, opened
from organisation.scope import visible_or_404


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Evidence, request.user, pk=pk)
    may_add = powers.may(request.user, evidence_verbs.ADD, found.docket)
    lacks = bool(evidence_facts.missing(found.kind, found.facts))
    context = {
        "docket": found.docket,
        "evidence": found,
        "facts": [as_row(label, value) for label, value in evidence_verbs.described(found)],
        "chain": custody.chain(found),
        "may_record": may_add,
        "may_fill_in": may_add and lacks and found.withdrawn_at is None and found.docket.closed_on is None,
    }
    return render(request, "casework/evidence.html", context)


@require_http_methods(GET_AND_POST)
def record_custody(request: HttpRequest, pk: int) -> HttpResponse:
    found = opened(request, Evidence, pk, evidence_verbs.ADD)
    return act(
        request,
        found,
        CustodyForm(request.POST or None, evidence=found),
        partial(custody.record, evidence=found),
        done=_("The hand-over is recorded."),
        leads_to=lambda _row: found,
        title=_("Record a hand-over: %(title)s") % {"title": found.title},
        lead=_("An entry is never changed. One that was wrong is corrected by another."),
        submit=_("Record the hand-over"),
        cancel_url=found.get_absolute_url(),
    )


@require_http_methods(GET_AND_POST)
def fill_in(request: HttpRequest, pk: int) -> HttpResponse:
    found = opened(request, Evidence, pk, evidence_verbs.ADD)
    return act(
        request,
        found,
        FactsForm(request.POST or None, evidence=found),
        partial(evidence_verbs.fill_in, evidence=found),
        done=_("What was missing is filled in."),
        leads_to=lambda _row: found,
        title=_("Fill in what is missing: %(title)s") % {"title": found.title},
        lead=_("What has been said stays as it is."),
        submit=_("Save"),
        cancel_url=found.get_absolute_url(),
    )
