"""Tables for the benches of lists and permissions: a province of departments, officers and many dockets, made quickly.

The rows have the shapes the portal writes: the same search rows, teams, grants. Databases are kept in `BENCH_CACHE`
(default var/bench) under the hash of what they are made from, and made again when that changes.
"""

import contextlib
import functools
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps as django_apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.utils import load_backend

from bench import filling
from bench.filling import TODAY, Size, fill, prepare, viewer
from bench.servers import postgresql_server

__all__ = [
    "TODAY",
    "Bench",
    "Size",
    "empty_database",
    "empty_file",
    "postgresql",
    "postgresql_server",
    "sqlite",
    "viewer",
]


# While a file is made: it is thrown away if that fails.
QUICKLY = "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA cache_size=-400000;PRAGMA temp_store=MEMORY;"


class Bench:
    """A database of a size, to be entered: inside, it is Django's `default`."""

    def __init__(self, vendor: str, wrapper: Any, size: Size) -> None:
        self.vendor, self.wrapper, self.size = vendor, wrapper, size

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        before = connections["default"]
        connections["default"] = self.wrapper
        ContentType.objects.clear_cache()
        try:
            yield
        finally:
            connections["default"] = before


def cache() -> Path:
    folder = Path(os.environ.get("BENCH_CACHE") or settings.ROOT / "var" / "bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@functools.cache
def _key() -> str:
    """Changes when the rows or the tables would: this file, the search rows, the migrations, the roles."""
    apps = [
        Path(config.path) for config in django_apps.get_app_configs() if Path(config.path).is_relative_to(settings.ROOT)
    ]
    sources = [Path(__file__), Path(filling.__file__), *sorted((settings.ROOT / "casework" / "search").glob("*.py"))]
    sources += sorted(path for app in apps for path in (app / "migrations").glob("0*.py"))
    sources += [settings.ROOT / "organisation" / "roles.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:10]


def sqlite(size: Size) -> Bench:
    path = _made_file(f"dockets-{size.dockets}-{size.shares}", lambda: fill(size), template=empty_file())
    return Bench("SQLite", _wrapper(_sqlite_settings(path)), size)


def empty_file() -> Path:
    """A SQLite database with all tables and roles, and no rows: to be copied."""
    return _made_file("empty", prepare, template=None)


def _made_file(name: str, make: Callable[[], None], *, template: Path | None) -> Path:
    """The file of this name as it is now made; older ones go."""
    path = cache() / f"{name}-{_key()}.sqlite3"
    if path.exists():
        return path
    for old in cache().glob(f"{name}-*"):
        old.unlink()
    building = path.with_suffix(".part")
    if template is not None:
        shutil.copyfile(template, building)
    quickly = _sqlite_settings(building)
    quickly["OPTIONS"]["init_command"] = QUICKLY
    bench = Bench("SQLite", _wrapper(quickly), Size(0, 0))
    with bench.entered():
        make()
        connection.close()
    building.rename(path)
    return path


def _sqlite_settings(path: Path) -> dict[str, Any]:
    from rareearth import env

    return env.database("", path)


@contextlib.contextmanager
def postgresql() -> Iterator[Callable[[Size], Bench] | None]:
    """A maker of benches on PostgreSQL; None without a server."""
    with postgresql_server() as url:
        yield None if url is None else functools.partial(_postgresql, url)


def _postgresql(url: str, size: Size) -> Bench:
    empty = empty_database(url)
    name = _made_database(url, f"{size.dockets}_{size.shares}", lambda: fill(size), template=empty)
    return Bench("PostgreSQL", _wrapper(_postgresql_settings(url, name)), size)


def empty_database(url: str) -> str:
    """The name of a database with all tables and roles, and no rows: a template."""
    return _made_database(url, "empty", prepare, template="template0")


def _made_database(url: str, name: str, make: Callable[[], None], *, template: str) -> str:
    beginning, name = f"ls_bench_{name}_", f"ls_bench_{name}_{_key()}"
    with psycopg.connect(url, autocommit=True) as maintenance:
        names = [row[0] for row in maintenance.execute("SELECT datname FROM pg_database").fetchall()]
        if name in names:
            return name
        for old in names:
            if old.startswith(beginning):
                maintenance.execute(f'DROP DATABASE "{old}"')
        maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING UTF8 LOCALE "C.UTF-8"')
        bench = Bench("PostgreSQL", _wrapper(_postgresql_settings(url, name)), Size(0, 0))
        with bench.entered():
            try:
                make()
                connection.close()
            except BaseException:
                connection.close()
                maintenance.execute(f'DROP DATABASE "{name}"')
                raise
    return name


def _postgresql_settings(url: str, name: str) -> dict[str, Any]:
    from rareearth import env

    return env.database(f"{url.rpartition('/')[0]}/{name}", Path())


def _wrapper(database: dict[str, Any]) -> Any:
    complete = connections.configure_settings({"default": database})["default"]
    return load_backend(complete["ENGINE"]).DatabaseWrapper(complete, alias="default")
