"""Build the fonts of the notices from named Debian packages.

    python notices/fonts/build_fonts.py            # downloads with apt-get, writes *.ttf.xz and coverage.json beside itself

What it does to each face, and why:

* keeps only the code points asked for, and of those only the ones that really have an outline (Fandol maps some
  code points to empty glyphs; an empty glyph would print as a silent gap);
* turns cubic outlines (CFF) into quadratic ones (TrueType), which harfbuzz subsets several times faster, and joins
  the many short segments of traced outlines, which makes a notice a fifth smaller;
* drops hints, kerning and substitution tables, which Chinese notices do not use and which cost shaping time;
* puts everyday characters first, so that the fonts in a notice, which keep their glyph numbers, stay short;
* multiplies every advance by 0.987, so that 28 full-width characters of 16 pt fill the 156 mm type area of
  GB/T 9704-2012 exactly, without letter-spacing in the document (28 x 16 pt x 0.987 = 442.18 pt = 155.99 mm);
* gives the result its own name, as the licences ask of modified fonts;
* cuts the rare characters into slices, of which a notice loads the one it needs;
* packs each file with xz (the portal unpacks it once into its data folder).

Needs fontTools and, for the download, apt-get and dpkg on Debian 12. The fonts are kept in the repository: nobody
needs to run this to run the portal.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
ADVANCE_RATIO = 0.987
UNITS = 1000
# Cubic to quadratic, quadratic runs joined to long cubics, and back. Together below 5 units: at 16 pt that is
# 0.03 mm, less than one dot of a 600 dpi printer.
FIRST_ERROR_UNITS, JOIN_ERROR_UNITS, LAST_ERROR_UNITS = 1.0, 2.5, 1.0
# One fixed date in every file, so that the same packages give the same bytes (seconds since 1904).
FIXED_TIME = 3_800_000_000

ELEMENTS = frozenset("镧铈镨钕钷钐铕钆铽镝钬铒铥镱镥钪钇")

# Chemistry in a notice: SO₄²⁻, CaF₂. Made of the face's own figures where it has none, at this size and height.
SCRIPT_SCALE = 0.62
RAISED, LOWERED = 330, -130
SCRIPTS = {
    **{raised: (plain, RAISED) for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", "0123456789+-()n", strict=True)},
    **{lowered: (plain, LOWERED) for lowered, plain in zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₓ", "0123456789+-()x", strict=True)},
}
# Boxes to tick, made of characters every face has.
COMBINED = {"☐": "□", "☑": "□√", "☒": "□×"}
# Spaces and their width in em.
SPACES = {0x20: 0.333, 0xA0: 0.333, 0x3000: 1.0}

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
PACKAGES = {
    "texlive-lang-chinese": "2022.20230122-1",
    "fonts-noto-cjk-extra": "1:20220127+repack1-1",
    "fonts-hanazono": "20170904-2.1",
}


@dataclass(frozen=True)
class Face:
    """One font file to build: where it comes from and which characters it keeps."""

    file: str
    family: str
    package: str
    source: str
    copyright: str
    licence: str
    index: int = -1
    only: frozenset[int] | None = None
    rare: bool = False


GPL = "GPL-3.0 with font exception; modified from Fandol 0.3"
OFL = "SIL Open Font License 1.1; modified from Noto Serif CJK SC 2.001"
HANA = "Hanazono Font License; modified from HanaMinB 2017-09-04"
FANDOL_BY = "Copyright (c) 2012-2015, the Fandol team (Clerk Ma, Jie Su). Modified."
NOTO_BY = "Copyright (c) 2017-2022 Adobe (http://www.adobe.com/). Modified."
HANA_BY = "Copyright (c) 2008-2017 GlyphWiki Project. Modified."

FACES = (
    Face("NoticeFang.ttf.xz", "Notice Fang", "texlive-lang-chinese", FANDOL + "FandolFang-Regular.otf", FANDOL_BY, GPL),
    Face("NoticeTitle.ttf.xz", "Notice Title", "texlive-lang-chinese", FANDOL + "FandolSong-Bold.otf", FANDOL_BY, GPL),
    Face("NoticeHei.ttf.xz", "Notice Hei", "texlive-lang-chinese", FANDOL + "FandolHei-Regular.otf", FANDOL_BY, GPL),
    Face("NoticeKai.ttf.xz", "Notice Kai", "texlive-lang-chinese", FANDOL + "FandolKai-Regular.otf", FANDOL_BY, GPL),
    Face(
        "NoticeFolio.ttf.xz",
        "Notice Folio",
        "texlive-lang-chinese",
        FANDOL + "FandolSong-Regular.otf",
        FANDOL_BY,
        GPL,
        only=frozenset(map(ord, " 0123456789-—–")),
    ),
)

# Rare characters come in slices, so that a notice with one rare name loads one small file. Noto Serif has mainland
# shapes and is asked first, in its light cut and a little smaller, to sit quietly between Fangsong characters;
# Hanazono fills what is left of the supplementary plane.
NOTO = "usr/share/fonts/opentype/noto/NotoSerifCJK-Light.ttc"
RARE_SCALE = 0.95
HANAMIN_B = "usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
NOTO_SC_INDEX = 2
SLICE = 0x800


def is_unwanted(code: int) -> bool:
    """Private use, scripts no Chinese notice uses (Hangul, Yi, Braille), combining marks, controls."""
    return (
        0xA000 <= code <= 0xF8FF
        or 0x1100 <= code <= 0x11FF
        or 0x2800 <= code <= 0x28FF
        or 0x3130 <= code <= 0x318F
        or 0x0300 <= code <= 0x036F
        or 0x0590 <= code <= 0x1DFF
        or 0x10000 <= code <= 0x1FFFF
        or code >= 0xF0000
        or code < 0x20
    )


def slices(codes: Iterable[int]) -> dict[int, frozenset[int]]:
    """Code points grouped by blocks of SLICE, keyed by the first code point of the block."""
    groups: dict[int, set[int]] = {}
    for code in codes:
        groups.setdefault(code - code % SLICE, set()).add(code)
    return {start: frozenset(group) for start, group in sorted(groups.items())}


def everyday_first(code: int) -> tuple[int, bytes | int]:
    """Sort key: punctuation and letters, the rare-earth elements, the levels of GB 2312, the rest."""
    if chr(code) in ELEMENTS:
        return (1, code)
    try:
        position = chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return (3, code)
    return (0 if position < b"\xb0" else 2, position)


def convert(font: TTFont, face: Face, target: Path) -> list[int]:
    """Write ``face`` to ``target``; return the code points it covers."""
    cmap = font.getBestCmap()
    glyphs = font.getGlyphSet()
    scale = UNITS / font["head"].unitsPerEm
    wanted = [
        code
        for code in sorted(cmap, key=everyday_first)
        if (face.only is None or code in face.only) and not is_unwanted(code)
    ]
    order = [".notdef"]
    outlines = {".notdef": TTGlyphPen(None).glyph()}
    metrics = {".notdef": (round(UNITS * ADVANCE_RATIO), 0)}
    new_cmap: dict[int, str] = {}
    by_source: dict[str, str] = {}
    for code in wanted:
        source = cmap[code]
        if source not in by_source:
            name = f"g{len(order):05d}"
            width = round(glyphs[source].width * scale * ADVANCE_RATIO)
            size = scale * (RARE_SCALE if face.rare else 1)
            across = (width - glyphs[source].width * size) / 2
            # A smaller character stays centred on the em box, which reaches from -120 to 880.
            up = (380 - 380 * size / scale) if face.rare else 0
            pen = TTGlyphPen(None)
            joined = Qu2CuPen(Cu2QuPen(pen, LAST_ERROR_UNITS), JOIN_ERROR_UNITS, all_cubic=True)
            quadratic = Cu2QuPen(joined, FIRST_ERROR_UNITS, reverse_direction="CFF " in font)
            glyphs[source].draw(TransformPen(quadratic, (size, 0, 0, size, across, up)))
            outline = pen.glyph()
            if outline.numberOfContours == 0 and not chr(code).isspace():
                continue
            if outline.numberOfContours:
                outline.recalcBounds(None)
            order.append(name)
            outlines[name] = outline
            metrics[name] = (width, outline.xMin if outline.numberOfContours else 0)
            by_source[source] = name
        new_cmap[code] = by_source[source]
    if face.only is None:
        for character, (plain, up) in SCRIPTS.items():
            if ord(character) not in new_cmap:
                source, name = glyphs[cmap[ord(plain)]], f"script{ord(character):04X}"
                pen = TTGlyphPen(None)
                small = scale * SCRIPT_SCALE
                quadratic = Cu2QuPen(pen, FIRST_ERROR_UNITS, reverse_direction="CFF " in font)
                source.draw(TransformPen(quadratic, (small, 0, 0, small, 0, up)))
                outlines[name] = pen.glyph()
                outlines[name].recalcBounds(None)
                order.append(name)
                metrics[name] = (round(source.width * small * ADVANCE_RATIO), outlines[name].xMin)
                new_cmap[ord(character)] = name
        for character, parts in COMBINED.items():
            if ord(character) not in new_cmap:
                name = f"combined{ord(character):04X}"
                pen = TTGlyphPen(None)
                for part in parts:
                    quadratic = Cu2QuPen(pen, FIRST_ERROR_UNITS, reverse_direction="CFF " in font)
                    size = scale if part == "□" else scale * 0.7
                    inset = (UNITS * ADVANCE_RATIO - glyphs[cmap[ord(part)]].width * size) / 2
                    up = 380 - 380 * size / scale
                    glyphs[cmap[ord(part)]].draw(TransformPen(quadratic, (size, 0, 0, size, inset, up)))
                outlines[name] = pen.glyph()
                outlines[name].recalcBounds(None)
                order.append(name)
                metrics[name] = (round(UNITS * ADVANCE_RATIO), outlines[name].xMin)
                new_cmap[ord(character)] = name
    covered = sorted(new_cmap)
    # Pango draws a space with the font of the character before it: every font needs the spaces, or it prints a box.
    for code, share in SPACES.items():
        if code not in new_cmap:
            new_cmap[code] = f"space{code:04X}"
            order.append(new_cmap[code])
            outlines[new_cmap[code]] = TTGlyphPen(None).glyph()
            metrics[new_cmap[code]] = (round(UNITS * ADVANCE_RATIO * share), 0)

    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(new_cmap)
    builder.setupGlyf(outlines, calcGlyphBounds=True)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120, lineGap=0)
    version = "1.000"
    builder.setupNameTable(
        {
            "copyright": face.copyright,
            "familyName": face.family,
            "styleName": "Regular",
            "uniqueFontIdentifier": f"{face.family} {version}",
            "fullName": face.family,
            "psName": face.family.replace(" ", "") + "-Regular",
            "version": f"Version {version}",
            "licenseDescription": face.licence,
        },
        mac=False,
    )
    builder.setupOS2(
        sTypoAscender=880, sTypoDescender=-120, sTypoLineGap=0, usWinAscent=880, usWinDescent=120, fsType=0
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = FIXED_TIME
    builder.font.recalcTimestamp = False
    builder.save(target)
    return covered


def download(folder: Path) -> dict[str, Path]:
    """Fetch and unpack the packages; return the folder of each."""
    roots = {}
    for package, version in PACKAGES.items():
        subprocess.run(["apt-get", "download", f"{package}={version}"], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        roots[package] = folder / package
        subprocess.run(["dpkg", "-x", str(archive), str(roots[package])], check=True)
    return roots


def ranges(codes: list[int]) -> list[list[int]]:
    """Sorted code points as inclusive [first, last] pairs."""
    result: list[list[int]] = []
    for code in codes:
        if result and result[-1][1] == code - 1:
            result[-1][1] = code
        else:
            result.append([code, code])
    return result


def build(roots: dict[str, Path], target: Path) -> None:
    coverage: dict[str, dict[str, object]] = {}

    def make(face: Face, font: TTFont) -> list[int]:
        path = target / face.file
        codes = convert(font, face, path)
        plain = path.read_bytes()
        path.write_bytes(lzma.compress(plain, preset=9 | lzma.PRESET_EXTREME))
        coverage[face.file] = {
            "family": face.family,
            "rare": face.rare,
            "sha256": hashlib.sha256(plain).hexdigest(),
            "ranges": ranges(codes),
        }
        sys.stdout.write(f"{face.file:28} {len(codes):6} characters {path.stat().st_size / 1e6:6.2f} MB\n")
        sys.stdout.flush()
        return codes

    everyday = []
    for face in FACES:
        codes = make(face, TTFont(roots[face.package] / face.source))
        if face.only is None:
            everyday.append(set(codes))
    common = set.intersection(*everyday)

    noto = TTFont(roots["fonts-noto-cjk-extra"] / NOTO, fontNumber=NOTO_SC_INDEX, lazy=True)
    hana = TTFont(roots["fonts-hanazono"] / HANAMIN_B, lazy=True)
    in_noto = {code for code in noto.getBestCmap() if code not in common and not is_unwanted(code) and code > 0x20}
    in_hana = {code for code in hana.getBestCmap() if code >= 0x20000 and code not in in_noto}
    for label, font, wanted, by, licence, package, source in (
        ("N", noto, in_noto, NOTO_BY, OFL, "fonts-noto-cjk-extra", NOTO),
        ("H", hana, in_hana, HANA_BY, HANA, "fonts-hanazono", HANAMIN_B),
    ):
        for start, group in slices(wanted).items():
            name = f"NoticeRare{label}{start:05X}"
            face = Face(
                f"{name}.ttf.xz", f"Notice Rare {label}{start:05X}", package, source, by, licence, only=group, rare=True
            )
            make(face, font)
    (target / "coverage.json").write_text(json.dumps(coverage, separators=(",", ":")) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder with the packages already unpacked, one folder each")
    parser.add_argument("--target", type=Path, default=HERE)
    options = parser.parse_args()
    if options.packages:
        build({package: options.packages / package for package in PACKAGES}, options.target)
    else:
        with tempfile.TemporaryDirectory() as folder:
            build(download(Path(folder)), options.target)


if __name__ == "__main__":
    main()
