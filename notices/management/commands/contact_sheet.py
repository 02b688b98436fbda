"""`manage.py contact_sheet -o sheet.png`: every document with its invented content on one picture, to look at all of them at once."""

import io
import math
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from notices.rendering import RenderingFailed, render
from notices.rendering.pictures import page_images
from notices.rendering.samples import SAMPLES

SCALE: Final = 0.5  # 36 dots per inch
GAP: Final = 10
CAPTION: Final = 14


class Command(BaseCommand):
    help = "Draws every sample document and puts all of their pages on one picture."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("-o", "--output", type=Path, default=Path("contact_sheet.png"), help="PNG file to write")
        parser.add_argument("--columns", type=int, default=12, help="pages in a row (default: 12)")
        parser.add_argument("only", nargs="*", help="types of documents (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["only"] or list(SAMPLES)
        if unknown := [code for code in wanted if code not in SAMPLES]:
            raise CommandError(_("There is no such document type: %(codes)s.") % {"codes": ", ".join(unknown)})
        pages: list[tuple[str, Image.Image]] = []
        for code in wanted:
            sample = SAMPLES[code]
            try:
                drawn = render(sample.template, sample.context()).pdf
            except RenderingFailed as failure:
                raise CommandError(f"{code}: {failure}") from failure
            images = page_images(drawn, scale=SCALE)
            pages += [
                (f"{code} {number}/{len(images)}", Image.open(io.BytesIO(image)))
                for number, image in enumerate(images, start=1)
            ]
        sheet = _sheet(pages, max(1, options["columns"]))
        try:
            sheet.save(options["output"], "PNG")
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(reason)s.") % {"path": options["output"], "reason": error.strerror}
            ) from error
        self.stdout.write(f"{options['output']}: {len(wanted)} documents, {len(pages)} pages")


def _sheet(pages: list[tuple[str, Image.Image]], columns: int) -> Image.Image:
    wide = max(image.width for _caption, image in pages) + GAP
    high = max(image.height for _caption, image in pages) + GAP + CAPTION
    sheet = Image.new("RGB", (wide * columns + GAP, high * math.ceil(len(pages) / columns) + GAP), "#888888")
    pen = ImageDraw.Draw(sheet)
    for place, (caption, image) in enumerate(pages):
        left, top = GAP + wide * (place % columns), GAP + high * (place // columns)
        pen.text((left, top), caption, fill="white")
        sheet.paste(image.convert("RGB"), (left, top + CAPTION))
    return sheet
