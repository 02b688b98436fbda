"""Pictures of a PDF for the preview on screen, and QR codes for the paper."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Iterable

import segno

DOTS = 4
INK = (b"\xff" * DOTS, b"\x00" * DOTS)


def page_images(pdf: bytes, *, scale: float = 1.5, pages: Iterable[int] | None = None) -> list[bytes]:
    """PNG of each page (or of the zero-based ``pages``); ``scale`` 1 is 72 dots per inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = range(len(document)) if pages is None else pages
        return [_png(document[number], scale) for number in wanted]
    finally:
        document.close()


def _png(page: object, scale: float) -> bytes:
    image = page.render(scale=scale).to_pil()  # type: ignore[attr-defined]
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def qr_svg(url: str) -> str:
    """``url`` as an inline SVG QR code for screens, error correction M, without quiet zone (the layout leaves it)."""
    return segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True)


def qr_png_address(url: str) -> str:
    """The same code as a data: address of a PNG, for paper: eight times cheaper to set than the path of the SVG.

    Four dots to a module and no smoothing in the layout, so its edges stay sharp at any size.
    """
    matrix = segno.make(url, error="m", micro=False).matrix
    wide = len(matrix[0]) * DOTS
    rows = b"".join((b"\0" + b"".join(INK[module] for module in row)) * DOTS for row in matrix)
    header = struct.pack(">LLBBBBB", wide, len(matrix) * DOTS, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()
