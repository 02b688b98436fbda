"""An Excel import: the file as uploaded, what the dry run found, and what was done with it, once."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Officer
from registry.models.enterprises import Enterprise


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
    headings = models.JSONField(default=list)  # of the sheet, in its order, the unknown ones too
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

    def is_expired(self, now: datetime) -> bool:
        return self.state == ImportState.CHECKED and self.expires_at <= now


class ImportRow(models.Model):
    """One row of the sheet as the dry run saw it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()  # of the row in the sheet, from 1
    action = models.CharField(max_length=10, choices=ImportAction)
    cells = models.JSONField(default=list)  # as text, in the order of the headings: for the file with errors
    values = models.JSONField(default=dict)  # cleaned, by field
    changes = models.JSONField(default=dict)  # field → [before, after], in words
    problems = models.JSONField(default=list)  # [{"column", "value", "reason", "fix"}]
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="+")
    is_applied = models.BooleanField(default=False)
    base_version = models.PositiveIntegerField(null=True, blank=True)  # of the enterprise, when it was compared

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="registry_import_row_once_per_number"),
        ]
        indexes = [models.Index(fields=["run", "action", "number"], name="registry_import_row_by_action")]

    def __str__(self) -> str:
        return f"{self.run} #{self.number}"
