"""Which files a backup takes: all that the database names, nothing half-written, nothing that is made again on demand."""

import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from core import clock
from rareearth import backups
from registry.models import ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, monkeypatch) -> Path:
    def dumped(scratch: Path) -> Path:
        (scratch / backups.SQLITE_NAME).write_bytes(b"database")
        return scratch / backups.SQLITE_NAME

    monkeypatch.setattr(backups, "_dump", dumped)
    for name in ("evidence/1.pdf", "notices/ab/ab.part", "notices/ab/ab.pdf", "exports/7.xlsx", "casefiles/3/9.zip"):
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return Path(settings.MEDIA_ROOT)


def names(archive: Path) -> set[str]:
    with tarfile.open(archive) as opened:
        return {name for name in opened.getnames() if name.startswith("media/")}


def vanishing(monkeypatch, path: Path) -> None:
    """The file is listed, and gone when it is to be packed."""
    listed = list(backups._media())
    monkeypatch.setattr(backups, "_media", lambda: iter([*listed, path]))


def test_a_backup_leaves_out_half_written_files_exports_and_case_files(media, tmp_path):
    assert names(backups.make(tmp_path / "backups")) == {"media/evidence/1.pdf", "media/notices/ab/ab.pdf"}


def test_a_backup_is_named_after_the_hour_of_the_site(media, tmp_path):
    """As deploy.md says: the timer fires at 02:20, eight hours ahead of UTC, on a day that has begun here only."""
    with clock.pinned(datetime(2026, 11, 21, 18, 20, tzinfo=UTC)):
        assert backups.make(tmp_path / "backups").name == "portal-20261122-022000.tar"


def test_a_file_that_vanishes_meanwhile_and_is_named_nowhere_is_no_harm(media, tmp_path, monkeypatch):
    vanishing(monkeypatch, media / "imports" / "2026" / "11" / "gone.xlsx")
    assert "media/evidence/1.pdf" in names(backups.make(tmp_path / "backups"))


def test_a_backup_without_a_file_that_the_database_names_is_refused(media, tmp_path, monkeypatch, case_officer):
    ImportRun.objects.create(
        owner=case_officer, file="imports/2026/11/gone.xlsx", filename="x.xlsx", size_bytes=1, sha256="0" * 64,
        created_at=timezone.now(), expires_at=timezone.now(),
    )  # fmt: skip
    vanishing(monkeypatch, media / "imports" / "2026" / "11" / "gone.xlsx")
    with pytest.raises(backups.BackupError, match=r"gone\.xlsx"):
        backups.make(tmp_path / "backups")
    assert not list((tmp_path / "backups").glob("portal-*"))
