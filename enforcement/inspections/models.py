"""Inspections and findings. Planning, checklists and the field app widen this later."""

from dataclasses import asdict, dataclass, fields
from datetime import date, time
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, Violation
from enforcement.inspections.workflow import Stage
from organisation.models import Officer
from registry.models import Enterprise


def stage_choices() -> list[tuple[str, str]]:
    return list(Stage.choices)  # type: ignore[arg-type]


class OfDocketQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))


@dataclass(frozen=True, slots=True)
class Record:
    """What the inspectors write down of a visit and sign."""

    inspected_on: date
    began_at: time
    ended_on: date | None
    ended_at: time | None
    place: str
    attended_by: str
    credentials_shown: bool
    situation: str

    def changes_to(self, other: "Record") -> tuple[dict[str, Any], dict[str, Any]]:
        """(before, after) of what differs, by field."""
        mine, theirs = asdict(self), asdict(other)
        changed = [name for name in mine if mine[name] != theirs[name]]
        return {name: mine[name] for name in changed}, {name: theirs[name] for name in changed}


class Inspection(models.Model):
    """One visit at one enterprise, begun on one day."""

    mirrors_stage = True

    docket = models.OneToOneField(Docket, models.PROTECT, related_name="inspection")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="inspections")
    stage = models.CharField(max_length=12, choices=stage_choices, default=Stage.RECORDING)
    inspected_on = models.DateField(_("Day of the inspection"))
    began_at = models.TimeField(_("Began at"))
    ended_at = models.TimeField(_("Ended at"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=200)
    # A visit may end after midnight.
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    inspectors = models.ManyToManyField(Officer, related_name="inspections", verbose_name=_("Inspectors"))
    credentials_shown = models.BooleanField(_("Certificates were shown and rights were explained"), default=False)
    attended_by = models.CharField(_("Present for the party"), max_length=80, blank=True)
    situation = models.TextField(_("What was seen"), blank=True)
    version = models.PositiveIntegerField(
        default=1
    )  # of the record and its findings: signatures stand under one version

    objects = OfDocketQuerySet.as_manager()

    class Meta:
        permissions = [
            ("inspect", "May inspect enterprises and log findings"),
            ("oversee_record", "May void an inspection and explain a missing signature"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_on__gt=F("inspected_on")) | Q(ended_at__gte=F("began_at")),
                name="inspections_inspection_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("inspected_on")),
                name="inspections_inspection_ends_on_its_day_or_later",
            ),
        ]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()

    def record(self) -> Record:
        return Record(**{field.name: getattr(self, field.name) for field in fields(Record)})

    def seen_as(self) -> str:
        """What an inspector has before him who signs: it changes with the record and its findings."""
        return str(self.version)

    def current_signatures(self) -> "models.QuerySet[InspectionSignature]":
        """Signatures under the present record: a change of it, or of a finding, asks for new ones."""
        return self.signatures.filter(version=self.version)

    def without_signature(self) -> "list[Officer]":
        """Inspectors who have not signed the present record and whose signature nobody has explained to be impossible."""
        settled = {
            *self.current_signatures().values_list("officer_id", flat=True),
            *self.missing_signatures.values_list("officer_id", flat=True),
        }
        return [officer for officer in self.inspectors.all() if officer.pk not in settled]


class InspectionSignature(models.Model):
    """An inspector's signature under one version of the record: password re-entered, time kept, never withdrawn."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="signatures")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    certificate_number = models.CharField(max_length=30)  # as it was on the day
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "officer", "version"], name="inspections_officer_signs_each_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.signed_at:%Y-%m-%d %H:%M}"


class MissingSignature(models.Model):
    """Why an inspector cannot sign (he has left, is ill …): recorded by the head, told on the record."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="missing_signatures")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "officer"], name="inspections_missing_signature_explained_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {self.reason}"


class Severity(models.TextChoices):
    MINOR = "minor", _("Minor")
    ORDINARY = "ordinary", _("Ordinary")
    SERIOUS = "serious", _("Serious")


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(inspection__docket__in=Docket.objects.visible_to(viewer))


class Finding(models.Model):
    """What was found wrong, with the rule it breaks."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    violation = models.ForeignKey(Violation, models.PROTECT, related_name="+", verbose_name=_("Violation"))
    fact = models.TextField(_("Facts"), max_length=2000)
    place = models.CharField(_("Place in the plant"), max_length=120)
    severity = models.CharField(_("Severity"), max_length=10, choices=Severity, default=Severity.ORDINARY)
    needs_lead = models.BooleanField(_("To be followed up"), default=True)
    no_lead_reason = models.CharField(_("Why no follow-up"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_lead=True) | ~Q(no_lead_reason=""), name="inspections_finding_left_alone_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.violation.name

    def get_absolute_url(self) -> str:
        return reverse("casework:docket", args=[self.inspection.docket_id])

    @property
    def docket(self) -> Docket:
        return self.inspection.docket
