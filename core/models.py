"""Tables without business nouns: number series, jobs, heartbeats, forms already submitted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sequence(models.Model):
    """The last number taken of a series in a year."""

    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="core_sequence_one_row_per_series_year")]

    def __str__(self) -> str:
        return f"{self.series}/{self.year}: {self.last}"


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """Work to be done after commit. This row is the truth; the message queue only carries its id."""

    kind = models.CharField(max_length=60)
    unique_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    not_before = models.DateTimeField()
    # Since when it waits for something that is away (core.jobs.TryAgain).
    waiting_since = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    step = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    # No foreign keys upwards: who asked, and for which docket, as plain ids.
    requested_by_id = models.BigIntegerField(null=True, blank=True)
    docket_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    request_id = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="core_job_open", condition=Q(state__in=["queued", "running"])
            ),
            models.Index(fields=["requested_by_id", "-id"], name="core_job_by_requester"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="core_job_progress_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.state})"

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class Heartbeat(models.Model):
    """The last run of each scheduled task: proof that it ran, what it did, when it must run next."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    runs = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class SubmittedForm(models.Model):
    """A form that acts, once: its key, and where the officer was sent afterwards."""

    key = models.CharField(max_length=36, primary_key=True)
    token = models.CharField(max_length=32, blank=True)  # of this arrival: the same form sent again has another
    session_hash = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=500, blank=True)
    acted = models.BooleanField(default=False)  # written in the transaction of the act, see core.once
    finished = models.BooleanField(default=False)  # the officer was answered
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key

    def still_here(self) -> models.QuerySet["SubmittedForm"]:
        """This arrival, unless it was given up and the form sent again."""
        return SubmittedForm.objects.filter(pk=self.key, token=self.token)


class OutcomeState(models.TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    UNDONE = "undone", _("Undone")


class BulkOutcome(models.Model):
    """What became of one row of a bulk act (core.lists.bulk): the result sheet, and what undoing it needs.

    Written in the transaction of the act on that row: a worker killed half-way goes on where it stopped.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="outcomes")
    object_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=OutcomeState)
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["job", "object_id"], name="core_bulk_outcome_once_per_row")]

    def __str__(self) -> str:
        return f"{self.label}: {self.state}"
