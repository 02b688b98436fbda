"""Too many failed log-ins: a page in words with the waiting time, and an event in the trail.

Two tiers. By user name and address django-axes counts to five within a quarter of an hour: whoever mistypes waits a little, and
nobody elsewhere waits with him. By user name alone thirty failures within an hour block the name at every address, for whoever
has many addresses would guess five times at each.
"""

import math
from datetime import datetime, timedelta
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessFailureLog
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import trail
from core import clock
from organisation import hooks
from organisation.models import Officer
from trail.models import Event
from trail.recording import SYSTEM

LOCKED: Final = "organisation.lock_out"
LOCKED_EVERYWHERE: Final = "organisation.lock_out_everywhere"
COOL_OFF: Final = timedelta(hours=settings.AXES_COOLOFF_TIME)
NAME_LIMIT: Final = settings.LOCK_OUT_NAME_LIMIT
NAME_WINDOW: Final = timedelta(hours=settings.LOCK_OUT_NAME_HOURS)


class TwoTiers(AxesDatabaseHandler):
    """django-axes with the second tier beside its own (AXES_HANDLER)."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        username = get_client_username(request, credentials) or ""
        return super().is_locked(request, credentials) or blocked_everywhere_until(username) is not None

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        super().user_login_failed(sender, credentials, request, **kwargs)
        # The failure that fills the second tier was written a moment ago: it is the one that must be told.
        if request is not None and not request.axes_locked_out and self.is_locked(request, credentials):
            request.axes_locked_out = True
            request.axes_credentials = credentials

    def clean_expired_user_attempts(
        self, request: HttpRequest | None = None, credentials: dict[str, Any] | None = None
    ) -> int:
        AccessFailureLog.objects.filter(attempt_time__lte=clock.now() - NAME_WINDOW).delete()
        cleaned: int = super().clean_expired_user_attempts(request, credentials)
        return cleaned


def locked_out(request: HttpRequest, _response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """The answer of django-axes to a log-in that is locked out (AXES_LOCKOUT_CALLABLE)."""
    username = (get_client_username(request, credentials) or "").strip()
    address = request.META.get("REMOTE_ADDR", "")
    until = locked_until(username, address) or clock.now()
    everywhere = blocked_everywhere_until(username) is not None
    if everywhere:
        _record_everywhere(username)
    else:
        _record(username, address)
    minutes = max(1, math.ceil((until - clock.now()).total_seconds() / 60))
    context = {
        "minutes": minutes,
        "until": until,
        "limit": settings.AXES_FAILURE_LIMIT,
        "username": username,
        "everywhere": everywhere,
    }
    response = render(request, "organisation/locked_out.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def locked_until(username: str, address: str | None = None) -> datetime | None:
    """When the account may be tried again (from that address); None when it is not locked."""
    attempts = AccessAttempt.objects.filter(username=username, attempt_time__gt=clock.now() - COOL_OFF)
    if address is not None:
        attempts = attempts.filter(ip_address=address)
    by_address = attempts.values("ip_address").annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    ends = [row["last"] + COOL_OFF for row in by_address if row["failures"] >= settings.AXES_FAILURE_LIMIT]
    if everywhere := blocked_everywhere_until(username):
        ends.append(everywhere)
    return max(ends, default=None)


def blocked_everywhere_until(username: str) -> datetime | None:
    """When fewer than the permitted failures of the last hour are left; None while the name is not blocked."""
    failures = _recent_failures(username)
    return failures[-1][0] + NAME_WINDOW if len(failures) >= NAME_LIMIT else None


def _recent_failures(username: str) -> list[tuple[datetime, str]]:
    """(time, address) of the failures that count against the name, the latest first. A knock on a closed door is none."""
    recent = AccessFailureLog.objects.filter(username=username, attempt_time__gt=clock.now() - NAME_WINDOW)
    return list(recent.order_by("-attempt_time").values_list("attempt_time", "ip_address")[:NAME_LIMIT])


def unlock(username: str) -> int:
    """Forget the failed log-ins of an account, in both tiers. Returns how many were forgotten."""
    forgotten, _by_model = AccessFailureLog.objects.filter(username=username).delete()
    return int(reset(username=username)) + forgotten


@transaction.atomic
def _record(username: str, address: str) -> None:
    """One event per lock-out, not one per knock on the closed door."""
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        return  # a name nobody bears locks nobody out
    if not _known(officer, LOCKED, since=clock.now() - COOL_OFF):
        trail.record(LOCKED, officer, by=SYSTEM, address=address, failures=settings.AXES_FAILURE_LIMIT)


@transaction.atomic
def _record_everywhere(username: str) -> None:
    """One event, and one word to the security administrators, until as many failures have come again."""
    officer = Officer.objects.select_for_update(of=("self",)).filter(username=username).first()
    failures = _recent_failures(username)
    if officer is None or _known(officer, LOCKED_EVERYWHERE, since=failures[-1][0]):
        return
    addresses = len({address for _at, address in failures})
    trail.record(LOCKED_EVERYWHERE, officer, by=SYSTEM, failures=len(failures), addresses=addresses)
    hooks.tell_of_block(officer, len(failures), addresses)


def _known(officer: Officer, verb: str, *, since: datetime) -> bool:
    events = Event.objects.filter(subject_type=officer._meta.label_lower, subject_id=str(officer.pk), verb=verb)
    return events.filter(at__gt=since).exists()
