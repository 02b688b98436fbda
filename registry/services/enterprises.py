"""Keeping enterprises: create, change, rename, change of status."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import trail
from core import clock
from core.errors import RuleBroken
from organisation.models import Region
from registry import credit_code, editing, hooks
from registry.access import in_own_region, require, require_keeper
from registry.models import Enterprise, EnterpriseGroup, EnterpriseKind, EnterpriseStatus, FormerName, MaterialClass
from trail.models import Event


class EnterpriseValues(TypedDict, total=False):
    """What officers may enter. `name` and `status` only of a new enterprise: later they are changed by verbs of their own."""

    credit_code: str
    name: str
    short_name: str
    kinds: list[str]
    group: EnterpriseGroup | None
    region: Region
    base: Region | None
    material_classes: Sequence[MaterialClass]
    address: str
    legal_representative: str
    contact_name: str
    contact_phone: str
    registered_capital_10k_cny: Decimal | None
    founded_on: date | None
    status: str
    agreed_electronic_service: bool
    electronic_address: str
    note: str


def events_of(enterprise: Enterprise) -> Any:
    """The enterprise's own events, newest first."""
    return Event.objects.filter(subject_type="registry.enterprise", subject_id=str(enterprise.pk)).order_by("-id")


@transaction.atomic
def create_enterprise(*, by: Any, values: EnterpriseValues, **facts: Any) -> Enterprise:
    """Enter an enterprise of one's own region. RuleBroken when its code is wrong or already registered."""
    require(by, "registry.add_enterprise")
    values = _checked(values, by=by)
    enterprise = Enterprise()
    changed = {name: (None, value) for name, value in values.items() if value not in (None, "", [])}
    try:
        with transaction.atomic():
            editing.put(enterprise, changed)
    except IntegrityError as error:
        # Another officer entered the same code a moment ago: the unique column is the judge.
        if Enterprise.objects.filter(credit_code=values.get("credit_code", "")).exists():
            raise RuleBroken(already_registered(values["credit_code"], by=by), field="credit_code") from error
        raise
    trail.record(
        "registry.enterprise_create",
        enterprise,
        by=by,
        after={name: editing.plain(after) for name, (_before, after) in changed.items()},
        version=enterprise.version,
        **facts,
    )
    return enterprise


@transaction.atomic
def change_enterprise(
    *, enterprise: Enterprise, by: Any, version: int, values: EnterpriseValues, **facts: Any
) -> Enterprise:
    """Change facts of an enterprise. `version` is the one the officer saw; Conflict when it has moved on."""
    locked = Enterprise.objects.select_for_update(of=("self",)).select_related("region").get(pk=enterprise.pk)
    require_keeper(by, locked)
    editing.guard(locked, version, values, events_of(locked)[:50])
    if "name" in values and values["name"] != locked.name:
        raise RuleBroken(_("A new name is entered by “Rename”, so that the former name is kept."), field="name")
    if "status" in values and values["status"] != locked.status:
        raise RuleBroken(
            _("A new status is entered by “Change the status”, with the day and the reason."), field="status"
        )
    checked = _checked(values, by=by, of=locked)
    changed = editing.changes(locked, checked)
    if not changed:
        return locked
    editing.put(locked, changed)
    if hooks.NAMING & changed.keys():
        hooks.renamed(locked)
    trail.record(
        "registry.enterprise_change", locked, by=by, version=locked.version, **editing.as_facts(changed), **facts
    )
    return locked


def _checked(values: EnterpriseValues, *, by: Any, of: Enterprise | None = None) -> EnterpriseValues:
    """The values with a normalised code; raises RuleBroken for what the rules refuse."""
    checked = values.copy()
    if "credit_code" in checked:
        code = checked["credit_code"] = _checked_code(checked["credit_code"])
        others = Enterprise.objects.filter(credit_code=code)
        if (others.exclude(pk=of.pk) if of else others).exists():
            raise RuleBroken(already_registered(code, by=by), field="credit_code")
    elif of is None:
        raise RuleBroken(_("Enter the unified social credit code: 18 characters."), field="credit_code")
    if of is None and not checked.get("name"):
        raise RuleBroken(_("Enter the name of the enterprise."), field="name")
    if not set(checked.get("kinds", [])) <= set(EnterpriseKind.values):
        raise RuleBroken(_("Choose the kinds from the list."), field="kinds")
    region = checked.get("region") or (of.region if of else None)
    if region is None or not in_own_region(by, region):
        reason = _(
            "Your department keeps the enterprises of its own region only. For another region ask the department there."
        )
        raise RuleBroken(reason, field="region")
    base = checked.get("base")
    if base is not None and not base.is_industrial_base:
        reason = _("%(region)s is not one of the five industrial bases.") % {"region": base}
        raise RuleBroken(reason, field="base")
    agreed = checked.get("agreed_electronic_service", of.agreed_electronic_service if of else False)
    address = checked.get("electronic_address", of.electronic_address if of else "")
    if agreed and not address:
        reason = _("Whoever agrees to electronic service gives an address for it.")
        raise RuleBroken(reason, field="electronic_address")
    return checked


def _checked_code(text: str) -> str:
    verdict = credit_code.examine(text)
    if not verdict.is_valid:
        raise RuleBroken(verdict.messages, field="credit_code")
    return verdict.code


def already_registered(code: str, *, by: Any) -> str:
    """Says who holds a code; of an enterprise that the officer does not see, only that it exists."""
    seen = Enterprise.objects.visible_to(by).filter(credit_code=code).first()
    if seen is not None:
        return _("This code is already registered for %(name)s.") % {"name": seen.name}
    return _(
        "This code is already registered in another region. Ask the department there, or the provincial authority."
    )


@transaction.atomic
def rename_enterprise(
    *, enterprise: Enterprise, by: Any, version: int, name: str, on: date, reason: str, is_correction: bool = False
) -> Enterprise:
    """Give an enterprise its new name from day `on`; the old one is kept with its last day.

    `is_correction`: the old name was a slip of the pen and never was its name, so it is not kept.
    """
    locked = Enterprise.objects.select_for_update(of=("self",)).select_related("region").get(pk=enterprise.pk)
    require_keeper(by, locked)
    name, reason = name.strip(), reason.strip()
    editing.guard(locked, version, {"name": name}, events_of(locked)[:50])
    if not name or name == locked.name:
        raise RuleBroken(_("Enter a name that differs from the present one."), field="name")
    if not reason:
        raise RuleBroken(_("Give the reason."), field="reason")
    last = locked.former_names.order_by("-until").first()
    if on > clock.today():
        raise RuleBroken(_("A name is entered once it is in force."), field="on")
    if not is_correction:
        if last is not None and on <= last.until + timedelta(days=1):
            reason_to_refuse = _("The present name was taken on %(day)s; the new one must be later.") % {
                "day": last.until + timedelta(days=1)
            }
            raise RuleBroken(reason_to_refuse, field="on")
        if locked.founded_on is not None and on <= locked.founded_on:
            raise RuleBroken(_("The new name cannot be older than the enterprise."), field="on")
        FormerName.objects.create(
            enterprise=locked,
            name=locked.name,
            since=last.until + timedelta(days=1) if last else locked.founded_on,
            until=on - timedelta(days=1),
            reason=reason,
        )
    changed: editing.Changes = {"name": (locked.name, name)}
    editing.put(locked, changed)
    hooks.renamed(locked)
    verb = "registry.enterprise_correct_name" if is_correction else "registry.enterprise_rename"
    trail.record(
        verb,
        locked,
        by=by,
        reason=reason,
        on=on,
        former=changed["name"][0],
        version=locked.version,
        **editing.as_facts(changed),
    )
    return locked


@transaction.atomic
def change_status(*, enterprise: Enterprise, by: Any, version: int, status: str, on: date, reason: str) -> Enterprise:
    """Operating, suspended, closed, deregistered: with the day it took effect and the reason. Any way back is open."""
    locked = Enterprise.objects.select_for_update(of=("self",)).select_related("region").get(pk=enterprise.pk)
    require_keeper(by, locked)
    editing.guard(locked, version, {"status": status}, events_of(locked)[:50])
    if status not in EnterpriseStatus.values:
        raise RuleBroken(_("Choose a status."), field="status")
    if status == locked.status:
        raise RuleBroken(_("The enterprise already has this status."), field="status")
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if on > clock.today():
        raise RuleBroken(_("A status is entered once it is in force."), field="on")
    changed: editing.Changes = {"status": (locked.status, status)}
    editing.put(locked, changed)
    trail.record(
        "registry.enterprise_status",
        locked,
        by=by,
        reason=reason.strip(),
        on=on,
        version=locked.version,
        **editing.as_facts(changed),
    )
    return locked
