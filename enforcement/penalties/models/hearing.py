"""What the party says before the decision: statements, requests, waivers; and the hearing (行政处罚法第四十五条、第六十三条至第六十五条)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Evidence
from enforcement.penalties.models.penalty import Penalty
from notices.models import Notice
from organisation.models import Officer


class StatementKind(models.TextChoices):
    ARGUES = "argues", _("Statement or defence")
    ASKS_FOR_HEARING = "asks", _("Request for a hearing")
    WAIVES_STATEMENT = "waives", _("Waiver of statement and defence")
    WAIVES_HEARING = "waives_hear", _("Waiver of the hearing, or request withdrawn")


class Statement(models.Model):
    """What reached the authority from the party, once it was notified. A wrong entry is taken back, with the reason; it stays."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()  # of the prior notice that it answers
    kind = models.CharField(_("What it is"), max_length=12, choices=StatementKind)
    received_on = models.DateField(_("Received on"))
    text = models.TextField(_("What it says"), max_length=4000)
    paper = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_on}"


class HearingOutcome(models.TextChoices):
    HELD = "held", _("Was held")
    ABSENT = "absent", _("The party stayed away without a good reason, or left")
    WITHDRAWN = "withdrawn", _("The party withdrew its request")


class Hearing(models.Model):
    """听证. Who presides has not investigated the case (第六十四条第四项)."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="hearings")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("Day and hour"))
    place = models.CharField(_("Place"), max_length=200)
    host = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("Presiding officer"))
    clerk = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("Clerk"))
    is_public = models.BooleanField(_("Held in public"), default=True)
    closed_why = models.CharField(_("Why it is not public"), max_length=200, blank=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("How the hearing ended"), max_length=10, choices=HearingOutcome, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    arranged_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["penalty", "round"], condition=Q(called_off_at=None), name="penalties_one_hearing_a_round"
            ),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(closed_why=""), name="penalties_closed_hearing_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.place}"
