"""The public page: is this document genuine? No log-in, no cookie; a wrong code gets the same page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core import clock
from notices import codes, public
from organisation.access import open_to_public

CACHED_S = 300


@open_to_public
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    if text := request.GET.get("code", "").strip()[:60]:
        code = codes.read(text)
        language = "?lang=en" if request.GET.get("lang") == "en" else ""
        if code:
            return redirect(f"/v/{codes.grouped(code)}{language}")
        return _page(request, {"asked": text, "shown": None})
    return _page(request, {"asked": ""})


@open_to_public
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code opens."""
    if not public.may_ask(request.META.get("REMOTE_ADDR", "")):
        response = _page(request, {"asked": "", "too_many": True}, status=429)
        response["Cache-Control"] = "no-store"
        response["Retry-After"] = "60"
        return response
    return _page(request, {"asked": code[:60], "shown": public.look_up(code)})


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The language is part of the address: no cookie is needed, and a cache may keep the page."""
    language = "en" if request.GET.get("lang") == "en" else "zh-hans"
    code = codes.read(context["asked"])
    context |= {
        "asked_code": codes.grouped(code) if code else context["asked"],
        "checked_at": clock.local(clock.now()),
        "shell": {"home_url": "/v/"},  # no language form: it would set a cookie
        "theme": "auto",
    }
    with translation.override(language):
        response = render(request, "notices_pages/verify.html", context, status=status)
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=CACHED_S)
    return response
