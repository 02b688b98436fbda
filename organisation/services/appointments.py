"""Granting and revoking roles: the security administrator's part. Administration, security and audit stay three people."""

from typing import Final

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

import trail
from core.errors import RuleBroken
from core.labels import stored
from organisation.models import Officer
from organisation.roles import ROLES, SECURITY_ADMINISTRATOR, SEPARATED, SYSTEM_ADMINISTRATOR, Role, conflicts, roles_of
from organisation.services import delegations
from trail.recording import Clockwork

GRANT: Final = "organisation.grant_roles"
# Without one of each nobody could open accounts or grant roles any more.
INDISPENSABLE: Final = (SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR)
By = Officer | Clockwork


@transaction.atomic
def grant(*, officer: Officer, role: Role, reason: str, by: By) -> Officer:
    """Give a role. Refused for oneself, and where it would join what the separation of the three keeps apart."""
    officer = _locked(officer, by)
    held = roles_of(officer)
    if role in held:
        raise RuleBroken(_("%(officer)s holds the role “%(role)s” already.") % {"officer": officer, "role": role.label})
    if not officer.is_active:
        raise RuleBroken(_("This account is closed."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if conflicts([*held, role]):
        raise RuleBroken(_separation(officer, role, held), field="role")
    officer.groups.add(Group.objects.get(name=role.code))
    if role in SEPARATED:
        delegations.end_all_of(officer=officer, reason=reason, by=by)
    trail.record("organisation.role_grant", officer, by=by, reason=reason, role=role.code, role_name=stored(role.label))
    return _fresh(officer)


@transaction.atomic
def revoke(*, officer: Officer, role: Role, reason: str, by: By) -> Officer:
    """Take a role back. The last system or security administrator keeps his."""
    officer = _locked(officer, by)
    if role not in roles_of(officer):
        raise RuleBroken(_("%(officer)s does not hold the role “%(role)s”.") % {"officer": officer, "role": role.label})
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    _withdraw(officer, role, reason, by)
    if not roles_of(_fresh(officer)):
        delegations.end_all_of(officer=officer, reason=reason, by=by)
    return _fresh(officer)


@transaction.atomic
def withdraw_all(*, officer: Officer, reason: str, by: By) -> None:
    """Part of closing an account or moving an officer: roles and delegations end."""
    for role in roles_of(_fresh(officer)):
        _withdraw(officer, role, reason, by)
    delegations.end_all_of(officer=officer, reason=reason, by=by)


def _withdraw(officer: Officer, role: Role, reason: str, by: By) -> None:
    if role in INDISPENSABLE:
        # One lock for all withdrawals of this role, so that of two at once the second sees the first.
        Group.objects.select_for_update().get(name=role.code)
        if not Officer.objects.filter(groups__name=role.code, is_active=True).exclude(pk=officer.pk).exists():
            raise RuleBroken(
                _("%(officer)s is the last one with the role “%(role)s”. Appoint a successor first.")
                % {"officer": officer, "role": role.label}
            )
    officer.groups.remove(Group.objects.get(name=role.code))
    trail.record(
        "organisation.role_revoke", officer, by=by, reason=reason, role=role.code, role_name=stored(role.label)
    )


def _locked(officer: Officer, by: By) -> Officer:
    if not isinstance(by, Clockwork) and not by.has_perm(GRANT):
        raise PermissionDenied(GRANT)
    if officer == by:
        raise RuleBroken(_("Nobody grants or revokes their own roles. Ask another security administrator."))
    locked: Officer = Officer.objects.select_for_update().get(pk=officer.pk)
    return locked


def _fresh(officer: Officer) -> Officer:
    """Read again: the roles are cached on the instance."""
    fresh: Officer = Officer.objects.select_related("department__region").get(pk=officer.pk)
    return fresh


def _separation(officer: Officer, role: Role, held: list[Role]) -> str:
    others = _(", ").join(str(other.label) for other in held)
    return _(
        "%(officer)s is %(others)s. System administrator, security administrator and security auditor are held by three "
        "people of whom none handles cases; “%(role)s” cannot be added."
    ) % {"officer": officer, "others": others, "role": role.label}


def assignable(officer: Officer) -> list[tuple[Role, str]]:
    """Every role with the reason why it cannot be granted now; an empty reason: it can, or is held."""
    held = roles_of(officer)
    return [
        (role, _separation(officer, role, held) if role not in held and conflicts([*held, role]) else "")
        for role in ROLES.values()
    ]
