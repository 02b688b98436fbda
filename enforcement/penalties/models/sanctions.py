"""The sanctions of a penalty (行政处罚法第九条)."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.penalties.models.penalty import Penalty


class SanctionKind(models.TextChoices):
    WARNING = "warning", _("Warning")
    CRITICISM = "criticism", _("Public criticism")
    FINE = "fine", _("Fine")
    GAINS = "gains", _("Confiscation of unlawful gains")
    GOODS = "goods", _("Confiscation of unlawful goods")
    SUSPEND = "suspend", _("Suspension of a licence")
    DOWNGRADE = "downgrade", _("Downgrading of a qualification")
    REVOKE = "revoke", _("Revocation of a licence")
    RESTRICT = "restrict", _("Restriction of production or business")
    STOP = "stop", _("Stop of production or business")
    CLOSE = "close", _("Closure")
    BAR = "bar", _("Bar from the trade")


MONEY = (SanctionKind.FINE, SanctionKind.GAINS)
# Before these the party is told that it may ask for a hearing, whatever the amount (行政处罚法第六十三条第一款第三项至第五项).
HEARD = (
    SanctionKind.DOWNGRADE, SanctionKind.REVOKE, SanctionKind.STOP, SanctionKind.CLOSE, SanctionKind.RESTRICT,
    SanctionKind.BAR,
)  # fmt: skip


class Sanction(models.Model):
    """One sanction of a penalty. `amount`: yuan, of a fine or of gains; `detail`: what is confiscated, which licence, until when."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="sanctions")
    kind = models.CharField(_("Sanction"), max_length=10, choices=SanctionKind)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    detail = models.CharField(_("What exactly"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # One act, one fine (行政处罚法第二十九条).
            models.UniqueConstraint(fields=["penalty", "kind"], name="penalties_each_sanction_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["fine", "gains"], amount__isnull=False, amount__gt=0)
                | ~Q(kind__in=["fine", "gains"]) & Q(amount=None),
                name="penalties_only_money_has_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def as_told(self) -> dict[str, str]:
        """As the prior notice keeps it."""
        return {"kind": self.kind, "amount": str(self.amount or ""), "detail": self.detail}

    @property
    def yuan(self) -> Decimal:
        return self.amount or Decimal(0)
