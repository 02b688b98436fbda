"""List pages of this floor: officers, departments, delegations, the trail."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import django_filters as filters
from django.contrib.auth.models import Group
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from core import clock
from core.listing import listed
from core.lists import ALL, Column, ListFilterSet, ListPage, Tab
from core.lists.filters import QuickSelect
from core.lists.page import Empty
from organisation import hooks, pages
from organisation.forms import DateInput
from organisation.models import Delegation, Department, DepartmentLevel, Officer, Region, RegionLevel
from organisation.roles import ROLES, roles_of
from organisation.selectors import trail_of
from trail import sentences
from trail.models import THE_PORTAL

REFORM: Final = date(2012, 1, 29)  # the day of 苏政发〔2012〕6号


LINES: Final = (
    ("GOV", _("Government")),
    ("MIIT", _("Industry and information")),
    ("REO", _("Rare-earth office")),
    ("EPD", _("Ecology and environment")),
    ("AIC", _("Market regulation")),
    ("SAFE", _("Emergency management and work safety")),
    ("COM", _("Commerce")),
    ("DRC", _("Development and reform")),
    ("MNR", _("Natural resources")),
    ("CUSTOMS", _("Customs")),
    ("TAX", _("Taxation")),
    ("FIN", _("Finance")),
    ("POLICE", _("Public security")),
    ("SUPV", _("Supervision of officials")),
)


class OfficerFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Name, initials or user name"), method="by_text")
    role = filters.ChoiceFilter(
        label=_("Role"), choices=[(role.code, role.label) for role in ROLES.values()], method="by_role", empty_label=ALL
    )
    department = filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=Department.objects.filter(uses_portal=True).order_by("path"),
        empty_label=ALL,
        method="by_department",
    )

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(name__contains=value) | Q(initials__startswith=value.lower()) | Q(username__startswith=value.lower())
        )

    def by_role(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(groups__name=value)

    def by_department(self, rows: Any, _name: str, value: Department) -> Any:
        return rows.filter(department__path__startswith=value.path)


def _role_names(officer: Officer) -> str:
    return listed(str(role.label) for role in roles_of(officer))


def _role_tags(officer: Officer) -> dict[str, Any]:
    if not officer.is_active:
        return {"tags": [{"label": _("Account closed"), "tone": "grey"}]}
    return {
        "tags": [{"label": role.label, "tone": "blue"} for role in roles_of(officer)]
        or [{"label": _("No role yet"), "tone": "amber"}]
    }


def _read_roles(officers: list[Officer], _viewer: Any) -> None:
    """The roles of a page of officers in one query."""
    held: dict[int, set[str]] = {officer.pk: set() for officer in officers}
    for name, officer_id in Group.objects.filter(user__in=held).values_list("name", "user"):
        held[officer_id].add(name)
    for officer in officers:
        officer._roles = [role for role in ROLES.values() if role.code in held[officer.pk]]  # type: ignore[attr-defined]


OFFICERS = ListPage(
    name="officers",
    title=_("Officers"),
    url_name="organisation:officers",
    unit=npgettext_lazy("unit of a list", "officer", "officers"),
    rows=lambda viewer: Officer.objects.visible_to(viewer).select_related("department"),
    filters=OfficerFilters,
    sort="name",
    tabs=(
        Tab("open", _("In service"), narrow=lambda rows, _viewer: rows.filter(is_active=True)),
        Tab("closed", _("Account closed"), narrow=lambda rows, _viewer: rows.filter(is_active=False)),
    ),
    prepare=_read_roles,
    columns=(
        Column(
            "name",
            _("Full name"),
            value=lambda o: o.name,
            link=True,
            sort="initials",
            phone="main",
            fixed=True,
            width=12,
        ),
        Column(
            "department", _("Department"), value=lambda o: o.department.short_name, sort="department__path", width=24
        ),
        Column("post", _("Post"), value=lambda o: o.post),
        Column("roles", _("Roles"), value=_role_names, cell=_role_tags, phone="wide", width=30),
        Column("phone", _("Telephone"), value=lambda o: o.phone),
        Column("certificate", _("Enforcement certificate"), value=lambda o: o.certificate_number, mono=True),
        Column("expires", _("Certificate valid until"), value=lambda o: o.certificate_expires_on, shown=False),
        Column("username", _("User name"), value=lambda o: o.username, mono=True, sort="username", shown=False),
    ),
    primary=lambda viewer: (
        {"label": _("Open an account"), "url": reverse("organisation:officer_new"), "icon": "plus", "hotkey": "n"}
        if viewer.has_perm(pages.KEEP)
        else None
    ),
)


class DepartmentFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Name or code"), method="by_text")
    level = filters.ChoiceFilter(label=_("Level"), choices=DepartmentLevel.choices, empty_label=ALL)
    region = filters.ModelChoiceFilter(
        label=_("City"),
        queryset=Region.objects.filter(level=RegionLevel.CITY).order_by("code"),
        empty_label=ALL,
        method="by_region",
    )
    kind = filters.ChoiceFilter(label=_("Line of administration"), choices=LINES, empty_label=ALL)

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        known = Q(name__contains=value) | Q(short_name__contains=value) | Q(code__istartswith=value)
        return rows.filter(known | Q(names__name__contains=value)).distinct()

    def by_region(self, rows: Any, _name: str, value: Region) -> Any:
        first, last = value.code_range
        return rows.filter(region_id__gte=first, region_id__lte=last)


def _department_state(department: Department) -> dict[str, Any]:
    tags = []
    if department.abolished_on:
        tags.append({"label": _("Abolished"), "tone": "grey"})
    if not department.is_verified:
        tags.append({"label": _("To be verified"), "tone": "amber"})
    return {"tags": tags} if tags else {"text": ""}


def _state_text(department: Department) -> str:
    return listed(str(tag["label"]) for tag in _department_state(department).get("tags", []))


DEPARTMENTS = ListPage(
    name="departments",
    title=_("Departments"),
    url_name="organisation:departments",
    unit=npgettext_lazy("unit of a list", "department", "departments"),
    rows=lambda viewer: Department.objects.visible_to(viewer).select_related("region").prefetch_related("names"),
    filters=DepartmentFilters,
    sort="place",
    primary=lambda viewer: (
        {"label": _("Set up a department"), "url": reverse("organisation:department_new"), "icon": "plus"}
        if viewer.has_perm("organisation.keep_departments")
        else None
    ),
    columns=(
        Column("name", _("Name"), value=lambda d: d.name, link=True, phone="main", fixed=True, width=32),
        Column("then", _("Name in January 2012"), value=lambda d: d.name_on(REFORM), phone="wide", width=32),
        Column("level", _("Level"), value=lambda d: d.get_level_display(), width=14),
        Column("region", _("Administrative region"), value=lambda d: d.region.name, sort="region_id"),
        Column("brand", _("Characters for document numbers"), value=lambda d: d.brand),
        Column("place", _("Department code"), value=lambda d: d.code, sort="path", mono=True),
        Column("state", _("State"), value=_state_text, cell=_department_state),
    ),
)


def _delegation_rows(viewer: Any) -> Any:
    return Delegation.objects.visible_to(viewer).select_related(
        "principal__department", "deputy__department", "created_by"
    )


def _revoke_cell(delegation: Delegation) -> dict[str, Any]:
    today = clock.today()
    return {"tag": pages.state_of(delegation, today)}


DELEGATIONS = ListPage(
    name="delegations",
    title=_("Delegations"),
    url_name="organisation:delegations",
    unit=npgettext_lazy("unit of a list", "delegation", "delegations"),
    lead=_("While an officer is absent, the deputy sees what the officer sees and may do what the officer may do."),
    rows=_delegation_rows,
    sort="-start",
    tabs=(
        Tab(
            "current",
            _("In force or to come"),
            narrow=lambda rows, _viewer: rows.filter(ends_on__gte=clock.today(), revoked_at=None),
        ),
        Tab("all", _("All"), narrow=lambda rows, _viewer: rows),
    ),
    columns=(
        Column("principal", _("Absent officer"), value=lambda d: d.principal.name, link=True, phone="main", fixed=True),
        Column("deputy", _("Deputy"), value=lambda d: d.deputy.name),
        Column("department", _("Department"), value=lambda d: d.principal.department.short_name, width=24),
        Column("start", _("First day"), value=lambda d: d.starts_on, sort="starts_on"),
        Column("end", _("Last day"), value=lambda d: d.ends_on, sort="ends_on"),
        Column("state", _("State"), value=lambda d: pages.state_of(d, clock.today())["label"], cell=_revoke_cell),
        Column("reason", _("Reason"), value=lambda d: d.reason, phone="wide", width=30),
    ),
    row_url=lambda delegation: reverse("organisation:delegation", args=[delegation.pk]),
    primary=lambda viewer: (
        {"label": _("Name a deputy"), "url": reverse("organisation:delegation_new"), "icon": "plus", "hotkey": "n"}
        if viewer.has_perm("organisation.delegate") or viewer.has_perm("organisation.arrange_delegations")
        else None
    ),
    empty=Empty(_("No delegation is in force."), _("Before leave, training or travel, name who acts for you.")),
)


class TrailFilters(ListFilterSet):
    actor = filters.CharFilter(label=_("Who"), method="by_actor")
    verb = filters.ChoiceFilter(label=_("Kind of act"), method="by_verb", empty_label=ALL)
    since = filters.DateFilter(label=_("First day"), method="by_since", widget=DateInput())
    until = filters.DateFilter(label=_("Last day"), method="by_until", widget=DateInput())
    subject = filters.CharFilter(label=_("On what"), field_name="subject_label", lookup_expr="contains")
    docket = filters.NumberFilter(label=_("Docket id"), field_name="docket_id", min_value=1, max_value=2**62)
    request = filters.CharFilter(label=_("Request id"), field_name="request_id", lookup_expr="exact")

    def shape(self) -> None:
        self.filters["verb"].extra["choices"] = [
            (verb, sentences.kind_of_act(verb)) for verb in sorted(sentences.known())
        ]
        # More than a hundred: found by typing (an empty address searches what is in the list).
        self.filters["verb"].extra["widget"] = QuickSelect(attrs={"data-suggest": ""})

    def by_actor(self, rows: Any, _name: str, value: str) -> Any:
        known = Officer.objects.filter(Q(name=value) | Q(username=value) | Q(initials=value.lower())).values_list(
            "pk", flat=True
        )
        # What the portal did by itself is found by the name it has in the column (Event.who).
        by_itself = Q(actor_id=None, actor_name=THE_PORTAL) if value == _now("The portal") else Q()
        return rows.filter(Q(actor_id__in=list(known)) | Q(actor_name=value) | Q(on_behalf_of=value) | by_itself)

    def by_verb(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(verb=value)

    def by_since(self, rows: Any, _name: str, value: date) -> Any:
        return rows.filter(at__gte=_midnight(value))

    def by_until(self, rows: Any, _name: str, value: date) -> Any:
        return rows.filter(at__lt=_midnight(value + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)


def _name_dockets(events: list[Any], _viewer: Any) -> None:
    """On which matter each event was, by one look at the dockets."""
    names = hooks.docket_names(event.docket_id for event in events if event.docket_id is not None)
    for event in events:
        event.docket_name = names.get(event.docket_id, ("", ""))


def _docket_cell(event: Any) -> dict[str, Any]:
    number, party = event.docket_name
    if not number:
        return {"text": ""}
    return {
        "text": number,
        "sub": party,
        "nowrap": True,
        "url": f"{reverse('organisation:trail')}?docket={event.docket_id}",
    }


TRAIL = ListPage(
    name="trail",
    title=_("Trail"),
    url_name="organisation:trail",
    unit=npgettext_lazy("unit of a list", "event", "events"),
    lead=_(
        "Who did what and when. Nothing in it can be changed or deleted; each event carries the fingerprint of the one before."
    ),
    permission=pages.READ_TRAIL,
    rows=trail_of,
    prepare=_name_dockets,
    filters=TrailFilters,
    sort="-number",
    columns=(
        Column("at", _("When"), value=lambda e: clock.local(e.at), link=True, phone="main", fixed=True),
        Column("who", _("Who"), value=lambda e: e.who_for_whom),
        Column(
            "docket",
            _("Docket and party"),
            value=lambda e: " ".join(e.docket_name).strip(),
            cell=_docket_cell,
            phone="wide",
            width=40,
        ),
        Column(
            "what",
            _("What"),
            value=lambda e: sentences.sentence(e.verb, e.subject_label, e.facts),
            phone="wide",
            width=48,
        ),
        Column("reason", _("Reason"), value=lambda e: sentences.reason(e.facts), phone="wide", width=30),
        Column("verb", _("Kind of act"), value=lambda e: e.verb, mono=True, shown=False, width=28),
        Column("subject", _("On what"), value=lambda e: e.about, shown=False, width=30),
        Column("stream", _("Chain"), value=lambda e: f"{e.stream} #{e.position}", mono=True, shown=False, width=28),
        Column("request", _("Request id"), value=lambda e: e.request_id, mono=True, shown=False),
        Column("number", _("Serial number"), value=lambda e: e.pk, numeric=True, sort="id", width=10),
    ),
    row_url=lambda event: reverse("organisation:event", args=[event.pk]),
    secondary=lambda viewer: (
        [{"label": _("Verify the trail"), "url": reverse("organisation:trail_verification"), "icon": "shield"}]
        if viewer.has_perm("organisation.verify_trail")
        else []
    ),
    empty=Empty(_("No event matches.")),
)
