"""The filters of the list of dockets, and the choices they offer to an officer."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework import kinds, search
from casework.due import CLOSE, calendar_for, through_rest
from casework.models import Confidentiality, Docket
from core import clock
from core.ids import as_id
from core.lists import ALL, ListFilterSet
from core.lists.filters import QuickSelect
from core.lists.keyset import Rows
from core.workdays import add_working_days
from organisation.models import Department, Officer, Region, RegionLevel
from organisation.scope import scope_of
from registry.models import Enterprise

DAY = forms.DateInput(attrs={"type": "date"})


def close_until(viewer: Any, days: int = CLOSE) -> date:
    """The last day that counts as close. Kept on the viewer: a request asks often."""
    known: dict[tuple[date, int], date] = viewer.__dict__.setdefault("_close_until", {})
    key = (clock.today(), days)
    if key not in known:
        calendar = calendar_for(viewer)
        known[key] = through_rest(add_working_days(clock.today(), days, calendar), calendar)
    return known[key]


def due_within(viewer: Any, days: int) -> date:
    """The last due date that falls within so many calendar days: days off that follow belong to the last."""
    return through_rest(clock.today() + timedelta(days=days), calendar_for(viewer))


class DocketFilters(ListFilterSet):
    q = filters.CharFilter(label=_lazy("Number, party, subject, initials"), method="by_text", max_length=100)
    city = filters.ChoiceFilter(label=_lazy("City"), empty_label=ALL, method="by_city")
    stage = filters.ChoiceFilter(label=_lazy("Stage"), empty_label=ALL, method="by_stage")
    due = filters.ChoiceFilter(
        label=_lazy("Deadline"),
        empty_label=ALL,
        method="by_due",
        choices=[
            ("overdue", _lazy("Overdue")),
            ("3", _lazy("Within 3 working days")),
            ("5", _lazy("Within 5 working days")),
            ("7d", _lazy("Within 7 days")),
            ("15d", _lazy("Within 15 days")),
            ("30d", _lazy("Within 30 days")),
            ("paused", _lazy("Clock stopped")),
            ("none", _lazy("No deadline runs")),
        ],
    )
    state = filters.ChoiceFilter(
        label=_lazy("State"),
        empty_label=ALL,
        method="by_state",
        choices=[("open", _lazy("In hand")), ("closed", _lazy("Dealt with"))],
    )
    kind = filters.ChoiceFilter(label=_lazy("Kind"), empty_label=ALL)
    officer = filters.ChoiceFilter(label=_lazy("Officer (lead or co-handling)"), empty_label=ALL, method="by_officer")
    department = filters.ChoiceFilter(label=_lazy("Department"), empty_label=ALL, method="by_department")
    enterprise = filters.ChoiceFilter(label=_lazy("Enterprise"), empty_label=ALL, method="by_enterprise")
    opened_from = filters.DateFilter(label=_lazy("Opened from"), field_name="opened_on", lookup_expr="gte", widget=DAY)
    opened_to = filters.DateFilter(label=_lazy("Opened until"), field_name="opened_on", lookup_expr="lte", widget=DAY)
    confidentiality = filters.ChoiceFilter(
        label=_lazy("Confidentiality"), empty_label=ALL, choices=Confidentiality.choices
    )

    def shape(self) -> None:
        """Choices are what this officer may see; enterprises are too many, and found by typing."""
        self._choices("stage", stages())
        self._choices("kind", [(kind.code, kind.label) for kind in kinds.all_kinds()])
        places, authorities, people = choices(
            self.viewer, self.data.get("department", ""), self.data.get("officer", "")
        )
        self._choices("city", places)
        self._choices("department", authorities)
        self._choices("officer", [("none", _lazy("Unassigned")), ("me", _lazy("Myself")), *people])
        self._choices("enterprise", self._enterprise())
        self.filters["enterprise"].extra["widget"] = QuickSelect(
            attrs={"data-suggest": reverse("casework:suggest_enterprises")}
        )

    def _choices(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.filters[name].extra["choices"] = list(choices)

    def _enterprise(self) -> list[tuple[str, str]]:
        asked = self.data.get("enterprise", "")
        if (chosen := as_id(asked)) is None:
            return []
        found = Enterprise.objects.visible_to(self.viewer).filter(pk=chosen).values_list("pk", "name")
        return [(str(pk), name) for pk, name in found]

    def refuse(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("opened_from"), cleaned.get("opened_to")
        if first and last and first > last:
            raise forms.ValidationError(_("The period ends before it begins."))
        if cleaned.get("q") and search.question(cleaned["q"]).is_too_short:
            raise forms.ValidationError(_("Search with at least two characters."))

    def by_text(self, rows: Rows, _name: str, value: str) -> Rows:
        """Put on by `sources`, where the index has often answered it already."""
        return rows

    def by_city(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(region_id__gte=f"{value}00", region_id__lte=f"{value}99")

    def by_stage(self, rows: Rows, _name: str, value: str) -> Rows:
        kind, stage = value.split(".", 1)
        return rows.filter(kind=kind, stage=stage)

    def by_due(self, rows: Rows, _name: str, value: str) -> Rows:
        today = clock.today()
        match value:
            case "overdue":
                return rows.filter(Docket.objects.late(today))
            case "paused":
                return rows.filter(is_paused=True, closed_on=None)
            case "none":
                return rows.filter(next_due_on=None, is_paused=False, closed_on=None)
            case "7d" | "15d" | "30d":
                until = due_within(self.viewer, int(value.removesuffix("d")))
                return rows.filter(due_key__range=(today, until), closed_on=None)
            case _:
                return rows.filter(due_key__range=(today, close_until(self.viewer, int(value))), closed_on=None)

    def by_state(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(closed_on__isnull=value == "open")

    def by_officer(self, rows: Rows, _name: str, value: str) -> Rows:
        """Whoever handles a matter, also beside its lead officer, as desk and board count; `sources` brings his."""
        return rows.filter(officer=None) if value == "none" else rows

    def by_department(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(department_id=int(value))

    def by_enterprise(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(enterprise_id=int(value))


def stages() -> list[tuple[Any, Any]]:
    """Every stage, grouped by kind."""
    return [
        (kind.label, [(f"{kind.code}.{value}", label) for value, label in kind.stages.choices])
        for kind in kinds.all_kinds()
    ]


Choices = list[tuple[str, str]]


def choices(viewer: Any, department: str, officer: str) -> tuple[Choices, Choices, Choices]:
    """Cities, departments seen that have matters, and officers of one's own and of the chosen department: all three in one
    statement."""
    scope = scope_of(viewer)
    within = Q(pk__in=scope.departments)
    for first, last in scope.regions:
        within |= Q(region_id__gte=first, region_id__lte=last)
    known = Q(department_id__in=[viewer.department_id, as_id(department) or 0]) | Q(pk=as_id(officer) or 0)
    handled = Docket.objects.filter(department_id=OuterRef("pk"), confidentiality=Confidentiality.INTERNAL)
    parts = [
        _part(
            "city", Region.objects.filter(level=RegionLevel.CITY, valid_to=None), Substr("code", 1, 4), "name", "code"
        ),
        _part(
            "department",
            Department.objects.filter(within & (Exists(handled) | Q(pk=as_id(department) or 0)), uses_portal=True),
            Cast("pk", CharField()),
            "short_name",
            "path",
        ),
        _part(
            "officer",
            Officer.objects.visible_to(viewer).filter(known, is_active=True),
            Cast("pk", CharField()),
            "name",
            "name",
        ),
    ]
    found: dict[str, Choices] = {"city": [], "department": [], "officer": []}
    for group, _place, key, label in parts[0].union(*parts[1:], all=True).order_by("group", "place", "key"):
        found[group].append((key, label))
    return found["city"], found["department"], found["officer"]


def _part(group: str, rows: Any, key: Any, label: str, place: str) -> Any:
    named = rows.annotate(group=Value(group), place=F(place), key=key, label=F(label))
    return named.order_by().values_list("group", "place", "key", "label")
