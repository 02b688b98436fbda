"""The restore that is done once a quarter: beside the running site, again and again, and leaving nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.ops.test_backup import FILL
from tests.plugins.prepared import Standing
from tests.plugins.processes import ROOT, Portal

pytestmark = [
    pytest.mark.worker,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.skipif(os.geteuid() != 0, reason="makes and drops databases as root of a site does"),
]


@pytest.fixture
def site(standing: Standing, tmp_path: Path) -> Portal:
    portal = standing.whole().portal
    portal.environment["SITE_ENV"] = str(tmp_path / "portal.env")
    url = portal.environment["DATABASE_URL"]
    (tmp_path / "portal.env").write_text(
        f"DATABASE_URL={url}?sslmode=prefer\nREDIS_URL={portal.environment['REDIS_URL']}\nPORTAL_VAR={portal.var}\n"
    )
    return portal


def drill(site: Portal, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script as root of the site, whose account is root too and whose PostgreSQL is the test's own."""
    server = urlsplit(site.environment["DATABASE_URL"])
    # A site has its own .venv; this one is where the tests run.
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "deploy/restore_drill.sh", *arguments], cwd=ROOT, text=True, capture_output=True, timeout=300,
        env={"PATH": path, "PORTAL_ENV_FILE": site.environment["SITE_ENV"], "PORTAL_ACCOUNT": "root",
             "DATABASE_OWNER": server.username or "", "PGHOST": server.hostname or "", "PGPORT": str(server.port),
             "PGUSER": server.username or "", "TMPDIR": str(site.var)},
    )  # fmt: skip


def databases(site: Portal) -> set[str]:
    """The site's and what the drill makes beside it. Databases of other tests come and go on this server meanwhile."""
    own = urlsplit(site.environment["DATABASE_URL"]).path.strip("/")
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        found = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        return {name for name in found if name.startswith(own) or not name.startswith("portal_test_")}


def test_the_drill_is_done_twice_in_a_row_and_leaves_the_site_as_it_was(site: Portal, tmp_path: Path) -> None:
    site.manage("shell", "-c", FILL % ("before", "before"))
    backups = tmp_path / "backups"
    site.manage("backup", str(backups))
    (archive,) = backups.glob("portal-*.tar")
    (site.var / "media.before").mkdir()  # of a restore long ago
    before = databases(site), sorted(site.var.rglob("media*/*")), site.sql("SELECT count(*) FROM trail_event")
    for _time in range(2):
        done = drill(site, str(archive))
        assert done.returncode == 0, done.stdout + done.stderr
        assert "the trail holds" in done.stdout
        assert f"✓ {archive} can be restored" in done.stdout
    after = databases(site), sorted(site.var.rglob("media*/*")), site.sql("SELECT count(*) FROM trail_event")
    assert after == before
    assert list(site.var.glob("portal-drill*")) == []
    assert site.get("/login/")[0] == 200


def test_a_backup_without_uploads_is_restored_too_and_a_damaged_one_is_named(site: Portal, tmp_path: Path) -> None:
    shutil.rmtree(site.var / "media", ignore_errors=True)
    backups = tmp_path / "backups"
    site.manage("backup", str(backups))
    (archive,) = backups.glob("portal-*.tar")
    assert drill(site, str(archive)).returncode == 0
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    before = databases(site)
    done = drill(site, str(archive))
    assert done.returncode == 1
    assert "not a whole backup" in done.stderr
    assert "The site itself was not touched" in done.stderr
    assert databases(site) == before


def test_without_a_backup_nothing_is_made(site: Portal, tmp_path: Path) -> None:
    done = drill(site, str(tmp_path / "none.tar"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no backup" in done.stderr
