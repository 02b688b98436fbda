"""The watermark outside production: outlines, not text, so that it never mixes into the text a reader extracts.

It is set as the page background, which WeasyPrint draws first (under everything) and marks as an artifact.
"""

from __future__ import annotations

import base64
from functools import cache

from .coverage import check_glyphs, font_files
from .errors import MissingGlyph
from .unpacking import unpacked

PAGE_MM = (210, 297)
ANGLE = -45
GREY = "#ececec"
FAMILY = "Notice Hei"


@cache
def watermark_address(text: str) -> str:
    """``text`` set across an A4 page, as a data: address for CSS."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    face = next(font for font in font_files() if font.family == FAMILY)
    with TTFont(unpacked(face), lazy=True) as font:
        cmap = font.getBestCmap()
        if missing := sorted({character for character in text if ord(character) not in cmap}):
            raise MissingGlyph(check_glyphs(text) or missing, ["watermark"])
        glyphs = font.getGlyphSet()
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
        width = 0.0
        for character in text:
            glyph = glyphs[cmap[ord(character)]]
            glyph.draw(TransformPen(pen, (1, 0, 0, -1, width, 0)))
            width += glyph.width
        across, down = PAGE_MM
        # One em is at most a quarter of the page wide; long texts shrink to the diagonal.
        em_mm = min(55.0, 230.0 * 1000 / width)
        factor = em_mm / 1000
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}mm" height="{down}mm" viewBox="0 0 {across} {down}">'
            f'<path fill="{GREY}" transform="translate({across / 2} {down / 2}) rotate({ANGLE}) scale({factor:.5f}) '
            f'translate({-width / 2:.0f} 380)" d="{pen.getCommands()}"/></svg>'
        )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
