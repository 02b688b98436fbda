"""Measures of a case: what its documents ordered, what happened to it since, and the child measures of the two chains."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, DocketShare
from core import clock
from core.labels import Label
from enforcement.measures import chains, happenings
from enforcement.measures.chain_workflow import CHILD, Stage
from enforcement.measures.chains import Chain
from enforcement.measures.happenings import Ending, Kind
from notices.models import Notice
from organisation.models import Department, Officer


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


def stage_choices() -> list[tuple[str, str]]:
    return list(Stage.choices)  # type: ignore[arg-type]


class ChildMeasureQuerySet(models.QuerySet["ChildMeasure"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def open(self) -> Self:
        return self.exclude(stage__in=CHILD.final)


class ChildMeasure(models.Model):
    """One measure of a chain on a case: whose it is, by when, on what it rests, and what came of it.

    Task, policy source and legal basis are copied from reference/chain_measures.csv as they are printed, when the chain is laid out.
    """

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="child_measures")
    chain = models.CharField(max_length=12, choices=Chain)
    code = models.CharField(max_length=30)  # of chain_measures.csv
    position = models.PositiveSmallIntegerField()
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Department responsible")
    )
    task = models.CharField(_("Task"), max_length=500)
    due_on = models.DateField(_("Result due on"), null=True, blank=True)
    triggers = models.JSONField(default=list)  # codes of chain_triggers.csv
    policy_source = models.CharField(_("Policy source"), max_length=120)
    legal_basis = models.CharField(_("Legal basis"), max_length=200, blank=True, default="")
    confidence = models.CharField(max_length=60)
    note = models.CharField(_("Note"), max_length=200, blank=True, default="")
    needs_hearing = models.BooleanField(default=False)
    needs_statute = models.BooleanField(default=False)
    when_overdue = models.BooleanField(default=False)
    stage = models.CharField(max_length=10, choices=stage_choices, default=Stage.PLANNED)
    version = models.PositiveIntegerField(default=1)  # two officers editing: the second is told
    sent_on = models.DateField(_("Sent on"), null=True, blank=True)
    letter = models.CharField(_("Number of the letter"), max_length=60, blank=True, default="")
    shares = models.ManyToManyField(DocketShare, related_name="+")

    objects = ChildMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["docket", "chain", "position"]
        permissions = [
            ("lead_chain", "May lay out the chain of a case and send its measures"),
            ("answer_measure", "May take on and answer a measure sent to the department"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["docket", "code"],
                condition=~Q(stage="cancelled"),
                name="measures_child_measure_once_per_case",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["planned", "cancelled"]) | Q(department__isnull=False, due_on__isnull=False),
                name="measures_sent_to_a_department_by_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        return reverse("measures:child", args=[self.pk])

    @property
    def label(self) -> Label:
        return chains.LABELS[self.code]

    @property
    def deadline_kind(self) -> str:
        return f"measures.feedback.{self.code}"

    @property
    def is_open(self) -> bool:
        return self.stage not in CHILD.final

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today() and self.stage in {Stage.SENT, Stage.ACCEPTED}

    @property
    def is_outside(self) -> bool:
        """Does its department not use the portal? Then it is asked by letter."""
        return self.department is not None and not self.department.uses_portal

    def seen_as(self) -> str:
        """What lies before who decides on the answer."""
        last = self.feedbacks.last()
        return f"{self.stage}.{last.pk if last else 0}"


class Result(models.TextChoices):
    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NOT_DONE = "not_done", _("Not done, with the reason")
    NO_CAUSE = "no_cause", _("No cause to act was found")


class Feedback(models.Model):
    """What the department responsible answered, on which day and by which paper. Never changed: a returned answer gets another."""

    measure = models.ForeignKey(ChildMeasure, models.PROTECT, related_name="feedbacks")
    result = models.CharField(_("Result"), max_length=8, choices=Result)
    text = models.CharField(_("What was done"), max_length=1000)
    document = models.CharField(_("Document that shows it"), max_length=120)
    on = models.DateField(_("Day of the result"))
    given_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_result_display()}"
