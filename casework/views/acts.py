"""One page for every act on a matter: it asks, calls the verb, says at its field what the rules refuse, and leads on."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casework import powers
from core.errors import refusals_on
from organisation.scope import visible_or_404

M = TypeVar("M", bound=models.Model)
GET_AND_POST: Final = ["GET", "HEAD", "POST"]


def opened(request: HttpRequest, model: type[M], pk: int, permission: str) -> M:
    """The row an act is about. 404 where the viewer does not see it, PermissionDenied where his power does not reach it."""
    row = visible_or_404(model, request.user, pk=pk)
    powers.require(request.user, permission, row.docket)  # type: ignore[attr-defined]
    return row


def act(
    request: HttpRequest,
    row: Any,
    form: forms.BaseForm,
    verb: Callable[..., Any],
    *,
    done: str | Callable[[Any], str] = "",
    leads_to: Callable[[Any], Any] | None = None,
    **page: Any,
) -> HttpResponse:
    """GET asks with `form`, POST calls `verb(by=…, **cleaned fields)` about `row`.

    `done` is what the officer then reads, `leads_to` where he goes on (a row or an address), both of what the verb answered;
    without it he comes back to its docket. `page` is what `casework/act_form.html` shows: title, submit, lead, basis, …
    """
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            answer = verb(by=request.user, **form.cleaned_data)
            if words := done(answer) if callable(done) else done:
                messages.success(request, words)
            return redirect(leads_to(answer) if leads_to else row.docket)
    return ask(request, row, form, **page)


def ask(request: HttpRequest, row: Any, form: forms.BaseForm, **page: Any) -> HttpResponse:
    """The page alone, for a doorway that acts in its own way."""
    context = {"docket": row.docket, "form": form, "cancel_url": row.docket.get_absolute_url(), **page}
    return render(request, "casework/act_form.html", context, status=422 if request.method == "POST" else 200)


def itself(answer: Any) -> Any:
    """`leads_to` what the verb made."""
    return answer
