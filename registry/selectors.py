"""Questions about enterprises that span tables."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registry import rules
from registry.models import Enterprise, EnterpriseKind, Facility, LineStatus, ProcessLine


@dataclass(slots=True)
class Site:
    """A facility with its lines, their capacity in t REO per year, and what looks wrong about them."""

    facility: Facility
    lines: list[ProcessLine] = field(default_factory=list)
    capacity_t_reo_per_year: Decimal = Decimal(0)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sites:
    """All sites of an enterprise; capacities count lines that operate or are suspended."""

    sites: list[Site]
    capacity_t_reo_per_year: Decimal
    operating_t_reo_per_year: Decimal
    separation_t_reo_per_year: Decimal


def sites_of(enterprise: Enterprise) -> Sites:
    """Two statements, whatever the number of sites and lines."""
    lines: dict[int, list[ProcessLine]] = defaultdict(list)
    for line in ProcessLine.objects.filter(facility__enterprise=enterprise).select_related("technique"):
        lines[line.facility_id].append(line)
    total = operating = separation = Decimal(0)
    sites = []
    for facility in Facility.objects.filter(enterprise=enterprise).select_related("region"):
        site = Site(facility, lines[facility.pk])
        site.doubts.extend(rules.position_doubts(facility.longitude_deg, facility.latitude_deg, facility.accuracy_m))
        for line in site.lines:
            in_use = line.status == LineStatus.OPERATING
            technique = line.technique
            site.doubts.extend(
                rules.technique_doubts(
                    technique.label, is_obsolete=technique.is_obsolete, basis=technique.basis, in_use=in_use
                )
            )
            if line.status not in ProcessLine.COUNTED:
                continue
            site.capacity_t_reo_per_year += line.capacity_t_reo_per_year
            operating += line.capacity_t_reo_per_year if in_use else 0
            separation += line.capacity_t_reo_per_year if technique.kind == EnterpriseKind.SEPARATION else 0
        total += site.capacity_t_reo_per_year
        sites.append(site)
    return Sites(sites, total, operating, separation)


def doubts_about(enterprise: Enterprise, sites: Sites) -> list[str]:
    """What an officer should look at again; none of it refuses anything."""
    return [
        *rules.code_region_doubts(enterprise.credit_code, enterprise.region_id, enterprise.region.name),
        *rules.capacity_doubts(
            separates=EnterpriseKind.SEPARATION in enterprise.kinds,
            capacity_t_reo_per_year=sites.separation_t_reo_per_year,
        ),
        *(doubt for site in sites.sites for doubt in site.doubts),
    ]


def capacities(enterprise_ids: list[int]) -> dict[int, Decimal]:
    """Capacity in t REO per year by enterprise, for a page of a list at once."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    rows: Any = ProcessLine.objects.filter(
        facility__enterprise_id__in=enterprise_ids, status__in=ProcessLine.COUNTED
    ).values_list("facility__enterprise_id", "capacity_t_reo_per_year")
    for enterprise_id, capacity in rows:
        found[enterprise_id] += capacity
    return found
