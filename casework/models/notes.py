"""Notes on a docket, and who is mentioned in them."""

import hashlib
from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.dockets import Docket
from core.ids import as_id
from organisation.models import Officer


class Note(models.Model):
    """A remark of an officer. Never edited: a correction is another note."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="notes")
    text = models.TextField(_("Note"), max_length=4000)
    author = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def sha256(self) -> str:
        """The fingerprint of the text. The trail keeps it, so that a text altered past the portal is noticed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def fingerprints(ids: Collection[str]) -> Mapping[str, str]:
    """Of these notes, as they read now, by the id under which the trail knows them."""
    return {str(note.pk): note.sha256 for note in Note.objects.filter(pk__in=filter(None, map(as_id, ids)))}


class Mention(models.Model):
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "officer"], name="casework_mention_once_per_note")]

    def __str__(self) -> str:
        return f"@{self.officer}"
