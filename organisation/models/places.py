"""Regions and departments: where, and which authority."""

from datetime import date
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ordering import oldest_first


def is_certain(confidence: str) -> bool:
    """Reference rows keep how sure we are of them: "high", or several grades such as "high(policy)/low"."""
    grades = confidence.split("/")
    return all(grade.strip().startswith("high") for grade in grades)


class RegionLevel(models.TextChoices):
    NATION = "nation", _("Nation")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")


class RegionQuerySet(models.QuerySet["Region"]):
    def valid_on(self, day: date) -> Self:
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))

    def within(self, region: "Region") -> Self:
        """`region` and all below it. GB/T 2260 codes nest: 32 0000 ⊃ 3204 00 ⊃ 320481."""
        first, last = region.code_range
        return self.filter(code__gte=first, code__lte=last)


class Region(models.Model):
    """An administrative division with its GB/T 2260 code. A code that was abolished stays, with its last day."""

    code = models.CharField(max_length=6, primary_key=True, validators=[RegexValidator(r"^\d{6}$")])
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=RegionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    is_industrial_base = models.BooleanField(
        default=False, help_text=_("One of the five bases of 苏政发〔2012〕6号 §一")
    )
    taihu_basin = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=60, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def code_range(self) -> tuple[str, str]:
        """First and last code of the region and all below it. The nation, seat of the ministries, holds nobody's cases."""
        stem = self.code[: {"nation": 6, "province": 2, "city": 4, "county": 6}[self.level]]
        return stem.ljust(6, "0"), stem.ljust(6, "9")

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    @property
    def is_verified(self) -> bool:
        """Is the row known with high confidence? Otherwise pages mark it 待核实."""
        return is_certain(self.confidence)


class DepartmentLevel(models.TextChoices):
    CENTRAL = "central", _("Central authority")
    CENTRAL_IN_PROVINCE = "central_in_province", _("Central authority in the province")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    ASSOCIATION = "association", _("Association")


class DepartmentQuerySet(models.QuerySet["Department"]):
    def visible_to(self, viewer: Any) -> Self:
        """The list of authorities is open to every officer who holds a role; nobody else."""
        return self if getattr(viewer, "is_active", False) and viewer.roles else self.none()

    def below(self, department: "Department") -> Self:
        """`department` and all below it. A department without a path has nothing below it, not everything."""
        return self.filter(path__startswith=department.path) if department.path else self.none()

    def acting_on(self, day: date) -> Self:
        """Departments that exist on that day and whose officers use the portal."""
        return self.filter(Q(abolished_on=None) | Q(abolished_on__gt=day), uses_portal=True)


ENVIRONMENT = "EPD"  # Department.kind of the environmental authorities, of which special rules of procedure bind


class Department(models.Model):
    """An authority. Its name changes with reforms (DepartmentName); its identity and its cases do not."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=DepartmentLevel)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # Own code preceded by those of all superiors ("/JS-EPD/CZ-EPB/"): the subtree is one prefix range.
    path = models.CharField(max_length=120, unique=True)
    brand = models.CharField(
        max_length=20, blank=True, help_text=_("Characters for document numbers, such as 苏稀, 苏环, 常环")
    )
    kind = models.CharField(max_length=20, blank=True, help_text=_("Line of administration: MIIT, EPD, AIC …"))
    calls_itself = models.CharField(max_length=10, blank=True)  # in its documents: 我局, 我厅, 我委, 我关 …
    # 内设机构: part of the authority above it, in whose name it acts; never in its own (行政处罚法第十七条).
    is_internal = models.BooleanField(default=False)
    internal_source = models.CharField(max_length=200, blank=True)
    # Only where it is not the people's government of its own level, which is the rule (行政复议法第二十四条).
    reconsideration_by = models.CharField(max_length=80, blank=True)
    reconsideration_source = models.CharField(max_length=200, blank=True)
    reconsideration_confidence = models.CharField(max_length=60, blank=True)
    duties = models.TextField(blank=True)
    policy_article = models.CharField(max_length=60, blank=True)
    uses_portal = models.BooleanField(default=True)
    abolished_on = models.DateField(null=True, blank=True)
    # Who carries on the duties of an abolished department.
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)
    # Set up or renamed in the portal: what it is called is no longer taken from the project's files.
    kept_here = models.BooleanField(default=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        permissions = [("keep_departments", "May set up and rename departments")]
        constraints = [
            # The subtree is a prefix range: an empty path would be the prefix of everybody.
            models.CheckConstraint(
                condition=Q(path__startswith="/") & Q(path__endswith="/") & ~Q(path="/"),
                name="organisation_department_path_has_slashes",
            ),
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(parent__isnull=False),
                name="organisation_internal_office_has_an_authority",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("organisation:department", args=[self.code])

    def name_on(self, day: date) -> str:
        """The official name on that day."""
        held = [n for n in self.names.all() if (n.valid_from or date.min) <= day <= (n.valid_to or date.max)]
        return held[-1].name if held else self.name

    @property
    def acts_as(self) -> "Department":
        """The authority in whose name it acts: its own, or for an internal office that of the one above."""
        return self.parent.acts_as if self.is_internal and self.parent else self

    @property
    def own_name_in_text(self) -> str:
        """How it speaks of itself in its documents."""
        return self.calls_itself or "本机关"

    @property
    def reconsidered_by(self) -> str:
        """Who reconsiders its acts: as the reference data say, else the people's government of its level; empty where neither is known."""
        if self.reconsideration_by:
            return self.reconsideration_by
        local = {DepartmentLevel.PROVINCE, DepartmentLevel.CITY, DepartmentLevel.COUNTY}
        return f"{self.region.name}人民政府" if self.level in local else ""

    def exists_on(self, day: date) -> bool:
        return self.abolished_on is None or day < self.abolished_on

    @property
    def is_environmental(self) -> bool:
        return self.kind == ENVIRONMENT

    def is_at_or_below(self, other: "Department") -> bool:
        return bool(other.path) and self.path.startswith(other.path)

    @property
    def is_verified(self) -> bool:
        """Is the row known with high confidence? Otherwise pages mark it 待核实."""
        return is_certain(self.confidence)


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


class DepartmentName(models.Model):
    """The name an authority bore from one day to another."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="names")
    name = models.CharField(max_length=80)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    known_to = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)

    class Meta:
        ordering = [oldest_first("valid_from")]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "name", "valid_from"], name="organisation_name_once_per_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def from_text(self) -> str:
        return self.as_known(self.valid_from)

    def as_known(self, day: date | None) -> str:
        """The day as exactly as it is known: 2018-10-25, 2018-10, or 2018."""
        if day is None:
            return ""
        return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[Precision(self.known_to)]]


class DepartmentBrand(models.Model):
    """The characters by which an authority numbered its documents from one day to another. Kept from the first change on: numbers
    are counted by them, so no other authority ever takes them."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="brands")
    brand = models.CharField(max_length=20)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [oldest_first("valid_from")]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "brand", "valid_from"], name="organisation_brand_once_per_start"
            ),
        ]

    def __str__(self) -> str:
        return self.brand
