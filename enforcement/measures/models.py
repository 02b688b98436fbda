"""Measures of a case: what its documents ordered, what happened to it since, and the child measures of the two chains."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from enforcement.measures import happenings
from enforcement.measures.happenings import Ending, Kind
from notices.models import Notice
from organisation.models import Officer


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def open(self) -> Self:
        return self.filter(ended_on=None)


class Measure(models.Model):
    """What one document ordered beside order and penalty, from its issue until it ends."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=10, choices=Kind)
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="measure")  # the document that ordered it
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)  # as the document says, or its extension
    objects_listed = models.JSONField(default=list)  # rows of the list: name, model, quantity, place, note
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True, default="")
    ended_by = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="ended_measures")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [("handle_measure", "May record what happens to measures")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="") | Q(ended_on__isnull=False) & ~Q(ending=""),
                name="measures_ended_measure_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.notice}）"

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    def possible(self) -> list[happenings.Happening]:
        """What can be recorded of it now, by the table."""
        known = set(self.happened.values_list("what", flat=True))
        return [
            one
            for one in happenings.HAPPENINGS
            if self.kind in one.kinds
            and (self.is_open or one.when_over)
            and (not one.after or one.after in known)
            and not (one.when_over and one.code in known)
        ]


class MeasureEvent(models.Model):
    """Something that happened to a measure on a day, and by which paper it is known. Never changed."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="happened")
    what = models.CharField(max_length=20)  # a code of `happenings`
    on = models.DateField(_("Day"))
    note = models.CharField(_("What is known of it"), max_length=300)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.label}"

    @property
    def label(self) -> str:
        return happenings.label_of(self.what)
