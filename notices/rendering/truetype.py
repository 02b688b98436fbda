"""Cutting a bundled TrueType font down to the glyphs of one notice.

General subsetters (harfbuzz-subset, fontTools) parse the whole font for every document. Ours are plain: no hints, no
composite glyphs, no layout tables; so a subset is a copy of the wanted glyph records with new offsets. That takes a
tenth of the time and needs no system library. Glyph numbers are kept, as the page content refers to them.
"""

from __future__ import annotations

import os
import struct
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# What a CIDFontType2 font file needs (ISO 32000-1, 9.9): no cmap, for the PDF maps glyph numbers itself.
COPIED = ("head", "hhea", "maxp")


class PlainFont:
    """A TrueType file opened once per process. Glyphs stay on disk and are read when wanted."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        count = struct.unpack(">H", os.pread(self._file, 2, 4))[0]
        directory = os.pread(self._file, 16 * count, 12)
        self._tables = {
            tag.decode(): (offset, length) for tag, _, offset, length in struct.iter_unpack(">4sLLL", directory)
        }
        long_offsets = struct.unpack(">h", self._table("head")[50:52])[0]
        offsets = array("I" if long_offsets else "H", self._table("loca"))
        offsets.byteswap()
        self._offsets = offsets if long_offsets else array("I", (2 * offset for offset in offsets))
        self._glyf = self._tables["glyf"][0]
        self._wide = struct.unpack(">H", self._table("hhea")[34:36])[0]
        self._metrics = self._table("hmtx")

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return os.pread(self._file, length, offset)

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A font file with ``glyphs`` (and .notdef) under their old numbers, and nothing after the highest."""
        wanted = sorted({0, *glyphs})
        count = wanted[-1] + 1
        records: list[bytes] = []
        offsets = array("I")
        position = 0
        for glyph in wanted:
            offsets.extend(array("I", [position]) * (glyph + 1 - len(offsets)))
            start, end = self._offsets[glyph], self._offsets[glyph + 1]
            record = os.pread(self._file, end - start, self._glyf + start)
            records.append(record + b"\0" * (-len(record) % 4))
            position += len(records[-1])
        offsets.append(position)
        offsets.byteswap()

        tables = {tag: self._table(tag) for tag in COPIED}
        tables["head"] = tables["head"][:50] + struct.pack(">h", 1) + tables["head"][52:]
        wide = min(self._wide, count)
        metrics = bytearray(4 * wide + 2 * (count - wide))
        for glyph in wanted:
            if glyph < wide:
                metrics[4 * glyph : 4 * glyph + 4] = self._metrics[4 * glyph : 4 * glyph + 4]
            else:
                old, new = 4 * self._wide + 2 * (glyph - self._wide), 4 * wide + 2 * (glyph - wide)
                metrics[new : new + 2] = self._metrics[old : old + 2]
        if wide < self._wide:
            # The last wide record also counts for what follows; nothing follows.
            tables["hhea"] = tables["hhea"][:34] + struct.pack(">H", wide)
        elif count > wide:
            last = 4 * (wide - 1)
            metrics[last : last + 4] = self._metrics[last : last + 4]
        tables["maxp"] = tables["maxp"][:4] + struct.pack(">H", count) + tables["maxp"][6:]
        tables["hmtx"] = bytes(metrics)
        tables["loca"] = offsets.tobytes()
        tables["glyf"] = b"".join(records)
        return _assembled(tables)


def _checksum(data: bytes) -> int:
    words = array("I", data + b"\0" * (-len(data) % 4))
    words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _assembled(tables: dict[str, bytes]) -> bytes:
    """The sfnt file of ``tables``, with right checksums."""
    head = tables["head"]
    tables["head"] = head[:8] + b"\0\0\0\0" + head[12:]
    power = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(
        ">LHHHH", 0x00010000, len(tables), power * 16, power.bit_length() - 1, len(tables) * 16 - power * 16
    )
    directory, body = [], []
    position = 12 + 16 * len(tables)
    total = 0
    for tag in sorted(tables):
        data = tables[tag]
        checksum = _checksum(data)
        total += checksum
        directory.append(struct.pack(">4sLLL", tag.encode(), checksum, position, len(data)))
        body.append(data + b"\0" * (-len(data) % 4))
        position += len(body[-1])
    start = b"".join((header, *directory))
    # The checksum of the whole file is the sum of those of its parts: no need to add up the glyphs again.
    adjustment = struct.pack(">L", (0xB1B0AFBA - total - _checksum(start)) & 0xFFFFFFFF)
    place = sorted(tables).index("head")
    body[place] = body[place][:8] + adjustment + body[place][12:]
    return b"".join((start, *body))


@cache
def plain_font(path: Path) -> PlainFont:
    return PlainFont(path)
