"""What all printed documents share: the final text, the PDF with its fingerprint, and that records stay as they are."""

from typing import NoReturn

from django.db import models


class Frozen(Exception):
    """An issued document, a completed service or an approval is never changed or deleted."""


class Undeletable:
    """Rows that became records are not deleted in bulk: the database would refuse, this says so sooner."""

    def delete(self) -> NoReturn:
        raise Frozen("records of notices are never deleted")


def pdf_path(instance: models.Model, filename: str) -> str:
    """By content: notices/ab/ab12….pdf (the name is the fingerprint)."""
    return f"notices/{filename[:2]}/{filename}"


class Printed(models.Model):
    """A document as it was printed: the final text, what drew it, and the PDF with its fingerprint.

    `html` is taken when the document is issued; the PDF follows from it alone, so that drawing it twice gives the same bytes.
    """

    template = models.CharField(max_length=120, blank=True)
    template_sha256 = models.CharField(max_length=64, blank=True)
    html = models.TextField(blank=True)
    renderer = models.CharField(max_length=80, blank=True)
    pdf = models.FileField(upload_to=pdf_path, max_length=120, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_pages = models.PositiveSmallIntegerField(null=True, blank=True)
    pdf_size_bytes = models.PositiveIntegerField(null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_printed(self) -> bool:
        return bool(self.pdf_sha256)

    def pdf_bytes(self) -> bytes:
        """The frozen PDF. Raises FileNotFoundError when the file is gone from the store."""
        with self.pdf.open("rb") as file:
            content: bytes = file.read()
        return content
