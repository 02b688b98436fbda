"""What is owed on a penalty, and the ledger of what was paid. Amounts are yuan."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from casework.models.dockets import NO_DATE
from enforcement.penalties.surcharge import REASONS, Reason
from notices.models import Notice
from organisation.models import Officer


class Purpose(models.TextChoices):
    FINE = "fine", _("Fine")
    GAINS = "gains", _("Unlawful gains to be confiscated")


class Channel(models.TextChoices):
    """How the money came (行政处罚法第六十七条至第六十九条、第七十二条): the authority itself takes none but on the spot."""

    BANK = "bank", _("paid at the bank")
    ELECTRONIC = "electronic", _("electronic payment")
    ON_THE_SPOT = "on_the_spot", _("taken on the spot")
    SET_OFF = "set_off", _("set off from what was seized or frozen")
    COURT = "court", _("enforced by the court")


class Scoped(models.QuerySet[Any]):
    """Rows that hang on a docket, by the path `docket_path`."""

    docket_path = "docket"

    def visible_to(self, viewer: Any) -> Self:
        return self.filter(**{f"{self.docket_path}__in": Docket.objects.visible_to(viewer)})


class ReceivableQuerySet(Scoped):
    def standing(self) -> Self:
        """Without those whose decision fell."""
        return self.filter(cancelled_on=None)

    def open(self) -> Self:
        return self.standing().filter(settled_on=None)


class OfReceivable(Scoped):
    docket_path = "receivable__docket"


class Receivable(models.Model):
    """A sum that one decision lets the authority claim. Its state on a day is computed (`selectors.state`), never kept; the two
    days kept here are what lists sort and filter by, written under the lock of the docket whenever something changes."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="receivables")
    decision = models.ForeignKey(Notice, models.PROTECT, related_name="receivables")
    purpose = models.CharField(max_length=8, choices=Purpose)
    payer = models.CharField(max_length=200)  # copied: the party as the decision names it
    principal_cny = models.DecimalField(max_digits=16, decimal_places=2)
    due_on = models.DateField()  # the last day for paying by the decision itself
    due_key = models.DateField(
        default=NO_DATE
    )  # the last day for paying what is to be paid next; NO_DATE once all is paid
    settled_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()

    objects = ReceivableQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_key", "id"],
                condition=Q(settled_on=None, cancelled_on=None),
                name="penalties_receivable_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["decision", "purpose"], name="penalties_receivable_once_a_decision"),
            models.CheckConstraint(condition=Q(principal_cny__gt=0), name="penalties_receivable_is_an_amount"),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="penalties_receivable_cancelled_with_reason",
            ),
        ]
        permissions = [
            ("keep_money", "May record payments, deferrals and reviews of penalties"),
            ("see_arrears", "May see the list of what is owed on penalties"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.principal_cny:,.2f}"

    def get_absolute_url(self) -> str:
        return reverse("penalties:receivable", args=[self.pk])


class Entry(models.Model):
    """A line of the ledger: a payment, or the reversal of one that was entered wrongly. Never edited, never deleted."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="entries")
    paid_on = models.DateField()
    amount_cny = models.DecimalField(max_digits=16, decimal_places=2)  # a reversal: less than nothing
    receipt_number = models.CharField(max_length=40)  # 票据号
    channel = models.CharField(max_length=12, choices=Channel)
    remark = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfReceivable.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount_cny__gt=0, reason="")
                | (Q(reverses__isnull=False, amount_cny__lt=0) & ~Q(reason="")),
                name="penalties_entry_pays_or_reverses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_cny:,.2f}"

    @property
    def docket(self) -> Docket:
        return self.receivable.docket


class Plan(models.Model):
    """暂缓或者分期缴纳, as it was approved (行政处罚法第六十六条第二款). The last one that stands applies; one entered wrongly is taken back."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="plans")
    applied_on = models.DateField()
    agreed_on = models.DateField()
    document = models.CharField(max_length=120)  # number of the 同意分期（延期）缴纳罚款通知书
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.CharField(max_length=300, blank=True)

    objects = OfReceivable.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="penalties_plan_taken_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.document

    @property
    def docket(self) -> Docket:
        return self.receivable.docket


class PlannedInstalment(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="instalments")
    due_on = models.DateField()
    amount_cny = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="penalties_instalment_one_a_day"),
            models.CheckConstraint(condition=Q(amount_cny__gt=0), name="penalties_instalment_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount_cny:,.2f}"


class Review(models.Model):
    """行政复议 or 行政诉讼 on the decision: meanwhile no surcharge arises. An open one has no last day; a wrong one is taken back."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=16, choices=[(reason.value, words) for reason, words in REASONS.items()])
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=120)
    ended_document = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.CharField(max_length=300, blank=True)

    objects = OfReceivable.as_manager()

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")), name="penalties_review_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="penalties_review_taken_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first_on}"

    @property
    def docket(self) -> Docket:
        return self.receivable.docket

    @property
    def reason(self) -> Reason:
        return Reason(self.kind)


class ThingKind(models.TextChoices):
    PRODUCTS = "products", _("Products made unlawfully")
    TOOLS = "tools", _("Tools and equipment")
    GOODS = "goods", _("Other unlawful goods")


class Disposal(models.TextChoices):
    """What became of it (行政处罚法第七十四条): sold in public, or dealt with as the state provides; destroyed where the law wants it."""

    AUCTIONED = "auctioned", _("auctioned in public")
    BY_RULE = "by_rule", _("disposed of as the state provides")
    DESTROYED = "destroyed", _("destroyed")
    RETURNED = "returned", _("given back, because the decision fell")


class Confiscation(models.Model):
    """A thing confiscated by a decision, from the day it came into the authority's hands to what became of it."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="confiscations")
    decision = models.ForeignKey(Notice, models.PROTECT, related_name="confiscations")
    kind = models.CharField(max_length=10, choices=ThingKind)
    name = models.CharField(max_length=120)
    quantity = models.CharField(max_length=60)  # with its unit, as the list of the decision says: 12.5吨
    value_cny = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    received_on = models.DateField()
    kept_at = models.CharField(max_length=120)
    disposal = models.CharField(max_length=10, choices=Disposal, blank=True)
    disposed_on = models.DateField(null=True, blank=True)
    proceeds_cny = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)  # of the proceeds, paid into the treasury
    document = models.CharField(max_length=120, blank=True)  # the record of the disposal
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.CharField(max_length=300, blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposal="", disposed_on=None) | (~Q(disposal="") & Q(disposed_on__gte=F("received_on"))),
                name="penalties_disposed_after_received",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="penalties_confiscation_taken_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity}"
