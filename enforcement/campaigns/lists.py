"""List pages: campaigns, and matters supervised by name (挂牌督办清单)."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy
from django_filters import CharFilter, ChoiceFilter, DateFilter

from casework import kinds
from core import clock
from core.lists import ALL, Column, ListFilterSet, ListPage, Sort, Tab
from core.lists.page import Empty
from enforcement.campaigns.docket_kind import KIND
from enforcement.campaigns.levels import Level
from enforcement.campaigns.models import Campaign, Supervision, stage_choices
from enforcement.campaigns.results import CheckResult
from enforcement.campaigns.subjects import Subject
from enforcement.campaigns.workflow import CAMPAIGN, LEAD, Stage
from notices.forms import DayInput


class CampaignFilters(ListFilterSet):
    q = CharFilter(label=_("Name or number"), method="by_text")
    subject = ChoiceFilter(label=_("Subject of the campaign"), choices=Subject.choices, empty_label=ALL)
    stage = ChoiceFilter(label=_("Stage"), choices=stage_choices, empty_label=ALL)
    on = DateFilter(label=_("Running on"), method="by_day", widget=DayInput())

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(Q(name__contains=value) | Q(docket__number__contains=value))

    def by_day(self, rows: Any, _name: str, value: date) -> Any:
        return rows.filter(starts_on__lte=value, ends_on__gte=value)


def _campaigns(viewer: Any) -> Any:
    return Campaign.objects.visible_to(viewer).select_related("docket__department")


def _with_counts(rows: list[Any], _viewer: Any) -> None:
    """Enterprises and self-checks received, of a page at once."""
    received = Q(targets__result__in=[CheckResult.IN_ORDER, CheckResult.GAPS])
    counts = Campaign.objects.filter(pk__in=[row.pk for row in rows]).annotate(
        all_targets=Count("targets", distinct=True), answered=Count("targets", filter=received, distinct=True)
    )
    found = {row.pk: (row.all_targets, row.answered) for row in counts}
    for row in rows:
        row.all_targets, row.answered = found[row.pk]


def _new(viewer: Any) -> dict[str, Any] | None:
    if not viewer.has_perm(LEAD):
        return None
    return {"label": _("New campaign"), "url": reverse("campaigns:new"), "icon": "plus", "hotkey": "n"}


CAMPAIGNS = ListPage(
    name="campaigns",
    title=_("Special rectification"),
    url_name="campaigns:campaigns",
    unit=npgettext_lazy("unit of a list", "campaign", "campaigns"),
    permission="notices.view_notice",
    rows=_campaigns,
    filters=CampaignFilters,
    sort="-from",
    prepare=_with_counts,
    primary=_new,
    empty=Empty(_("No campaign here."), _("Campaigns that your department leads or takes part in appear here.")),
    tabs=(
        Tab(
            "open", _("Campaigns under way"), lambda rows, _viewer: rows.exclude(stage__in=CAMPAIGN.final), counted=True
        ),
        Tab("all", _("All"), lambda rows, _viewer: rows),
    ),
    columns=(
        Column("name", _("Name"), value=lambda c: c.name, link=True, phone="main", width=40, fixed=True),
        Column("number", _("Docket number"), value=lambda c: str(c.docket), width=24),
        Column("subject", _("Subject of the campaign"), value=lambda c: c.get_subject_display(), width=18),
        Column("led_by", _("Led by"), value=lambda c: c.docket.department.short_name, width=22),
        Column(
            "stage",
            _("Stage"),
            value=lambda c: c.get_stage_display(),
            cell=lambda c: {"tag": {"label": c.get_stage_display(), "tone": KIND.tones.get(Stage(c.stage), "blue")}},
        ),
        Column("from", _("From"), value=lambda c: c.starts_on, sort="starts_on"),
        Column("until", _("Until"), value=lambda c: c.ends_on, sort="ends_on"),
        Column("targets", _("Enterprises of the campaign"), value=lambda c: c.all_targets, numeric=True),
        Column("answered", _("Self-checks received"), value=lambda c: c.answered, numeric=True),
    ),
    row_label=lambda c: c.name,
)


class SupervisionFilters(ListFilterSet):
    q = CharFilter(label=_("Number or enterprise"), method="by_text")
    level = ChoiceFilter(label=_("Level of supervision"), choices=Level.choices, empty_label=ALL)
    due_from = DateFilter(label=_("Due from"), field_name="due_on", lookup_expr="gte", widget=DayInput())
    due_to = DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte", widget=DayInput())

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(docket__number__contains=value)
            | Q(docket__enterprise__name__contains=value)
            | Q(document__contains=value)
        )


def is_late(row: Supervision) -> bool:
    return row.released_on is None and row.due_on < clock.today()


def progress_of(row: Supervision) -> str:
    return kinds.stage_label(row.docket.kind, row.docket.stage)


def state_of(row: Supervision) -> dict[str, Any]:
    if row.released_on is not None:
        return {"label": _("Released on %(on)s") % {"on": row.released_on}, "tone": "green"}
    if is_late(row):
        return {"label": _("%(days)d days overdue") % {"days": (clock.today() - row.due_on).days}, "tone": "red"}
    return {"label": _("Listed"), "tone": "purple"}


SUPERVISIONS = ListPage(
    name="supervisions",
    title=_("Matters supervised by name"),
    url_name="campaigns:supervisions",
    unit=npgettext_lazy("unit of a list", "matter", "matters"),
    permission="notices.view_notice",
    rows=lambda viewer: Supervision.objects.visible_to(viewer).select_related(
        "docket__enterprise", "docket__department"
    ),
    filters=SupervisionFilters,
    sort="due",  # what is overdue stands first
    empty=Empty(_("No matter is supervised by name."), _("A matter is listed on its own page.")),
    tabs=(
        Tab("listed", _("Listed"), lambda rows, _viewer: rows.filter(released_on=None), counted=True),
        Tab(
            "late",
            _("Overdue"),
            lambda rows, _viewer: rows.filter(released_on=None, due_on__lt=clock.today()),
            counted=True,
        ),
        Tab("all", _("All"), lambda rows, _viewer: rows),
    ),
    columns=(
        Column(
            "number", _("Docket number"), value=lambda s: str(s.docket), link=True, phone="main", width=26, fixed=True
        ),
        Column(
            "enterprise",
            _("Enterprise"),
            value=lambda s: s.docket.enterprise.name if s.docket.enterprise else "",
            width=34,
        ),
        Column("matter", _("Subject"), value=lambda s: s.docket.title, width=30),
        Column("level", _("Level of supervision"), value=lambda s: s.get_level_display(), width=14),
        Column("authority", _("Supervising authority"), value=lambda s: s.authority, width=26, shown=False),
        Column("document", _("Document"), value=lambda s: s.document, width=24, shown=False),
        Column("charge", _("Authority in charge"), value=lambda s: s.docket.department.short_name, width=22),
        Column("requirements", _("What is required"), value=lambda s: s.requirements, width=44, phone="wide"),
        Column("listed", _("Listed on"), value=lambda s: s.listed_on, sort="listed_on"),
        Column("due", _("Public deadline"), value=lambda s: s.due_on, sort=Sort("due_on")),
        Column("progress", _("Progress"), value=progress_of, width=18),
        Column("state", _("State"), value=lambda s: str(state_of(s)["label"]), cell=lambda s: {"tag": state_of(s)}),
    ),
    row_label=lambda s: str(s.docket),
)
