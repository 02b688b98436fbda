"""Making a table equal to what was read from a file, without touching what officers keep."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def store(model: type[M], found: Iterable[M], *keys: str) -> dict[tuple[Any, ...], M]:
    """Make the table's rows equal to `found`, told apart by `keys`; rows that others point to keep their id. Rows that are
    not in `found` stay, and so do those that are kept in the browser since."""

    def key(row: M) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in keys)

    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    held = {key(row): row for row in model._default_manager.all()}
    new: list[M] = []
    for row in found:
        # Foreign keys to rows saved a moment ago have their ids by now.
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(row):
                related = getattr(row, field.name)
                setattr(row, field.attname, related.pk if related else None)
        old = held.get(key(row))
        if old is None:
            new.append(row)
            held[key(row)] = row
        elif getattr(old, "is_edited", False):
            continue
        elif any(getattr(old, name) != getattr(row, name) for name in fields):
            row.pk = old.pk
            row.save(force_update=True)
            held[key(row)] = row
    model._default_manager.bulk_create(new)
    return held
