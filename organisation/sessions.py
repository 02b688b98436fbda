"""A session from log-in to its end, and the form that an ended session must not lose."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core import clock
from organisation.models import Officer

BACKEND: Final = "organisation.backends.OfficerBackend"
SEEN = "seen_at"
ACTING = "acting_for"
PENDING = "second_factor_of"
KEPT = "kept_form"
# What an ended session typed waits this long for its officer, and is not larger than this.
KEPT_FOR: Final = timedelta(hours=1)
KEPT_CHARACTERS: Final = 200_000
# How long the second factor may be awaited after the password.
PENDING_FOR: Final = timedelta(minutes=10)
# Fields that hold secrets: any whose name speaks of a password, and the code of a second factor.
NEVER_KEPT: Final = re.compile(r"password|\Acode\Z|token")
# Fields that say who reported: the form is kept, they are not (docs/decisions/0042).
LEFT_OUT: Final = re.compile(r"\Ainformant_")


def stamp(request: HttpRequest) -> None:
    """Remember that the officer did something. Written at most once in a while, not with every request."""
    now = clock.now()
    seen = _moment(request.session.get(SEEN))
    if seen is None or now - seen >= timedelta(seconds=min(60, settings.IDLE_TIMEOUT_S / 10)):
        request.session[SEEN] = now.isoformat()


def is_idle(request: HttpRequest) -> bool:
    seen = _moment(request.session.get(SEEN))
    return seen is not None and clock.now() - seen > timedelta(seconds=settings.IDLE_TIMEOUT_S)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def begin(request: HttpRequest, officer: Officer) -> None:
    """Log the officer in. A form kept by the session before is carried over, if it was his."""
    kept = request.session.get(KEPT)
    auth.login(request, officer, backend=BACKEND)
    request.session.pop(PENDING, None)
    if kept and kept["officer"] in {None, officer.pk}:
        request.session[KEPT] = kept
    else:
        request.session.pop(KEPT, None)
    stamp(request)


def await_second_factor(request: HttpRequest, officer: Officer) -> None:
    request.session[PENDING] = {"officer": officer.pk, "at": clock.now().isoformat()}


def awaited_officer(request: HttpRequest) -> Officer | None:
    """Whose password was right a moment ago, and whose second factor is awaited."""
    pending = request.session.get(PENDING)
    if not pending or clock.now() - datetime.fromisoformat(pending["at"]) > PENDING_FOR:
        return None
    return Officer.objects.filter(pk=pending["officer"], is_active=True).first()


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The address to go on to: `next` of the request if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else default


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that arrived after its session had ended."""

    path: str
    page: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What the officer typed: values with more in them than an id or a choice."""
        return [value for name, value in self.fields if not name.startswith("_") and len(value.strip()) > 1]


def arrived_form(request: HttpRequest) -> KeptForm | None:
    """What the request carries, if it is worth keeping and may be kept: some text, no secret, not too large."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and name != "csrfmiddlewaretoken" and not LEFT_OUT.search(name)
    ]
    is_secret = any(NEVER_KEPT.search(name.lower()) for name, _value in fields)
    size = sum(len(name) + len(value) for name, value in fields)
    form = KeptForm(request.get_full_path(), page_of(request), fields, bool(request.FILES))
    return form if form.texts and not is_secret and size <= KEPT_CHARACTERS else None


def keep_form(request: HttpRequest, owner: int | None) -> bool:
    """Keep what was typed for after the log-in. False when there is nothing to keep, or it may not or cannot be kept."""
    form = arrived_form(request)
    if form is None:
        return False
    request.session[KEPT] = {
        "officer": owner,
        "at": clock.now().isoformat(),
        "path": form.path,
        "page": form.page,
        "fields": form.fields,
        "files": form.had_files,
    }
    return True


def is_from_here(request: HttpRequest) -> bool:
    """Does the browser say that the request comes from a page of this portal?"""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}" == f"{request.scheme}://{request.get_host()}"


def kept_form(request: HttpRequest) -> KeptForm | None:
    kept = request.session.get(KEPT)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > KEPT_FOR:
        return None
    fields = [(name, value) for name, value in kept["fields"]]
    return KeptForm(kept["path"], kept["page"], fields, kept["files"])


def drop_kept_form(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def sent_again(request: HttpRequest) -> None:
    """The kept form arrived a second time, from its own officer: it is kept no longer."""
    kept = request.session.get(KEPT)
    if kept and kept["path"] == request.get_full_path():
        drop_kept_form(request)


def page_of(request: HttpRequest) -> str:
    """The page on which the officer was: that of the form for a POST, else the one he asked for."""
    if request.method in {"GET", "HEAD"} and not is_partial(request):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    host = {request.get_host()}
    if not url_has_allowed_host_and_scheme(page, host, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(page)
    place = parts.path + (f"?{parts.query}" if parts.query else "")
    return "/" if parts.path.startswith(reverse("organisation:login")) else place


def is_partial(request: HttpRequest) -> bool:
    """Asked for by a script inside a page (htmx, fetch), not by going to an address."""
    return (
        request.headers.get("HX-Request") == "true"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )


def as_query(**values: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return f"?{query.urlencode(safe='/')}" if query else ""
