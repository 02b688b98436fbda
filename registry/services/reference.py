"""Keeping reference data in the browser: customs codes, and the remarks on elements that the law may change."""

from datetime import date
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import trail
from core.errors import RuleBroken
from registry import editing
from registry.access import require
from registry.models import Element, HsCode
from trail.models import Event


class HsCodeValues(TypedDict, total=False):
    """`is_verified` is the officer's word that he compared the row with the `source` he names."""

    code: str
    name: str
    category: str
    is_primary_product: bool
    primary_form: str
    medium_heavy: str
    valid_from: date | None
    valid_to: date | None
    tariff_note: str
    supervision_condition: str
    note: str
    source: str
    is_verified: bool


class ElementValues(TypedDict, total=False):
    """What laws change about an element; its physical data is not for editing."""

    counts_as_medium_heavy: bool
    export_control: str
    note: str
    source: str
    is_verified: bool


@transaction.atomic
def create_hs_code(*, by: Any, values: HsCodeValues) -> HsCode:
    require(by, "registry.add_hscode")
    row = HsCode(is_edited=True)
    _check_hs_code(row, values)
    _save(row, {name: (None, value) for name, value in values.items()})
    given = {name: editing.plain(value) for name, value in values.items() if value not in (None, "", False)}
    trail.record("registry.hs_code_create", row, by=by, after=given, version=row.version)
    return row


@transaction.atomic
def change_hs_code(*, hs_code: HsCode, by: Any, version: int, values: HsCodeValues) -> HsCode:
    require(by, "registry.change_hscode")
    locked: HsCode = HsCode.objects.select_for_update().get(pk=hs_code.pk)
    editing.guard(locked, version, values, events_of_row(locked)[:50])
    _check_hs_code(locked, values)
    changed = editing.changes(locked, values)
    if changed:
        locked.is_edited = True
        _save(locked, changed)
        trail.record("registry.hs_code_change", locked, by=by, version=locked.version, **editing.as_facts(changed))
    return locked


@transaction.atomic
def change_element(*, element: Element, by: Any, version: int, values: ElementValues) -> Element:
    require(by, "registry.change_element")
    locked: Element = Element.objects.select_for_update().get(pk=element.pk)
    editing.guard(locked, version, values, events_of_row(locked)[:50])
    _check_verified(locked, values)
    changed = editing.changes(locked, values)
    if changed:
        locked.is_edited = True
        editing.put(locked, changed)
        trail.record("registry.element_change", locked, by=by, version=locked.version, **editing.as_facts(changed))
    return locked


def events_of_row(row: HsCode | Element) -> Any:
    """Events of a row of reference data, newest first."""
    return Event.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk)).order_by("-id")


def _check_hs_code(row: HsCode, values: HsCodeValues) -> None:
    code = values.get("code", row.code)
    if not (code.isascii() and code.isdigit() and len(code) in {8, 10}):
        raise RuleBroken(_("A customs code has 8 digits, or 10 with the additional number."), field="code")
    first, last = values.get("valid_from", row.valid_from), values.get("valid_to", row.valid_to)
    if first is not None and last is not None and first > last:
        raise RuleBroken(_("The last day lies before the first."), field="valid_to")
    _check_verified(row, values)


def _check_verified(row: HsCode | Element, values: HsCodeValues | ElementValues) -> None:
    if values.get("is_verified", row.is_verified) and not values.get("source", row.source).strip():
        raise RuleBroken(_("Name the source that the row was compared with."), field="source")


def _save(row: HsCode, changed: editing.Changes) -> None:
    try:
        with transaction.atomic():
            editing.put(row, changed)
    except IntegrityError as error:
        if HsCode.objects.filter(code=row.code, name=row.name).exclude(pk=row.pk).exists():
            raise RuleBroken(_("This code is already listed with this name of goods."), field="code") from error
        raise
