"""The published working calendar: which days differ from Monday to Friday, by which announcement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarEdition(models.Model):
    """A year as announced by the State Council's office, or a correction of it."""

    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(_("Announcement"), max_length=200)
    confidence = models.CharField(max_length=60, blank=True)
    loaded_at = models.DateTimeField()
    loaded_by_name = models.CharField(max_length=120, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        permissions = [("load_calendar", "May load the working calendar of a year")]
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="casework_calendar_edition_once"),
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(superseded_at=None), name="casework_calendar_one_current_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.edition}"


class CalendarDay(models.Model):
    """A day off on a weekday, a statutory day off, or a make-up working day."""

    edition = models.ForeignKey(CalendarEdition, models.CASCADE, related_name="days")
    date = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)  # the holiday it belongs to
    in_lieu = models.BooleanField(default=False)  # off in exchange for a make-up working day

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "date"], name="casework_calendar_day_once_per_edition")
        ]

    def __str__(self) -> str:
        return f"{self.date} {'班' if self.is_working else '休'}"
