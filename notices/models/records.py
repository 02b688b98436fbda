"""Records (笔录, 报告, 审批表): what its officers stand for, frozen, and, where the party signs it, how it ended with the party."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, Evidence
from notices import protection
from notices.models.printed import Frozen, Printed, Undeletable
from organisation.models import Officer

if TYPE_CHECKING:
    from notices.records import RecordKind


class SiteRecordQuerySet(Undeletable, models.QuerySet["SiteRecord"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def for_lines(self) -> Self:
        """With all that a line about each of them says."""
        return self.select_related(
            "completed_by", "docket", "signing", "corrected_by", "noted_signing__record__corrected_by"
        )


class SiteRecord(Printed):
    """A record of the docket as it was completed. It bears no number and is not served; where the party signs it, it does so
    where it was written."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="site_records")
    kind = models.CharField(max_length=40)  # a key of notices.records
    title = models.CharField(max_length=80)
    dated = models.DateField()  # the day it tells of: of the visit, the questioning, the meeting
    completed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()
    # A wrong record is kept; the one that takes its place names it.
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    # What was typed, by field of its kind's form; None where no form wrote it. A correction begins with it.
    content = models.JSONField(null=True, blank=True)

    # Of a note alone: its page with the signatures of the inspectors and the witness. It comes later, once.
    signed_scan = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SiteRecordQuerySet.as_manager()

    class Meta:
        ordering = ["dated", "id"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(html=""), name="notices_record_has_its_text")]

    def __str__(self) -> str:
        return f"{self.title}（{self.docket}）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        protection.check_unchanged(self, protection.RECORD_FIELDS, kwargs.get("update_fields"), when="html")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("a record is never deleted")

    def get_absolute_url(self) -> str:
        return reverse("notices:record", args=[self.pk])

    @property
    def type(self) -> "RecordKind":
        from notices import records

        return records.get(self.kind)

    @property
    def is_corrected(self) -> bool:
        """Has another record taken its place?"""
        known = self._state.fields_cache
        if "corrected_by" in known:  # a list brought it
            return known["corrected_by"] is not None
        return SiteRecord.objects.filter(corrects=self).exists()

    @property
    def name(self) -> str:
        """What it is called among others: a note by the record it belongs to as well, for notes of one kind bear one title."""
        from notices.records import NOTE

        noted: PartySigning | None = getattr(self, "noted_signing", None) if self.kind == NOTE else None
        return f"{self.title}——{noted.record.label}" if noted else self.title

    @property
    def label(self) -> str:
        return f"{self.name}（已更正）" if self.is_corrected else self.name

    @property
    def pdf_name(self) -> str:
        return f"{self.name}_{self.docket.number}.pdf"

    @property
    def ending(self) -> "PartySigning | None":
        """How it ended with the party; None while nobody has recorded that."""
        known = self._state.fields_cache
        if "signing" in known:  # a list brought it
            found: PartySigning | None = known["signing"]
            return found
        return PartySigning.objects.filter(record=self).select_related("scan", "note", "officer").first()


class Ending(models.TextChoices):
    """How a record ends (行政处罚法第四十七条, 第五十五条): the party signs; a refusal is noted; without the party a witness signs."""

    SIGNED = "signed", _("Signed by the party")
    REFUSED = "refused", _("The party refused to sign")
    ABSENT = "absent", _("Nobody was there for the party")


class PartySigning(models.Model):
    """How a record ended with the party, told once: the signed page, or why there is none."""

    record = models.OneToOneField(SiteRecord, models.PROTECT, related_name="signing")
    outcome = models.CharField(_("How it ended"), max_length=8, choices=Ending)
    on = models.DateField(_("Day"))
    signatory = models.CharField(_("Who signed for the party"), max_length=40, blank=True)
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("What was said or happened"), max_length=200, blank=True)
    witness_name = models.CharField(_("Witness"), max_length=40, blank=True)
    witness_organisation = models.CharField(_("Witness's organisation"), max_length=80, blank=True)
    # What the inspectors note of a refusal, or of nobody being there, is a document beside the record.
    note = models.OneToOneField(SiteRecord, models.PROTECT, null=True, blank=True, related_name="noted_signing")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="signed", scan__isnull=False, note=None) & ~Q(signatory="")
                | ~Q(outcome="signed") & Q(note__isnull=False) & ~Q(reason=""),
                name="notices_signing_proved_or_noted",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="absent") | ~Q(witness_name=""), name="notices_absence_has_a_witness"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.get_outcome_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen("how a record ended with the party is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("how a record ended with the party is never deleted")
