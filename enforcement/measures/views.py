"""Doorways of measures."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from casework import history, pages, powers
from casework.forms import ReasonForm
from casework.models import Docket
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, opened
from enforcement.measures import child_page, services
from enforcement.measures.chain_workflow import CHILD, LEAD
from enforcement.measures.forms import ChildMeasureForm, FeedbackForm, LayOutForm, RecordForm, SendForm
from enforcement.measures.models import ChildMeasure, Measure
from organisation.scope import visible_or_404


@require_http_methods(GET_AND_POST)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    measure = opened(request, Measure, pk, services.HANDLE)
    return act(
        request,
        measure,
        RecordForm(request.POST or None, measure=measure),
        partial(services.record, measure=measure),
        done=_("It is recorded, and the periods follow."),
        title=_("Record what happened: %(measure)s") % {"measure": measure.get_kind_display()},
        submit=_("Record"),
        lead=str(measure.notice),
    )


class _OnDocket:
    """What the page of an act wants of its row, where the row is the docket itself."""

    def __init__(self, docket: Docket) -> None:
        self.docket = docket


@require_http_methods(GET_AND_POST)
def lay_out(request: HttpRequest, docket_pk: int) -> HttpResponse:
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    powers.require(request.user, LEAD, docket)
    return act(
        request,
        _OnDocket(docket),
        LayOutForm(request.POST or None),
        partial(services.lay_out, docket=docket),
        done=_("The measures are laid out. Look through each before you send it."),
        title=_("Lay out the chain of measures"),
        lead=_(
            "Every measure of the chain is made, with the department usually responsible and a day for its result; each can be changed before it is sent."
        ),
        submit=_("Lay out"),
        basis="国发〔2011〕12号；苏政发〔2012〕6号",
    )


@require_safe
def child(request: HttpRequest, pk: int) -> HttpResponse:
    measure = visible_or_404(ChildMeasure, request.user, pk=pk)
    context = {
        "docket": measure.docket,
        "measure": measure,
        "tags": child_page.tags(measure),
        "tasks": pages.tasks(measure.docket, request.user, child_page.actions(measure, request.user)),
        "facts": [pages.as_row(label, value) for label, value in child_page.facts(measure)],
        "feedbacks": measure.feedbacks.select_related("given_by__department"),
        "events": history.about(measure.docket, measure),
    }
    return render(request, "measures/child.html", context)


@require_http_methods(GET_AND_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    measure = opened(request, ChildMeasure, pk, LEAD)
    names = ("department", "task", "due_on", "legal_basis", "version")
    return act(
        request,
        measure,
        ChildMeasureForm(request.POST or None, initial={name: getattr(measure, name) for name in names}),
        lambda version, **fields: services.edit(measure=measure, expected_version=version, **fields),
        done=_("The measure is saved."),
        leads_to=lambda _answer: measure.get_absolute_url(),
        title=_("Change the measure: %(measure)s") % {"measure": measure.label},
        submit=_("Save"),
        cancel_url=measure.get_absolute_url(),
        basis=measure.policy_source,
    )


@require_http_methods(GET_AND_POST)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    measure = opened(request, ChildMeasure, pk, LEAD)
    return act(
        request,
        measure,
        SendForm(request.POST or None, measure=measure),
        partial(_send, measure),
        done=_("The measure is sent."),
        leads_to=lambda _answer: measure.get_absolute_url(),
        title=_("Send to the department"),
        submit=_("Send"),
        cancel_url=measure.get_absolute_url(),
        basis=CHILD.steps["send"].basis_for(measure),
        lead=_("The case is shared with those who receive it, until the measure ends."),
        obstacles=CHILD.refusals(measure, "send", request.user) if request.method != "POST" else [],
        before=child_page.before(measure),
    )


def _send(measure: ChildMeasure, *, version: int, by: Any, officers: Any = (), letter: str = "") -> ChildMeasure:
    return services.send(measure=measure, officers=list(officers), letter=letter, expected_version=version, by=by)


DOORS: dict[str, steps.Door] = {
    "acknowledge": steps.Door(
        lambda measure, by, _fields: services.acknowledge(measure=measure, by=by),
        shows=lambda measure, _viewer: child_page.before(measure),
        seen=ChildMeasure.seen_as,
    ),
    "decline": steps.Door(
        lambda measure, by, fields: services.decline(measure=measure, reason=fields["reason"], by=by),
        ReasonForm,
        lead=gettext_lazy("It goes back to the case, which sends it to another department or calls it off."),
    ),
    "feed_back": steps.Door(
        lambda measure, by, fields: services.feed_back(measure=measure, by=by, **fields),
        FeedbackForm,
        lead=gettext_lazy("The result goes to the officers of the case, who accept it or return it."),
        shows=lambda measure, _viewer: child_page.before(measure),
    ),
    "accept": steps.Door(
        lambda measure, by, _fields: services.accept(measure=measure, by=by),
        lead=gettext_lazy("The measure ends, and the case is shared no more for it."),
        shows=lambda measure, _viewer: child_page.before(measure),
        seen=ChildMeasure.seen_as,
    ),
    "send_back": steps.Door(
        lambda measure, by, fields: services.send_back(measure=measure, reason=fields["reason"], by=by),
        ReasonForm,
        shows=lambda measure, _viewer: child_page.before(measure),
        seen=ChildMeasure.seen_as,
    ),
    "call_off": steps.Door(
        lambda measure, by, fields: services.call_off(measure=measure, reason=fields["reason"], by=by),
        ReasonForm,
        tone="danger",
    ),
}

take_step = steps.doorway(ChildMeasure, CHILD, DOORS)
