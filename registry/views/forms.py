"""The one way a form page of the registry answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from core.errors import RuleBroken
from registry.editing import Conflict
from registry.forms import FactsForm

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form. `back` are breadcrumbs: pairs of label and address."""

    title: Text
    submit: Text
    cancel_url: str
    done: Text  # said when it succeeded
    back: tuple[Text, ...] = ()
    lead: Text = ""
    tone: str = ""
    template: str = "registry/form.html"


def answer(
    request: HttpRequest,
    page: FormPage,
    form: forms.BaseForm,
    act: Callable[[], Any],
    done_url: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form; on POST act. A refusal or a conflict brings the form back with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act()
        except RuleBroken as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, str(page.done))
            return redirect(done_url(result) if done_url else result)
    shown = {"page": page, "form": form, "version": context.pop("version", None), **context}
    return render(request, page.template, shown, status=422 if request.method == "POST" else 200)


def _tell(form: forms.BaseForm, refusal: RuleBroken) -> None:
    if isinstance(refusal, Conflict) and isinstance(form, FactsForm):
        form.show(refusal)
        return
    field = refusal.field if refusal.field in form.fields else None
    for reason in refusal.reasons:
        form.add_error(field, reason)


def posted_version(request: HttpRequest) -> int:
    """The version a short form was filled from; a forged one equals none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
