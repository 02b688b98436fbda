"""Checking the package of a case file without the portal's data: does every file say what SHA256SUMS says of it?

A ZIP from anywhere may come here: nothing is unpacked to disk, files are read block by block.
"""

import hashlib
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

SUMS: Final = "SHA256SUMS"
LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](.+)")
LARGEST_LIST: Final = 16 * 1024 * 1024  # bytes: a hundred thousand files
BLOCK: Final = 1024 * 1024
# What reading a ZIP nobody vouches for may raise: damaged, locked, packed in a way that is not known.
UNREADABLE: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, UnicodeError,
    ValueError,
)  # fmt: skip


class NotAPackage(Exception):
    """The file is no package of a case file. The message says why, translated."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Names of files. `doubled`: the package holds two files of the name, and nobody knows which is meant."""

    whole: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not (self.changed or self.missing or self.extra or self.doubled)

    def sentences(self) -> list[str]:
        """What is wrong, in words; then whether the package holds."""
        kinds = (
            (self.changed, _("Changed since the export: %(name)s")),
            (self.missing, _("Missing: %(name)s")),
            (self.extra, _("Not in the manifest, added since the export: %(name)s")),
            (self.doubled, _("In the package twice: %(name)s")),
        )
        said = [sentence % {"name": _shown(name)} for names, sentence in kinds for name in names]
        wrong, whole = len(said), len(self.whole)
        if self.holds:
            said.append(_("The package holds: all %(whole)s files are as they were exported.") % {"whole": whole})
        else:
            told = {"wrong": wrong, "whole": whole}
            said.append(
                _("The package does not hold: %(wrong)s files are wrong, %(whole)s are as they were exported.") % told
            )
        return said


def check(path: Path) -> Verdict:
    """Compare every file of the package with its manifest. Raises NotAPackage."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _compare(archive)
    except FileNotFoundError as error:
        raise NotAPackage(_("There is no file %(path)s.") % {"path": path}) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError) as error:
        raise NotAPackage(_("%(path)s is not a ZIP file, or it is damaged.") % {"path": path}) from error


def _compare(archive: zipfile.ZipFile) -> Verdict:
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    held = Counter(names)
    expected = _manifest(archive, names)
    whole: list[str] = []
    changed: list[str] = []
    for name, fingerprint in expected.items():
        if held[name] == 1:
            (whole if _fingerprint(archive, name) == fingerprint else changed).append(name)
    return Verdict(
        whole=tuple(whole),
        changed=tuple(changed),
        missing=tuple(name for name in expected if not held[name]),
        extra=tuple(name for name in held if name not in expected and name != SUMS),
        doubled=tuple(name for name, times in held.items() if times > 1),
    )


def _manifest(archive: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """Name → fingerprint."""
    if SUMS not in names:
        raise NotAPackage(
            _("The ZIP has no SHA256SUMS: it is not the package of a case file, or its manifest was removed.")
        )
    if names.count(SUMS) > 1:
        raise NotAPackage(_("The ZIP has more than one SHA256SUMS: nobody knows which is meant."))
    try:
        with archive.open(SUMS) as file:
            text = file.read(LARGEST_LIST).decode()
    except UNREADABLE as error:
        raise NotAPackage(_("The SHA256SUMS of the package cannot be read.")) from error
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = LINE.fullmatch(line)
        if parts is None or parts[2] in found:
            raise NotAPackage(_("Line %(number)s of SHA256SUMS is damaged.") % {"number": number})
        found[parts[2]] = parts[1]
    if not found:
        raise NotAPackage(_("The SHA256SUMS of the package is empty."))
    return found


def _fingerprint(archive: zipfile.ZipFile, name: str) -> str:
    """Empty where the file cannot be read: it is not what it was."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except UNREADABLE:
        return ""
    return digest.hexdigest()


def _shown(name: str) -> str:
    """A name as a terminal may show it: nothing of it steers the terminal."""
    return "".join(char if char.isprintable() else "□" for char in name)
