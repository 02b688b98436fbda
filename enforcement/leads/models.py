"""Leads: what somebody noticed, before anybody judged it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, Violation
from core import clock
from enforcement.inspections.models import Finding
from enforcement.leads.versions import candidates
from enforcement.leads.workflow import Stage
from organisation.models import Officer
from registry.models import Enterprise


def stage_choices() -> list[tuple[str, str]]:
    return list(Stage.choices)  # type: ignore[arg-type]


def five_years_before(day: date) -> date:
    """The longest time after which an act is still punished (行政处罚法第三十六条); 29 February becomes 28."""
    return day.replace(year=day.year - 5, day=min(day.day, 28) if day.month == 2 else day.day)


class Origin(models.TextChoices):
    INSPECTION = "inspection", _("Inspection")
    REPORT = "report", _("Report by the public")
    COMPLAINT = "complaint", _("Complaint")
    TRANSFER = "transfer", _("Transfer from another authority")
    ASSIGNED = "assigned", _("Assigned by a superior authority")
    RULE = "rule", _("Automatic check")


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))


class Lead(models.Model):
    mirrors_stage = True

    docket = models.OneToOneField(Docket, models.PROTECT, related_name="lead")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="leads")
    origin = models.CharField(_("Origin"), max_length=12, choices=Origin)
    finding = models.OneToOneField(Finding, models.PROTECT, null=True, blank=True, related_name="lead")
    violation = models.ForeignKey(Violation, models.PROTECT, related_name="+", verbose_name=_("Suspected violation"))
    facts = models.TextField(_("Facts"), max_length=2000)
    stage = models.CharField(max_length=12, choices=stage_choices, default=Stage.REGISTERED)
    received_on = models.DateField(_("Received on"))
    acted_from = models.DateField(_("Act committed on, or from"), null=True, blank=True)
    acted_to = models.DateField(
        _("Act ended on"), null=True, blank=True
    )  # empty: it goes on, or nobody has entered its end
    # The authority that has jurisdiction, where the matter was handed to it.
    transferred_to = models.CharField(_("Transferred to"), max_length=80, blank=True, default="")

    # Who handed the matter here (authority, complaint platform) and the number under which it did.
    source_name = models.CharField(_("Transferring authority or platform"), max_length=80, blank=True, default="")
    source_number = models.CharField(_("Number of the letter or complaint"), max_length=60, blank=True, default="")
    # The earlier lead of the same matter, into which this one was dismissed.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("Merged into")
    )

    objects = LeadQuerySet.as_manager()

    class Meta:
        permissions = [
            ("decide_lead", "May open a case on a lead or dismiss it"),
            ("reconsider_lead", "May take a dismissed lead up again"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(acted_to=None) | Q(acted_to__gte=F("acted_from")), name="leads_act_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()

    @property
    def has_time(self) -> bool:
        """Is anything on record of when the act was committed? What is entered for the first time is not corrected."""
        return self.acted_from is not None or self.acted_to is not None

    @property
    def law_since(self) -> date:
        """The day whose law applies first. Where nobody knows when the act was committed: an act that ended more than five
        years before it was found is not punished (行政处罚法第三十六条)."""
        return self.acted_from or five_years_before(self.received_on)

    def candidate_violations(self) -> list[Violation]:
        return candidates(self.violation, since=self.law_since, until=clock.today())

    def is_before(self, violation: Violation) -> bool:
        """Did the act begin before this provision was in force?"""
        began, since = self.acted_from, violation.valid_from
        return began is not None and since is not None and began < since

    def has_earlier_law(self, violation: Violation) -> bool:
        """Does the statute book hold a version of it that was in force on the day of the act?"""
        return self.acted_from is not None and bool(candidates(violation, since=self.acted_from, until=self.acted_from))


class Informant(models.Model):
    """Who reported, and nothing else: in a row of its own that no list, search, export, notice or trail reads. It is read by
    `informants.look` alone (docs/decisions/0042)."""

    lead = models.OneToOneField(Lead, models.PROTECT, related_name="informant")
    name = models.CharField(_("Informant’s name"), max_length=80, blank=True)
    contact = models.CharField(_("Informant’s telephone, address or e-mail"), max_length=200, blank=True)
    traits = models.CharField(_("What else would give the informant away"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        permissions = [("see_informant", "May see who reported")]

    def __str__(self) -> str:
        # Never the name: this is what logs and the trail would say.
        return f"informant of {self.lead_id}"
