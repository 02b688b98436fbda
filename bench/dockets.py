"""Tables for the benches of lists and permissions: a province of departments, officers and many dockets, made quickly.

The rows have the shapes the portal writes: the same search rows, teams, grants. Databases are kept in `BENCH_CACHE`
(default var/bench) under the hash of what they are made from, and made again when that changes.
"""

import contextlib
import hashlib
import os
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
from bench.filling import TODAY, Size, fill, viewer
from tests.plugins.servers import PostgresServer, postgres_binaries

__all__ = ["TODAY", "Bench", "Size", "postgresql", "sqlite", "viewer"]


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


def _key() -> str:
    """Changes when the rows or the tables would: this file, the search rows, the migrations."""
    apps = [
        Path(config.path) for config in django_apps.get_app_configs() if Path(config.path).is_relative_to(settings.ROOT)
    ]
    sources = [Path(__file__), Path(filling.__file__), *sorted((settings.ROOT / "casework" / "search").glob("*.py"))]
    sources += sorted(path for app in apps for path in (app / "migrations").glob("0*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:10]


def sqlite(size: Size) -> Bench:
    path = cache() / f"dockets-{size.dockets}-{size.shares}-{_key()}.sqlite3"
    for old in cache().glob(f"dockets-{size.dockets}-{size.shares}-*.sqlite3*"):
        if _key() not in old.name:
            old.unlink()
    is_new = not path.exists()
    building = path.with_suffix(".part") if is_new else path
    if is_new:
        building.unlink(missing_ok=True)
        bench = Bench("SQLite", _wrapper(_sqlite_settings(building)), size)
        with bench.entered():
            fill(size)
            connection.close()
        building.rename(path)
    return Bench("SQLite", _wrapper(_sqlite_settings(path)), size)


def _sqlite_settings(path: Path) -> dict[str, Any]:
    from rareearth import env

    return env.database("", path)


@contextlib.contextmanager
def postgresql() -> Iterator[Callable[[Size], Bench] | None]:
    """A maker of benches on PostgreSQL: TEST_DATABASE_URL, else a server of one's own; None without one."""
    given = os.environ.get("TEST_DATABASE_URL")
    if not given and postgres_binaries() is None:
        yield None
        return
    server = None if given else PostgresServer()
    url = given or server.url
    try:
        yield lambda size: _postgresql(url, size)
    finally:
        if server is not None:
            server.close()


def _postgresql(url: str, size: Size) -> Bench:
    from rareearth import env

    name = f"ls_bench_{size.dockets}_{size.shares}_{_key()}"
    with psycopg.connect(url, autocommit=True) as maintenance:
        for (old,) in maintenance.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"ls_bench_{size.dockets}_{size.shares}_%"]
        ).fetchall():
            if old != name:
                maintenance.execute(f'DROP DATABASE "{old}"')
        known = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8 LOCALE "C.UTF-8"')
    bench = Bench("PostgreSQL", _wrapper(env.database(f"{url.rpartition('/')[0]}/{name}", Path())), size)
    if known is None:
        with bench.entered():
            try:
                fill(size)
            except BaseException:
                connection.close()
                with psycopg.connect(url, autocommit=True) as maintenance:
                    maintenance.execute(f'DROP DATABASE "{name}"')
                raise
    return bench


def _wrapper(database: dict[str, Any]) -> Any:
    complete = connections.configure_settings({"default": database})["default"]
    return load_backend(complete["ENGINE"]).DatabaseWrapper(complete, alias="default")
