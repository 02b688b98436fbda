"""List pages of the statute book: periods and instruments."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from casework.deadlines import showing
from casework.models import Instrument, InstrumentNature, PeriodRule
from casework.models.statutes import Actor
from casework.reminders.lists import day_cell
from core import clock
from core.labels import in_print
from core.lists import ALL, Column, ListFilterSet, ListPage, Tab
from organisation.forms import DateInput


def in_force(rows: Any, on: date) -> Any:
    return rows.valid_on(on)


def periods(rows: Any) -> Any:
    return rows.periods()


def amounts(rows: Any) -> Any:
    return rows.amounts()


class DatedFilters(ListFilterSet):
    """Rows that were in force on a day."""

    def by_day(self, rows: Any, _name: str, value: date) -> Any:
        return rows.valid_on(value)

    def by_doubt(self, rows: Any, _name: str, value: str) -> Any:
        sure = Q(confidence__startswith="high") & ~Q(confidence__contains="low") & ~Q(confidence__contains="medium")
        return rows.exclude(sure)


class RuleFilters(DatedFilters):
    q = filters.CharFilter(label=_("Number, act or article"), method="by_text")
    on = filters.DateFilter(label=_("In force on"), method="by_day", widget=DateInput())
    actor_side = filters.ChoiceFilter(label=_("By whom"), choices=Actor.choices, empty_label=ALL)
    doubt = filters.ChoiceFilter(
        label=_("Check"), choices=[("open", _("To be verified"))], empty_label=ALL, method="by_doubt"
    )

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(code__iexact=value) | Q(trigger__contains=value) | Q(action__contains=value)
            | Q(legal_basis__contains=value) | Q(stage__contains=value)
        )  # fmt: skip


def check_tag(is_verified: bool) -> dict[str, Any]:
    return {"text": ""} if is_verified else {"tag": {"label": _("To be verified"), "tone": "amber"}}


def check_word(is_verified: bool) -> str:
    return "" if is_verified else str(_("To be verified"))


PERIODS = ListPage(
    name="periods",
    title=_("Statutory periods"),
    url_name="casework:periods",
    unit=npgettext_lazy("unit of a list", "rule", "rules"),
    lead=_("Each rule in its version. Open one to try a date on it."),
    rows=lambda viewer: PeriodRule.objects.all(),
    filters=RuleFilters,
    sort="code",
    tabs=(
        Tab("now", _("In force today"), narrow=lambda rows, _viewer: in_force(periods(rows), clock.today())),
        Tab("2012", _("On 29 January 2012"), narrow=lambda rows, _viewer: in_force(periods(rows), date(2012, 1, 29))),
        Tab("all", _("All periods"), narrow=lambda rows, _viewer: periods(rows)),
        Tab("amounts", _("Amounts and rates (no periods)"), narrow=lambda rows, _viewer: amounts(rows)),
    ),
    columns=(
        Column("code", _("Rule"), value=lambda r: r.code, link=True, sort="code", mono=True, fixed=True, width=8),
        Column("action", _("What must be done"), value=lambda r: r.action, phone="main", width=32),
        Column("trigger", _("After what"), value=lambda r: r.trigger, width=24),
        Column("actor", _("By whom"), value=lambda r: r.actor, width=16),
        Column("length", _("Length"), value=showing.length_of, width=16),
        Column("basis", _("Legal basis"), value=lambda r: in_print(r.legal_basis), phone="wide", width=40),
        Column("stage", _("Stage"), value=lambda r: r.stage, sort="stage", shown=False),
        Column("from", _("In force from"), value=lambda r: r.valid_from, cell=lambda r: day_cell(r.valid_from)),
        Column("to", _("Valid until"), value=lambda r: r.valid_to, cell=lambda r: day_cell(r.valid_to)),
        Column(
            "check",
            _("Check"),
            value=lambda r: check_word(r.is_verified),
            cell=lambda r: check_tag(r.is_verified),
        ),
    ),
    row_url=lambda rule: reverse("casework:rule", args=[rule.code]),
)


class InstrumentFilters(DatedFilters):
    q = filters.CharFilter(label=_("Title or number"), method="by_text")
    on = filters.DateFilter(label=_("In force on"), method="by_day", widget=DateInput())
    nature = filters.ChoiceFilter(label=_("Nature"), choices=InstrumentNature.choices, empty_label=ALL)
    doubt = filters.ChoiceFilter(
        label=_("Check"), choices=[("open", _("To be verified"))], empty_label=ALL, method="by_doubt"
    )

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(Q(title__contains=value) | Q(document_number__contains=value))

    def by_day(self, rows: Any, _name: str, value: date) -> Any:
        return rows.valid_on(value).exclude(suspended_from__lte=value, suspended_to__gte=value)

    def by_doubt(self, rows: Any, _name: str, value: str) -> Any:
        open_status = Q(status__contains="核对") | Q(status__contains="核实")
        doubtful = super().by_doubt(rows, _name, value).values("pk")
        return rows.filter(open_status | Q(pk__in=doubtful))


STATUTE_BOOK = ListPage(
    name="statute_book",
    title=_("Statute book"),
    url_name="casework:statute_book",
    unit=npgettext_lazy("unit of a list", "instrument", "instruments"),
    lead=_(
        "Policy documents say why an authority acts; only laws, regulations and rules can found an order or a penalty."
    ),
    rows=lambda viewer: Instrument.objects.all(),
    filters=InstrumentFilters,
    sort="title",
    tabs=(
        Tab("all", _("All"), narrow=lambda rows, _viewer: rows),
        Tab(
            "basis",
            _("Legal basis"),
            narrow=lambda rows, _viewer: rows.filter(nature__in=["law", "regulation", "rule"]),
        ),
        Tab("policy", _("Policy source"), narrow=lambda rows, _viewer: rows.filter(nature="policy")),
    ),
    columns=(
        Column("title", _("Title"), value=str, link=True, sort="title", phone="main", fixed=True, width=44),
        Column("number", _("Document number"), value=lambda i: i.document_number, width=28),
        Column(
            "nature",
            _("Nature"),
            value=lambda i: i.get_nature_display(),
            cell=lambda i: {
                "tag": {"label": i.get_nature_display(), "tone": "grey" if i.nature == "policy" else "blue"}
            },
            sort="nature",
        ),
        Column("from", _("In force from"), value=lambda i: i.valid_from, cell=lambda i: day_cell(i.valid_from)),
        Column("to", _("Valid until"), value=lambda i: i.valid_to, cell=lambda i: day_cell(i.valid_to)),
        Column("status", _("State"), value=lambda i: i.status, phone="wide", width=28),
        Column(
            "check",
            _("Check"),
            value=lambda i: check_word(not i.needs_check),
            cell=lambda i: check_tag(not i.needs_check),
        ),
    ),
    row_url=lambda instrument: reverse("casework:instrument", args=[instrument.pk]),
)
