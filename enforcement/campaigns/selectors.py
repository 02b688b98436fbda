"""Questions about campaigns, answered for one viewer."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework import kinds
from casework.models import Docket
from core import clock
from enforcement.campaigns.models import Campaign, Link
from enforcement.campaigns.services.linking import KINDS
from organisation.models import Region
from organisation.scope import scope_of
from registry.models import Enterprise, home_ranges

OFFERED = 300  # enterprises at once: narrow by region, base or kind


def regions_to_choose(viewer: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Regions whose enterprises the viewer may meet, and the industrial bases, as choices."""
    within = Q(pk__in=[])
    for first, last in (*home_ranges(viewer), *scope_of(viewer).regions):
        within |= Q(code__gte=first, code__lte=last)
    rows = Region.objects.filter(within).valid_on(clock.today()).order_by("code")
    regions = [(row.code, f"　{row.name}" if row.level == "county" else row.name) for row in rows]
    bases = Region.objects.filter(is_industrial_base=True).order_by("code")
    return regions, [(row.code, row.name) for row in bases]


def enterprises_offered(campaign: Campaign, viewer: Any, *, region: str, base: str, kind: str) -> QuerySet[Enterprise]:
    """Enterprises that the viewer sees and the campaign has not chosen, narrowed."""
    rows = Enterprise.objects.visible_to(viewer).exclude(pk__in=campaign.targets.values("enterprise"))
    if region:
        first, last = Region.objects.get(pk=region).code_range
        rows = rows.filter(region_id__gte=first, region_id__lte=last)
    if base:
        rows = rows.filter(base_id=base)
    if kind:
        rows = rows.of_kind(kind)
    return rows.order_by("pinyin", "pk")


def matters_offered(campaign: Campaign, viewer: Any) -> QuerySet[Docket]:
    """Inspections, leads and cases that the viewer sees, of an enterprise of the campaign, opened in its time, and not in it."""
    return (
        Docket.objects.visible_to(viewer)
        .filter(
            kind__in=KINDS,
            enterprise__in=campaign.targets.values("enterprise"),
            opened_on__gte=campaign.starts_on,
            opened_on__lte=campaign.ends_on,
        )
        .exclude(pk__in=campaign.links.values("docket"))
        .select_related("enterprise")
        .order_by("opened_on", "pk")
    )


def links_seen(campaign: Campaign, viewer: Any) -> QuerySet[Link]:
    """The matters of the campaign that the viewer sees."""
    seen = Docket.objects.visible_to(viewer)
    return Link.objects.filter(campaign=campaign, docket__in=seen).select_related("docket__enterprise").order_by("pk")


def matter_label(docket: Docket) -> str:
    party = docket.enterprise.name if docket.enterprise else docket.title
    return _("%(kind)s %(number)s, %(party)s, opened on %(on)s") % {
        "kind": kinds.kind_label(docket.kind),
        "number": docket,
        "party": party,
        "on": docket.opened_on,
    }
