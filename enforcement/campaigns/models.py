"""Campaigns: plan, members, enterprises with their self-checks, tasks, and the matters that belong to them."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, Provision
from enforcement.campaigns.levels import Level
from enforcement.campaigns.results import CheckResult
from enforcement.campaigns.subjects import Subject
from enforcement.campaigns.workflow import Stage, TaskStage
from organisation.models import Department, Officer
from registry.models import Enterprise


def stage_choices() -> list[tuple[str, str]]:
    return list(Stage.choices)  # type: ignore[arg-type]


def task_stage_choices() -> list[tuple[str, str]]:
    return list(TaskStage.choices)  # type: ignore[arg-type]


class OfDocketQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))


class Campaign(models.Model):
    """专项整治行动: one docket, led by the department of the docket."""

    mirrors_stage = True

    docket = models.OneToOneField(Docket, models.PROTECT, related_name="campaign")
    subject = models.CharField(_("Subject of the campaign"), max_length=12, choices=Subject)
    name = models.CharField(_("Name"), max_length=80)
    policy_source = models.ForeignKey(Provision, models.PROTECT, related_name="+", verbose_name=_("Policy source"))
    stage = models.CharField(max_length=12, choices=stage_choices, default=Stage.PLANNING)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    self_check_due_on = models.DateField(_("Self-check due on"))
    aims = models.TextField(_("Aims"), max_length=2000)
    scope = models.TextField(_("Scope"), max_length=2000)
    steps = models.TextField(_("Steps and times"), max_length=2000)
    requirements = models.TextField(_("Requirements"), max_length=2000)
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")  # who last changed the plan
    version = models.PositiveIntegerField(default=1)  # of the plan, its members and its enterprises
    acceptance = models.TextField(_("Opinion of acceptance"), max_length=2000, blank=True)
    summary = models.TextField(_("Summary"), max_length=4000, blank=True)

    objects = OfDocketQuerySet.as_manager()

    class Meta:
        permissions = [
            ("lead_campaign", "May draw up and lead campaigns and their tasks"),
            ("approve_campaign", "May approve the plan of a campaign, its acceptance and its end"),
            ("work_on_campaign", "May record self-checks and add matters to a campaign"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaigns_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(self_check_due_on__gte=F("starts_on"), self_check_due_on__lte=F("ends_on")),
                name="campaigns_self_check_within_the_campaign",
            ),
        ]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()

    def seen_as(self) -> str:
        """What whoever approves the plan has before him: it changes with the plan, its members and its enterprises."""
        return str(self.version)


class Member(models.Model):
    """成员单位: a department that takes part, and what it does."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="members", db_index=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    duties = models.CharField(_("Duties in the campaign"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "department"], name="campaigns_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.department)


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(campaign__docket__in=Docket.objects.visible_to(viewer))

    def to_be_inspected(self) -> Self:
        """Reported gaps, or nothing, and no inspection of the campaign was at the enterprise."""
        visits = Link.objects.filter(
            campaign=OuterRef("campaign"), docket__kind="inspection", docket__enterprise=OuterRef("enterprise")
        )
        doubtful = (CheckResult.GAPS, CheckResult.NOT_RECEIVED)
        return self.filter(result__in=doubtful).exclude(Exists(visits))


class Target(models.Model):
    """An enterprise that the campaign is about, and its self-check."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets", db_index=False)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    reason = models.CharField(_("Why it was chosen"), max_length=200)
    due_on = models.DateField(_("Self-check due on"))
    result = models.CharField(_("Result of the self-check"), max_length=12, choices=CheckResult, blank=True, default="")
    received_on = models.DateField(_("Received on"), null=True, blank=True)
    # By item of the checklist, as it was on the day: [{code, text, source, answer, remark}].
    answers = models.JSONField(default=list, blank=True)
    gaps = models.TextField(_("Gaps"), max_length=2000, blank=True, default="")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "enterprise"], name="campaigns_target_once"),
            models.CheckConstraint(
                condition=Q(result__in=["", CheckResult.NOT_RECEIVED]) | Q(received_on__isnull=False),
                name="campaigns_a_self_check_received_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.enterprise.name

    @property
    def docket(self) -> Docket:
        return self.campaign.docket


class Task(models.Model):
    """任务交办: what a department is to do in the campaign. Its docket is that department's."""

    mirrors_stage = True

    docket = models.OneToOneField(Docket, models.PROTECT, related_name="campaign_task")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="tasks")
    stage = models.CharField(max_length=12, choices=task_stage_choices, default=TaskStage.ASSIGNED)
    text = models.TextField(_("Content of the task"), max_length=2000)
    due_on = models.DateField(_("Task due on"))
    assigned_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    report = models.TextField(_("Result"), max_length=4000, blank=True, default="")
    reported_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfDocketQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [("carry_out_task", "May accept, decline and report tasks of campaigns")]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()


class Link(models.Model):
    """A matter that belongs to a campaign: an inspection, a lead, a case."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="links", db_index=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "docket"], name="campaigns_matter_once")]

    def __str__(self) -> str:
        return str(self.docket)


class SupervisionQuerySet(OfDocketQuerySet):
    def listed(self) -> Self:
        return self.filter(released_on=None)


class Supervision(models.Model):
    """挂牌督办: a matter that an authority above supervises by name until it releases it."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="supervisions")
    level = models.CharField(_("Level of supervision"), max_length=10, choices=Level)
    # Whose name it is listed under: that of the department, or of a ministry whose listing the department keeps.
    authority = models.CharField(_("Supervising authority"), max_length=80)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    document = models.CharField(_("Document"), max_length=80)
    listed_on = models.DateField(_("Listed on"))
    due_on = models.DateField(_("Public deadline"))
    requirements = models.TextField(_("What is required"), max_length=2000)
    listed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    released_on = models.DateField(_("Released on"), null=True, blank=True)
    release_reason = models.CharField(_("Why it is released"), max_length=300, blank=True, default="")
    release_document = models.CharField(_("Document of release"), max_length=80, blank=True, default="")
    released_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        permissions = [("supervise_matter", "May list a matter for supervision, extend and release it")]
        constraints = [
            # One listing at a time: whoever supervises above takes the matter over by releasing and listing it.
            models.UniqueConstraint(
                fields=["docket"], condition=Q(released_on=None), name="campaigns_listed_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("listed_on")), name="campaigns_listing_ends_later"),
            models.CheckConstraint(
                condition=Q(released_on=None) | ~Q(release_reason="") & ~Q(release_document=""),
                name="campaigns_release_has_reason_and_document",
            ),
        ]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()


class SupervisionExtension(models.Model):
    """A later public deadline of a listing, with the reason and the document that grants it."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="extensions")
    was_due_on = models.DateField()
    due_on = models.DateField(_("New deadline"))
    reason = models.CharField(_("Reason"), max_length=300)
    document = models.CharField(_("Document"), max_length=80)
    granted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.supervision}: {self.due_on}"
