"""Keeping what an enterprise makes. Events belong to the chain of the enterprise."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from registry import editing
from registry.access import require_keeper
from registry.models import Element, Enterprise, HsCode, MaterialClass, Product
from registry.services.facilities import events_of_part, record_part


class ProductValues(TypedDict, total=False):
    """`reo_percent`: content of rare-earth oxides, above 0 and at most 100."""

    name: str
    material_class: MaterialClass | None
    elements: Sequence[Element]
    hs_code: HsCode | None
    reo_percent: Decimal | None
    note: str


@transaction.atomic
def add_product(*, enterprise: Enterprise, by: Any, values: ProductValues) -> Product:
    require_keeper(by, enterprise)
    product = Product(enterprise=enterprise)
    _save(product, {name: (None, value) for name, value in values.items()})
    given = {name: editing.plain(value) for name, value in values.items() if value not in (None, "")}
    record_part("registry.product_add", product, by=by, after={k: v for k, v in given.items() if v != []})
    return product


@transaction.atomic
def change_product(*, product: Product, by: Any, version: int, values: ProductValues) -> Product:
    related = Product.objects.select_for_update(of=("self",)).select_related("enterprise__region")
    locked: Product = related.get(pk=product.pk)
    require_keeper(by, locked.enterprise)
    editing.guard(locked, version, values, events_of_part(locked.enterprise, locked)[:50])
    changed = editing.changes(locked, values)
    if changed:
        _save(locked, changed)
        record_part("registry.product_change", locked, by=by, **editing.as_facts(changed))
    return locked


@transaction.atomic
def remove_product(*, product: Product, by: Any, reason: str) -> None:
    """Take a product off the list. The trail keeps what it was."""
    require_keeper(by, product.enterprise)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    record_part("registry.product_remove", product, by=by, reason=reason.strip())
    product.delete()


def _save(product: Product, changed: editing.Changes) -> None:
    percent = changed["reo_percent"][1] if "reo_percent" in changed else product.reo_percent
    if percent is not None and not 0 < percent <= 100:
        raise RuleBroken(_("The content is above 0 and at most 100 per cent."), field="reo_percent")
    try:
        with transaction.atomic():
            editing.put(product, changed)
    except IntegrityError as error:
        twin = Product.objects.filter(enterprise=product.enterprise, name=product.name).exclude(pk=product.pk)
        if twin.exists():
            raise RuleBroken(_("This name is already in use here. Choose another."), field="name") from error
        raise
