"""Can this machine make PDFs? Answered without making one."""

from __future__ import annotations

import ctypes.util
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from django.utils.translation import gettext as _

# Debian and Ubuntu packages. The third is WeasyPrint's own subsetter: bundled fonts do without it, so a machine that
# lacks it is not reported; it is installed all the same, for any other font.
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
APT_LINE = "apt-get install -y --no-install-recommends " + " ".join(PACKAGES)
NEEDED = ("pango-1.0", "pangoft2-1.0", "gobject-2.0", "harfbuzz", "fontconfig")
_seen: set[str] = set()


@dataclass(frozen=True)
class EngineStatus:
    """`ok`: notices can be drawn. `missing`: system libraries are missing, and `message` holds the line that brings them."""

    state: Literal["ok", "missing"]
    message: str
    apt_line: str
    renderer: str = ""


def engine_status() -> EngineStatus:
    missing = [name for name in NEEDED if not _is_there(name)]
    if missing:
        return EngineStatus(
            "missing",
            _("PDF notices cannot be made: these system libraries are missing: %(names)s. Install them with: %(line)s")
            % {"names": ", ".join(missing), "line": APT_LINE},
            APT_LINE,
        )
    return EngineStatus("ok", _("PDF notices are ready."), APT_LINE, renderer())


def _is_there(library: str) -> bool:
    """Found libraries are remembered (looking takes a process); missing ones may have come since."""
    if library not in _seen and ctypes.util.find_library(library) is not None:
        _seen.add(library)
    return library in _seen


def renderer() -> str:
    """Name and version of what draws the PDF, kept with each notice. Does not load Pango."""
    return f"WeasyPrint {version('weasyprint')}"
