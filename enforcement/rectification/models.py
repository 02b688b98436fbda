"""Rectification cases and what belongs to them: signatures, legal reviews, re-inspections."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Deadline, Docket, Part, Provision, Violation
from core import clock
from enforcement.leads.models import Lead
from enforcement.leads.versions import candidates
from enforcement.rectification import agreement, daily_penalty, lengths
from enforcement.rectification.deadlines import PERIOD
from enforcement.rectification.workflow import Stage
from notices import content as contents
from notices.models import SERVED_AT_ONCE, Decision, Notice, NoticeApproval, SiteRecord
from organisation.models import Officer
from registry.models import Enterprise

# Instruments that are policy documents, not law (规范性文件): they may be the source of a case, never its basis.
POLICY_MARKS = ("工信部原〔", "国发〔", "苏政发〔", "环发〔")


def stage_choices() -> list[tuple[str, str]]:
    return list(Stage.choices)  # type: ignore[arg-type]


class CaseQuerySet(models.QuerySet["RectificationCase"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))


class RectificationCase(models.Model):
    """A case that orders an enterprise to put a violation right."""

    mirrors_stage = True

    docket = models.OneToOneField(Docket, models.PROTECT, related_name="rectification_case")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="rectification_cases")
    lead = models.OneToOneField(Lead, models.PROTECT, null=True, blank=True, related_name="case")
    stage = models.CharField(max_length=14, choices=stage_choices, default=Stage.INVESTIGATING)
    violation = models.ForeignKey(
        Violation, models.PROTECT, related_name="+", verbose_name=_("Violation and legal basis")
    )
    policy_source = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Policy source")
    )
    facts = models.TextField(_("Facts found"), max_length=4000, blank=True)
    requirements = models.TextField(_("What must be rectified"), max_length=2000, blank=True)
    rectification_days = models.PositiveSmallIntegerField(
        _("Period for rectification (calendar days)"), default=30
    )  # 0: at once
    round = models.PositiveSmallIntegerField(default=1)  # of re-inspection: each look after the first begins another
    order = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    served_on = models.DateField(null=True, blank=True)
    # Since when the authority's own next look has no day: the party's clock was stopped, and nobody knows when its time ends.
    look_waits_since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        permissions = [
            ("handle_case", "May handle rectification cases"),
            ("review_case", "May review cases legally"),
            ("approve_case", "May approve, close and reopen cases"),
            ("reinspect", "May re-inspect"),
            ("sign_case", "May sign a case as an enforcement officer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rectification_days__gte=0, rectification_days__lte=365),
                name="rectification_period_at_most_a_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()

    @property
    def violation_is_policy_only(self) -> bool:
        return any(mark in self.violation.legal_basis for mark in POLICY_MARKS)

    @property
    def daily_penalty_is_unsure(self) -> bool:
        """Does nobody know yet whether the violation is a discharge, which alone is punished by the day?"""
        return daily_penalty.reach(self.violation, self.docket.department) == daily_penalty.Reach.UNSURE

    @property
    def is_a_discharge(self) -> bool:
        """Is it beyond doubt that the violation is an unlawful discharge, punished by the day by this authority?"""
        return daily_penalty.reach(self.violation, self.docket.department) == daily_penalty.Reach.YES

    @property
    def order_is_issued(self) -> bool:
        return self.order is not None and self.order.number is not None

    def is_handled_by(self, officer: Any) -> bool:
        """Is he one of the two who handle the case and sign it? A deputy is not: a signature stands for one's own knowledge."""
        return self.docket.team.filter(officer=officer).exclude(part=Part.TASK).exists()

    def handed_over_at(self) -> datetime | None:
        """When the order was in the party's hands, where the record of service knows the hour."""
        service = self.order.services.that_count().first() if self.order else None
        return service.at if service is not None and service.method in SERVED_AT_ONCE else None

    def order_differences(self) -> list[str]:
        """Where the words of the order part from what the case requires."""
        content = self.order.content if self.order else {}
        return agreement.differences(requirements=self.requirements, days=self.rectification_days, content=content)

    def seen_as(self) -> str:
        """What an officer has before him who decides: it changes with every change of the case or its order."""
        if self.order is None:
            return str(self.version)
        # Counters start again with another order: the order itself and its words tell them apart.
        return f"{self.version}.{self.order.pk}.{self.order.submissions}.{self.order_fingerprint}"

    @property
    def order_fingerprint(self) -> str:
        """Of the words of the order as they stand now; nothing where none is drafted."""
        return contents.fingerprint(self.order.kind, self.order.content) if self.order else ""

    def current_signatures(self) -> "list[CaseSignature]":
        """Signatures under the present text: an edit of the case or of the words of its order asks for new ones."""
        signed = self.signatures.filter(version=self.version, order_sha256=self.order_fingerprint)
        return list(signed.select_related("officer"))

    def returned(self) -> NoticeApproval | None:
        """The opinion with which case and order came back, until they are handed in again."""
        if self.stage != Stage.INVESTIGATING or self.order is None:
            return None
        return self.order.approvals.filter(decision=Decision.RETURNED, submission=self.order.submissions).last()

    def is_as_returned(self) -> bool:
        """Came back, and nothing was changed since: what was signed before still stands as it was."""
        opinion = self.returned()
        signed = self.current_signatures() if opinion else []
        return opinion is not None and bool(signed) and all(row.signed_at <= opinion.at for row in signed)

    def last_reinspection(self) -> "Reinspection | None":
        """What the re-inspection of this round found, as it was last corrected."""
        return self.reinspections.filter(for_round=self.round, corrected_by=None).order_by("-id").first()

    def without_document(self) -> "Reinspection | None":
        """The re-inspection of this round, where it was recorded before records had a document."""
        last = self.last_reinspection()
        return last if last is not None and last.record_id is None else None

    def due_at_once(self) -> list[str]:
        """What the order wants done at once, in its words: for that there is no time left to wait for."""
        rows = self.order.content.get("requirements", []) if self.order else []
        return [row["text"] for row in rows if lengths.days_within(row.get("within", "")) == 0]

    def is_due_at_once(self) -> bool:
        """Does the order want all of it done at once? Then there is no rest that still has time."""
        rows = self.order.content.get("requirements", []) if self.order else []
        return bool(rows) and len(self.due_at_once()) == len(rows)

    def still_open_at_once(self) -> list[str]:
        """What of it the look of this round found not done."""
        last = self.last_reinspection()
        return list(last.open_at_once or []) if last is not None and not last.is_done else []

    def site(self) -> str:
        """Where the party is looked at: the place of the inspection that found it, else the address of the party."""
        finding = self.lead.finding if self.lead else None
        return finding.inspection.place if finding else self.enterprise.address

    def period(self) -> Deadline | None:
        """The time the served order gives the party, whether or not a re-inspection has ended it."""
        if self.served_on is None:
            return None
        found = self.docket.deadlines.filter(kind=PERIOD, cancelled_on=None, started_on=self.served_on)
        return found.order_by("-id").first()

    def period_runs_until(self, on: date | None = None) -> date | None:
        """The last day the party has for rectification; None once it is over `on` that day (default: today), where the
        order sets no time ("at once") or was not served."""
        period = self.period()
        if period is None or (period.paused_since is None and period.due_on < (on or clock.today())):
            return None
        return period.due_on

    def period_ended_after_the_look(self) -> date | None:
        """The last day of the party's period, where the re-inspection of this round was made on it or before it."""
        period, look = self.period(), self.last_reinspection()
        if period is None or look is None or look.inspected_on > period.due_on:
            return None
        return period.due_on

    @property
    def law_since(self) -> date:
        return self.lead.law_since if self.lead else self.docket.opened_on

    def candidate_violations(self) -> list[Violation]:
        """The versions of the law on this act since it began: which is milder the legal reviewer decides."""
        return candidates(self.violation, since=self.law_since, until=clock.today())


class CaseSignature(models.Model):
    """An officer stands for one version of the case and for the words of its order."""

    case = models.ForeignKey(RectificationCase, models.PROTECT, related_name="signatures")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    order_sha256 = models.CharField(max_length=64)  # fingerprint of the words of the order
    certificate_number = models.CharField(max_length=30)
    certificate_valid = models.BooleanField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer", "version", "order_sha256"], name="rectification_officer_signs_a_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} v{self.version}"


class LegalReview(models.Model):
    case = models.ForeignKey(RectificationCase, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    agreed = models.BooleanField()
    opinion = models.TextField(_("Opinion"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.at:%Y-%m-%d}"


class Reinspection(models.Model):
    """后督察: what two inspectors found after the period."""

    case = models.ForeignKey(RectificationCase, models.PROTECT, related_name="reinspections")
    for_round = models.PositiveSmallIntegerField()
    inspected_on = models.DateField(_("Day of the re-inspection"))
    # Empty where it was recorded before the form asked for them.
    began_at = models.TimeField(_("Began at"), null=True, blank=True)
    ended_at = models.TimeField(_("Ended at"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    attended_by = models.CharField(_("Present for the party"), max_length=80, blank=True)
    attended_as = models.CharField(_("Capacity of the person present"), max_length=80, blank=True)
    inspectors = models.ManyToManyField(Officer, related_name="+", verbose_name=_("Inspectors"))
    is_done = models.BooleanField(_("Rectified"))
    findings = models.TextField(_("What was found"), max_length=2000)
    # What the order wanted done at once and the look found not done, in its words; None where nobody was asked, as before.
    open_at_once = models.JSONField(_("Not done of what was to be done at once"), null=True, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    record = models.OneToOneField(SiteRecord, models.PROTECT, null=True, blank=True, related_name="+")
    # A wrong record is kept; the one that corrects it says why.
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    correction_reason = models.CharField(_("Why the record is corrected"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "for_round"], condition=Q(corrects=None), name="rectification_reinspected_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="rectification_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="rectification_reinspection_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspected_on}"

    def place_among_looks(self) -> int:
        """The first, second … time that somebody looked again in this case; corrections are no looks of their own."""
        return self.case.reinspections.filter(corrects=None, for_round__lte=self.for_round).count()
