"""A page of 50 dockets out of a million against the same page out of a thousand, through the real view.

The officer sees 14 departments (60 % of all dockets), his own matters and 160 shared ones. Both databases hold the same
departments, officers and rights, and the same shares of open, late and unassigned dockets; each page is full in both.
Figures are ratios of medians of processor time (bench.effort), the two databases asked in turn, warm. In brackets: the
milliseconds of a page of the large one by the clock.
"""

import gc
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import QueryDict
from django.test import Client

from bench import dockets
from bench.dockets import Bench, Size
from bench.effort import Effort, measured
from bench.lines import line
from casework.lists import DOCKETS
from core import clock, pinyin
from core.lists import keyset
from core.lists.state import read

ROUNDS, SMALL_ROUNDS = 25, 7
SMALL_TABLE = Size(1_000, 1_000)
LARGE_TABLE = Size(1_000_000, 100_000)
SHORT_TABLE = Size(20_000, 2_000)  # of a short run
PAGE = 50
DEEP = 10_000  # the page that many pages in

# Of the seventh enterprise, 淮安太湖零零零七…: no other name holds it.
RARE = "零零零七"
SCENARIOS: list[tuple[str, str, float]] = [
    ("unfiltered, newest first", "sort=-opened", 1.2),
    ("by deadline", "", 1.2),
    ("unassigned", "officer=none", 1.5),
    ("overdue", "due=overdue", 1.5),
    ("2 characters, frequent", f"q={quote('稀土')}", 1.5),
    ("2 characters, some", f"q={quote(RARE[2:])}", 1.5),
    ("2 characters, none", f"q={quote('火星')}", 1.5),
    ("4 characters, frequent", f"q={quote('稀土材料')}", 1.5),
    ("4 characters, rare", f"q={quote(RARE)}", 1.5),
    ("4 characters, none", f"q={quote('火星稀土')}", 1.5),
    ("pinyin initials", f"q={pinyin.initials('淮安太湖零零零七')}", 1.5),
    ("pinyin initials behind the city", f"q={pinyin.initials('太湖零零零七')}", 1.5),
    ("pinyin initials, none", "q=zzzzqx", 1.5),
]


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table."""
    prepare()
    large, rounds = (SHORT_TABLE, SMALL_ROUNDS) if small else (LARGE_TABLE, ROUNDS)
    lines = _compare(dockets.sqlite(SMALL_TABLE), dockets.sqlite(large), rounds)
    with dockets.postgresql() as make:
        if make is not None:
            lines += _compare(make(SMALL_TABLE), make(large), rounds)
    return lines


def prepare() -> None:
    """Settings under which a page can be asked for without a server."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def browser(bench: Bench) -> Client:
    client = Client()
    with bench.entered():
        client.force_login(dockets.viewer(), backend="organisation.backends.OfficerBackend")
    return client


def _compare(few: Bench, many: Bench, rounds: int) -> list[dict[str, Any]]:
    clients = {id(bench): browser(bench) for bench in (few, many)}
    gc.collect()
    gc.freeze()  # as the servers do before they fork: a collection now and then need not look at all of Django

    def page(bench: Bench, query: str) -> Effort:
        def ask() -> None:
            response = clients[id(bench)].get(f"/cases/?tab=all&{query}")
            if response.status_code != 200:
                raise RuntimeError(f"{bench.vendor} {query}: {response.status_code}")

        with bench.entered(), clock.pinned(dockets.TODAY):
            return measured(ask)

    lines = []
    for name, query, goal in SCENARIOS:
        lines += _lines(f"{many.vendor}, {name}", partial(page, query=query), few, many, goal, rounds)
    deep = {id(bench): _deep(bench) for bench in (few, many)}
    name = f"{many.vendor}, page {_depth(many):,} against the first one of few"
    lines += _lines(name, lambda bench: page(bench, deep[id(bench)]), few, many, 1.5, rounds)
    return lines


def _depth(bench: Bench) -> int:
    """10 000 pages in, or as deep as the table is."""
    return min(DEEP, int(bench.size.dockets * 0.55 / PAGE))


def _deep(bench: Bench) -> str:
    """The address of the page so deep: its cursor is what clicking "next" so often would lead to."""
    with bench.entered(), clock.pinned(dockets.TODAY):
        state = read(DOCKETS, dockets.viewer(), QueryDict("tab=all"))
        before = (_depth(bench) - 1) * PAGE
        if bench.size.dockets <= SMALL_TABLE.dockets:
            return ""
        last = keyset.ids(state.scans(), state.order, limit=before)[-1]
        row = DOCKETS.rows(dockets.viewer()).get(pk=last)
        cursor = keyset.Cursor(keyset.Place(row.due_key, row.pk), backwards=False, before=before)
        return f"at={quote(keyset.encode(cursor, salt=state.salt))}"


def _lines(
    name: str, ask: Callable[[Bench], Effort], few: Bench, many: Bench, goal: float, rounds: int
) -> list[dict[str, Any]]:
    for bench in (few, many, few, many):
        ask(bench)  # warm
    spent: dict[int, list[Effort]] = {id(few): [], id(many): []}
    for turn in range(rounds):
        for bench in (few, many) if turn % 2 else (many, few):
            spent[id(bench)].append(ask(bench))
    small_ms, large_ms = (statistics.median(one.processor_ms for one in spent[id(bench)]) for bench in (few, many))
    clock_ms = statistics.median(one.clock_ms for one in spent[id(many)])
    return [line(f"{name} ({clock_ms:.0f} ms)", large_ms / small_ms, "×", at_most=goal)]
