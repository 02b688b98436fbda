"""Pieces of evidence as pages of the volume: photographs and scanned papers, each with what it is above the first picture.

What has no pages (recordings, tables), cannot be read, or is thicker than a volume holds is in the list and in the package alone.
Pages of a PDF are taken as pictures: nothing that a strange file might do on opening gets into the volume.
"""

import base64
import contextlib
import io
from collections.abc import Iterator
from typing import IO, Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from casework.models import Evidence
from core.labels import in_chinese
from notices import composing, printing, rendering

TEMPLATE = "notices/common/case_file_exhibit.html"
PICTURES: Final = ("image/jpeg", "image/png", "image/webp")
LONGEST_PX: Final = 1650  # 200 dots per inch on the 210 mm of a sheet
MOST_PAGES: Final = 60
UNREADABLE = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError)


def pages(number: int, item: Evidence) -> bytes | None:
    """PDF of the pages that show the piece; None when it is kept as a file alone. Raises RenderingFailed."""
    pictures = list(_pictures(item))
    if not pictures:
        return None
    return printing.draw(composing.compose(TEMPLATE, _context(number, item, pictures)).html).pdf


def _pictures(item: Evidence) -> Iterator[str]:
    if item.media_type in PICTURES:
        with item.file.open("rb") as file:
            address = picture_in(file)
        if address is not None:  # else its content only began like a picture: it stays a file, as the list says
            yield address
    elif item.media_type == "application/pdf":
        with item.file.open("rb") as file:
            yield from _sheets(file.read())


def picture_in(file: IO[bytes], longest_px: int = LONGEST_PX) -> str | None:
    """A data: address of the picture in a file; None when it cannot be read as one."""
    try:
        return _address(ImageOps.exif_transpose(Image.open(file)), longest_px)
    except UNREADABLE:
        return None


def _sheets(pdf: bytes) -> list[str]:
    """Its pages as pictures; none when it, or one of its pages, is damaged or locked: it stays a file, as the list says."""
    import pypdfium2

    try:
        with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
            if len(document) > MOST_PAGES:
                return []
            return [_picture_of(sheet) for sheet in document]
    except (pypdfium2.PdfiumError, *UNREADABLE):
        return []


def _picture_of(sheet: Any) -> str:
    scale = min(2.0, LONGEST_PX / max(sheet.get_size()))
    return _address(sheet.render(scale=scale).to_pil())


def _address(picture: Image.Image, longest_px: int = LONGEST_PX) -> str:
    """A data: address of the picture as JPEG, no larger than paper shows."""
    picture.thumbnail((longest_px, longest_px))
    if picture.mode in {"RGBA", "LA", "P"}:
        see_through = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(see_through, mask=see_through.getchannel("A"))
        picture = ground
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()


def printable(text: str) -> str:
    """Words an officer typed or a phone made up as a name: a sign that no font has is not worth a whole volume."""
    for character in rendering.check_glyphs(text):
        text = text.replace(character, "□")
    return text


@in_chinese()
def _context(number: int, item: Evidence, pictures: list[str]) -> dict[str, Any]:
    return {
        "agency": item.docket.department.acts_as.name,
        "title": f"证据{number}　{printable(item.title)}",
        "kind": str(item.get_kind_display()),
        "proves": printable(item.proves),
        "made_by": printable(item.made_by),
        "made_at": item.made_at,
        "place": printable(item.place),
        "docket_number": item.docket.number,
        "pictures": pictures,
    }
