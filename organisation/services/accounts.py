"""Accounts: opened, changed and closed by the system administrator; passwords reset and locks lifted by the security one."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from core import clock, pinyin
from core.errors import RuleBroken
from core.labels import stored
from organisation import hooks, lockout
from organisation.models import Department, Officer, PastPassword
from organisation.passwords import REMEMBERED
from organisation.services import appointments
from trail.recording import Clockwork

By = Officer | Clockwork
KEEP: Final = "organisation.keep_officers"
UNLOCK: Final = "organisation.unlock_officers"
# Without letters and digits that are easily misread when an initial password is handed over on paper.
_LOWER, _UPPER, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"


@dataclass(frozen=True, slots=True)
class Account:
    """What the system administrator keeps of an officer."""

    username: str
    name: str
    department: Department
    post: str = ""
    email: str = ""
    phone: str = ""
    certificate_number: str = ""
    certificate_expires_on: date | None = None
    legally_qualified: bool = False

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def as_facts(self) -> dict[str, Any]:
        return self.as_fields() | {"department": self.department.short_name}


def require(by: By, permission: str) -> None:
    """Raise PermissionDenied unless `by` may; the system itself (loading, first start) may."""
    if not isinstance(by, Clockwork) and not by.has_perm(permission):
        raise PermissionDenied(permission)


def account_of(officer: Officer) -> Account:
    return Account(**{name: getattr(officer, name) for name in Account.__slots__})


def _initials(name: str) -> str:
    return pinyin.initials(name, person=True)[:20]  # a long foreign name is found by its beginning


@transaction.atomic
def open_account(*, account: Account, by: By) -> tuple[Officer, str]:
    """A new officer, without any role yet, and the initial password to hand over; it must be changed at first log-in."""
    require(by, KEEP)
    _check(account, officer=None)
    officer = Officer(**account.as_fields(), initials=_initials(account.name))
    password = _set_initial_password(officer)
    trail.record("organisation.account_open", officer, by=by, after=account.as_facts())
    return officer, password


@transaction.atomic
def change_account(*, officer: Officer, account: Account, by: By) -> Officer:
    """Correct an officer's data. Who moves to another department loses the roles: they were granted for the old one."""
    require(by, KEEP)
    officer = Officer.objects.select_for_update(of=("self",)).select_related("department").get(pk=officer.pk)
    _check(account, officer=officer)
    before, after = account_of(officer), account
    changed = [name for name in Account.__slots__ if getattr(before, name) != getattr(after, name)]
    if not changed:
        return officer
    for name in changed:
        setattr(officer, name, getattr(account, name))
    officer.initials = _initials(officer.name)
    officer.save(update_fields=[*changed, "initials"])
    facts_before, facts_after = before.as_facts(), after.as_facts()
    trail.record(
        "organisation.account_change",
        officer,
        by=by,
        before={name: facts_before[name] for name in changed},
        after={name: facts_after[name] for name in changed},
    )
    if "department" in changed:
        appointments.withdraw_all(officer=officer, reason=stored(_lazy("Moved to another department")), by=by)
    return officer


@transaction.atomic
def close_account(*, officer: Officer, reason: str, by: By, leave_open_matters: bool = False) -> Officer:
    """The officer left. He can no longer log in; roles and delegations end; what he did stays in the record.

    Refused while he still has open matters, unless `leave_open_matters` says that they are handed over later.
    """
    require(by, KEEP)
    officer = Officer.objects.select_for_update(of=("self",)).select_related("department").get(pk=officer.pk)
    if officer == by:
        raise RuleBroken(_("Nobody closes the own account."))
    if not officer.is_active:
        raise RuleBroken(_("This account is closed already."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    open_matters = hooks.open_matters(officer)
    if open_matters and not leave_open_matters:
        raise RuleBroken(
            [
                _("%(officer)s still has: %(what)s, %(count)d. Hand them over first.")
                % {"officer": officer, "what": matters.label, "count": matters.count}
                for matters in open_matters
            ]
        )
    appointments.withdraw_all(officer=officer, reason=reason, by=by)
    officer.is_active, officer.left_on = False, clock.today()
    officer.save(update_fields=["is_active", "left_on"])
    facts = {matters.label: matters.count for matters in open_matters}
    trail.record("organisation.account_close", officer, by=by, reason=reason, left_open=facts or None)
    return officer


@transaction.atomic
def reopen_account(*, officer: Officer, reason: str, by: By) -> tuple[Officer, str]:
    """The officer came back: a new initial password, and no roles until they are granted again."""
    require(by, KEEP)
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    if officer.is_active:
        raise RuleBroken(_("This account is open already."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    officer.is_active, officer.left_on = True, None
    password = _set_initial_password(officer)
    trail.record("organisation.account_reopen", officer, by=by, reason=reason)
    return officer, password


@transaction.atomic
def change_password(*, old: str, new: str, by: Officer) -> Officer:
    """The officer's own change. Refused with every rule that the new password breaks."""
    officer: Officer = Officer.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if not officer.check_password(old):
        raise RuleBroken(_("This is not your password."), field="old_password")
    try:
        validate_password(new, officer)
    except ValidationError as refusal:
        raise RuleBroken(refusal.messages, field="new_password") from refusal
    _remember(officer)
    officer.set_password(new)
    officer.must_change_password = False
    officer.password_changed_at = clock.now()
    officer.save(update_fields=["password", "must_change_password", "password_changed_at"])
    trail.record("organisation.password_change", officer, by=by)
    return officer


@transaction.atomic
def reset_password(*, officer: Officer, reason: str, by: By) -> tuple[Officer, str]:
    """A new initial password for an officer who forgot the old one; sessions under the old one end."""
    require(by, UNLOCK)
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    if officer == by:
        raise RuleBroken(_("Change your own password in your profile."))
    if not officer.is_active:
        raise RuleBroken(_("This account is closed."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    _remember(officer)
    password = _set_initial_password(officer)
    lockout.unlock(officer.username)
    trail.record("organisation.password_reset", officer, by=by, reason=reason)
    return officer, password


@transaction.atomic
def unlock(*, officer: Officer, reason: str, by: By) -> Officer:
    """Lift the block after failed log-ins before its time."""
    require(by, UNLOCK)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if officer == by:
        raise RuleBroken(_("Another security administrator must unlock your own account."))
    if not lockout.locked_until(officer.username):
        raise RuleBroken(_("This account is not blocked."))
    lockout.unlock(officer.username)
    trail.record("organisation.unlock", officer, by=by, reason=reason)
    return officer


def _check(account: Account, *, officer: Officer | None) -> None:
    others = Officer.objects.exclude(pk=officer.pk) if officer else Officer.objects.all()
    if others.filter(username__iexact=account.username).exists():
        raise RuleBroken(_("Another officer has this user name."), field="username")
    moved = officer is None or officer.department != account.department
    if moved and not Department.objects.acting_on(clock.today()).filter(pk=account.department.pk).exists():
        raise RuleBroken(_("Officers of this department do not use the portal."), field="department")


def _set_initial_password(officer: Officer) -> str:
    kinds = (_LOWER, _UPPER, _DIGITS)
    letters = [secrets.choice(kind) for kind in kinds] + [secrets.choice("".join(kinds)) for _place in range(9)]
    secrets.SystemRandom().shuffle(letters)
    password = "".join(letters)
    officer.set_password(password)
    officer.must_change_password = True
    officer.password_changed_at = clock.now()
    officer.save()
    return password


def _remember(officer: Officer) -> None:
    """Keep the hash of the password that goes, and of the few before it."""
    PastPassword.objects.create(officer=officer, password=officer.password, at=clock.now())
    kept = officer.past_passwords.order_by("-at", "-pk").values_list("pk", flat=True)[:REMEMBERED]
    officer.past_passwords.exclude(pk__in=list(kept)).delete()
