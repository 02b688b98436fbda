"""Files appear in the store whole or not at all, also under kill -9 and with two workers at once; and those that no row names go."""

import math
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from core import clock
from core.uploads import Upload

# Where they are written; in the store itself, so that the last step is a renaming within one file system.
WORKSHOP: Final = ".unfinished"
ABANDONED_AFTER: Final = timedelta(days=1)
UNNAMED_FOR: Final = timedelta(days=7)
_named_by: dict[str, tuple[type[models.Model], str]] = {}


def write(name: str, fill: Callable[[Path], Any]) -> str:
    """Let `fill(path)` write a file of its own, then put it under its name in the store. Returns the name."""
    target, workshop = Path(default_storage.path(name)), Path(default_storage.path(WORKSHOP))
    for folder in (target.parent, workshop):
        folder.mkdir(parents=True, exist_ok=True)
    draft = workshop / f"{secrets.token_hex(16)}.part"
    try:
        fill(draft)
        _to_disk(draft)
        draft.replace(target)
        _to_disk(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return name


def write_upload(name: str, upload: Upload) -> str:
    """Put an upload under its name in the store, as it came. Returns the name."""

    def fill(path: Path) -> None:
        with path.open("wb") as out:
            for block in upload.chunks():
                out.write(block)

    return write(name, fill)


def _to_disk(path: Path) -> None:
    """What was written, or renamed in this folder, is there after a power failure too."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written_at(path: Path) -> float:
    """When, in seconds; never (infinity) for a file that has gone since it was listed: finished, or forgotten by another worker."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def forget_abandoned() -> int:
    """Remove what killed workers left unfinished. Answers how many files."""
    workshop = Path(default_storage.path(WORKSHOP))
    if not workshop.exists():
        return 0
    before = (clock.now() - ABANDONED_AFTER).timestamp()
    old = [path for path in workshop.iterdir() if _written_at(path) < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def named_by(folder: str, model: type[models.Model], field: str) -> None:
    """The files below `folder` of the store are those that `field` of `model` names: what is not named there was left by a form
    that was refused after its file was written, or by a killed process, and is forgotten after a week (`forget_unnamed`).

    Each file of such a folder has a name of its own that is never given again: what is old and unnamed stays unnamed.
    """
    _named_by[folder] = (model, field)


def forget_unnamed() -> int:
    """Remove files that no row names and nobody writes any more. Answers how many.

    What is older than the database is left alone: it came from another one, whose backup may still be wanted.
    """
    made_at = MigrationRecorder(connection).migration_qs.order_by("applied").values_list("applied", flat=True)[0]
    oldest, newest = made_at.timestamp(), (clock.now() - UNNAMED_FOR).timestamp()
    forgotten = 0
    for folder, (model, field) in _named_by.items():
        root = Path(default_storage.path(folder))
        store = Path(default_storage.path(""))
        found = [path for path in root.rglob("*") if path.is_file() and oldest < _written_at(path) < newest]
        # Read after the files were listed: a row that came meanwhile counts.
        named = set(model._base_manager.values_list(field, flat=True).iterator(chunk_size=5000)) if found else set()
        unnamed = [path for path in found if path.relative_to(store).as_posix() not in named]
        for path in unnamed:
            path.unlink(missing_ok=True)
        forgotten += len(unnamed)
    return forgotten
