"""Keeping groups of enterprises."""

from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import trail
from core.errors import RuleBroken
from registry import editing
from registry.access import require
from registry.models import EnterpriseGroup
from trail.models import Event


class GroupValues(TypedDict, total=False):
    name: str
    note: str


@transaction.atomic
def create_group(*, by: Any, values: GroupValues) -> EnterpriseGroup:
    require(by, "registry.add_enterprisegroup")
    group = EnterpriseGroup()
    _save(group, {name: ("", value) for name, value in values.items()})
    trail.record("registry.group_create", group, by=by, after=dict(values), version=group.version)
    return group


@transaction.atomic
def change_group(*, group: EnterpriseGroup, by: Any, version: int, values: GroupValues) -> EnterpriseGroup:
    require(by, "registry.change_enterprisegroup")
    locked = EnterpriseGroup.objects.select_for_update().get(pk=group.pk)
    editing.guard(locked, version, values, events_of_group(locked)[:50])
    changed = editing.changes(locked, values)
    if changed:
        _save(locked, changed)
        trail.record("registry.group_change", locked, by=by, version=locked.version, **editing.as_facts(changed))
    return locked


def events_of_group(group: EnterpriseGroup) -> Any:
    return Event.objects.filter(subject_type="registry.enterprisegroup", subject_id=str(group.pk)).order_by("-id")


def _save(group: EnterpriseGroup, changed: editing.Changes) -> None:
    if not str(changed.get("name", ("", group.name))[1]).strip():
        raise RuleBroken(_("Enter the name of the group."), field="name")
    try:
        with transaction.atomic():
            editing.put(group, changed)
    except IntegrityError as error:
        if EnterpriseGroup.objects.filter(name=group.name).exclude(pk=group.pk).exists():
            raise RuleBroken(_("There is already a group of this name."), field="name") from error
        raise
