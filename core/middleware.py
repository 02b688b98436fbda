"""What happens to every request: an id, headers, refusals in words, a form submitted once."""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock, logs, once
from core.errors import RuleBroken
from core.models import SubmittedForm

GetResponse = Callable[[HttpRequest], HttpResponse]
ONCE = "_once"
_when_acted: list[Callable[[HttpRequest], None]] = []
KEY = re.compile(r"[0-9a-f-]{36}")
# A form whose handling was cut off (worker killed) is no longer waited for after this long.
STUCK = timedelta(minutes=2)
# How long a form that was accepted is known again.
REMEMBERED = timedelta(days=7)


def when_a_form_acted(told: Callable[[HttpRequest], None]) -> None:
    """Register in `apps.ready()` what follows a form that was accepted."""
    if told not in _when_acted:
        _when_acted.append(told)


class RequestId:
    """Give each request an id: shown on error pages, written to the log and the trail."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]
        token = logs.request_id.set(request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class Headers:
    """Pages about cases stay out of caches; the browser offers no camera or position outside the field app."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        return response


class Refusals:
    """A refusal that no form caught: say it at the top of the page the officer came from, or on a page of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RuleBroken):
            return render(request, "errors/refused.html", {"reasons": exception.reasons}, status=409)
        return None


class SubmitOnce:
    """A form with a `_once` key acts once, however often its button is pressed (defect D14).

    First arrival: handled. Arrival while the first is being handled: 409, in words. Arrival after it succeeded: sent to the
    same place, told that nothing was done twice. A form that came back with errors, was answered by a file, or whose handling
    failed before it acted, may be sent again. One whose act was committed, though its answer was lost with its worker, is not handled a second time:
    the mark of `core.once` says so, in words.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get(ONCE, "") if request.method == "POST" else ""
        if not key:
            return self.get_response(request)
        if not KEY.fullmatch(key):
            return render(
                request,
                "errors/refused.html",
                {"reasons": [_("This form is damaged. Open the page again.")]},
                status=400,
            )
        mine = self._session_hash(request)
        arrival = self._arrived(key, mine, request.path)
        if arrival is None:
            return self._repeat(request, SubmittedForm.objects.filter(pk=key).first(), mine)
        response = None
        try:
            with once.handling(arrival):
                response = self.get_response(request)
        finally:
            self._settle(request, arrival, response)
        return response

    @classmethod
    def _settle(cls, request: HttpRequest, arrival: SubmittedForm, response: HttpResponse | None) -> None:
        """Mark the key, or free it where nothing was done. What broke down (no answer, or an error page) is not marked."""
        if response is not None and response.status_code < 500 and cls._acted(response):
            place = response.get("Location") or response.get("HX-Redirect") or request.path
            arrival.still_here().update(finished=True, location=place[:500])
            for told in _when_acted:
                told(request)
        elif response is not None and response.get("Content-Disposition", "").startswith("attachment"):
            arrival.still_here().delete()  # a file leaves its page open: who asks again is handed it again
        else:
            arrival.still_here().filter(acted=False).delete()

    @staticmethod
    def _acted(response: HttpResponse) -> bool:
        """Did the view act? Not when the way to it was barred (a log-in page instead), even though that redirects, too."""
        if getattr(response, "is_barred", False):
            return False
        return response.status_code in {302, 303, 204} or response.has_header("HX-Redirect")

    @staticmethod
    def _session_hash(request: HttpRequest) -> str:
        return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()

    @staticmethod
    def _arrived(key: str, mine: str, path: str) -> SubmittedForm | None:
        """This arrival of the form; None when an earlier one has the key."""
        now = clock.now()
        SubmittedForm.objects.filter(pk=key, finished=False, acted=False, at__lt=now - STUCK).delete()
        try:
            with transaction.atomic():
                return SubmittedForm.objects.create(
                    key=key, token=secrets.token_hex(16), session_hash=mine, path=path[:300], at=now
                )
        except IntegrityError:
            return None

    @staticmethod
    def _repeat(request: HttpRequest, earlier: SubmittedForm | None, mine: str) -> HttpResponse:
        if earlier is None:  # freed since
            reason = _("This form is being processed. Wait a moment, then open the page again.")
        elif earlier.session_hash != mine or earlier.path != request.path[:300]:
            reason = _("This form is damaged. Open the page again.")
        elif earlier.finished:
            messages.info(request, _("This form had already been submitted. Nothing was done twice."))
            return HttpResponseRedirect(earlier.location)
        elif earlier.acted and earlier.at < clock.now() - STUCK:
            reason = _("What this form asked for was done; only the answer was lost. Open the page again and look.")
        else:
            reason = _("This form is being processed. Wait a moment, then open the page again.")
        return render(request, "errors/refused.html", {"reasons": [reason]}, status=409)


def forget_old_keys() -> int:
    """Forget the keys of forms that were sent long ago; answers how many."""
    forgotten, _by_model = SubmittedForm.objects.filter(at__lt=clock.now() - REMEMBERED).delete()
    return forgotten
