"""Wrong entries on a deadline, put right with a reason: cancel, take back, correct."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import deadlines, powers
from casework.deadlines.forms import CorrectionForm, CorrectPauseForm
from casework.deadlines.limits import CORRECT
from casework.models import Deadline, Extension, Pause
from casework.views.deadlines import ask, done
from core.errors import refusals_on
from organisation.scope import visible_or_404


def _with_reason(
    request: HttpRequest, deadline: Deadline, verb: Callable[..., Any], given: dict[str, Any], words: dict[str, str]
) -> HttpResponse:
    """Ask for the reason, then call the verb. `words`: title, lead, done."""
    powers.require(request.user, CORRECT, deadline.docket)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            verb(**given, by=request.user, **form.cleaned_data)
            return done(request, deadline, words["done"])
    return ask(request, deadline, form, words["title"], words["lead"], tone="danger")


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    words = {
        "title": _("Cancel the period"),
        "lead": _("For a period that was started by mistake or no longer matters. It stays on file with the reason."),
        "done": _("The period was cancelled."),
    }
    return _with_reason(request, deadline, deadlines.cancel, {"deadline": deadline}, words)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = visible_or_404(Deadline, request.user, pk=pk)
    words = {
        "title": _("Take back that it was met") if deadline.met_on else _("Take back that it was cancelled"),
        "lead": _(
            "The period runs again. A pause that ended with it stays ended: correct it if the clock is to stand."
        ),
        "done": _("The period runs again."),
    }
    return _with_reason(request, deadline, deadlines.reopen, {"deadline": deadline}, words)


@require_http_methods(["GET", "POST"])
def take_back_pause(request: HttpRequest, pk: int) -> HttpResponse:
    pause = visible_or_404(Pause, request.user, pk=pk)
    words = {
        "title": _("Take the pause back"),
        "lead": _("The days of the pause count again and the date is computed anew. The entry stays on file, marked."),
        "done": _("The pause was taken back."),
    }
    return _with_reason(request, pause.deadline, deadlines.take_back_pause, {"pause": pause}, words)


@require_http_methods(["GET", "POST"])
def take_back_extension(request: HttpRequest, pk: int) -> HttpResponse:
    extension = visible_or_404(Extension, request.user, pk=pk)
    words = {
        "title": _("Take the extension back"),
        "lead": _("The date is computed anew without it. The entry stays on file, marked."),
        "done": _("The extension was taken back."),
    }
    return _with_reason(request, extension.deadline, deadlines.take_back_extension, {"extension": extension}, words)


@require_http_methods(["GET", "POST"])
def correct_pause(request: HttpRequest, pk: int) -> HttpResponse:
    pause = visible_or_404(Pause, request.user, pk=pk)
    deadline = pause.deadline
    powers.require(request.user, CORRECT, deadline.docket)
    form = CorrectPauseForm(request.POST or None, pause=pause)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deadlines.correct_pause(pause=pause, by=request.user, **form.cleaned_data)
            return done(request, deadline, _("The pause was corrected; the date was computed anew."))
    lead = _("The right days become a new entry. The wrong entry stays on file, marked.")
    return ask(request, deadline, form, _("Correct the pause"), lead)
