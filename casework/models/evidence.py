"""Evidence: the file as it came, its fingerprint, and who took it where and when."""

import secrets
from typing import Any, Final, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models.dockets import Docket
from organisation.models import Officer


class EvidenceKind(models.TextChoices):
    """The eight kinds of 行政处罚法第四十六条."""

    DOCUMENT = "document", _("Documentary evidence")
    OBJECT = "object", _("Physical evidence")
    AUDIOVISUAL = "audiovisual", _("Audio-visual material")
    ELECTRONIC = "electronic", _("Electronic data")
    TESTIMONY = "testimony", _("Witness testimony")
    STATEMENT = "statement", _("Statement of the party")
    EXPERT = "expert", _("Expert opinion")
    RECORD = "record", _("Record of inquest or inspection")


FOLDER: Final = "evidence"  # in the store


def evidence_path(evidence: "Evidence", filename: str) -> str:
    # By content: the officer's file name never reaches the disk. And each a file of its own (core.whole_files.named_by).
    return f"{FOLDER}/{evidence.sha256[:2]}/{evidence.sha256}-{secrets.token_hex(8)}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))


class Evidence(models.Model):
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("Kind"), max_length=14, choices=EvidenceKind)
    title = models.CharField(_("Name"), max_length=120)
    proves = models.CharField(_("What it proves"), max_length=300)
    made_by = models.CharField(_("Made by"), max_length=80)
    made_at = models.DateTimeField(_("Made at"))
    place = models.CharField(_("Place"), max_length=200)
    file = models.FileField(upload_to=evidence_path)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    # What its kind must say beside that: fact → text (casework.evidence_facts). Of before these were asked for, and what no verb knew,
    # is missing.
    facts = models.JSONField(default=dict, blank=True)
    uploaded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        permissions = [("withdraw_evidence", "May withdraw evidence")]
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["docket", "sha256"], condition=Q(withdrawn_at=None), name="casework_evidence_once_per_docket"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("casework:evidence", args=[self.pk])


class CustodyQuerySet(models.QuerySet["Custody"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(evidence__in=Evidence.objects.visible_to(viewer))


class Custody(models.Model):
    """One hand-over of a piece of evidence. Never edited: a wrong row is answered by another that says what is right."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    handed_by = models.CharField(_("Handed over by"), max_length=80)
    received_by = models.CharField(_("Received by"), max_length=80)
    at = models.DateTimeField(_("Time of the hand-over"))
    place = models.CharField(_("Place"), max_length=200)
    purpose = models.CharField(_("Purpose"), max_length=200)
    condition = models.CharField(_("Condition, and state of the seal"), max_length=200)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    correction_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = CustodyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="casework_custody_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}: {self.handed_by} → {self.received_by}"
