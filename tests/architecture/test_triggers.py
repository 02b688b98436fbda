"""What the database itself refuses is refused after all migrations, not only after the one that installed it.

A migration that makes a table anew on SQLite loses its triggers: it must end by installing them again (core.triggers).
"""

import re
from importlib import import_module

from django.db import connection

from tests.architecture.source import PACKAGES, ROOT


def _promised() -> set[str]:
    """By each package's `protection`, and by the migrations of SQLite that name their triggers."""
    names: set[str] = set()
    for package in PACKAGES:
        folder = ROOT / package.replace(".", "/")
        if (folder / "protection.py").exists():
            names |= import_module(f"{package}.protection").names(connection.vendor)
        if connection.vendor == "sqlite":
            for migration in folder.glob("migrations/*.py"):
                names |= set(re.findall(r"CREATE TRIGGER (\w+)", migration.read_text(encoding="utf-8")))
    return names


def test_every_trigger_is_there_after_all_migrations(db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    promised = _promised()
    assert len(promised) >= 10
    assert promised - there == set()
