"""Reference data: the seventeen elements, the six classes of new materials, techniques, customs codes."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import pinyin
from organisation.models import Officer
from registry import words


class ReferenceQuerySet(models.QuerySet[Any]):
    """Reference data: every officer reads it, nobody else."""

    def visible_to(self, viewer: Any) -> Self:
        return self if isinstance(viewer, Officer) and viewer.is_active else self.none()


class Sourced(models.Model):
    """A row of reference data: where it comes from and how far it may be trusted."""

    source = models.CharField(_("Source"), max_length=200, blank=True)
    confidence = models.CharField(_("Confidence"), max_length=60, blank=True)
    is_verified = models.BooleanField(_("Checked against the source"), default=False)
    # Kept by the system administrator since: loading the files again leaves the row alone.
    is_edited = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Element(Sourced):
    """One of the seventeen rare-earth elements (稀土管理条例第三十条)."""

    symbol = models.CharField(_("Symbol"), max_length=2, primary_key=True)
    name = models.CharField(_("Name"), max_length=4, unique=True)
    initials = models.CharField(max_length=8, blank=True, editable=False)
    atomic_number = models.PositiveSmallIntegerField(_("Atomic number"), unique=True)
    atomic_mass = models.DecimalField(_("Atomic mass"), max_digits=9, decimal_places=4)
    oxide_formula = models.CharField(_("Oxide"), max_length=10)
    oxide_name = models.CharField(_("Name of the oxide"), max_length=10)
    oxide_molar_mass = models.DecimalField(_("Molar mass of the oxide"), max_digits=9, decimal_places=4)
    factor_element_to_oxide = models.DecimalField(_("Factor element → oxide"), max_digits=8, decimal_places=5)
    factor_oxide_to_element = models.DecimalField(_("Factor oxide → element"), max_digits=8, decimal_places=5)
    two_group = models.CharField(_("Light or heavy"), max_length=20)
    three_group = models.CharField(_("Light, medium or heavy"), max_length=20)
    counts_as_medium_heavy = models.BooleanField(_("Medium or heavy in foreign trade"), default=False)
    export_control = models.CharField(_("Export control"), max_length=120, blank=True)
    note = models.CharField(_("Remark"), max_length=120, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["atomic_number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(factor_element_to_oxide__gte=1, factor_oxide_to_element__lte=1),
                name="registry_an_oxide_weighs_more_than_its_element",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.symbol}"  # what the trail keeps; screens say `label`

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.initials = pinyin.initials(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("registry:element", args=[self.symbol])

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return words.element(self.symbol, self.name)

    @property
    def oxide_label(self) -> str:
        return words.oxide(self.symbol, self.oxide_name)


class MaterialClass(Sourced):
    """One of the six classes of new materials of 苏政发〔2012〕6号 §一."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(_("Material class"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(_("Basis"), max_length=120, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class HsCodeQuerySet(ReferenceQuerySet):
    def valid_on(self, day: date) -> Self:
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class HsCode(Sourced):
    """A customs code of rare earths, with the days it stood in the tariff."""

    code = models.CharField(_("HS code"), max_length=10)
    name = models.CharField(_("Name of goods"), max_length=120)
    initials = models.CharField(max_length=120, blank=True, editable=False)
    category = models.CharField(_("Category"), max_length=40)
    is_primary_product = models.BooleanField(_("Primary product"), default=False)
    primary_form = models.CharField(_("As what"), max_length=20, blank=True)  # 金属, 氧化物, 盐类, 铁合金 …
    medium_heavy = models.CharField(_("Medium or heavy"), max_length=40, blank=True)
    valid_from = models.DateField(_("In the tariff from"), null=True, blank=True)
    valid_to = models.DateField(_("In the tariff until"), null=True, blank=True)
    tariff_note = models.CharField(_("Tariff history"), max_length=120, blank=True)
    supervision_condition = models.CharField(_("Supervision condition"), max_length=200, blank=True)
    note = models.CharField(_("Remark"), max_length=200, blank=True)

    objects = HsCodeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        verbose_name = _("HS code")
        constraints = [
            models.UniqueConstraint(fields=["code", "name"], name="registry_hs_code_once_per_wording"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="registry_hs_code_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.initials = pinyin.initials(self.name)[:120]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("registry:hs_code", args=[self.pk])


class Technique(Sourced):
    """A production technique. Obsolete ones stay in the list, so that a line still using one can be named."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(_("Technique"), max_length=60, unique=True)
    kind = models.CharField(_("Used in"), max_length=20)  # an EnterpriseKind
    is_obsolete = models.BooleanField(_("To be phased out"), default=False)
    basis = models.CharField(_("Basis"), max_length=200, blank=True)
    note = models.CharField(_("Remark"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_obsolete=False) | ~Q(basis=""), name="registry_obsolete_technique_cites_its_basis"
            ),
        ]

    def __str__(self) -> str:
        return self.name  # what the trail keeps; screens say `label`

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return words.technique(self.code, self.name)


def is_trusted(confidence: str, *texts: Any) -> bool:
    """Only what was marked high throughout, with nothing left to check, counts as verified."""
    said = " ".join([confidence, *(str(text) for text in texts)])
    return confidence.startswith("high") and not any(word in said for word in ("medium", "low", "核实"))
