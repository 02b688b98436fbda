"""Notes on a docket, and who is mentioned in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.dockets import Docket
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


class Mention(models.Model):
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "officer"], name="casework_mention_once_per_note")]

    def __str__(self) -> str:
        return f"@{self.officer}"
