"""One page for every step of every procedure: what it does, its basis, what stands in the way, and the form it needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import powers
from casework.models import Docket
from casework.pages import as_row, outcome
from casework.steps import Step
from casework.views.acts import GET_AND_POST, ask
from casework.workflow import Workflow
from core.errors import Stale, refusals_on
from core.labels import Label
from organisation.scope import visible_or_404


@dataclass(frozen=True, slots=True)
class Basis:
    """What an officer has before him when he decides: facts as (label, value), and the document as pictures."""

    facts: list[tuple[str, Any]]
    document: Mapping[str, Any] | None = None
    # What that rests on, each a link: {label, url, note, icon}.
    sources: Sequence[Mapping[str, Any]] = ()
    # What looks wrong in the document though nothing refuses it, in words.
    doubts: Sequence[str] = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [as_row(label, value) for label, value in self.facts]


@dataclass(frozen=True, slots=True)
class Door:
    """What a step asks for and the verb it calls: `verb(subject, by, cleaned_data)`."""

    verb: Callable[[Any, Any, dict[str, Any]], Any]
    form: type[forms.Form] = forms.Form
    # What the form is given: "by" (to offer only what this officer may choose), "matter" (the same on this matter) or
    # "request" (a password).
    wants: str = ""
    lead: Label = ""  # one sentence on what follows
    tone: str = "primary"
    # What an officer who decides has before him, as a text that changes with it: nobody decides on words he has not seen.
    seen: Callable[[Any], str] | None = None
    # The same as a page shows it.
    shows: Callable[[Any, Any], Basis | None] | None = None
    # What is odd though it does not stand in the way, in words.
    cautions: Callable[[Any], list[str]] = lambda subject: []


def _given(door: Door, request: HttpRequest, subject: Any) -> dict[str, Any]:
    match door.wants:
        case "by":
            return {"by": request.user}
        case "matter":
            return {"by": request.user, "docket": subject.docket}
        case "request":
            return {"request": request}
    return {}


def check_seen(of: Callable[[Any], str] | None, subject: Any, seen: str | None) -> None:
    """Refuse who decides on what he has not read: `seen` is what his page carried; a forged form carries none.

    Raises Stale. `of` None: the step decides on nothing that could change meanwhile.
    """
    if of is None:
        return
    Docket.objects.locked(subject.docket_id)
    locked = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
    if of(locked) != seen:
        raise Stale(_("This was changed after you opened the page. Read it again before you decide."))


def _docket_made(answer: Any, subject: Any, viewer: Any) -> Docket | None:
    """The other docket on which the matter goes on, when the verb answered with a row of it (a case opened on a lead)."""
    pk = getattr(answer, "docket_id", None)
    if pk is None or pk == subject.docket_id:
        return None
    return Docket.objects.visible_to(viewer).filter(pk=pk).first()


def _done(request: HttpRequest, step: Step, docket: Docket, *, is_other: bool) -> HttpResponse:
    words = _("Done: %(step)s. It goes on as %(docket)s.") if is_other else _("Done: %(step)s.")
    messages.success(request, words % {"step": step.label, "docket": docket})
    return redirect(docket)


def doorway(model: type[models.Model], workflow: Workflow, doors: Mapping[str, Door]) -> Callable[..., HttpResponse]:
    """The view `take_step(request, pk, name)` of a procedure."""

    @require_http_methods(GET_AND_POST)
    def view(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        return take_step(request, visible_or_404(model, request.user, pk=pk), workflow, name, doors)

    return view


def _in_the_way(request: HttpRequest, subject: Any, workflow: Workflow, step: Step, door: Door) -> dict[str, Any]:
    """What is said above the form. Whose page stood open while a colleague took the step is led to what came of it."""
    asks = request.method != "POST"
    is_late = getattr(subject, workflow.field) not in step.sources
    return {
        "obstacles": [*workflow.refusals(subject, step.name, request.user), *door.cautions(subject)] if asks else [],
        "outcome": outcome(subject.docket, request.user) if is_late else None,
    }


def take_step(
    request: HttpRequest, subject: Any, workflow: Workflow, name: str, doors: Mapping[str, Door]
) -> HttpResponse:
    """GET shows the step, POST takes it. A step that is not possible says why, above the form."""
    if name not in doors or name not in workflow.steps:
        raise Http404
    step, door = workflow.steps[name], doors[name]
    powers.require(request.user, step.permission, subject.docket)
    form = door.form(request.POST or None, **_given(door, request, subject))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            with transaction.atomic(), powers.acting(request.user, step.permission, subject.docket):
                check_seen(door.seen, subject, request.POST.get("seen"))
                made = _docket_made(door.verb(subject, request.user, form.cleaned_data), subject, request.user)
            return _done(request, step, made or subject.docket, is_other=made is not None)
    return ask(
        request,
        subject,
        form,
        title=step.label,
        submit=step.label,
        basis=step.basis_for(subject),
        lead=door.lead,
        tone=door.tone,
        seen=door.seen(subject) if door.seen else "",
        before=door.shows(subject, request.user) if door.shows else None,
        **_in_the_way(request, subject, workflow, step, door),
    )
