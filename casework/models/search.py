"""What search reads: one row for each docket, and the numbers of its documents. Written by `casework.search`, never by hand."""

from typing import Any, Self

from django.db import models

from casework.models.dockets import Docket


class SearchEntry(models.Model):
    """The words of a docket. Migration 0002 builds the full-text index over `tokens` (FTS5 on SQLite, GIN on PostgreSQL)."""

    docket = models.OneToOneField(Docket, models.CASCADE, primary_key=True, related_name="search_entry")
    number_key = models.CharField(max_length=80, blank=True, db_index=True)  # number without blanks and brackets
    text = models.TextField()  # number, subject, party, document numbers; normalised
    initials = models.TextField(blank=True)  # pinyin initials, each name after a blank
    # Pairs of neighbouring characters, beginnings of initials, and the department and region that see the docket.
    tokens = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


class DocumentNumberQuerySet(models.QuerySet["DocumentNumber"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))


class DocumentNumber(models.Model):
    """The number of a document of a docket (文号), so that typing it leads there."""

    docket = models.ForeignKey(Docket, models.CASCADE, related_name="document_numbers")
    kind = models.CharField(max_length=30)  # what bears the number, e.g. "notice"
    object_id = models.BigIntegerField()
    number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=80, db_index=True)
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200)

    objects = DocumentNumberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="casework_document_number_once")]

    def __str__(self) -> str:
        return self.number
