"""The list of what is owed on penalties."""

from datetime import timedelta
from typing import Any, Final

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from casework.models.dockets import NO_DATE
from casework.reminders.lists import day_cell
from core import clock
from core.lists import ALL, Column, ListFilterSet, ListPage, Sort, Tab
from core.lists.page import Empty
from enforcement.penalties import arrears, money_pages
from enforcement.penalties.models.money import Purpose, Receivable
from organisation.forms import DateInput

SOON: Final = timedelta(days=15)


class ArrearsFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Payer, decision or docket number"), method="by_text")
    purpose = filters.ChoiceFilter(label=_("What for"), choices=Purpose.choices, empty_label=ALL)
    since = filters.DateFilter(label=_("Due from"), field_name="due_key", lookup_expr="gte", widget=DateInput())
    until = filters.DateFilter(label=_("Due until"), field_name="due_key", lookup_expr="lte", widget=DateInput())

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(payer__contains=value) | Q(decision__number__contains=value) | Q(docket__number__contains=value)
        )


def prepare(rows: list[Any], viewer: Any) -> None:
    """How each stands today, by as many queries for a page as for a row."""
    for row in arrears.with_its_rows(rows):
        row.state = arrears.state(row)  # type: ignore[attr-defined]


def late(row: Any) -> int | None:
    """Days since the last day for paying; None where that is not over."""
    return (clock.today() - row.due_key).days if row.due_key < clock.today() else None


def _due_cell(row: Any) -> Any:
    if row.due_key == NO_DATE:
        return ""
    days = late(row)
    cell: dict[str, Any] = {"text": row.due_key.isoformat(), "nowrap": True}
    return cell if days is None else cell | {"sub": _now("overdue by %(days)s days") % {"days": days}}


ARREARS: Final = ListPage(
    name="arrears",
    title=_("Arrears"),
    url_name="penalties:arrears",
    unit=npgettext_lazy("unit of a list", "claim", "claims"),
    lead=_("What is owed on penalties, with the surcharge of today."),
    permission="penalties.see_arrears",
    rows=lambda viewer: (
        Receivable.objects.visible_to(viewer).standing().select_related("decision", "docket__department")
    ),
    prepare=prepare,
    filters=ArrearsFilters,
    sort="due",
    tabs=(
        Tab(
            "overdue",
            _("Not paid in time"),
            lambda rows, _viewer: arrears.overdue(rows.filter(settled_on=None), clock.today()),
            counted=True,
        ),
        Tab(
            "soon",
            _("Due within 15 days"),
            lambda rows, _viewer: rows.filter(
                settled_on=None, due_key__gte=clock.today(), due_key__lte=clock.today() + SOON
            ),
        ),
        Tab("open", _("All that is open"), lambda rows, _viewer: rows.filter(settled_on=None)),
        Tab("paid", _("Paid"), lambda rows, _viewer: rows.exclude(settled_on=None)),
    ),
    columns=(
        Column(
            "due",
            _("Last day for paying"),
            value=lambda r: None if r.due_key == NO_DATE else r.due_key,
            cell=_due_cell,
            sort=Sort("due_key", empty=NO_DATE),
            width=12,
        ),
        Column("payer", _("Payer"), value=lambda r: r.payer, link=True, phone="main", fixed=True, width=32),
        Column("decision", _("Decision on the penalty"), value=lambda r: r.decision.number, width=28),
        Column("docket", _("Docket number"), value=lambda r: r.docket.number or "", shown=False, width=26),
        Column("purpose", _("What for"), value=lambda r: r.get_purpose_display(), width=16),
        Column("principal", _("Sum to be paid"), value=lambda r: r.principal_cny, cell=lambda r: _yuan(r.principal_cny), numeric=True),
        Column("paid", _("Paid so far"), value=lambda r: r.state.paid, cell=lambda r: _yuan(r.state.paid), numeric=True),
        Column("surcharge", _("Surcharge"), value=lambda r: r.state.total, cell=lambda r: _yuan(r.state.total), numeric=True),
        Column("open", _("Still open"), value=lambda r: r.state.open, cell=lambda r: _yuan(r.state.open), numeric=True),
        Column(
            "state",
            _("State"),
            value=lambda r: money_pages.tag_of(r, r.state)["label"],
            cell=lambda r: {"tag": money_pages.tag_of(r, r.state)},
        ),
        Column("department", _("Department"), value=lambda r: r.docket.department.short_name, shown=False, width=20),
        Column("settled", _("Paid on"), value=lambda r: r.settled_on, cell=lambda r: day_cell(r.settled_on), shown=False),
    ),
    row_url=lambda row: row.get_absolute_url(),
    row_label=lambda row: f"{row.payer} {row}",
    empty=Empty(_("Nothing is owed on any penalty you may see."), _("A claim appears here when a decision is served.")),
)  # fmt: skip


def _yuan(amount: Any) -> dict[str, Any]:
    return {"text": f"{amount:,.2f}", "nowrap": True}
