"""A backup is one tar file: the database, the files, and a manifest with their hashes.

The database is copied first and the files after it, both while the portal runs: a file is written before the row that
names it, and stays as long as the row, so every file that the copied database names is in the archive. What is being
written (*.part) and what is made again on demand (exports, case files) is left out.
"""

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import FileField
from psycopg.conninfo import make_conninfo

from core import clock

SQLITE_NAME = "database.sqlite3.gz"
POSTGRES_NAME = "database.pgdump"
MADE_ON_DEMAND = {"exports", "casefiles"}


class BackupError(Exception):
    """Why a backup or a restore was not made, in words."""


def make(folder: Path) -> Path:
    """Write a backup into `folder` and return its path. It appears under its name only when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    now = clock.local(clock.now())  # its name tells the day and hour at which the timer of the site fired
    target = folder / f"portal-{now:%Y%m%d-%H%M%S}.tar"
    draft = target.with_suffix(".part")
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as scratch, tarfile.open(draft, "w") as archive:
            database = _dump(Path(scratch))
            files = {database.name: _add(archive, database, database.name)}
            for path in _media():
                if is_left_out(path):
                    continue
                stored = path.relative_to(settings.MEDIA_ROOT).as_posix()
                try:
                    files[f"media/{stored}"] = _add(archive, path, f"media/{stored}")
                except FileNotFoundError:
                    if _is_named(stored):
                        raise BackupError(f"{stored} vanished although the database names it.") from None
            manifest = Path(scratch) / "manifest.json"
            manifest.write_text(json.dumps(_manifest(now, files), indent=1, ensure_ascii=False), encoding="utf-8")
            archive.add(manifest, "manifest.json")
        draft.chmod(0o600)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Delete all but the newest `count` backups; returns what was deleted."""
    old = sorted(folder.glob("portal-*.tar"), reverse=True)[count:]
    for path in old:
        path.unlink()
    return old


def restore(archive_path: Path) -> dict[str, Any]:
    """Bring a backup into an empty database and an empty file folder; returns its manifest.

    Nothing that exists is overwritten: a database with tables or a folder with files is refused.
    """
    if not archive_path.is_file():
        raise BackupError(f"There is no file {archive_path}.")
    if connection.introspection.table_names():
        raise BackupError("The database is not empty. Restore into a new one; nothing was changed.")
    if any(_media()):
        raise BackupError(f"The folder {settings.MEDIA_ROOT} holds files. Move it away; nothing was changed.")
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".restore-") as scratch:
        manifest = _unpack(archive_path, Path(scratch))
        _load(Path(scratch))
        media = Path(scratch) / "media"
        if media.exists():
            with contextlib.suppress(FileNotFoundError):
                Path(settings.MEDIA_ROOT).rmdir()
            shutil.move(media, settings.MEDIA_ROOT)
    return manifest


def _manifest(now: datetime, files: dict[str, str]) -> dict[str, Any]:
    return {"made_at": now.isoformat(), "version": settings.VERSION, "vendor": connection.vendor, "files": files}


def _media() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (path for path in sorted(root.rglob("*")) if path.is_file()) if root.exists() else iter(())


def is_left_out(path: Path) -> bool:
    """Half-written, or made again on demand: nothing a restored portal needs."""
    return path.suffix == ".part" or path.relative_to(settings.MEDIA_ROOT).parts[0] in MADE_ON_DEMAND


def _is_named(stored: str) -> bool:
    """Does any row name this file?"""
    return any(
        model._base_manager.filter(**{field.attname: stored}).exists()
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    )


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Put the file into the archive and return the hash of what was put there."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        entry = archive.gettarinfo(arcname=name, fileobj=file)
        archive.addfile(entry, _Hashing(file, digest))
    return digest.hexdigest()


class _Hashing:
    """A file that adds what is read from it to a hash."""

    def __init__(self, file: Any, digest: Any) -> None:
        self._file = file
        self._digest = digest

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._file.read(size)
        self._digest.update(content)
        return content


def _dump(scratch: Path) -> Path:
    return _dump_sqlite(scratch) if connection.vendor == "sqlite" else _dump_postgres(scratch)


def _dump_sqlite(scratch: Path) -> Path:
    """A copy by SQLite itself, consistent while others write."""
    copy, packed = scratch / "copy.sqlite3", scratch / SQLITE_NAME
    with (
        contextlib.closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]), timeout=20)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    with copy.open("rb") as plain, gzip.open(packed, "wb", compresslevel=6) as out:
        shutil.copyfileobj(plain, out)
    return packed


def _dump_postgres(scratch: Path) -> Path:
    dump = scratch / POSTGRES_NAME
    _postgres_tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
    return dump


def _postgres_tool(tool: str, *arguments: str) -> None:
    """Run a PostgreSQL program on the portal's database; the password goes by the environment, not the command line."""
    if shutil.which(tool) is None:
        raise BackupError(f"{tool} is not here: apt-get install postgresql-client")
    database: dict[str, Any] = settings.DATABASES["default"]
    environment = dict(os.environ)
    for variable, key in (("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD")):
        if value := database.get(key):
            environment[variable] = str(value)
    target = make_conninfo(dbname=database["NAME"], **database.get("OPTIONS", {}))
    command = [tool, f"--dbname={target}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupError(f"{tool} did not succeed: {done.stderr.strip()}")


def _unpack(archive_path: Path, scratch: Path) -> dict[str, Any]:
    """Unpack and compare every file with the manifest before anything is used."""
    try:
        with tarfile.open(archive_path) as archive:
            for member in archive:
                # Only plain files below the folder: an archive from elsewhere must not write anywhere else.
                target = (scratch / member.name).resolve()
                if not member.isfile() or not target.is_relative_to(scratch.resolve()):
                    raise BackupError(f"{archive_path} holds {member.name}, which is not part of a backup.")
                archive.extract(member, scratch, set_attrs=False)
        manifest: dict[str, Any] = json.loads((scratch / "manifest.json").read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError) as error:
        raise BackupError(f"{archive_path} is not a whole backup: {error}") from error
    if manifest["vendor"] != connection.vendor:
        raise BackupError(f"The backup is of {manifest['vendor']}; the portal here is set to {connection.vendor}.")
    for name, expected in manifest["files"].items():
        path = scratch / name
        if not path.is_file():
            raise BackupError(f"{name} is missing in the backup.")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                raise BackupError(f"{name} is damaged in the backup.")
    return manifest


def _load(scratch: Path) -> None:
    connection.close()
    if connection.vendor == "postgresql":
        _postgres_tool(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            str(scratch / POSTGRES_NAME),
        )  # fmt: skip
        return
    target = Path(str(settings.DATABASES["default"]["NAME"]))
    for leftover in (target, target.with_name(target.name + "-wal"), target.with_name(target.name + "-shm")):
        leftover.unlink(missing_ok=True)
    with gzip.open(scratch / SQLITE_NAME, "rb") as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out)
        out.flush()
        os.fsync(out.fileno())
