"""An Excel import: the file as uploaded, what the dry run found, and what was done with it, once."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Officer
from registry.models.enterprises import Enterprise
from registry.models.facilities import Facility, ProcessLine


class ImportState(models.TextChoices):
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, waiting for your decision")
    APPLYING = "applying", _("Being imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Discarded")
    FAILED = "failed", _("Failed")


class ImportMode(models.TextChoices):
    ALL = "all", _("All rows or none")
    GOOD = "good", _("Only the rows without errors")


class ImportAction(models.TextChoices):
    CREATE = "create", _("To be entered")
    UPDATE = "update", _("To be changed")
    UNCHANGED = "unchanged", _("Unchanged")
    BAD = "bad", _("Error")


class ImportSheet(models.TextChoices):
    """Their titles in the workbook stand in registry.imports.sheets."""

    ENTERPRISES = "enterprises", _("Enterprises")
    FACILITIES = "facilities", _("Facilities")
    LINES = "lines", _("Process lines")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, viewer: Any) -> Self:
        """One's own, and only while one may import: the file may hold what others should not see."""
        if (
            not isinstance(viewer, Officer)
            or not viewer.is_active
            or not viewer.has_perm("registry.import_enterprises")
        ):
            return self.none()
        return self.filter(owner=viewer)


class ImportRun(models.Model):
    """One upload. The confirmation acts on exactly what the dry run showed: on these rows, not on the file read again."""

    owner = models.ForeignKey(Officer, models.PROTECT, related_name="imports")
    file = models.FileField(upload_to="imports/%Y/%m/")
    filename = models.CharField(_("File"), max_length=200)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("State"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    mode = models.CharField(max_length=4, choices=ImportMode, blank=True)
    refusal = models.TextField(blank=True)  # why the file as a whole cannot be read, one reason per line
    headings = models.JSONField(default=dict)  # by sheet, in their order, the unknown ones too
    ignored_headings = models.JSONField(default=list)
    rows_total = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="registry_finished_import_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("registry:import", args=[self.pk])

    @property
    def has_something_to_write(self) -> bool:
        return bool(self.created_count or self.updated_count)

    def is_expired(self, now: datetime) -> bool:
        return self.state == ImportState.CHECKED and self.expires_at <= now


class ImportRow(models.Model):
    """One row of a sheet as the dry run saw it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=12, choices=ImportSheet, default=ImportSheet.ENTERPRISES)
    number = models.PositiveIntegerField()  # of the row in the sheet, from 1
    action = models.CharField(max_length=10, choices=ImportAction)
    cells = models.JSONField(default=list)  # as text, in the order of the headings: for the file with errors
    values = models.JSONField(default=dict)  # cleaned, by field
    changes = models.JSONField(default=dict)  # field → [before, after], in words
    problems = models.JSONField(default=list)  # [{"column", "value", "reason", "fix"}]
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="+")
    facility = models.ForeignKey(Facility, models.SET_NULL, null=True, blank=True, related_name="+")
    line = models.ForeignKey(ProcessLine, models.SET_NULL, null=True, blank=True, related_name="+")
    is_applied = models.BooleanField(default=False)
    base_version = models.PositiveIntegerField(null=True, blank=True)  # of the record, when it was compared

    class Meta:
        # The keys of the sheets stand in the order in which they are imported: enterprises, facilities, lines.
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "sheet", "number"], name="registry_import_row_once_per_sheet"),
        ]
        indexes = [models.Index(fields=["run", "action", "sheet", "number"], name="registry_import_row_by_action")]

    def __str__(self) -> str:
        return f"{self.run} #{self.number}"

    @property
    def record(self) -> Enterprise | Facility | ProcessLine | None:
        """What in the registry the row is compared with; None when it is new there."""
        found: dict[str, Enterprise | Facility | ProcessLine | None] = {
            ImportSheet.ENTERPRISES: self.enterprise,
            ImportSheet.FACILITIES: self.facility,
            ImportSheet.LINES: self.line,
        }
        return found[self.sheet]
