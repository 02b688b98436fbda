"""How far a campaign has come, counted only from what the viewer may see; behind each number its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework import kinds
from casework.models import Docket
from enforcement.campaigns.models import Campaign, Target
from enforcement.campaigns.results import CheckResult
from enforcement.inspections.models import Finding
from enforcement.penalties.models import Penalty
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage as CaseStage
from organisation.models import Region

# A case counts as rectified once its re-inspection found it so.
RECTIFIED = (CaseStage.CLOSING, CaseStage.CLOSED)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the figures are narrowed to: enterprises of a region, matters opened from one day to another."""

    region: Region | None = None
    since: date | None = None
    until: date | None = None

    def place(self, path: str) -> Q:
        if self.region is None:
            return Q()
        first, last = self.region.code_range
        return Q(**{f"{path}__gte": first, f"{path}__lte": last})

    def time(self, path: str) -> Q:
        found = Q()
        if self.since:
            found &= Q(**{f"{path}__gte": self.since})
        if self.until:
            found &= Q(**{f"{path}__lte": self.until})
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """A row behind a figure."""

    label: str
    party: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    label: str
    rows: list[Row]

    @property
    def number(self) -> int:
        return len(self.rows)


def figures(campaign: Campaign, viewer: Any, narrowed: Narrowed) -> list[Figure]:
    """In the order of the work. The campaign itself the viewer sees already; of its matters only those he sees."""
    targets = campaign.targets.filter(narrowed.place("enterprise__region_id")).select_related("enterprise")
    matters = (
        Docket.objects.visible_to(viewer)
        .filter(narrowed.place("enterprise__region_id"), narrowed.time("opened_on"))
        .filter(pk__in=campaign.links.values("docket"))
        .select_related("enterprise")
        .order_by("opened_on", "pk")
    )
    cases = RectificationCase.objects.visible_to(viewer).filter(docket__in=matters).select_related("docket__enterprise")
    findings = Finding.objects.visible_to(viewer).filter(inspection__docket__in=matters)
    penalties = Penalty.objects.visible_to(viewer).filter(case__in=cases).exclude(decided_on=None)
    return [
        Figure("targets", _("Enterprises of the campaign"), _of_targets(targets)),
        Figure(
            "answered",
            _("Self-checks received"),
            _of_targets(targets.filter(result__in=[CheckResult.IN_ORDER, CheckResult.GAPS])),
        ),
        Figure("gaps", _("Gaps reported"), _of_targets(targets.filter(result=CheckResult.GAPS))),
        Figure("inspected", _("Enterprises inspected"), _inspected(targets, matters)),
        Figure("findings", _("Problems found"), _of_findings(findings)),
        Figure("leads", _("Leads of the campaign"), _of_dockets(matters.filter(kind="lead"))),
        Figure("cases", _("Cases opened"), _of_dockets(matters.filter(kind="rectification"))),
        Figure(
            "rectified",
            _("Cases rectified"),
            _of_dockets(matters.filter(pk__in=cases.filter(stage__in=RECTIFIED).values("docket"))),
        ),
        Figure("penalties", _("Penalties decided"), _of_penalties(penalties)),
    ]


def _of_targets(rows: QuerySet[Target]) -> list[Row]:
    return [
        Row(
            row.enterprise.name,
            row.reason,
            str(row.get_result_display()) if row.result else _("Not received yet"),
            row.enterprise.get_absolute_url(),
        )
        for row in rows
    ]


def _inspected(targets: QuerySet[Target], matters: QuerySet[Docket]) -> list[Row]:
    """Enterprises, each once, however often they were visited."""
    visited = matters.filter(kind="inspection").values("enterprise")
    return _of_targets(targets.filter(enterprise__in=visited))


def _of_dockets(rows: QuerySet[Docket]) -> list[Row]:
    return [
        Row(
            str(row),
            row.enterprise.name if row.enterprise else row.title,
            kinds.stage_label(row.kind, row.stage),
            row.get_absolute_url(),
        )
        for row in rows
    ]


def _of_findings(rows: QuerySet[Finding]) -> list[Row]:
    return [
        Row(row.fact, row.inspection.enterprise.name, str(row.get_severity_display()), row.get_absolute_url())
        for row in rows.select_related("inspection__enterprise")
    ]


def _of_penalties(rows: QuerySet[Penalty]) -> list[Row]:
    return [
        Row(
            row.decision.number if row.decision and row.decision.number else str(row.docket),
            row.case.enterprise.name,
            str(row.get_stage_display()),
            row.docket.get_absolute_url(),
        )
        for row in rows.select_related("docket", "case__enterprise", "decision")
    ]
