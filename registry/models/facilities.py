"""Where an enterprise works and with what: facilities and process lines."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from organisation.models import Region
from registry.models.enterprises import Enterprise, PartQuerySet
from registry.models.reference import Technique


class CoordinateSource(models.TextChoices):
    """How a position was found. Converted ones say so: GCJ-02 and BD-09 lie 500 to 700 m beside WGS-84."""

    GNSS = "gnss", _("Satellite receiver on the spot")
    SURVEY = "survey", _("Survey or design document")
    PERMIT = "permit", _("Permit or environmental assessment")
    MAP = "map", _("Read from a map in WGS-84 or CGCS2000")
    CONVERTED = "converted", _("Converted from GCJ-02 or BD-09")


class LineStatus(models.TextChoices):
    BUILDING = "building", _("Under construction")
    OPERATING = "operating", _("In operation")
    SUSPENDED = "suspended", _("Suspended")
    DISMANTLED = "dismantled", _("Dismantled")


class Facility(models.Model):
    """A site: a plant, a yard, a laboratory, with its own address and position."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="facilities", verbose_name=_("Enterprise"))
    name = models.CharField(_("Name of the site"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="facilities", verbose_name=_("Region"))
    address = models.CharField(_("Address"), max_length=200, blank=True)
    longitude_deg = models.DecimalField(
        _("Longitude (°E, WGS-84)"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    latitude_deg = models.DecimalField(
        _("Latitude (°N, WGS-84)"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    accuracy_m = models.PositiveIntegerField(_("Accuracy (m)"), null=True, blank=True)
    coordinate_source = models.CharField(
        _("Source of the position"), max_length=10, choices=CoordinateSource, blank=True
    )
    is_closed = models.BooleanField(_("No longer used"), default=False)
    note = models.CharField(_("Remark"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["is_closed", "name", "id"]
        verbose_name = _("Facility")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name"], name="registry_facility_name_once_per_enterprise"),
            models.CheckConstraint(
                condition=Q(longitude_deg=None, latitude_deg=None)
                | Q(longitude_deg__isnull=False, latitude_deg__isnull=False),
                name="registry_position_has_both_longitude_and_latitude",
            ),
            models.CheckConstraint(
                condition=Q(longitude_deg=None)
                | Q(longitude_deg__gte=-180, longitude_deg__lte=180, latitude_deg__gte=-90, latitude_deg__lte=90),
                name="registry_position_lies_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(longitude_deg=None) | ~Q(coordinate_source=""), name="registry_position_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.name}"

    def get_absolute_url(self) -> str:
        return f"{self.enterprise.get_absolute_url()}#facility-{self.pk}"

    @property
    def position(self) -> str:
        """ "119.486100, 31.420300 ±12 m", or nothing."""
        if self.longitude_deg is None or self.latitude_deg is None:
            return ""
        accuracy = f" ±{self.accuracy_m} m" if self.accuracy_m is not None else ""
        return f"{self.longitude_deg:.6f}, {self.latitude_deg:.6f}{accuracy}"


class LineQuerySet(PartQuerySet):
    path = "facility__enterprise__"

    def in_use(self) -> Self:
        return self.filter(status=LineStatus.OPERATING)

    def capacity_t_reo_per_year(self) -> Decimal:
        """Sum over the lines, in tonnes of rare-earth oxides per year."""
        return self.aggregate(total=Sum("capacity_t_reo_per_year"))["total"] or Decimal(0)


class ProcessLine(models.Model):
    """A production line with its technique and approved capacity in tonnes of rare-earth oxides per year."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="lines", verbose_name=_("Facility"))
    name = models.CharField(_("Name of the line"), max_length=80)
    technique = models.ForeignKey(Technique, models.PROTECT, related_name="lines", verbose_name=_("Technique"))
    capacity_t_reo_per_year = models.DecimalField(_("Capacity (t REO per year)"), max_digits=12, decimal_places=3)
    commissioned_on = models.DateField(_("Commissioned on"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=12, choices=LineStatus, default=LineStatus.OPERATING)
    note = models.CharField(_("Remark"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("Process line")
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="registry_line_name_once_per_facility"),
            models.CheckConstraint(
                condition=Q(capacity_t_reo_per_year__gt=0), name="registry_line_capacity_is_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility} · {self.name}"

    def get_absolute_url(self) -> str:
        return self.facility.get_absolute_url()

    # Lines that count towards the capacity of an enterprise: those that produce or could again tomorrow.
    COUNTED: ClassVar[frozenset[str]] = frozenset({LineStatus.OPERATING, LineStatus.SUSPENDED})
