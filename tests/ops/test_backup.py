"""A backup is worth what its restore is worth: each is tried for real, on both databases."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.plugins.prepared import LEFT_BEHIND
from tests.plugins.processes import ROOT, Portal
from tests.plugins.servers import drop_database, new_database

pytestmark = pytest.mark.worker

# Writes one event of the trail and one file, as the portal's verbs do.
FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from organisation.models import Region
from trail import record
from trail.recording import SYSTEM
from django.db import transaction
with transaction.atomic():
    record("ops.checked", Region.objects.first(), by=SYSTEM, note="备份")
default_storage.save("evidence/%s.txt", ContentFile("证据 %s".encode()))
"""


def manage(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, text=True, capture_output=True,
        env={**os.environ, "PORTAL_VAR": str(var), **environment},
    )  # fmt: skip


def must(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def backup_of(portal: Portal, folder: Path) -> Path:
    portal.manage("backup", str(folder))
    (archive,) = folder.glob("portal-*.tar")
    return archive


def test_a_backup_of_the_running_embedded_portal_is_restored_with_its_files_and_an_unbroken_trail(
    embedded_portal: Portal, tmp_path: Path
) -> None:
    embedded_portal.manage("shell", "-c", FILL % ("before", "before"))
    archive = backup_of(embedded_portal, tmp_path / "backups")
    embedded_portal.manage("shell", "-c", FILL % ("after", "after"))

    said = must(manage(tmp_path / "new", "restore", str(archive)))

    assert "the trail holds" in said
    assert (tmp_path / "new" / "media" / "evidence" / "before.txt").read_text() == "证据 before"
    assert not (tmp_path / "new" / "media" / "evidence" / "after.txt").exists()
    assert _count(tmp_path / "new") == _count(embedded_portal.var) - 1


def _count(var: Path) -> int:
    with sqlite3.connect(var / "portal.sqlite3") as database:
        count: int = database.execute("SELECT count(*) FROM trail_event").fetchone()[0]
        return count


@pytest.mark.postgres
@pytest.mark.redis
def test_a_backup_of_the_running_larger_portal_is_restored_into_a_new_database(
    portal_processes, postgres_server: str, redis_server, tmp_path: Path
) -> None:
    portal = portal_processes()
    portal.manage("shell", "-c", FILL % ("before", "before"))
    archive = backup_of(portal, tmp_path / "backups")
    events = portal.sql("SELECT count(*) FROM trail_event")
    fresh = new_database(postgres_server)
    try:
        said = must(manage(tmp_path / "new", "restore", str(archive), DATABASE_URL=fresh))
        restored = Portal(tmp_path / "new", DATABASE_URL=fresh)
        assert "the trail holds" in said
        assert restored.sql("SELECT count(*) FROM trail_event") == events
        assert (tmp_path / "new" / "media" / "evidence" / "before.txt").read_text() == "证据 before"
        # The restored database refuses, as the old one did, to forget.
        refused = manage(
            tmp_path / "new", "shell", "-c",
            "from django.db import connection; connection.cursor().execute('DELETE FROM trail_event')",
            DATABASE_URL=fresh,
        )  # fmt: skip
        assert refused.returncode != 0
        assert restored.sql("SELECT count(*) FROM trail_event") == events
    finally:
        drop_database(postgres_server, fresh)


@pytest.fixture(scope="module")
def site(prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a portal that does not run, with one file."""
    var = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(prepared_var, var, ignore=LEFT_BEHIND)
    media = var / "media" / "evidence"
    media.mkdir(parents=True)
    (media / "one.txt").write_text("证据")
    return var


@pytest.fixture(scope="module")
def made_backup(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups")
    must(manage(site, "backup", str(folder)))
    (found,) = folder.glob("portal-*.tar")
    return found


@pytest.fixture
def archive(made_backup: Path, tmp_path: Path) -> Path:
    """A backup of the site, for a test to damage."""
    return Path(shutil.copy2(made_backup, tmp_path))


def test_a_restore_never_overwrites(archive: Path, site: Path, tmp_path: Path) -> None:
    refused = manage(site, "restore", str(archive))
    assert refused.returncode != 0
    assert "The database is not empty" in refused.stderr
    assert "Traceback" not in refused.stderr

    (tmp_path / "new" / "media").mkdir(parents=True)
    (tmp_path / "new" / "media" / "theirs.txt").write_text("kept")
    refused = manage(tmp_path / "new", "restore", str(archive))
    assert "holds files" in refused.stderr
    assert (tmp_path / "new" / "media" / "theirs.txt").read_text() == "kept"


def test_a_damaged_backup_is_refused_before_anything_is_written(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    place = content.index("证据".encode())
    archive.write_bytes(content[:place] + b"\0" + content[place + 1 :])
    refused = manage(tmp_path / "new", "restore", str(archive))
    assert "media/evidence/one.txt is damaged in the backup" in refused.stderr
    assert not (tmp_path / "new" / "media").exists()


def test_half_a_backup_is_refused(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    refused = manage(tmp_path / "new", "restore", str(archive))
    assert refused.returncode != 0
    assert "not a whole backup" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_archive_from_elsewhere_cannot_write_outside(tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    (tmp_path / "x").write_text("x")
    with tarfile.open(evil, "w") as file:
        file.add(tmp_path / "x", "../../escaped")
    refused = manage(tmp_path / "new", "restore", str(evil))
    assert "not part of a backup" in refused.stderr
    assert not list(tmp_path.rglob("escaped"))


def test_a_backup_is_for_its_owner_only_and_names_what_it_holds(made_backup: Path) -> None:
    assert made_backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(made_backup) as file:
        manifest = json.load(file.extractfile("manifest.json"))
    assert set(manifest["files"]) == {"database.sqlite3.gz", "media/evidence/one.txt"}
    assert all(len(digest) == 64 for digest in manifest["files"].values())


def test_old_backups_are_deleted_only_when_asked(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"portal-2026010{day}-000000.tar").write_text("old")
    must(manage(site, "backup", str(folder), "--keep", "2"))
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 2
    assert names[0] == "portal-20260104-000000.tar"
