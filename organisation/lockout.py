"""Too many failed log-ins: a page in words with the waiting time, and an event in the trail."""

import math
from datetime import datetime, timedelta
from typing import Any, Final

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import trail
from core import clock
from organisation.models import Officer
from trail.models import Event
from trail.recording import SYSTEM

LOCKED: Final = "organisation.lock_out"
COOL_OFF: Final = timedelta(hours=settings.AXES_COOLOFF_TIME)


def locked_out(request: HttpRequest, _response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """The answer of django-axes to a log-in that is locked out (AXES_LOCKOUT_CALLABLE)."""
    username = (get_client_username(request, credentials) or "").strip()
    address = request.META.get("REMOTE_ADDR", "")
    until = locked_until(username, address) or clock.now()
    _record(username, address)
    minutes = max(1, math.ceil((until - clock.now()).total_seconds() / 60))
    context = {"minutes": minutes, "until": until, "limit": settings.AXES_FAILURE_LIMIT, "username": username}
    response = render(request, "organisation/locked_out.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def locked_until(username: str, address: str | None = None) -> datetime | None:
    """When the account may be tried again (from that address); None when it is not locked."""
    attempts = AccessAttempt.objects.filter(username=username, attempt_time__gt=clock.now() - COOL_OFF)
    if address is not None:
        attempts = attempts.filter(ip_address=address)
    by_address = attempts.values("ip_address").annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    locked = [row["last"] for row in by_address if row["failures"] >= settings.AXES_FAILURE_LIMIT]
    return max(locked) + COOL_OFF if locked else None


def unlock(username: str) -> int:
    """Forget the failed log-ins of an account. Returns how many were forgotten."""
    return int(reset(username=username))


@transaction.atomic
def _record(username: str, address: str) -> None:
    """One event per lock-out, not one per knock on the closed door."""
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        return  # a name nobody bears locks nobody out
    known = Event.objects.filter(subject_type=officer._meta.label_lower, subject_id=str(officer.pk), verb=LOCKED)
    if not known.filter(at__gt=clock.now() - COOL_OFF).exists():
        trail.record(LOCKED, officer, by=SYSTEM, address=address, failures=settings.AXES_FAILURE_LIMIT)
