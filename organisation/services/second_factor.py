"""The optional second factor: a code from the officer's phone (TOTP), and recovery codes for when it is lost."""

import secrets
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

import trail
from core.errors import RuleBroken
from organisation.models import Officer, RecoveryCode
from organisation.services.accounts import UNLOCK, By, require

RECOVERY_CODES: Final = 10
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def device_of(officer: Officer) -> TOTPDevice | None:
    """The confirmed second factor of the officer, if he has one."""
    return TOTPDevice.objects.filter(user=officer, confirmed=True).first()


@transaction.atomic
def prepare(*, by: Officer) -> TOTPDevice:
    """A device to be shown as QR code; it counts once `confirm` has seen a code from it."""
    if device_of(by):
        raise RuleBroken(_("You have a second factor already. Switch it off first."))
    return TOTPDevice.objects.get_or_create(user=by, confirmed=False, defaults={"name": "TOTP"})[0]


@transaction.atomic
def confirm(*, code: str, by: Officer) -> tuple[TOTPDevice, list[str]]:
    """Switch the second factor on. Returns the device and the recovery codes, shown this once.

    Refused with a wrong code; the device waits and another code may be tried.
    """
    device = prepare(by=by)
    if not device.verify_token(code):
        raise RuleBroken(
            _("This code is not right. Check the time of your phone and enter the code it shows now."), field="code"
        )
    device.confirmed = True
    device.save()
    trail.record("organisation.second_factor_on", by, by=by)
    return device, _new_codes(by)


@transaction.atomic
def renew_recovery_codes(*, by: Officer) -> list[str]:
    """New recovery codes; the old ones stop working."""
    if not device_of(by):
        raise RuleBroken(_("You have no second factor."))
    trail.record("organisation.recovery_codes_renew", by, by=by)
    return _new_codes(by)


@transaction.atomic
def switch_off(*, password: str, by: Officer) -> None:
    if not by.check_password(password):
        raise RuleBroken(_("This is not your password."), field="password")
    _remove(by)
    trail.record("organisation.second_factor_off", by, by=by)


@transaction.atomic
def reset(*, officer: Officer, reason: str, by: By) -> None:
    """The security administrator (or the machine's console) removes the second factor of an officer who lost it."""
    require(by, UNLOCK)
    if officer == by:
        raise RuleBroken(_("Another security administrator must reset your own second factor."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if not device_of(officer):
        raise RuleBroken(_("%(officer)s has no second factor.") % {"officer": officer})
    _remove(officer)
    trail.record("organisation.second_factor_reset", officer, by=by, reason=reason)


def verify(*, officer: Officer, code: str) -> TOTPDevice | None:
    """Check a code at log-in: six digits from the phone, or a recovery code, which is used up. Slows down guessing.

    Not one transaction on purpose: a failed attempt must be counted even though it is refused.
    """
    device = device_of(officer)
    if device is None:
        return None
    allowed, _why = device.verify_is_allowed()
    if not allowed:
        raise RuleBroken(_("Too many wrong codes. Wait a minute, then try again."), field="code")
    plain = code.replace(" ", "").replace("-", "").upper()
    if plain.isdecimal():
        return device if device.verify_token(plain) else None
    if _use_recovery_code(officer, plain):
        return device
    device.throttle_increment()
    return None


@transaction.atomic
def _use_recovery_code(officer: Officer, plain: str) -> bool:
    # Deleting is the claim: of two log-ins with one code only one deletes it.
    used, _rows = RecoveryCode.objects.filter(officer=officer, digest=_digest(officer, plain)).delete()
    if used:
        trail.record(
            "organisation.recovery_code_use",
            officer,
            by=officer,
            left=RecoveryCode.objects.filter(officer=officer).count(),
        )
    return bool(used)


def _new_codes(officer: Officer) -> list[str]:
    RecoveryCode.objects.filter(officer=officer).delete()
    codes = ["".join(secrets.choice(_LETTERS) for _place in range(10)) for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(officer=officer, digest=_digest(officer, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(officer: Officer, plain: str) -> str:
    """Fifty random bits need no slow hash, only a secret one."""
    return salted_hmac("organisation.recovery", f"{officer.pk}:{plain}", algorithm="sha256").hexdigest()


def _remove(officer: Officer) -> None:
    TOTPDevice.objects.filter(user=officer).delete()
    RecoveryCode.objects.filter(officer=officer).delete()
