"""Evidence that fills pages: photographs and scans, each different."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from casework import evidence
from casework.models import Docket, Evidence, EvidenceKind
from core import clock
from organisation.models import Officer


def sheet(label: str, size: tuple[int, int]) -> Image.Image:
    """A picture with as much detail as a photograph has, and its label."""
    picture = Image.effect_noise(size, 40).convert("RGB")
    ImageDraw.Draw(picture).text((20, 20), label, fill="red")
    return picture


def photograph(number: int, size: tuple[int, int] = (800, 600)) -> bytes:
    """A JPEG."""
    buffer = io.BytesIO()
    sheet(f"photograph {number}", size).save(buffer, "JPEG")
    return buffer.getvalue()


def scan(number: int, pages: int, size: tuple[int, int] = (620, 877)) -> bytes:
    """A PDF of scanned A4 pages."""
    buffer = io.BytesIO()
    first, *rest = [sheet(f"scan {number}, page {page}", size) for page in range(1, pages + 1)]
    first.save(buffer, "PDF", save_all=True, append_images=rest, resolution=75)
    return buffer.getvalue()


def add(docket: Docket, by: Officer, *, photographs: int, scans: int, pages: int, **sizes: Any) -> list[Evidence]:
    """Photographs, then scans of so many pages each. `sizes`: pixels of `photograph` and `scan`."""
    files = [(f"IMG_{n:04d}.jpg", f"现场照片{n}", photograph(n, **sizes)) for n in range(1, photographs + 1)]
    files += [(f"SCAN_{n:04d}.pdf", f"生产台账第{n}册", scan(n, pages, **sizes)) for n in range(1, scans + 1)]
    return [
        evidence.keep(
            docket=docket, upload=SimpleUploadedFile(name, content), kind=EvidenceKind.DOCUMENT, title=title,
            proves="超出总量控制指标生产", made_by=by.name, made_at=clock.now(), place="成品库", by=by,
        )
        for name, title, content in files
    ]  # fmt: skip
