"""Reading a finished PDF: where each character stands, in millimetres from the top left of the page."""

import ctypes
from collections import defaultdict
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
CELL_PT = 16 * 0.987
CELL_MM = CELL_PT * MM


@dataclass(frozen=True)
class Glyph:
    """A character: origin on the baseline, ink box, and where its cell ends; mm from the top left."""

    character: str
    x: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float
    end: float
    size_pt: float


@dataclass(frozen=True)
class Line:
    """Characters on one baseline, left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def left(self) -> float:
        """Where the first character cell begins."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """Where the last character cell ends."""
        return self.glyphs[-1].end


def glyphs_of(pdf: bytes, page: int) -> list[Glyph]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        found = []
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if chr(code).isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            left, bottom, right, top = text.get_charbox(index)
            loose = pdfium.FS_RECTF()
            pdfium.FPDFText_GetLooseCharBox(text, index, loose)
            size = pdfium.FPDFText_GetFontSize(text, index)
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            found.append(
                Glyph(
                    chr(code),
                    x.value * MM,
                    (height - y.value) * MM,
                    left * MM,
                    (height - top) * MM,
                    right * MM,
                    (height - bottom) * MM,
                    loose.right * MM,
                    size * abs(matrix.a) if abs(matrix.a) < 1 else size,
                )
            )
        return found
    finally:
        document.close()


def lines_of(pdf: bytes, page: int) -> list[Line]:
    """Lines of a page from top to bottom."""
    rows: dict[float, list[Glyph]] = defaultdict(list)
    for glyph in glyphs_of(pdf, page):
        rows[round(glyph.baseline, 1)].append(glyph)
    return [Line(tuple(sorted(row, key=lambda glyph: glyph.x))) for _, row in sorted(rows.items())]


def page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """All text in reading order, lines joined: what a search or a copy of a paragraph sees."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range().replace("\r\n", "") for page in document)
    finally:
        document.close()
