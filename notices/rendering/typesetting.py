"""Chinese justification for WeasyPrint: full lines end flush at the right edge, and the text stays as it was written.

WeasyPrint widens spaces only, so a Chinese line with an odd number of half-width digits, or one from which a
punctuation mark was carried to the next, ends ragged. GB/T 9704-2012 wants lines of 28 characters, flush. Here the
rest of the line is shared out between all its characters with the PDF operator Tc (character spacing). Nothing is
inserted into the text, so numbers, codes and names extract exactly; and Tc is one operator per line, where
letter-spacing would write one number per glyph.

This replaces two functions of WeasyPrint 70. `install` refuses another version, so that an upgrade is a decision with
a look at the geometry tests and not an accident.
"""

from __future__ import annotations

from typing import Any

import weasyprint
from weasyprint import draw as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

TESTED_WITH = ("70.0",)
# A line is widened by at most this share of the font size per character: a quarter, beyond which the eye sees single characters
# and no words. A line that is shorter, because a credit code or the number of a standard had to go to the next, stays ragged.
WIDEST_GAP = 0.25
# Beyond this share poppler may read gaps as spaces (measured: -raw from 0.2, its other modes from 0.35; pdfium and
# pypdf never), so the line also carries its text as ActualText.
READABLE_GAP = 0.16
# Below this the eye and a ruler see nothing (CSS pixels): no operator is written for it.
NEGLIGIBLE_PX = 0.1


_original_draw_text = drawing.draw_text


class UntestedRenderer(RuntimeError):
    """WeasyPrint was upgraded without checking this module against it."""


def install() -> None:
    """Put Chinese justification into WeasyPrint, once per process."""
    if weasyprint.VERSION not in TESTED_WITH:
        raise UntestedRenderer(
            f"notices.rendering.typesetting was tested with WeasyPrint {', '.join(TESTED_WITH)}, not "
            f"{weasyprint.VERSION}. Run tests/notices/test_rendering_geometry.py and extend TESTED_WITH."
        )
    if inline.justify_line is not _justify_line:
        inline.justify_line = _justify_line
        drawing.draw_text = _draw_text


def _text_boxes(box: Any) -> list[Any]:
    if isinstance(box, boxes.TextBox):
        return [box]
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return [text for child in box.children if child.is_in_normal_flow() for text in _text_boxes(child)]
    return []


def _is_whole(box: Any) -> bool:
    """What must not break (42mg/L, GB 26451-2011) is not spread either: it moves as one character."""
    return bool(box.style["white_space"] == "nowrap")


def _justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Share ``extra_width`` (CSS pixels) between the characters of ``line``; the last one keeps its place at the edge."""
    texts = _text_boxes(line)
    # A space at the end of a line takes no room and gets none.
    characters = len("".join("0" if _is_whole(box) else box.text for box in texts).rstrip(" "))
    if characters < 2 or extra_width < NEGLIGIBLE_PX:
        return
    gap = extra_width / (characters - 1)
    if gap > WIDEST_GAP * min(box.style["font_size"] for box in texts):
        return
    _spread(line, gap, 0.0)


def _spread(box: Any, gap: float, shift: float) -> float:
    """Move ``box`` by ``shift`` and widen its text by ``gap`` per character; return the shift of what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        if _is_whole(box):
            return shift + gap
        box.character_gap = gap
        widened = gap * len(box.text)
        box.width += widened
        return shift + widened
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        inner = shift
        for child in box.children:
            if child.is_in_normal_flow():
                inner = _spread(child, gap, inner)
        box.width += inner - shift
        return inner
    box.translate(shift, 0)
    return shift


def _draw_text(stream: Any, textbox: Any, *options: Any) -> None:
    """Draw a text box; a widened one between two Tc operators."""
    gap = getattr(textbox, "character_gap", 0.0)
    if not gap:
        _original_draw_text(stream, textbox, *options)
        return
    named = gap > READABLE_GAP * textbox.style["font_size"]
    if named:
        written = textbox.pango_layout.text.encode("utf-16-be").hex().encode()
        stream.stream.append(b"/Span <</ActualText <feff" + written + b">>> BDC")
    stream.stream.append(b"%.4f Tc" % gap)
    _original_draw_text(stream, textbox, *options)
    stream.stream.append(b"0 Tc")
    if named:
        stream.stream.append(b"EMC")
