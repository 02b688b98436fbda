"""Coming in and going out."""

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp.models import Device

import trail
from organisation import sessions
from organisation.models import Officer
from trail.recording import SYSTEM


def check_password(*, request: HttpRequest, username: str, password: str) -> Officer | None:
    """The officer whose user name and password these are; None when they are not. Failures are counted (django-axes)."""
    found = auth.authenticate(request, username=username, password=password)
    if isinstance(found, Officer):
        return found
    if not getattr(request, "axes_locked_out", False):
        _record_failure(username, request)
    return None


@transaction.atomic
def _record_failure(username: str, request: HttpRequest) -> None:
    officer = Officer.objects.filter(username=username).first()
    if officer is not None:
        trail.record("organisation.log_in_failed", officer, by=SYSTEM, address=request.META.get("REMOTE_ADDR", ""))


@transaction.atomic
def log_in(*, request: HttpRequest, officer: Officer, device: Device | None = None) -> None:
    """Begin a session. `device`: the second factor that was checked."""
    sessions.begin(request, officer)
    if device is not None:
        otp_login(request, device)
    address = request.META.get("REMOTE_ADDR", "")
    trail.record("organisation.log_in", officer, by=officer, address=address, second_factor=device is not None)


@transaction.atomic
def log_out(*, request: HttpRequest, by: Officer) -> None:
    trail.record("organisation.log_out", by, by=by)
    auth.logout(request)


@transaction.atomic
def end_idle_session(*, request: HttpRequest, of: Officer) -> None:
    """The clock ends a session that nobody used."""
    trail.record("organisation.session_end", of, by=SYSTEM)
    auth.logout(request)
