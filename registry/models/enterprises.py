"""Enterprises, the groups they belong to, and the names they bore."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import pinyin
from organisation.models import Officer, Region
from organisation.scope import scope_of
from registry.models.seen import enterprises_seen, home_ranges, within


class GroupQuerySet(models.QuerySet["EnterpriseGroup"]):
    def visible_to(self, viewer: Any) -> Self:
        """Names of groups are common knowledge of officers; which members are shown is the enterprises' own question."""
        if not isinstance(viewer, Officer) or not viewer.is_active:
            return self.none()
        if scope_of(viewer).is_empty and not viewer.has_perm("registry.change_enterprisegroup"):
            return self.none()
        return self


class EnterpriseGroup(models.Model):
    """A group of companies under one controller (大企业大集团, 国发〔2011〕12号 (九))."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    initials = models.CharField(max_length=80, blank=True, editable=False)
    note = models.CharField(_("Remark"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="registry_group_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.initials = pinyin.initials(self.name)[:80]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("registry:group", args=[self.pk])


class EnterpriseKind(models.TextChoices):
    SEPARATION = "separation", _("Smelting and separation")
    METALS = "metals", _("Metal smelting")
    MATERIALS = "materials", _("Materials processing")
    RECYCLING = "recycling", _("Recycling of secondary resources")
    TRADE = "trade", _("Trade")
    EXPORT = "export", _("Export")
    GROUP = "group", _("Group holding")


class EnterpriseStatus(models.TextChoices):
    OPERATING = "operating", _("Operating")
    SUSPENDED = "suspended", _("Production suspended")
    CLOSED = "closed", _("Closed down")
    DEREGISTERED = "deregistered", _("Deregistered")


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, viewer: Any) -> Self:
        """Enterprises of the regions the viewer's departments work in, and those of matters he sees elsewhere."""
        seen = enterprises_seen(viewer)
        return self.none() if seen is None else self.filter(seen)

    def in_own_region_of(self, viewer: Any) -> Self:
        """Those the viewer may keep up to date, when his role lets him: of his own departments' regions only."""
        own = within(home_ranges(viewer))
        return self.none() if own is None else self.filter(own)

    def of_kind(self, kind: str) -> Self:
        """Kinds are a short JSON list; its text is searched, so that SQLite and PostgreSQL answer alike."""
        return self.annotate(_kinds_text=Cast("kinds", models.TextField())).filter(_kinds_text__contains=f'"{kind}"')


class Enterprise(models.Model):
    """A supervised party, identified by its unified social credit code (GB 32100-2015)."""

    credit_code = models.CharField(_("Unified social credit code"), max_length=18, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    # Derived from the name whenever it is saved: what officers type to find it.
    initials = models.CharField(max_length=120, blank=True, editable=False)
    pinyin = models.CharField(max_length=400, blank=True, editable=False)
    kinds = models.JSONField(_("Kinds"), default=list)  # of EnterpriseKind
    group = models.ForeignKey(
        EnterpriseGroup, models.PROTECT, null=True, blank=True, related_name="enterprises", verbose_name=_("Group")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="enterprises", verbose_name=_("Region"))
    base = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="base_enterprises",
        verbose_name=_("Industrial base"),
        limit_choices_to={"is_industrial_base": True},
    )
    material_classes = models.ManyToManyField(
        "registry.MaterialClass", blank=True, related_name="enterprises", verbose_name=_("Material classes")
    )
    address = models.CharField(_("Address"), max_length=200, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=40, blank=True)
    contact_name = models.CharField(_("Contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    registered_capital_10k_cny = models.DecimalField(
        _("Registered capital (10 000 CNY)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=14, choices=EnterpriseStatus, default=EnterpriseStatus.OPERATING)
    agreed_electronic_service = models.BooleanField(_("Has agreed to electronic service"), default=False)
    electronic_address = models.CharField(_("Address for electronic service"), max_length=120, blank=True)
    note = models.TextField(_("Remark"), blank=True)
    version = models.PositiveIntegerField(default=1)  # two officers editing: the second is told
    updated_at = models.DateTimeField(null=True, blank=True)

    KINDS_CHOICES = EnterpriseKind.choices

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["pinyin", "id"], name="registry_enterprise_by_pinyin"),
            models.Index(fields=["region", "name"], name="registry_enterprise_in_region"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("credit_code"), 18), name="registry_credit_code_has_18_characters"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="registry_enterprise_has_a_name"),
            models.CheckConstraint(
                condition=Q(registered_capital_10k_cny=None) | Q(registered_capital_10k_cny__gte=0),
                name="registry_registered_capital_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(agreed_electronic_service=False) | ~Q(electronic_address=""),
                name="registry_electronic_service_needs_an_address",
            ),
        ]
        permissions = [
            ("import_enterprises", "May import enterprises from Excel"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_pinyin()
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "initials", "pinyin"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("registry:enterprise", args=[self.pk])

    def derive_pinyin(self) -> None:
        """Also for `bulk_create`, which does not call `save`."""
        self.initials = pinyin.initials(self.name)[:120]
        self.pinyin = pinyin.full(self.name)[:400]

    @property
    def kind_labels(self) -> list[str]:
        known = dict(EnterpriseKind.choices)
        return [str(known.get(kind, kind)) for kind in self.kinds]

    def name_on(self, day: date) -> str:
        """The name the enterprise bore on that day."""
        over = [former for former in self.former_names.all() if day <= former.until]
        return min(over, key=lambda former: former.until).name if over else self.name


class PartQuerySet(models.QuerySet[Any]):
    """Rows that belong to an enterprise are seen with it."""

    path = "enterprise__"

    def visible_to(self, viewer: Any) -> Self:
        seen = enterprises_seen(viewer, self.path)
        return self.none() if seen is None else self.filter(seen)


class FormerName(models.Model):
    """A name an enterprise bore until it was renamed. Old documents and files are found by it."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="former_names")
    name = models.CharField(_("Name"), max_length=120)
    initials = models.CharField(max_length=120, blank=True, editable=False)
    since = models.DateField(_("From"), null=True, blank=True)  # unknown for the first name recorded
    until = models.DateField(_("Until"))  # last day
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-until", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name", "until"], name="registry_former_name_once_per_end"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__lte=models.F("until")),
                name="registry_former_name_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.initials = pinyin.initials(self.name)[:120]
        super().save(*args, **kwargs)


def known_as(text: str) -> Q:
    """Enterprises by name, short name, former name, credit code or pinyin (initials or whole): `text` as an officer types it."""
    plain = "".join(text.split())
    former = Q(name__contains=plain)
    found = Q(name__contains=plain) | Q(short_name__contains=plain)
    if plain.isascii() and plain:
        latin = plain.lower()
        found |= Q(credit_code__startswith=plain.upper()) | Q(initials__contains=latin) | Q(pinyin__contains=latin)
        former |= Q(initials__contains=latin)
    return found | Q(pk__in=FormerName.objects.filter(former).values("enterprise_id"))
