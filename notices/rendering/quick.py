"""What makes WeasyPrint quick enough for a day's notices, without changing what it draws.

Seven replacements, each of which takes its short way only for what our documents are made of (bundled fonts, one
character one glyph, no letter-spacing) and hands everything else to the original:

* `OwnFont`: facts about a bundled font are read once per process, and it is subset by `truetype`;
* `draw_line`: the glyphs of a line are taken in bulk, not one by one through the foreign-function interface;
* `keep_layout`: the shaped line of the layout phase is drawn, not shaped a second time;
* `keep_styles`: the same declarations under the same parents are computed once, not for each notice;
* `draw_outline`: the watermark is put into operators once, not on each page of each notice;
* `set_up`: a style prepares Pango once, not for each line;
* `NoticeHTML`: a default style sheet with the dozen elements a notice uses, not all of HTML.

tests/notices/test_rendering_engine.py draws the same document with and without them and compares.
"""

from __future__ import annotations

from array import array
from hashlib import sha256
from typing import Any

import weasyprint
from weasyprint import css, images
from weasyprint.draw import text as drawing
from weasyprint.pdf import pydyf
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf.fonts import Font
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p

from .coverage import font_files
from .errors import MissingGlyph
from .truetype import plain_font
from .unpacking import unpacked

_original_draw_first_line = drawing.draw_first_line
_original_deactivate = line_break.Layout.deactivate
_original_reactivate = line_break.Layout.reactivate
_original_setup = line_break.Layout.setup
_original_draw_svg = images.SVGImage.draw
_original_set_computed_styles = css.StyleFor.set_computed_styles

FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
# Elements whose style WeasyPrint changes after computing it.
CHANGING = frozenset(("table",))
# An SVG picture of one path and no more than this: what it draws depends on nothing else.
OUTLINE = ["{http://www.w3.org/2000/svg}path"]
OUTLINE_SAYS = frozenset(("fill", "transform", "d"))
# Inline styles and rare combinations beyond these are computed each time.
MOST_KEPT = 40

GLYPH_BYTES = ffi.sizeof("PangoGlyphInfo")
FIELDS = GLYPH_BYTES // 4  # glyph, width, x offset, y offset, flags

DEFAULT_STYLE = """
head, title, meta, style { display: none }
br::before { content: "\\A"; white-space: pre-line }
html, body, div, p, h1, h2, h3, ol, ul { display: block }
li { display: list-item }
table { display: table; box-sizing: border-box; border-spacing: 0; border-collapse: separate }
thead { display: table-header-group } tbody { display: table-row-group } tr { display: table-row }
col { display: table-column } colgroup { display: table-column-group }
td, th { display: table-cell }
@page { size: A4; margin: 0 }
"""


class OwnFont(Font):
    """A bundled font in one document. What there is to know about it is known: nothing is asked of the font file."""

    _files = {font.family: font for font in font_files()}

    def __init__(self, pango_font: Any, description: Any, font_size: float) -> None:
        family = ffi.string(pango.pango_font_description_get_family(description)).decode()
        if family not in self._files:
            super().__init__(pango_font, description, font_size)
            return
        letters = sha256(self._files[family].sha256.encode()).digest()[:6]
        self.hash = "".join(chr(65 + letter % 26) for letter in letters)
        self.name = f"/{self.hash}+{family.replace(' ', '')}".encode()
        self.family = family
        self.font_size = font_size
        self.file_content = b""
        self.ascent, self.descent, self.upem = 880, -120, 1000  # as build_fonts.py sets them
        self.flags = 1 << 2  # symbolic: its own set of characters
        self.stemv = self.stemh = 80
        self.weight, self.style, self.italic_angle, self.index = 400, 0, 0, 0
        self.bitmap = self.png = self.svg = self.colr = self.used_in_forms = False
        self.tables = ["glyf"]
        self.glyph_count = 1 << 15
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}
        self.missing: dict[int, int] = {}
        self.variations: dict[str, float] = {}

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        if self.missing:
            raise MissingGlyph(sorted(map(chr, self.missing)), [])
        if self.family in self._files:
            self.file_content = plain_font(unpacked(self._files[self.family])).subset(to_unicode)
        else:
            super().clean(to_unicode, hinting)


def draw_line(stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
    """Draw a line of text of bundled fonts. Same signature and result as WeasyPrint's draw_first_line."""
    style = textbox.style
    layout = textbox.pango_layout
    text = layout.text
    if (
        text_overflow == "ellipsis"
        or block_ellipsis != "none"
        or style["letter_spacing"] != "normal"
        or style["word_spacing"] != 0
        or "\n" in text
        or not text.strip()
    ):
        return _original_draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
    line = pango.pango_layout_get_line_readonly(layout.layout, 0)
    encoded = text.encode()
    runs: list[tuple[Any, list[int], list[int], str]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        count = glyphs.num_glyphs
        numbers = memoryview(ffi.buffer(glyphs.glyphs, count * GLYPH_BYTES)).cast("i").tolist()
        written = encoded[item.offset : item.offset + item.length].decode()
        ids = numbers[0::FIELDS]
        plain = len(written) == count and not any(numbers[2::FIELDS]) and not any(numbers[3::FIELDS])
        if not plain or max(ids) > 0xFFFF:
            return _original_draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        runs.append((item.analysis.font, ids, numbers[1::FIELDS], written))

    stream.set_text_matrix(*matrix.values)
    shown = b""
    previous = None
    for pango_font, ids, widths, written in runs:
        if pango_font != previous:
            previous = pango_font
            font, font_size = stream.add_font(pango_font)
            if pango.pango_version() < 14802:
                font_size = style["font_size"]
            if shown:
                stream.show_text(shown)
                shown = b""
            stream.set_font_size(font.hash, font_size)
        known = font.widths
        for glyph, width, character in zip(ids, widths, written, strict=True):
            if glyph not in known:
                known[glyph] = round(width * 1000 * FROM_UNITS / font_size)
                font.to_unicode[glyph] = character
        codes = array("H", ids)
        codes.byteswap()
        shown += b"<" + codes.tobytes().hex().encode() + b">"
    if shown:
        stream.show_text(shown)
    return []


def _keep(layout: Any) -> None:
    """Leave the shaped line where it is; it goes with its text box when the document is done."""


def _reuse(layout: Any, style: Any) -> None:
    if not hasattr(layout, "layout"):
        _original_reactivate(layout, style)


def set_up(layout: Any, style: Any) -> None:
    """Prepare ``layout`` for ``style``; what depends on the style alone is kept with it."""
    ready = style.__dict__.get("pango_ready")
    if ready is None:
        if style["text_decoration_line"] != "none" or style["font_language_override"] != "normal" or not style["lang"]:
            _original_setup(layout, style)
            return
        if line_break.font_features(*(style[name] for name in FEATURES)):
            _original_setup(layout, style)
            return
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
        pointer, _ = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
        ready = style.pango_ready = (context, line_break.get_font_description(style), language)
    context, description, language = ready
    layout.style = style
    layout.first_line_direction = 0
    layout.language = language
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None


def keep_styles(
    style_for: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **more: Any
) -> None:
    """Give ``element`` the computed style of an element of an earlier notice: same tag, declarations and parents.

    Notices of a type differ in their words, not in their style. Kept with the font map, which lives as long as the
    engine.
    """
    tag = getattr(element, "tag", None)
    if pseudo_type is not None or tag is None or tag in CHANGING:
        _original_set_computed_styles(style_for, element, parent, root, pseudo_type, **more)
        return
    computed = style_for.get_computed_styles()
    owner = style_for.font_config if parent is None else computed[parent, None]
    known = owner.__dict__.setdefault("kept_styles", {}).setdefault(tag, [])
    declarations = style_for.get_cascaded_styles().get((element, None), {})
    for earlier, style in known:
        if earlier == declarations:
            computed[element, None] = style
            return
    _original_set_computed_styles(style_for, element, parent, root, pseudo_type, **more)
    if len(known) < MOST_KEPT:
        known.append((declarations, computed[element, None]))


_outlines: dict[tuple[Any, ...], tuple[bytes, dict[str, Any]]] = {}


def draw_outline(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
    """Draw an SVG picture of a single outline with the operators it was given before at this size."""
    root = image._svg.tree._etree_node
    is_fresh = stream._current_alpha is stream._current_color is None
    if [child.tag for child in root] != OUTLINE or set(root[0].attrib) - OUTLINE_SAYS or not is_fresh:
        _original_draw_svg(image, stream, width, height, style)
        return
    states = stream._resources["ExtGState"]
    key = (*root.attrib.items(), *root[0].attrib.items(), width, height)
    if key in _outlines:
        operators, needed = _outlines[key]
        stream.stream.append(operators)
        states.update({name: pydyf.Dictionary(state) for name, state in needed.items()})
        return
    start = len(stream.stream)
    _original_draw_svg(image, stream, width, height, style)
    if len(_outlines) < MOST_KEPT:
        _outlines[key] = (b"\n".join(stream.stream[start:]), dict(states))


class NoticeHTML(weasyprint.HTML):
    """An HTML document with the default style of notices."""

    _default_style: list[Any] = []

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        if not self._default_style:
            self._default_style.append(weasyprint.CSS(string=DEFAULT_STYLE))
        return self._default_style


def install() -> None:
    pdf_stream.Font = OwnFont
    drawing.draw_first_line = draw_line
    line_break.Layout.deactivate = _keep
    line_break.Layout.reactivate = _reuse
    line_break.Layout.setup = set_up
    css.StyleFor.set_computed_styles = keep_styles
    images.SVGImage.draw = draw_outline


def uninstall() -> None:
    """Back to the originals: for the test that compares."""
    pdf_stream.Font = Font
    drawing.draw_first_line = _original_draw_first_line
    line_break.Layout.deactivate = _original_deactivate
    line_break.Layout.reactivate = _original_reactivate
    line_break.Layout.setup = _original_setup
    css.StyleFor.set_computed_styles = _original_set_computed_styles
    images.SVGImage.draw = _original_draw_svg
