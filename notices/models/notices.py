"""A notice from draft to service, and what was decided on it."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from notices import protection
from notices.codes import grouped
from notices.models.printed import Frozen, Printed, Undeletable
from organisation.models import Department, Officer

if TYPE_CHECKING:
    from notices.registry import NoticeType


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting approval")
    APPROVED = "approved", _("Approved, to be issued")
    ISSUED = "issued", _("Issued, to be served")
    SERVED = "served", _("Served")
    UNSERVED = "unserved", _("Not yet served after an attempt")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Draft withdrawn")


UNNUMBERED = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.WITHDRAWN)
NUMBERED = (NoticeState.ISSUED, NoticeState.SERVED, NoticeState.UNSERVED, NoticeState.SUPERSEDED)
TO_BE_DECIDED = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.APPROVED)
IN_FORCE = (NoticeState.ISSUED, NoticeState.SERVED, NoticeState.UNSERVED)


class Effect(models.TextChoices):
    """What a notice does to the one it supersedes."""

    REPLACES = "replaces", _("Replaces it (the content was changed)")
    REVOKES = "revokes", _("Revokes it")


class NoticeQuerySet(Undeletable, models.QuerySet["Notice"]):
    def visible_to(self, viewer: Any) -> Self:
        """Whoever sees the docket sees its notices; nobody else."""
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def live(self) -> Self:
        return self.exclude(state=NoticeState.WITHDRAWN)


class Notice(Printed):
    """An official document of a docket, from draft to service."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="notices")
    kind = models.CharField(_("Document"), max_length=40)  # a key of notices.registry
    state = models.CharField(_("State"), max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    content = models.JSONField(default=dict)  # the variable parts, as the officer typed them
    version = models.PositiveIntegerField(default=1)  # two officers editing: the second is told
    submissions = models.PositiveSmallIntegerField(default=0)  # approvals count for the last submission only
    drafted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("Drafted by"))
    edited_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    supersede_reason = models.CharField(_("Reason"), max_length=300, blank=True)
    supersede_effect = models.CharField(max_length=8, choices=Effect, blank=True)

    # Frozen when the notice is issued.
    number = models.CharField(_("Document number"), max_length=60, unique=True, null=True, blank=True)
    series = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    verification_code = models.CharField(max_length=12, unique=True, null=True, blank=True)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    agency = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    agency_name = models.CharField(max_length=80, blank=True)
    agency_brand = models.CharField(max_length=20, blank=True)
    addressee_name = models.CharField(_("Addressee"), max_length=120, blank=True)
    addressee_code = models.CharField(max_length=30, blank=True)
    addressee_address = models.CharField(max_length=200, blank=True)
    addressee_representative = models.CharField(max_length=40, blank=True)
    drafter_name = models.CharField(max_length=40, blank=True)
    signatory_name = models.CharField(max_length=40, blank=True)  # who released it under the authority's name
    approver_name = models.CharField(max_length=40, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [
            ("draft_notice", "May draft, submit and withdraw notices"),
            ("review_notice", "May review notices legally"),
            ("approve_notice", "May approve notices"),
            ("issue_notice", "May issue approved notices and correct issued ones"),
            ("serve_notice", "May record the service of notices"),
            ("correct_service", "May correct the record of service of a notice"),
            ("export_case_file", "May export a case file"),
        ]
        constraints = [
            # The number exists in the database once, whatever the code does (defect D5).
            models.UniqueConstraint(
                fields=["series", "year", "serial"], name="notices_number_once_per_series_and_year"
            ),
            # Between the two, while it is being issued, a notice is approved and gets its number.
            models.CheckConstraint(
                condition=~Q(state__in=UNNUMBERED) | Q(number=None, verification_code=None, issued_on=None),
                name="notices_no_number_before_issue",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED)
                | Q(number__isnull=False, verification_code__isnull=False, issued_on__isnull=False, serial__gte=1)
                & ~Q(html=""),
                name="notices_issued_with_number_and_text",
            ),
            models.UniqueConstraint(
                fields=["supersedes"], condition=~Q(state="withdrawn"), name="notices_superseded_by_one_notice"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | (~Q(supersede_reason="") & ~Q(supersede_effect="")),
                name="notices_superseding_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["docket", "-id"], name="notices_of_docket"),
            models.Index(fields=["updated_at", "id"], name="notices_by_change"),
            models.Index(fields=["issued_on", "id"], name="notices_by_issue"),
            models.Index(
                fields=["state", "-updated_at"],
                name="notices_to_do",
                condition=Q(state__in=["draft", "submitted", "approved", "issued", "unserved"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        protection.check_unchanged(self, protection.NOTICE_FIELDS, kwargs.get("update_fields"), when="number")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("notices:notice", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("a notice is withdrawn or superseded, never deleted")

    @property
    def type(self) -> "NoticeType":
        from notices import registry

        return registry.get(self.kind)

    @property
    def label(self) -> str:
        """Name of the document: as issued, else as its draft has it."""
        return self.title or self.type.title_of(self.content)

    @property
    def submit_label(self) -> str:
        """To whom it goes first when it is handed in."""
        return _now("Submit for legal review") if self.type.needs_legal_review else _now("Submit for approval")

    @property
    def is_issued(self) -> bool:
        return self.number is not None

    def doubts(self) -> list[str]:
        """What looks wrong in a document on which it is still to be decided, in words: it refuses nothing."""
        return self.type.warnings(self) if self.state in TO_BE_DECIDED else []

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def code_grouped(self) -> str:
        """7QK2-9F4M-XW3C, or nothing before issue."""
        return grouped(self.verification_code) if self.verification_code else ""

    @property
    def pdf_name(self) -> str:
        """Name of the file an officer saves."""
        return f"{self.label}_{self.number}.pdf"

    @property
    def successor(self) -> "Notice | None":
        """The live notice that supersedes this one or is meant to."""
        return Notice.objects.live().filter(supersedes=self).first()


class Decision(models.TextChoices):
    REVIEWED = "reviewed", _("Legal review: agreed")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


class ApprovalQuerySet(Undeletable, models.QuerySet["NoticeApproval"]):
    pass


class NoticeApproval(models.Model):
    """What an officer decided on a draft, and the fingerprint of the words he saw. Never changed."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="approvals")
    submission = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=8, choices=Decision)
    remark = models.TextField(_("Remark"), blank=True)  # with the opinion of the legal review
    statement = models.TextField(blank=True)  # what was ticked and confirmed with the password
    content_sha256 = models.CharField(max_length=64)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    officer_name = models.CharField(max_length=40)
    post = models.CharField(max_length=60, blank=True)
    on_behalf_of = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "submission", "decision"], name="notices_decision_once_per_submission"
            ),
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(remark=""), name="notices_returned_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_name} {self.get_decision_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen("a decision on a notice is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("a decision on a notice is never deleted")
