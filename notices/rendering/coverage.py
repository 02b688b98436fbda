"""Which bundled font can draw which character, known without opening a font."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "fonts"

# Drawn as nothing by any font, and allowed: white space, joiners, variation selectors.
INVISIBLE = frozenset(
    chr(code) for code in (0x09, 0x0A, 0x0C, 0x0D, 0x20, 0xA0, 0xAD, 0x200B, 0x2028, 0x2029, 0x2060, 0xFEFF)
)


@dataclass(frozen=True)
class FontFile:
    """One bundled font: its packed file, its family, the hash of the plain font, the code point ranges it covers.

    An everyday font is loaded always, a rare one only for a notice that needs it.
    """

    path: Path
    family: str
    rare: bool
    sha256: str
    starts: array[int]
    ends: array[int]

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]


@cache
def font_files() -> tuple[FontFile, ...]:
    listed = json.loads((FOLDER / "coverage.json").read_text())
    return tuple(
        FontFile(
            FOLDER / name,
            entry["family"],
            entry["rare"],
            entry["sha256"],
            array("L", (first for first, _ in entry["ranges"])),
            array("L", (last for _, last in entry["ranges"])),
        )
        for name, entry in listed.items()
    )


@cache
def _text_faces() -> tuple[FontFile, ...]:
    return tuple(font for font in font_files() if not font.rare and sum(font.ends) - sum(font.starts) > 2000)


@cache
def _is_everyday(character: str) -> bool:
    """Does each of the large text faces cover it? Then no rare slice is needed. Asked once for each character that is met:
    the set of all of them would take 10 MB while it is made."""
    return character in INVISIBLE or all(character in face for face in _text_faces())


def rare_fonts_for(text: str) -> tuple[list[FontFile], list[str]]:
    """The rare slices that ``text`` needs beside the everyday faces, and the characters no font has (sorted)."""
    needed: list[FontFile] = []
    missing: list[str] = []
    for character in sorted(character for character in set(text) if not _is_everyday(character)):
        holder = next((font for font in font_files() if font.rare and character in font), None)
        if holder is None:
            missing.append(character)
        elif holder not in needed:
            needed.append(holder)
    return needed, missing


def check_glyphs(text: str) -> list[str]:
    """Characters of ``text`` that no bundled font has, sorted."""
    return rare_fonts_for(text)[1]


def fields_with(characters: Iterable[str], context: Mapping[str, Any]) -> list[str]:
    """Dotted paths of the context values that hold one of ``characters``."""
    wanted = set(characters)
    found: list[str] = []

    def walk(value: object, path: str) -> None:
        if isinstance(value, str):
            if wanted & set(value):
                found.append(path)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                walk(inner, f"{path}.{key}" if path else str(key))
        elif isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                walk(inner, f"{path}.{index}")

    walk(context, "")
    return found
