"""Wrong entries on a deadline, put right with a reason: cancel, take back, correct."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import deadlines
from casework.deadlines.forms import CorrectionForm, CorrectPauseForm
from casework.deadlines.limits import CORRECT
from casework.models import Deadline, Extension, Pause
from casework.views.acts import GET_AND_POST, opened
from casework.views.deadlines import act_on


@require_http_methods(GET_AND_POST)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = opened(request, Deadline, pk, CORRECT)
    return act_on(
        request,
        deadline,
        CorrectionForm(request.POST or None),
        partial(deadlines.cancel, deadline=deadline),
        title=_("Cancel the period"),
        lead=_("For a period that was started by mistake or no longer matters. It stays on file with the reason."),
        done=_("The period was cancelled."),
        tone="danger",
    )


@require_http_methods(GET_AND_POST)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = opened(request, Deadline, pk, CORRECT)
    return act_on(
        request,
        deadline,
        CorrectionForm(request.POST or None),
        partial(deadlines.reopen, deadline=deadline),
        title=_("Take back that it was met") if deadline.met_on else _("Take back that it was cancelled"),
        lead=_("The period runs again. A pause that ended with it stays ended: correct it if the clock is to stand."),
        done=_("The period runs again."),
        tone="danger",
    )


@require_http_methods(GET_AND_POST)
def take_back_pause(request: HttpRequest, pk: int) -> HttpResponse:
    pause = opened(request, Pause, pk, CORRECT)
    return act_on(
        request,
        pause.deadline,
        CorrectionForm(request.POST or None),
        partial(deadlines.take_back_pause, pause=pause),
        title=_("Take the pause back"),
        lead=_("The days of the pause count again and the date is computed anew. The entry stays on file, marked."),
        done=_("The pause was taken back."),
        tone="danger",
    )


@require_http_methods(GET_AND_POST)
def take_back_extension(request: HttpRequest, pk: int) -> HttpResponse:
    extension = opened(request, Extension, pk, CORRECT)
    return act_on(
        request,
        extension.deadline,
        CorrectionForm(request.POST or None),
        partial(deadlines.take_back_extension, extension=extension),
        title=_("Take the extension back"),
        lead=_("The date is computed anew without it. The entry stays on file, marked."),
        done=_("The extension was taken back."),
        tone="danger",
    )


@require_http_methods(GET_AND_POST)
def correct_pause(request: HttpRequest, pk: int) -> HttpResponse:
    pause = opened(request, Pause, pk, CORRECT)
    return act_on(
        request,
        pause.deadline,
        CorrectPauseForm(request.POST or None, pause=pause),
        partial(deadlines.correct_pause, pause=pause),
        title=_("Correct the pause"),
        lead=_("The right days become a new entry. The wrong entry stays on file, marked."),
        done=_("The pause was corrected; the date was computed anew."),
    )
