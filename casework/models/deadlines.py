"""Deadlines store facts; "overdue" is always a question, never a stored answer (defect D2)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.calendar import CalendarEdition
from casework.models.dockets import Docket
from casework.models.statutes import Actor, PeriodRule, Unit
from organisation.models import Officer


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def open(self) -> Self:
        return self.filter(met_on=None, cancelled_on=None)

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on, paused_since=None)


class EntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(deadline__docket__in=Docket.objects.visible_to(viewer))

    def standing(self) -> Self:
        """Those that count: not taken back."""
        return self.filter(taken_back_at=None)


class Deadline(models.Model):
    """A period that runs: since when, how long, until when, by which rule; computed once and stored with its reasons."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=60)  # a key of casework.deadlines.kinds, e.g. "rectification.period"
    rule = models.ForeignKey(PeriodRule, models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)
    actor_side = models.CharField(max_length=8, choices=Actor)
    started_on = models.DateField()
    started_by = models.CharField(max_length=120)  # the event that started it, in words
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14, choices=Unit)
    counts_back = models.BooleanField(default=False)  # counted back from the event: then due before it starts
    statutory_due_on = models.DateField()  # before any roll to a working day
    due_on = models.DateField()  # what counts; for the agency's own periods the statutory date
    target_on = models.DateField()  # conservative target: last working day on or before, for the agency
    is_provisional = models.BooleanField(default=False)
    calendar_editions = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)  # the explanation, as computed (see casework.deadlines.explain)
    paused_since = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    missed_due_on = models.DateField(null=True, blank=True)  # the date whose passing was noted (on_missed called)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        permissions = [
            ("pause_deadline", "May stop the clock of a period and let it run again"),
            ("extend_deadline", "May grant more time"),
            ("correct_deadline", "May cancel a period and take wrong entries on it back"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(counts_back=True) | Q(due_on__gte=F("started_on")),
                name="casework_deadline_not_due_before_it_starts",
            ),
            models.UniqueConstraint(
                fields=["docket", "kind", "started_on"],
                condition=Q(cancelled_on=None),
                name="casework_deadline_once_per_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="casework_deadline_running",
                condition=Q(met_on=None, cancelled_on=None, paused_since=None),
            ),
            # The sweep of reminders asks for each kind and span of days (casework.reminders.sweep), of due dates for what is
            # over, of targets for what is ahead. It is answered by the index alone: the rows lie all over the table.
            models.Index(
                fields=["kind", "due_on", "id", "docket", "started_on", "counts_back"],
                name="casework_deadline_of_kind",
                condition=Q(met_on=None, cancelled_on=None, paused_since=None),
            ),
            models.Index(
                fields=["kind", "target_on", "id", "docket", "started_on", "counts_back", "due_on"],
                name="casework_deadline_to_aim_at",
                condition=Q(met_on=None, cancelled_on=None, paused_since=None),
            ),
            models.Index(fields=["docket", "due_on"], name="casework_deadline_of_docket"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.cancelled_on is None


class Entry(models.Model):
    """What was entered on a period. A wrong entry stays on file, marked as taken back with the reason; it counts no more."""

    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_reason = models.CharField(max_length=300, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def docket(self) -> Docket:
        found: Docket = self.deadline.docket  # type: ignore[attr-defined]
        return found

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None


class Pause(Entry):
    """Time not counted, with its reason and the document that says so. An open pause stops the clock."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="pauses")
    reason_code = models.CharField(max_length=30)
    reason = models.CharField(_("Reason"), max_length=300)
    basis = models.CharField(max_length=200, blank=True)
    document = models.CharField(_("Document"), max_length=120, blank=True)
    from_on = models.DateField(_("First day not counted"))
    to_on = models.DateField(_("Last day not counted"), null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)  # why the clock runs again
    ended_document = models.CharField(max_length=120, blank=True)
    created_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="casework_pause_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["deadline"],
                condition=Q(to_on=None, taken_back_at=None),
                name="casework_one_open_pause_per_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on}–{self.to_on or '…'} {self.reason}"


class Extension(Entry):
    """More time, granted with a reason by somebody who may."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="extensions")
    length = models.PositiveSmallIntegerField(_("Length"))
    unit = models.CharField(max_length=14, choices=Unit)
    reason = models.CharField(_("Reason"), max_length=300)
    basis = models.CharField(max_length=200, blank=True)
    document = models.CharField(_("Document"), max_length=120, blank=True)
    granted_on = models.DateField()
    # The expiry on which it followed when it was granted. Null: granted when extensions were counted from the last day before
    # any roll; how it was counted stays, so that no later reckoning moves a date that was told.
    follows_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(length__gte=1), name="casework_extension_of_at_least_one")]

    def __str__(self) -> str:
        return f"+{self.length} {self.get_unit_display()}"


__all__ = ["Actor", "CalendarEdition", "Deadline", "Extension", "Pause", "Unit"]
