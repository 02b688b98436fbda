"""From row to row: the page of a row knows the view it was opened from, and what stands before and after it there.

A link of the list carries the view's own address and the row's place in it, signed like the pager's. Neighbours are found by
key, so they cost the same anywhere in the list; and they are asked for as the viewer, so they are never more than he may see.
The place is where the row stood when the list was shown: an act that moves the row does not move the officer.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from core.lists import keyset
from core.lists.keyset import Cursor, Place
from core.lists.page import ListPage
from core.lists.state import State, key_of, read

PARAM: Final = "from"
# What a view looks like does not decide which row comes next.
LOOKS: Final = ("columns", "density", "size")


@dataclass(frozen=True, slots=True)
class Walk:
    """The neighbours of a row in the view it was opened from ("": it is the first, or the last), and that view."""

    previous: str
    next: str
    view: str


def row_url(state: State, row: Any) -> str:
    """The row's page, which then knows this view."""
    query = state.query.copy()
    for name in LOOKS:
        query.pop(name, None)
    place = Place(key_of(row, state.order.sort.field), row.pk)
    query["at"] = keyset.encode(Cursor(place, False, 0), salt=state.salt)
    return f"{state.page.url_of(row)}?{urlencode({PARAM: query.urlencode()})}"


def walk(request: HttpRequest, page: ListPage, pk: int) -> Walk | None:
    """The walk this row was opened on; None when it was not opened from the list.

    The session keeps the last one, so that it outlasts the row's other pages and the acts on it.
    """
    if page.permission and not request.user.has_perm(page.permission):
        return None
    kept = f"walk:{page.name}"
    asked = request.GET.get(PARAM, "")
    if not asked:
        last = request.session.get(kept, {})
        asked = last.get("view", "") if last.get("pk") == pk else ""
    state = read(page, request.user, QueryDict(asked))
    if not state.is_valid or state.cursor is None or state.cursor.place.pk != pk:
        return None
    if request.session.get(kept) != (last := {"pk": pk, "view": asked}):
        request.session[kept] = last
    here = state.cursor.place
    return Walk(_neighbour(state, here, backwards=True), _neighbour(state, here, backwards=False), state.url())


def _neighbour(state: State, here: Place, *, backwards: bool) -> str:
    # Two, because the row itself may have moved there meanwhile.
    found = keyset.ids(state.scans(), state.order, limit=2, place=here, backwards=backwards)
    rows = keyset.loaded(state.page.rows(state.viewer), [pk for pk in found if pk != here.pk][:1])
    return row_url(state, rows[0]) if rows else ""
