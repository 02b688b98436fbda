"""What the pages of this floor show, in the shapes of templates/components/README.md. Reads only."""

from base64 import b32encode
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.contrib.auth.password_validation import password_validators_help_texts
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.labels import in_print
from organisation import hooks, lockout
from organisation.models import Delegation, Department, Officer
from organisation.models.places import Precision
from organisation.roles import SEPARATED, roles_of
from organisation.selectors import delegations_held
from organisation.services import delegations, second_factor
from organisation.trail_pages import told
from trail.models import Event

KEEP, GRANT, UNLOCK = "organisation.keep_officers", "organisation.grant_roles", "organisation.unlock_officers"
READ_TRAIL, KEEP_DEPARTMENTS = "organisation.read_trail", "organisation.keep_departments"


def officer_page(officer: Officer, viewer: Officer) -> dict[str, Any]:
    """Everything the officer's page needs."""
    is_keeper = any(viewer.has_perm(name) for name in (KEEP, GRANT, UNLOCK, READ_TRAIL))
    return {
        "officer": officer,
        "head": _officer_head(officer, viewer),
        "roles": [
            {"label": role.label, "tag": None, "lines": None, "value": role.summary} for role in roles_of(officer)
        ],
        "delegations": delegation_rows(
            Delegation.objects.visible_to(viewer).filter(principal=officer),
            Delegation.objects.visible_to(viewer).filter(deputy=officer),
        ),
        "matters": hooks.open_matters(officer) if is_keeper or viewer == officer else [],
        "shows_matters": is_keeper or viewer == officer,
        "events": told(
            Event.objects.filter(subject_type="organisation.officer", subject_id=str(officer.pk)).order_by("-id")[:20]
        )
        if is_keeper
        else None,
    }


def _officer_head(officer: Officer, viewer: Officer) -> dict[str, Any]:
    actions = _officer_actions(officer, viewer)
    tags = [{"label": role.label, "tone": "blue"} for role in roles_of(officer)]
    if not officer.is_active:
        tags.append({"label": _("Account closed"), "tone": "grey"})
    elif not roles_of(officer):
        tags.append({"label": _("No role yet"), "tone": "amber"})
    if lockout.locked_until(officer.username):
        tags.append({"label": _("Log-in blocked"), "tone": "red"})
    facts = [
        {"label": _("User name"), "value": officer.username, "mono": True},
        {
            "label": _("Department"),
            "value": officer.department.short_name,
            "url": officer.department.get_absolute_url(),
        },
        {"label": _("Post"), "value": officer.post},
        {"label": _("Telephone"), "value": officer.phone},
        {"label": _("E-mail"), "value": officer.email},
        {"label": _("Enforcement certificate"), "value": officer.certificate_number, "mono": True},
        {"label": _("Certificate valid until"), "due": _certificate_due(officer)},
    ]
    return {
        "number": "",
        "title": officer.name,
        "tags": tags,
        "primary": actions[0] if actions else None,
        "secondary": actions[1:3],
        "more": actions[3:],
        "facts": facts,
    }


def _certificate_due(officer: Officer) -> dict[str, Any] | None:
    if not officer.certificate_expires_on:
        return None
    left = (officer.certificate_expires_on - clock.today()).days
    if left < 0:
        return {"on": officer.certificate_expires_on, "words": _("Expired"), "tone": "red"}
    if left <= 60:
        return {"on": officer.certificate_expires_on, "words": _("Expires soon"), "tone": "amber"}
    return {"on": officer.certificate_expires_on, "words": _("Valid"), "tone": "green"}


def _officer_actions(officer: Officer, viewer: Officer) -> list[dict[str, Any]]:
    """What the viewer may do with this account; buttons never lie."""

    def action(label: str, name: str, icon: str, tone: str = "secondary") -> dict[str, Any]:
        return {"label": label, "url": reverse(f"organisation:{name}", args=[officer.pk]), "icon": icon, "tone": tone}

    found = []
    if viewer.has_perm(KEEP):
        found.append(action(_("Change the data"), "officer_edit", "pencil"))
        if officer.is_active and officer != viewer:
            found.append(action(_("Close the account"), "officer_close", "lock", "danger"))
        if not officer.is_active:
            found.append(action(_("Reopen the account"), "officer_reopen", "undo"))
    if viewer.has_perm(GRANT) and officer.is_active and officer != viewer:
        found.append(action(_("Grant or revoke roles"), "officer_roles", "shield"))
    if viewer.has_perm(UNLOCK) and officer.is_active and officer != viewer:
        if lockout.locked_until(officer.username):
            found.append(action(_("Lift the block"), "officer_unlock", "login"))
        found.append(action(_("Set a new password"), "officer_reset_password", "refresh"))
        if second_factor.device_of(officer):
            found.append(action(_("Remove the second factor"), "officer_reset_second_factor", "qrcode"))
    if officer.is_active and delegations.may_arrange_for(officer, viewer):
        url = reverse("organisation:delegation_new") + f"?principal={officer.pk}"
        found.append({"label": _("Name a deputy"), "url": url, "icon": "users"})
    return found


def profile_page(officer: Officer) -> dict[str, Any]:
    """Everything the officer's own page needs, besides the form of preferences."""
    device = second_factor.device_of(officer)
    return {
        "officer": officer,
        "head": {
            "number": "",
            "title": officer.name,
            "tags": [{"label": role.label, "tone": "blue"} for role in roles_of(officer)],
        },
        "facts": [
            {"label": _("User name"), "value": officer.username, "mono": True},
            {
                "label": _("Department"),
                "value": officer.department.short_name,
                "url": officer.department.get_absolute_url(),
            },
            {"label": _("Post"), "value": officer.post},
            {"label": _("Telephone"), "value": officer.phone},
            {"label": _("E-mail"), "value": officer.email},
            {"label": _("Enforcement certificate"), "value": officer.certificate_number, "mono": True},
            {"label": _("Certificate valid until"), "due": _certificate_due(officer)},
        ],
        "access": [
            {
                "label": _("Password"),
                "value": _("last changed on %(day)s") % {"day": clock.local(officer.password_changed_at).date()}
                if officer.password_changed_at
                else _("never changed"),
            },
            {
                "label": _("Second factor"),
                "tag": {"label": _("On"), "tone": "green"} if device else {"label": _("Off"), "tone": "grey"},
            },
        ],
        "delegations": delegation_rows(
            Delegation.objects.filter(principal=officer), Delegation.objects.filter(deputy=officer)
        ),
        "may_delegate": delegations.may_arrange_for(officer, officer),
        "matters": hooks.open_matters(officer),
        "roles": [{"label": role.label, "value": role.summary} for role in roles_of(officer)],
        "acting": delegations_held(officer),
    }


def password_rules() -> list[str]:
    return [str(text) for text in password_validators_help_texts()]


def grouped_secret(key: bytes) -> str:
    """The key of a second factor as one types it into a phone: base 32 in groups of four."""
    text = b32encode(key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def delegation_rows(given: Iterable[Delegation], held: Iterable[Delegation]) -> list[dict[str, Any]]:
    """Delegations of an officer that are in force or to come, as rows of a task list."""
    today = clock.today()
    rows = [
        (delegation, _("%(name)s acts for this officer") % {"name": delegation.deputy})
        for delegation in _current(given)
    ]
    rows += [(delegation, _("Acts for %(name)s") % {"name": delegation.principal}) for delegation in _current(held)]
    return [
        {
            "label": label,
            "hint": _("%(start)s to %(end)s: %(reason)s")
            % {"start": delegation.starts_on, "end": delegation.ends_on, "reason": delegation.reason},
            "status": state_of(delegation, today),
        }
        for delegation, label in rows
    ]


def _current(rows: Iterable[Delegation]) -> Iterable[Delegation]:
    today = clock.today()
    if hasattr(rows, "standing"):
        rows = rows.standing().filter(ends_on__gte=today).select_related("principal", "deputy").order_by("starts_on")
    return rows


def state_of(delegation: Delegation, today: Any) -> dict[str, str]:
    if delegation.revoked_at:
        return {"label": _("Revoked"), "tone": "grey"}
    if delegation.starts_on > today:
        return {"label": _("To come"), "tone": "blue"}
    if delegation.ends_on < today:
        return {"label": _("Ended"), "tone": "grey"}
    return {"label": _("In force"), "tone": "green"}


def delegation_page(delegation: Delegation, viewer: Officer) -> dict[str, Any]:
    """Everything the page of one delegation needs."""
    today = clock.today()
    is_open = delegation.revoked_at is None and delegation.ends_on >= today
    rows = [
        {
            "label": _("Absent officer"),
            "value": delegation.principal.name,
            "url": delegation.principal.get_absolute_url(),
        },
        {"label": _("Deputy"), "value": delegation.deputy.name, "url": delegation.deputy.get_absolute_url()},
        {"label": _("Department"), "value": delegation.principal.department.short_name},
        {"label": _("First day"), "value": delegation.starts_on},
        {"label": _("Last day"), "value": delegation.ends_on},
        {"label": _("State"), "tag": state_of(delegation, today)},
        {"label": _("Reason"), "value": delegation.reason},
        {"label": _("Entered by"), "value": delegation.created_by.name},
        {"label": _("Revoked by"), "value": delegation.revoked_by.name} if delegation.revoked_by else None,
    ]
    return {
        "delegation": delegation,
        "rows": [row for row in rows if row],
        "powers": [
            {"label": role.label, "value": role.summary}
            for role in roles_of(delegation.principal)
            if role not in SEPARATED
        ],
        "matters": hooks.open_matters(delegation.principal),
        "revoke": {
            "label": _("Revoke the delegation"),
            "url": reverse("organisation:delegation_revoke", args=[delegation.pk]),
            "tone": "danger",
        }
        if is_open and delegations.may_revoke(delegation, viewer)
        else None,
    }


def _former_brands(department: Department) -> str:
    """Characters it numbered its documents by before."""
    return "；".join(
        _("until %(day)s: %(characters)s") % {"characters": row.brand, "day": row.valid_to}
        for row in department.brands.exclude(valid_to=None)
    )


def names_by_date(department: Department) -> list[dict[str, Any]]:
    """The names an authority bore, the earliest first. A name ends on the day before the next begins: its end is known as exactly
    as that beginning, however well its own is known."""
    names = list(department.names.all())
    rows = []
    for name, following in zip_longest(names, names[1:]):
        ends_by = following or name
        rows.append(
            {
                "name": name.name,
                "from": name.from_text,
                "from_is_exact": name.valid_from is None or name.known_to == Precision.DAY,
                "until": ends_by.as_known(name.valid_to),
                "until_is_exact": name.valid_to is None or ends_by.known_to == Precision.DAY,
            }
        )
    return rows


def department_page(department: Department, viewer: Officer) -> dict[str, Any]:
    """Everything the department's page needs: what it is, its names by date, who is above and below, who works there."""
    ancestors = [code for code in department.path.strip("/").split("/")[:-1] if code]
    above = {d.code: d for d in Department.objects.visible_to(viewer).filter(code__in=ancestors)}
    tags = [{"label": department.get_level_display(), "tone": "blue"}]
    if department.abolished_on:
        tags.append({"label": _("Abolished"), "tone": "grey"})
    if not department.is_verified:
        tags.append({"label": _("To be verified"), "tone": "amber"})
    rows = [
        {"label": _("Department code"), "value": department.code, "mono": True},
        {"label": _("Administrative region"), "value": f"{department.region.name} {department.region.code}"},
        {"label": _("Superior"), "value": department.parent.short_name, "url": department.parent.get_absolute_url()}
        if department.parent
        else None,
        {
            "label": _("Internal office"),
            "value": _("Acts in the name of %(department)s") % {"department": department.acts_as.name},
            "note": department.internal_source,
        }
        if department.is_internal
        else None,
        {"label": _("Characters for document numbers"), "value": department.brand, "note": _former_brands(department)},
        {"label": _("Duties"), "value": in_print(department.duties)},
        {"label": _("Basis"), "value": department.policy_article},
        {"label": _("Abolished on"), "value": department.abolished_on} if department.abolished_on else None,
        {
            "label": _("Carried on by"),
            "value": department.successor.short_name,
            "url": department.successor.get_absolute_url(),
        }
        if department.successor
        else None,
        {"label": _("Note"), "value": in_print(department.note)} if department.note else None,
    ]
    return {
        "department": department,
        "above": [above[code] for code in ancestors if code in above],
        "head": {
            "number": "",
            "title": department.name,
            "tags": tags,
            "secondary": [
                {
                    "label": _("Rename the department"),
                    "url": reverse("organisation:department_rename", args=[department.code]),
                    "icon": "pencil",
                }
            ]
            if viewer.has_perm(KEEP_DEPARTMENTS) and not department.abolished_on
            else [],
            "notice": None
            if department.is_verified
            else {
                "text": _("Name, date or characters have not been checked against the published documents yet."),
                "tone": "amber",
            },
        },
        "rows": [row for row in rows if row],
        "names": names_by_date(department),
        "below": list(Department.objects.visible_to(viewer).filter(parent=department).order_by("path")),
        "officers": list(
            Officer.objects.visible_to(viewer)
            .filter(department=department, is_active=True)
            .prefetch_related("groups")
            .order_by("initials")
        ),
    }
