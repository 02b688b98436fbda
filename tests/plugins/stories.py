"""A fixture that only makes rows (`@story`) is walked once per way of getting there: its rows, files and answer are kept, and put
back for the next test that comes by the same fixtures in the same order on the same day.

Every test still has a database of its own to change: what is kept goes into the transaction that pytest-django rolls back. Kept
are plain rows of the tables that were written, the files under MEDIA_ROOT, and the answers of all stories of the test in one
pickle, so that an officer who stands in two of them stays one object. In a test that commits, stories are walked as ever.
"""

import functools
import inspect
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection, models
from django.db.models import Count, Max

from core import clock
from tests.plugins import stock

READS: Final = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
WRITES: Final = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "?(\w+)')


@dataclass(frozen=True, slots=True)
class Kept:
    """What a test begins with. `rows` by table; `files` by path below MEDIA_ROOT; `answers`: a pickled list, in the order told."""

    rows: dict[str, stock.Rows]
    files: dict[str, bytes]
    answers: bytes


_kept: dict[tuple[Any, ...], Kept] = {}
_last_seen: dict[str, stock.Rows] = {}  # many beginnings share the rows of the statute book
_tellers: pytest.StashKey["Teller"] = pytest.StashKey()


def story(function: Callable[..., Any]) -> Any:
    """`@pytest.fixture` for a function that only writes rows and files, and answers with what can be pickled.

    It must not patch, register, pin or send anything: none of that comes back. Its arguments are stories, or fixtures that do
    not use the database.
    """

    @functools.wraps(function)
    def told(*bound: Any, request: pytest.FixtureRequest, **given: Any) -> Any:
        stash = request.node.stash
        if _tellers not in stash:
            stash[_tellers] = Teller(request.node)
        return stash[_tellers].tell(function, functools.partial(function, *bound, **given))

    plain = inspect.signature(function)
    last = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY)
    told.__signature__ = plain.replace(parameters=[*plain.parameters.values(), last])
    told.story = function
    return pytest.fixture(told)


def _foreseen(item: Any) -> Iterator[Any]:
    """The fixtures of the test in the order in which pytest sets them up."""
    known, seen = item._fixtureinfo.name2fixturedefs, set()

    def walk(name: str) -> Iterator[Any]:
        if name in known and name not in seen:
            seen.add(name)
            for needed in known[name][-1].argnames:
                yield from walk(needed)
            yield known[name][-1]

    for name in item.fixturenames:
        yield from walk(name)


def _way(item: Any) -> list[Any]:
    """The test's fixtures up to the last story before anything else uses the database; of pytest's own ones none."""
    with_database, varying = {"db"}, set(getattr(getattr(item, "callspec", None), "params", ()))
    way: list[Any] = []
    for fixture in _foreseen(item):
        needs, is_story = set(fixture.argnames), hasattr(fixture.func, "story")
        if fixture.argname in needs or (is_story and needs & varying) or (not is_story and needs & with_database):
            break
        if is_story:
            with_database.add(fixture.argname)
        elif needs & varying:
            varying.add(fixture.argname)
        if fixture.func.__module__.startswith("tests."):
            way.append(fixture.func)
    while way and not hasattr(way[-1], "story"):
        way.pop()
    return way


@dataclass
class Teller:
    """Tells the stories of one test."""

    item: Any
    way: list[Any] = field(init=False)
    stories: list[Any] = field(init=False)  # of the way
    told: list[Any] = field(default_factory=list)  # their answers so far
    known: list[Any] = field(default_factory=list)  # answers that were put back, not asked for yet
    written: set[str] = field(default_factory=set)  # tables
    inside: bool = False
    watching: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.way = _way(self.item) if connection.in_atomic_block else []
        self.stories = [function.story for function in self.way if hasattr(function, "story")]

    def tell(self, function: Callable[..., Any], walk: Callable[[], Any]) -> Any:
        if len(self.told) == len(self.stories):
            return walk()
        if self.stories[len(self.told)] is not function:
            raise RuntimeError(f"{function.__qualname__} was not foreseen here: request.getfixturevalue hides it.")
        if not self.told:
            self._begin()
        self.told.append(self.known[len(self.told)] if len(self.told) < len(self.known) else self._walk(walk))
        if len(self.told) == len(self.stories):
            self.watching.close()
            if len(self.known) < len(self.stories):
                _kept[self._keys()[-1]] = self._keep()
        return self.told[-1]

    def _walk(self, walk: Callable[[], Any]) -> Any:
        self.inside = True
        try:
            return walk()
        finally:
            self.inside = False

    def _keys(self) -> list[tuple[Any, ...]]:
        """One per story: the way to it. Permissions get other keys when a test that commits has emptied the database."""
        start = (clock.today(), *Permission.objects.aggregate(Max("pk"), Count("pk")).values())
        return [
            (*start, *self.way[: place + 1]) for place, function in enumerate(self.way) if hasattr(function, "story")
        ]

    def _begin(self) -> None:
        """Put back the longest way that was gone before, and watch what is written from here on."""
        if found := next((_kept[key] for key in reversed(self._keys()) if key in _kept), None):
            for table, rows in found.rows.items():
                stock.insert(table, rows)
            for name, content in found.files.items():
                path = Path(settings.MEDIA_ROOT) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self.known = pickle.loads(found.answers)
            self.written = set(found.rows)
        self.watching.enter_context(connection.execute_wrapper(self._noted))
        self.item.addfinalizer(self.watching.close)

    def _noted(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(READS):
            written = WRITES.match(sql)
            if written is None or not self.inside:
                raise RuntimeError(f"Between stories, or in one, of {self.item.nodeid}: {sql}")
            self.written.add(written[1])
        return execute(sql, params, many, context)

    def _keep(self) -> Kept:
        rows = {}
        for table, model in _models().items():
            if table in self.written:
                found = stock.rows_of(model)
                rows[table] = _last_seen[table] = _last_seen[table] if _last_seen.get(table) == found else found
        root = Path(settings.MEDIA_ROOT)
        files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        return Kept(rows, files, pickle.dumps(self.told))


@functools.cache
def _models() -> dict[str, type[models.Model]]:
    """By table."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
