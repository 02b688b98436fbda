"""The penalty procedure of a case: what is proposed, what was notified, what was decided."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, Violation
from enforcement.penalties import names
from enforcement.penalties.workflow import PENALTY, Stage
from enforcement.rectification.models import POLICY_MARKS, RectificationCase
from notices import content as contents
from notices.models import Notice
from organisation.models import Officer


def stage_choices() -> list[tuple[str, str]]:
    return list(Stage.choices)  # type: ignore[arg-type]


class Conclusion(models.TextChoices):
    """What the head may decide once the investigation has ended (行政处罚法第五十七条), and why there is no penalty (第三十三条、第三十六条)."""

    PENALTY = "penalty", _("A penalty is imposed")
    MINOR = "minor", _("No penalty: minor, put right in time, no harm done")
    FIRST = "first", _("No penalty: first act, slight harm, put right in time")
    NO_FAULT = "no_fault", _("No penalty: the party has shown that it was not at fault")
    UNPROVEN = "unproven", _("No penalty: the facts are not established")
    OUT_OF_TIME = "out_of_time", _("No penalty: found too late")
    TRANSFER = "transfer", _("Transfer to the authority that has jurisdiction")
    CRIME = "crime", _("Transfer: a crime is suspected")


NO_PENALTY = (Conclusion.MINOR, Conclusion.FIRST, Conclusion.NO_FAULT, Conclusion.UNPROVEN, Conclusion.OUT_OF_TIME)
TRANSFERS = (Conclusion.TRANSFER, Conclusion.CRIME)


class PenaltyQuerySet(models.QuerySet["Penalty"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def open(self) -> Self:
        return self.exclude(stage__in=PENALTY.final)


def money(label: Any, **given: Any) -> "models.DecimalField[Any, Any]":
    """An amount of yuan, to the fen."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True, **given)


class Penalty(models.Model):
    """A strand of its case (docs/decisions/0040). A case has one at a time; after one was dropped or annulled another may follow."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="penalties")
    case = models.ForeignKey(RectificationCase, models.PROTECT, related_name="penalties")
    stage = models.CharField(max_length=16, choices=stage_choices, default=Stage.PROPOSING)
    violation = models.ForeignKey(
        Violation, models.PROTECT, related_name="+", verbose_name=_("Violation and legal basis")
    )
    conclusion = models.CharField(_("Conclusion"), max_length=12, choices=Conclusion, blank=True)
    grounds = models.TextField(_("Reasons and circumstances of discretion"), max_length=4000, blank=True)
    # What the band of the fine is counted from, where the law counts from it.
    gains = money(_("Unlawful gains (yuan)"))
    goods_value = money(_("Value of the goods (yuan)"))
    investment = money(_("Total investment of the project (yuan)"))
    discharge_fee = money(_("Pollution charge due (yuan)"))
    circumstances = models.JSONField(_("Circumstances that change the band"), default=list, blank=True)
    is_mitigated = models.BooleanField(_("A statutory reason to go below the lowest fine is on record"), default=False)
    has_harm = models.BooleanField(_("Harm was done for which an act is punished for five years"), default=False)
    needs_discussion = models.BooleanField(_("The heads discuss it collectively"), default=False)
    # As the party was told; a decision is never heavier (行政处罚法第四十五条、第六十二条).
    notified = models.JSONField(default=list, blank=True)
    prior_notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    notified_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    served_on = models.DateField(null=True, blank=True)
    carried_out_on = models.DateField(_("Other sanctions carried out on"), null=True, blank=True)
    carried_out_how = models.CharField(_("How they were carried out"), max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(default=1)  # of review: a proposal returned begins another
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = PenaltyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [
            ("handle_penalty", "May handle the penalty of a case"),
            ("sign_penalty", "May sign a penalty as an enforcement officer"),
            ("review_penalty", "May review a penalty legally"),
            ("decide_penalty", "May decide on a penalty"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(stage__in=["ended", "no_penalty", "transferred", "annulled", "not_enforced", "dropped"]),
                name="penalties_one_open_penalty_of_a_case",
            ),
        ]

    def __str__(self) -> str:
        return str(self.docket)

    def get_absolute_url(self) -> str:
        return self.docket.get_absolute_url()

    @property
    def rests_on_policy_only(self) -> bool:
        return any(mark in self.violation.legal_basis for mark in POLICY_MARKS)

    @property
    def is_a_penalty(self) -> bool:
        return self.conclusion == Conclusion.PENALTY

    @property
    def offers_hearing(self) -> bool:
        """Was the party told that it may ask for a hearing?"""
        return self.prior_notice is not None and self.prior_notice.kind == names.PRIOR_NOTICE_HEARING

    @property
    def document(self) -> Notice | None:
        """What is handed on at this stage: the decision once it is drafted, before it the prior notice."""
        return self.decision or self.prior_notice

    @property
    def document_sha256(self) -> str:
        """Fingerprint of its words; nothing where none is drafted."""
        notice = self.document
        return contents.fingerprint(notice.kind, notice.content) if notice else ""

    @property
    def fine(self) -> Decimal | None:
        """Yuan; None where no fine is named."""
        row = self.sanctions.filter(kind="fine").first()
        return row.amount if row else None

    def seen_as(self) -> str:
        """What an officer has before him who decides: it changes with every change of the proposal or of its document."""
        notice = self.document
        if notice is None:
            return str(self.version)
        return f"{self.version}.{notice.pk}.{notice.submissions}.{self.document_sha256}"

    def current_signatures(self) -> "list[PenaltySignature]":
        """Under the proposal and the words of its document as they stand now."""
        signed = self.signatures.filter(version=self.version, document_sha256=self.document_sha256)
        return list(signed.select_related("officer"))

    def heard_round(self) -> "models.QuerySet[Any]":
        """What the party said to the prior notice in force, as it stands."""
        return self.statements.filter(round=self.round, taken_back_at=None)

    def hearing(self) -> Any:
        """The hearing of this round that was not called off; None."""
        return self.hearings.filter(round=self.round, called_off_at=None).select_related("host", "clerk").last()

    @property
    def law_since(self) -> date:
        return self.case.law_since


class PenaltySignature(models.Model):
    """An officer stands for one version of the proposal and for the words of its document."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="signatures")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    document_sha256 = models.CharField(max_length=64, blank=True)
    certificate_number = models.CharField(max_length=30)
    certificate_valid = models.BooleanField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["penalty", "officer", "version", "document_sha256"], name="penalties_officer_signs_a_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} v{self.version}"


class ReviewOf(models.TextChoices):
    PROPOSAL = "proposal", _("the proposal")
    DECISION = "decision", _("the decision")


class PenaltyReview(models.Model):
    """法制审核 of the proposal or of the decision."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    of = models.CharField(max_length=8, choices=ReviewOf)
    round = models.PositiveSmallIntegerField()
    agreed = models.BooleanField()
    opinion = models.TextField(_("Opinion"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.at:%Y-%m-%d}"
