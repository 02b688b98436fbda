"""Bundled fonts as plain files, unpacked once per data folder and shared by all processes."""

from __future__ import annotations

import hashlib
import lzma
import os
import threading
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .coverage import FontFile
from .errors import RenderingFailed


def unpacked(font: FontFile) -> Path:
    """Path of the plain font. The name holds its hash, so a new edition never meets an old file."""
    target: Path = settings.VAR / "fonts" / f"{font.path.name.split('.')[0]}-{font.sha256[:16]}.ttf"
    if target.exists():
        return target
    plain = lzma.decompress(font.path.read_bytes())
    if hashlib.sha256(plain).hexdigest() != font.sha256:
        raise RenderingFailed(
            _("Font file %(name)s is damaged: its content does not match coverage.json.") % {"name": font.path.name}
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    # Two threads of one process may unpack at once: each has a file of its own.
    partial = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    partial.write_bytes(plain)
    partial.replace(target)
    return target
