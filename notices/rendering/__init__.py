"""Notices as PDF: templates in, A4 pages of GB/T 9704-2012 geometry out.

    rendered = render("notices/rectification/rectification_order.html", context, watermark="样本")

`render` refuses (a subclass of `RenderingFailed`) instead of leaving a gap: a character no bundled font has, an image
that cannot be read, a value the template needs and the context lacks. The same input gives the same bytes.

WeasyPrint and Pango are loaded at the first PDF, not at import: the portal starts without them.
"""

from __future__ import annotations

import hashlib
import html as html_entities
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .coverage import check_glyphs, fields_with, rare_fonts_for
from .errors import DrawnDifferently, EngineUnavailable, MissingGlyph, MissingImage, MissingValue, RenderingFailed
from .layout import html_of, template_sha256
from .pictures import page_images, qr_svg
from .status import APT_LINE, EngineStatus, engine_status, renderer

__all__ = [
    "DrawnDifferently",
    "EngineStatus",
    "EngineUnavailable",
    "MissingGlyph",
    "MissingImage",
    "MissingValue",
    "Rendered",
    "RenderingFailed",
    "check_glyphs",
    "engine_status",
    "page_images",
    "qr_svg",
    "render",
    "render_html",
]


@dataclass(frozen=True)
class Rendered:
    """A finished PDF with what is kept beside it in the file."""

    pdf: bytes
    sha256: str
    pages: int
    renderer: str
    template_sha256: str


def render(template: str, context: Mapping[str, Any], *, watermark: str | None = None) -> Rendered:
    """Draw ``template`` with ``context``. ``watermark`` is light grey text behind every page (样本, 测试).

    Raises MissingGlyph, MissingImage, MissingValue, EngineUnavailable.
    """
    final = html_of(template, context, watermark=watermark)
    text = html_entities.unescape(final)
    rare, missing = rare_fonts_for(text)
    if missing:
        raise MissingGlyph(missing, fields_with(missing, context))
    try:
        from .engine import pdf_of
    except OSError as error:  # cffi cannot load Pango
        raise EngineUnavailable(APT_LINE) from error
    try:
        pdf, pages = pdf_of(final, rare)
    except MissingGlyph as refusal:  # found while drawing: say where it is
        raise MissingGlyph(refusal.characters, fields_with(refusal.characters, context)) from refusal
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), pages, renderer(), template_sha256(template))


def render_html(template: str, context: Mapping[str, Any], *, watermark: str | None = None) -> str:
    """The exact HTML that `render` draws (its style sheet is notices/rendering/notice.css)."""
    return html_of(template, context, watermark=watermark)
