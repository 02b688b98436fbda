"""What an enterprise makes or trades."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.enterprises import Enterprise, PartQuerySet
from registry.models.reference import Element, HsCode, MaterialClass


class Product(models.Model):
    """What an enterprise makes or trades: its class, its elements, its customs code."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="products", verbose_name=_("Enterprise"))
    name = models.CharField(_("Product"), max_length=80)
    material_class = models.ForeignKey(
        MaterialClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Material class"),
        help_text=_("Only for new materials; left empty for oxides, salts and metals."),
    )
    elements = models.ManyToManyField(Element, blank=True, related_name="products", verbose_name=_("Elements"))
    hs_code = models.ForeignKey(
        HsCode, models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("HS code")
    )
    reo_percent = models.DecimalField(
        _("Content of REO (per cent)"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    note = models.CharField(_("Remark"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("Product")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name"], name="registry_product_name_once_per_enterprise"),
            models.CheckConstraint(
                condition=Q(reo_percent=None) | Q(reo_percent__gt=0, reo_percent__lte=100),
                name="registry_content_is_above_0_and_at_most_100_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.name}"

    def get_absolute_url(self) -> str:
        return f"{self.enterprise.get_absolute_url()}#products"
