"""Chinese texts from .po to .mo without gettext on the machine. The settings compile them when they are stale, so that every process
of the portal, and every command, has the present ones from its beginning.

The catalogue is `locale/zh_Hans/LC_MESSAGES/django.po`. What is being worked on lies beside it in `locale/parts/*.po`
and counts as if it had been joined; `make translations` joins it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PARTS = ROOT / "locale" / "parts"
HEADER = {
    "Project-Id-Version": "rareearth-portal",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

Key = tuple[str, str, str]  # context, message, plural


@dataclass(frozen=True)
class Conflict:
    """Two parts translate the same message differently."""

    message: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.message!r}: {self.first} against {self.second}"


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def sources() -> list[Path]:
    """The catalogue first, then the parts in the order of their names: a part overrules the catalogue."""
    return [*([CATALOGUE] if CATALOGUE.exists() else []), *sorted(PARTS.glob("*.po"))]


def joined() -> tuple[polib.POFile, list[Conflict]]:
    """Every message once, sorted, with what the parts disagree about (the first part wins)."""
    chosen: dict[Key, tuple[polib.POEntry, Path]] = {}
    conflicts = []
    for path in sources():
        for entry in _entries(path):
            known = chosen.get(key_of(entry))
            if known is not None and known[1] != CATALOGUE:
                if _text(known[0]) != _text(entry):
                    conflicts.append(
                        Conflict(entry.msgid, f"{_text(known[0])} ({known[1].name})", f"{_text(entry)} ({path.name})")
                    )
                continue
            chosen[key_of(entry)] = (entry, path)
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = dict(HEADER)
    catalogue.extend(entry for _, (entry, _) in sorted(chosen.items(), key=lambda item: (item[0][1], item[0])))
    return catalogue, conflicts


def _entries(path: Path) -> Iterator[polib.POEntry]:
    try:
        entries = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=False)
    except OSError as error:
        raise ValueError(f"{path}: {error}") from error
    for entry in entries:
        if entry.msgid and not entry.obsolete and not entry.fuzzy:
            yield entry


def _text(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def is_stale() -> bool:
    """Is the compiled file missing or older than what it is made from?"""
    target = CATALOGUE.with_suffix(".mo")
    found = sources()
    newest = max((path.stat().st_mtime for path in [*found, PARTS] if path.exists()), default=0.0)
    return bool(found) and not (target.exists() and target.stat().st_mtime >= newest)


def compile_if_stale() -> bool:
    """Write the .mo file when a .po file is newer. True when it was written.

    Raises ImproperlyConfigured where this account may not write it.
    """
    if not is_stale():
        return False
    target = CATALOGUE.with_suffix(".mo")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        joined()[0].save_as_mofile(str(draft))
        draft.replace(target)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The Chinese texts are newer than {target} and cannot be compiled into it: {error.strerror}. "
            "Run any command of manage.py as the owner of the folder."
        ) from error
    return True
