"""Files that are made by the portal and appear in the store whole or not at all, also under kill -9 and with two workers at once."""

import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import default_storage

from core import clock

# Where they are written; in the store itself, so that the last step is a renaming within one file system.
WORKSHOP: Final = ".unfinished"
ABANDONED_AFTER: Final = timedelta(days=1)


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


def _to_disk(path: Path) -> None:
    """What was written, or renamed in this folder, is there after a power failure too."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def forget_abandoned() -> int:
    """Remove what killed workers left unfinished. Answers how many files."""
    workshop = Path(default_storage.path(WORKSHOP))
    if not workshop.exists():
        return 0
    before = (clock.now() - ABANDONED_AFTER).timestamp()
    old = [path for path in workshop.iterdir() if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
