"""The empty SQLite database of the tests is migrated once and then copied: for whoever runs a single file, and for every further
process of a run, migrating took longer than the tests. It is made anew when anything changes that can end up in it."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import management
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation

# What tables, triggers, permissions and content types come from.
MADE_OF = ("**/migrations/*.py", "**/models.py", "**/models/*.py", "**/protection.py", "**/triggers.py", "**/apps.py")


def _key() -> str:
    found = hashlib.sha256(sys.version.encode() + (settings.ROOT / "constraints.txt").read_bytes())
    packages = sorted({Path(*Path(app.replace(".", "/")).parts[:1]) for app in settings.INSTALLED_APPS})
    for package in packages:
        for path in sorted({path for pattern in MADE_OF for path in (settings.ROOT / package).glob(pattern)}):
            found.update(str(path.relative_to(settings.ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:20]


def _migrated(call_command: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """`call_command`, which copies what `migrate` made before."""

    def call(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate" or connection.vendor != "sqlite":
            return call_command(name, *args, **options)
        kept = folder / f"{_key()}.sqlite3"
        connection.ensure_connection()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            return None
        answer = call_command(name, *args, **options)
        building = kept.with_suffix(f".{os.getpid()}.part")
        with closing(sqlite3.connect(building)) as target:
            connection.connection.backup(target)
        building.replace(kept)
        for old in folder.glob("*.sqlite3"):
            if old != kept:
                old.unlink(missing_ok=True)
        return answer

    return call


def kept_in(config: pytest.Config) -> Path | None:
    """None without a cache (`-p no:cacheprovider`): then it is migrated every time."""
    cache = getattr(config, "cache", None)
    return Path(cache.mkdir("database")) if cache is not None else None


@pytest.fixture(scope="session")
def _in_a_file_for_browsers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A browser asks for several things at once, each answered by a thread with a connection of its own, as in the
    portal. In memory they would share one cache, where who comes second is refused (SQLITE_LOCKED) and never waits."""
    if connection.vendor == "sqlite" and any(item.get_closest_marker("chromium") for item in request.session.items):
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, _in_a_file_for_browsers: None, pytestconfig: pytest.Config
) -> Iterator[None]:
    """Comes before pytest-django sets the database up."""
    folder, plain = kept_in(pytestconfig), DatabaseCreation.create_test_db
    if folder is None:
        yield
        return

    def create(self: Any, *args: Any, **options: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(management, "call_command", _migrated(management.call_command, folder))
            return plain(self, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "create_test_db", create)
        yield
