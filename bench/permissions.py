"""What scope and shares cost: an officer's page out of a million dockets and a hundred thousand shares against the same page
without permissions, and against the same question asked through guardian's `get_objects_for_user`.

The officer sees 14 departments (60 % of the dockets), his own matters and 160 shared ones.
"""

import statistics
from collections.abc import Callable
from typing import Any

from guardian.shortcuts import get_objects_for_user

from bench import dockets, lists
from bench.dockets import Bench
from bench.effort import Effort, measured
from bench.lines import line
from casework.lists import DOCKETS
from casework.models import Docket
from casework.scans import INTERNAL, scans
from core import clock
from core.lists import keyset
from core.lists.keyset import Order, Sort
from organisation.models import Officer
from organisation.scope import scope_of

ROUNDS, SMALL_ROUNDS = 15, 5
GUARDIAN_ROUNDS = 5
BY_DEADLINE = Order(Sort("due_key"))
FIELDS = ("enterprise", "officer", "department", "region")


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table."""
    lists.prepare()
    size, rounds = (lists.SHORT_TABLE, SMALL_ROUNDS) if small else (lists.LARGE_TABLE, ROUNDS)
    lines = _of(dockets.sqlite(size), rounds)
    with dockets.postgresql() as make:
        if make is not None:
            lines += _of(make(size), rounds)
    return lines


def _of(bench: Bench, rounds: int) -> list[dict[str, Any]]:
    client = lists.browser(bench)
    with bench.entered(), clock.pinned(dockets.TODAY):
        seen, everything = _page(client, "with"), _page(client, "without")
        with_rights, without = _alternately(seen, everything, rounds)
        _same_rows(dockets.viewer())
        ours, others = _alternately(_scoped, _guardian, min(rounds, GUARDIAN_ROUNDS))
    # By the clock: PostgreSQL answers guardian's query with several processes.
    scoped, guardian = ours.clock_ms, others.clock_ms
    return [
        line(
            f"{bench.vendor}, page with scope and shares against none ({with_rights.clock_ms:.0f} ms)",
            with_rights.processor_ms / without.processor_ms,
            "×",
            at_most=2,
        ),
        line(
            f"{bench.vendor}, guardian's {guardian:.0f} ms against the scans' {scoped:.1f} ms",
            guardian / scoped,
            "×",
            at_least=20,
            # Guardian's query grows with the table, the scans do not: the ratio is the table's size in other words.
            judged=bench.size == lists.LARGE_TABLE,
        ),
    ]


def _page(client: Any, rights: str) -> Callable[[], None]:
    """The page through the view; without rights, everything that is not confidential: one scan of one index, in its order."""

    def ask() -> None:
        page = DOCKETS
        before = page.scans, page.rows
        if rights == "without":
            object.__setattr__(page, "scans", lambda selection: [Docket.objects.filter(INTERNAL)])
            object.__setattr__(page, "rows", lambda viewer: _read(Docket.objects.all()))
        try:
            response = client.get("/cases/?tab=all")
        finally:
            object.__setattr__(page, "scans", before[0])
            object.__setattr__(page, "rows", before[1])
        if response.status_code != 200:
            raise RuntimeError(str(response.status_code))

    return ask


def _read(rows: Any) -> Any:
    from casework.lists import READ

    return rows.select_related(*FIELDS).only(*READ)


def _alternately(first: Callable[[], None], second: Callable[[], None], rounds: int) -> tuple[Effort, Effort]:
    """Medians, asked in turn after a warming."""
    spent: tuple[list[Effort], list[Effort]] = ([], [])
    for turn in range(rounds + 1):
        for ask, kept in zip((first, second), spent, strict=True):
            one = measured(ask)
            if turn:
                kept.append(one)
    return _median(spent[0]), _median(spent[1])


def _median(spent: list[Effort]) -> Effort:
    return Effort(
        statistics.median(one.clock_ms for one in spent), statistics.median(one.processor_ms for one in spent)
    )


def _scoped() -> None:
    """The first 50 shared with this officer or in his scope, by deadline."""
    found = keyset.ids(scans(scope_of(_fresh())), BY_DEADLINE, limit=lists.PAGE)
    if len(keyset.loaded(_read(Docket.objects.all()), found)) != lists.PAGE:
        raise RuntimeError("the page is not full")


def _guardian() -> None:
    """The same 50 as one would ask for them with guardian: its grants, and the scope beside them."""
    viewer = _fresh()
    granted = get_objects_for_user(viewer, "casework.view_docket", Docket, accept_global_perms=False)
    scope = scope_of(viewer)
    rows = (granted | Docket.objects.filter(Docket.objects.seen(scope))).distinct()
    if len(_read(rows).order_by("due_key", "pk")[: lists.PAGE]) != lists.PAGE:
        raise RuntimeError("the page is not full")


def _fresh() -> Officer:
    """Without what a request has cached."""
    return dockets.viewer()


def _same_rows(viewer: Officer) -> None:
    """Both must answer with the same rows, or the comparison is void."""
    ours = keyset.ids(scans(scope_of(viewer)), BY_DEADLINE, limit=lists.PAGE)
    plain = list(Docket.objects.visible_to(viewer).order_by("due_key", "pk").values_list("pk", flat=True)[: lists.PAGE])
    if ours != plain:
        raise RuntimeError("the scans and visible_to differ")
