"""Before every view: the officer's language, an idle session's end, a closed door, and for whom the officer acts."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from core import clock
from organisation import access, sessions
from organisation.models import Officer
from organisation.selectors import delegations_held
from organisation.services import entry

GetResponse = Callable[[HttpRequest], HttpResponse]


class PreferredLanguage:
    """Answer in the officer's language; before log-in in that of the cookie; else in Chinese."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    @staticmethod
    def _language(request: HttpRequest) -> str:
        known = dict(settings.LANGUAGES)
        officer = request.user
        wanted = (
            officer.language if isinstance(officer, Officer) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        )
        return wanted if wanted in known else settings.LANGUAGE_CODE


class IdleTimeout:
    """End a session that nobody used for IDLE_TIMEOUT_S seconds. What it was doing is taken up after the next log-in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        officer = request.user
        if isinstance(officer, Officer) and sessions.is_idle(request):
            request.left_idle = officer.pk  # type: ignore[attr-defined]
            entry.end_idle_session(request=request, of=officer)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        # A page that polls by itself is not an officer at work; his keys and clicks call the keep-alive address.
        polls = request.method == "GET" and request.headers.get("HX-Request") == "true"
        if request.user.is_authenticated and not polls and not access.is_passive(view):
            sessions.stamp(request)


class ActingFor:
    """While an officer chose to act for an absent colleague, his acts are recorded so. Ends with the delegation."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        officer = request.user
        chosen = request.session.get(sessions.ACTING) if isinstance(officer, Officer) else None
        if isinstance(officer, Officer) and chosen is not None:
            held = [delegation for delegation in delegations_held(officer) if delegation.pk == chosen]
            if held:
                officer.acting_for = held[0].principal
            else:
                del request.session[sessions.ACTING]
        return self.get_response(request)


class LogInRequired:
    """Every address is closed unless its view is marked `@open_to_public`.

    Who is not logged in is sent to the log-in page and brought back; a form that arrives after its session ended is kept
    and offered again after log-in. Who must change the password first is sent there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if access.is_open(view):
            return None
        if not request.user.is_authenticated:
            return _barred(self._ask_for_log_in(request))
        if request.user.needs_new_password(clock.now()) and not access.is_always_reachable(view):
            return _barred(redirect("organisation:password"))
        if request.method == "POST":
            sessions.sent_again(request)
        return None

    @staticmethod
    def _ask_for_log_in(request: HttpRequest) -> HttpResponse:
        owner = getattr(request, "left_idle", None)
        login = reverse(settings.LOGIN_URL)
        if sessions.is_partial(request):
            # The page stays as it is, with what was typed in it; the message says how to go on.
            page = sessions.page_of(request)
            context = {"login_url": login + sessions.as_query(next=page, ended="idle" if owner else "")}
            response = render(request, "organisation/_logged_out.html", context, status=401)
            response["HX-Reswap"] = "none"
            response["HX-Trigger"] = "logged-out"
            return response
        kept = request.method == "POST" and sessions.keep_form(request, owner)
        query = sessions.as_query(
            next=sessions.page_of(request), ended="idle" if owner else "", kept="1" if kept else ""
        )
        return redirect(login + query)


def _barred(response: HttpResponse) -> HttpResponse:
    """Nothing was done: a form that got this answer may be sent again (core.middleware.SubmitOnce)."""
    response.is_barred = True  # type: ignore[attr-defined]
    return response
