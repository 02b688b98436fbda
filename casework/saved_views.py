"""Keeps the saved views of every list page (the store of `core.lists.saved`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.models import SavedView
from core.errors import RuleBroken

LONGEST_QUERY = 2000
MOST_OWN = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved view as one viewer finds it."""

    pk: int
    name: str
    query: str
    is_default: bool
    is_shared: bool
    is_own: bool
    owner_name: str


class Store:
    """One's own views in one's own order, then those colleagues of the department share."""

    def of(self, page: str, viewer: Any) -> Sequence[Kept]:
        rows = (
            SavedView.objects.filter(page=page)
            .filter(Q(owner_id=viewer.pk) | Q(department_id=viewer.department_id))
            .select_related("owner")
            .order_by("order", "name", "pk")
        )
        kept = [
            Kept(
                pk=row.pk,
                name=row.name,
                query=row.query,
                is_default=row.is_default and row.owner_id == viewer.pk,
                is_shared=row.department_id is not None,
                is_own=row.owner_id == viewer.pk,
                owner_name=row.owner.name,
            )
            for row in rows
        ]
        return sorted(kept, key=lambda view: not view.is_own)

    @transaction.atomic
    def save(self, *, page: str, name: str, query: str, shared: bool, by: Any) -> Kept:
        """Under a name of one's own: the same name again replaces what it stood for."""
        if len(query) > LONGEST_QUERY:
            raise RuleBroken(_("These conditions are too long to be saved."))
        own = SavedView.objects.select_for_update().filter(page=page, owner=by)
        if own.count() >= MOST_OWN and not own.filter(name=name).exists():
            raise RuleBroken(_("You keep %(most)s views of this list already. Delete one first.") % {"most": MOST_OWN})
        last = own.order_by("-order").values_list("order", flat=True).first() or 0
        row, _created = SavedView.objects.update_or_create(
            page=page,
            owner=by,
            name=name,
            defaults={"query": query, "department": by.department if shared else None},
            create_defaults={"query": query, "department": by.department if shared else None, "order": last + 1},
        )
        return Kept(row.pk, row.name, row.query, row.is_default, shared, True, by.name)

    @transaction.atomic
    def change(self, *, page: str, pk: int, name: str, shared: bool, by: Any) -> None:
        row = self._own(page, pk, by)
        if SavedView.objects.filter(page=page, owner=by, name=name).exclude(pk=pk).exists():
            raise RuleBroken(_("You have another view named “%(name)s”.") % {"name": name})
        row.name, row.department = name, by.department if shared else None
        row.save(update_fields=["name", "department"])

    @transaction.atomic
    def make_default(self, *, page: str, pk: int | None, by: Any) -> None:
        chosen = self._own(page, pk, by) if pk is not None else None
        SavedView.objects.filter(page=page, owner=by, is_default=True).update(is_default=False)
        if chosen is not None:
            SavedView.objects.filter(pk=chosen.pk).update(is_default=True)

    @transaction.atomic
    def move(self, *, page: str, pk: int, up: bool, by: Any) -> None:
        self._own(page, pk, by)
        rows = list(SavedView.objects.select_for_update().filter(page=page, owner=by).order_by("order", "name", "pk"))
        at = next(place for place, row in enumerate(rows) if row.pk == pk)
        to = at - 1 if up else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
        for place, row in enumerate(rows, 1):
            if row.order != place:
                SavedView.objects.filter(pk=row.pk).update(order=place)

    @transaction.atomic
    def delete(self, *, page: str, pk: int, by: Any) -> None:
        self._own(page, pk, by).delete()

    @staticmethod
    def _own(page: str, pk: int, by: Any) -> SavedView:
        row = SavedView.objects.select_for_update().filter(page=page, owner=by, pk=pk).first()
        if row is None:
            raise RuleBroken(_("There is no such view."))
        return row
