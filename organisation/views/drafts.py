"""The draft of a form, for js/autosave.js: asked for when the form opens, sent while the officer types."""

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from core import clock
from organisation.access import OfficerRequest
from organisation.services import drafts
from organisation.sessions import KEPT_CHARACTERS


@require_http_methods(["GET", "POST"])
def draft(request: OfficerRequest) -> HttpResponse:
    """`?form=` is the path the form is sent to. No values: the officer discards his draft."""
    form = request.GET.get("form", "")
    if not form.startswith("/") or len(form) > 300 or form != _storable(form):
        return HttpResponse(status=400)
    if request.method == "GET":
        found = request.user.form_drafts.filter(form=form).first()
        if found is None:
            return HttpResponse(status=204)
        return JsonResponse({"at": round(found.at.timestamp() * 1000), "values": found.values})
    if len(request.body) > KEPT_CHARACTERS:
        return HttpResponse(status=413)
    values = _values(request.body)
    if values is None:
        return HttpResponse(status=400)
    if not values:
        drafts.forget(form=form, by=request.user)
        return HttpResponse(status=204)
    kept = drafts.keep(form=form, values=values, by=request.user)
    return JsonResponse({"saved_at": f"{clock.local(kept.at):%H:%M}"})


def _values(body: bytes) -> drafts.Values | None:
    """Pairs of texts, or None for anything else."""
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    if not isinstance(sent, list):
        return None
    pairs = [tuple(pair) for pair in sent if isinstance(pair, list) and len(pair) == 2]
    if len(pairs) != len(sent) or not all(isinstance(text, str) for pair in pairs for text in pair):
        return None
    return [(_storable(name), _storable(value)) for name, value in pairs]


def _storable(text: str) -> str:
    """Without what no database stores: half characters and nulls."""
    return text.encode(errors="ignore").decode().replace("\0", "")
