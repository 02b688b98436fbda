"""Doubts about what was entered: pure functions of facts. A doubt is shown, it refuses nothing."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

# Jiangsu with a margin of some kilometres, in degrees WGS-84.
EAST: Final = (Decimal("116.30"), Decimal("122.00"))
NORTH: Final = (Decimal("30.70"), Decimal("35.20"))
# Separation below this is not given a quota (notices on the quotas of 2016 to 2024), in t REO per year.
SEPARATION_MINIMUM_T_REO: Final = Decimal(2000)


def position_doubts(
    longitude_deg: Decimal | None, latitude_deg: Decimal | None, accuracy_m: int | None = None
) -> Iterator[str]:
    """What looks wrong about a position (WGS-84, degrees; accuracy in metres)."""
    if longitude_deg is None or latitude_deg is None:
        return
    if not _in_jiangsu(longitude_deg, latitude_deg):
        if _in_jiangsu(latitude_deg, longitude_deg):
            yield _("Longitude and latitude seem to be exchanged.")
        else:
            yield _("The position lies outside Jiangsu.")
    if accuracy_m is not None and accuracy_m > 500:
        yield _("The position is only accurate to %(metres)d m: too coarse to tell two plants apart.") % {
            "metres": accuracy_m
        }


def _in_jiangsu(longitude_deg: Decimal, latitude_deg: Decimal) -> bool:
    return EAST[0] <= longitude_deg <= EAST[1] and NORTH[0] <= latitude_deg <= NORTH[1]


def technique_doubts(name: str, *, is_obsolete: bool, basis: str, in_use: bool) -> Iterator[str]:
    """An obsolete technique that is still at work."""
    if is_obsolete and in_use:
        yield _("“%(technique)s” is to be phased out (%(basis)s), but the line is operating.") % {
            "technique": name,
            "basis": basis,
        }


def capacity_doubts(*, separates: bool, capacity_t_reo_per_year: Decimal) -> Iterator[str]:
    """Separation below the size for which quotas are given."""
    if separates and Decimal(0) < capacity_t_reo_per_year < SEPARATION_MINIMUM_T_REO:
        yield _(
            "The separation capacity is %(capacity)s t REO per year, below the %(minimum)s t under which the quota notices "
            "of 2016 to 2024 give no quota."
        ) % {"capacity": f"{capacity_t_reo_per_year:f}".rstrip("0").rstrip("."), "minimum": SEPARATION_MINIMUM_T_REO}


def code_region_doubts(credit_code: str, region_code: str, region_name: str) -> Iterator[str]:
    """The code names the registering region, which need not be where the enterprise works; another city deserves a look."""
    registered = credit_code[2:8]
    if registered.isdecimal() and registered[:2] == "32" and registered[:4] not in {"3200", region_code[:4]}:
        yield _("The credit code was given in region %(registered)s, but the enterprise is kept under %(region)s.") % {
            "registered": registered,
            "region": region_name,
        }
