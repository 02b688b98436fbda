"""Attempts to serve a notice, and the one that succeeded."""

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Docket, Evidence
from notices import protection
from notices.models.notices import Notice
from notices.models.printed import Frozen, Printed, Undeletable
from organisation.models import Officer


class Method(models.TextChoices):
    """Ways of serving a document (民事诉讼法第八十七条至第九十五条, 行政处罚法第六十一条)."""

    DIRECT = "direct", _("Handed over")
    LEFT = "left", _("Left at the premises")
    POST = "post", _("By post")
    ELECTRONIC = "electronic", _("Electronic service")
    ENTRUSTED = "entrusted", _("By another authority")
    PUBLIC = "public", _("Public notice")


# Ways in which the act itself is the service: its hour is known.
SERVED_AT_ONCE = frozenset({Method.DIRECT, Method.LEFT, Method.ELECTRONIC})


class Outcome(models.TextChoices):
    PENDING = "pending", _("Under way")
    SERVED = "served", _("Served")
    FAILED = "failed", _("Not served")


class Relation(models.TextChoices):
    """Who may take a document for a company (民事诉讼法第八十八条)."""

    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    PRINCIPAL = "principal", _("Person in charge")
    MAIL_ROOM = "mail_room", _("Person who receives mail for the company")
    AGENT = "agent", _("Authorised agent")
    DESIGNATED = "designated", _("Recipient named by the party")
    PARTY = "party", _("The party in person")


class Failure(models.TextChoices):
    """Why an attempt did not succeed."""

    NOBODY = "nobody", _("Nobody was there")
    REFUSED = "refused", _("Acceptance was refused")
    MOVED = "moved", _("Moved away, whereabouts unknown")
    RETURNED = "returned", _("The post returned it")
    BOUNCED = "bounced", _("It did not reach the electronic address")
    OTHER = "other", _("Another reason")


class ServiceQuerySet(Undeletable, models.QuerySet["Service"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(notice__docket__in=Docket.objects.visible_to(viewer))

    def that_count(self) -> Self:
        """Services by which a document counts as served: not those that were corrected."""
        return self.filter(outcome=Outcome.SERVED, corrected_at=None)


class Service(Printed):
    """One attempt to serve a notice; the one that succeeded carries the receipt (送达回证) as its own frozen document."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="services")
    method = models.CharField(_("Method"), max_length=10, choices=Method)
    outcome = models.CharField(max_length=8, choices=Outcome)
    at = models.DateTimeField(_("When"))  # handed over, left, posted, sent, published
    place = models.CharField(_("Place"), max_length=200, blank=True)
    served_on = models.DateField(_("Served on"), null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)  # public notice: the day it counts as served
    basis = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(_("Recipient"), max_length=40, blank=True)
    relation = models.CharField(_("Recipient's capacity"), max_length=24, choices=Relation, blank=True)
    refusal_reason = models.CharField(_("Reason given for refusing"), max_length=200, blank=True)
    witness_name = models.CharField(_("Witness"), max_length=40, blank=True)
    witness_organisation = models.CharField(_("Witness's organisation"), max_length=80, blank=True)
    tracking_number = models.CharField(_("Tracking number"), max_length=40, blank=True)
    electronic_address = models.CharField(_("Electronic address"), max_length=120, blank=True)
    entrusted_to = models.CharField(_("Entrusted authority"), max_length=80, blank=True)
    published_in = models.CharField(_("Published in"), max_length=120, blank=True)
    failure = models.CharField(_("Why it was not served"), max_length=10, choices=Failure, blank=True)
    remark = models.TextField(_("Remark"), blank=True)  # what was said of it at each point, one after the other
    # The signed receipt, and the photograph or video of leaving the document (民事诉讼法第八十九条).
    receipt = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    server = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    co_server = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    # A wrong record stays as it is; the right one is a row of its own that names it (更正送达记录).
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("Corrects")
    )
    correction_reason = models.CharField(max_length=200, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)  # of the wrong record: since then another one counts

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(outcome="served", corrected_at=None), name="notices_served_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="notices_correction_says_why"
            ),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(outcome="pending"), name="notices_one_service_under_way"
            ),
            models.CheckConstraint(
                condition=Q(outcome="served", served_on__isnull=False) | (~Q(outcome="served") & Q(served_on=None)),
                name="notices_service_dated_exactly_when_served",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="failed") | ~Q(failure=""), name="notices_failed_attempt_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.get_outcome_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        protection.check_unchanged(self, protection.SERVICE_FIELDS, kwargs.get("update_fields"), when="is_over")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("an attempt to serve a document is never deleted")

    @property
    def docket(self) -> Docket:
        return self.notice.docket

    @property
    def is_over(self) -> bool:
        return self.outcome != Outcome.PENDING

    @property
    def counts(self) -> bool:
        """Does the document count as served by this record?"""
        return self.outcome == Outcome.SERVED and self.corrected_at is None

    @property
    def title(self) -> str:
        """Which of several counts is said where they are listed: the paper of a wrong one cannot know it."""
        if self.corrected_at:
            return "送达回证（登记有误，已被更正）"
        return "送达回证（更正后，以此为准）" if self.corrects_id else "送达回证"

    @property
    def receipt_called(self) -> Any:
        """The paper that proves it: nobody takes in what he refused, and then server and witness sign (民事诉讼法第八十九条)."""
        return _("Receipt with the reason of the refusal") if self.method == Method.LEFT else _("Signed receipt")

    @property
    def pdf_name(self) -> str:
        return f"送达回证_{self.notice.number}.pdf"

    @property
    def servers(self) -> list[Officer]:
        return [officer for officer in (self.server, self.co_server) if officer is not None]
