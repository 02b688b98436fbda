"""The list pages of the registry (core.lists)."""

from typing import Any, Final

import django_filters as filters
from django import forms
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from core import clock
from core.listing import listed
from core.lists import ALL, Column, ListFilterSet, ListPage
from core.lists.page import Empty
from organisation.models import Region
from organisation.scope import scope_of
from registry import words
from registry.models import (
    Element,
    Enterprise,
    EnterpriseGroup,
    EnterpriseKind,
    EnterpriseStatus,
    HsCode,
    MaterialClass,
    home_ranges,
    known_as,
)
from registry.selectors import capacities

STATUS_TONES: Final[dict[str, str]] = {
    EnterpriseStatus.OPERATING: "green",
    EnterpriseStatus.SUSPENDED: "amber",
    EnterpriseStatus.CLOSED: "grey",
    EnterpriseStatus.DEREGISTERED: "grey",
}


def status_tag(enterprise: Enterprise) -> dict[str, str]:
    return {"label": enterprise.get_status_display(), "tone": STATUS_TONES[enterprise.status]}


def verified_tag(row: Any) -> dict[str, str] | None:
    """待核实, for reference rows that nobody has compared with their source."""
    return None if row.is_verified else {"label": str(_("Unverified")), "tone": "amber"}


def _regions_of(viewer: Any) -> list[tuple[str, str]]:
    """Regions whose enterprises the viewer may meet: codes with indented names."""
    condition = Q(pk__in=[])
    for first, last in (*home_ranges(viewer), *scope_of(viewer).regions):
        condition |= Q(code__gte=first, code__lte=last)
    regions = Region.objects.filter(condition).valid_on(clock.today()).order_by("code")
    return [(region.code, f"　{region.name}" if region.level == "county" else region.name) for region in regions]


class EnterpriseFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Name, code or pinyin"), method="by_text")
    region = filters.ChoiceFilter(label=_("Region"), method="by_region", choices=(), empty_label=ALL)
    kind = filters.ChoiceFilter(label=_("Kind"), method="by_kind", choices=EnterpriseKind.choices, empty_label=ALL)
    status = filters.ChoiceFilter(label=_("Status"), choices=EnterpriseStatus.choices, empty_label=ALL)
    base = filters.ModelChoiceFilter(
        label=_("Industrial base"), queryset=Region.objects.filter(is_industrial_base=True), empty_label=ALL
    )
    group = filters.ModelChoiceFilter(label=_("Group"), queryset=EnterpriseGroup.objects.all(), empty_label=ALL)
    material_class = filters.ModelChoiceFilter(
        label=_("Material class"), field_name="material_classes", queryset=MaterialClass.objects.all(), empty_label=ALL
    )

    def shape(self) -> None:
        self.filters["region"].extra["choices"] = _regions_of(self.viewer)

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(known_as(value))

    def by_region(self, rows: Any, _name: str, value: str) -> Any:
        first, last = Region.objects.get(pk=value).code_range
        return rows.filter(region_id__gte=first, region_id__lte=last)

    def by_kind(self, rows: Any, _name: str, value: str) -> Any:
        return rows.of_kind(value)


def _with_capacity(rows: list[Any], _viewer: Any) -> None:
    found = capacities([row.pk for row in rows])
    for row in rows:
        row.capacity_t_reo_per_year = found[row.pk].normalize() if row.pk in found else None


def _create(viewer: Any) -> dict[str, Any] | None:
    if not viewer.has_perm("registry.add_enterprise"):
        return None
    return {"label": _("Add an enterprise"), "url": reverse("registry:create"), "icon": "plus", "hotkey": "n"}


def _import(viewer: Any) -> list[dict[str, Any]]:
    if not viewer.has_perm("registry.import_enterprises"):
        return []
    return [{"label": _("Import from Excel"), "url": reverse("registry:imports"), "icon": "upload"}]


ENTERPRISES: Final = ListPage(
    name="enterprises",
    title=_("Enterprises"),
    url_name="registry:enterprises",
    unit=npgettext_lazy("unit of a list", "enterprise", "enterprises"),
    permission="registry.view_enterprise",
    rows=lambda viewer: (
        Enterprise.objects.visible_to(viewer)
        .select_related("region", "base", "group")
        .prefetch_related("material_classes")
    ),
    filters=EnterpriseFilters,
    sort="name",
    prepare=_with_capacity,
    primary=_create,
    secondary=_import,
    columns=(
        Column("name", _("Name"), lambda e: e.name, link=True, sort="pinyin", phone="main", width=36),
        Column(
            "credit_code",
            _("Credit code"),
            lambda e: e.credit_code,
            cell=lambda e: {"text": e.credit_code, "mono": True, "nowrap": True},
            sort="credit_code",
            width=22,
        ),
        Column("region", _("Region"), lambda e: e.region.name, sort="region_id"),
        Column("kinds", _("Kinds"), lambda e: listed(e.kind_labels), width=24),
        Column(
            "capacity",
            _("Capacity (t REO per year)"),
            lambda e: e.capacity_t_reo_per_year,
            cell=lambda e: {"text": "" if e.capacity_t_reo_per_year is None else f"{e.capacity_t_reo_per_year:,f}"},
            numeric=True,
        ),
        Column(
            "status",
            _("Status"),
            lambda e: e.get_status_display(),
            cell=lambda e: {"tag": status_tag(e)},
            sort="status",
        ),
        Column("base", _("Industrial base"), lambda e: e.base.name if e.base else ""),
        Column("group", _("Group"), lambda e: e.group.name if e.group else "", shown=False, width=24),
        Column(
            "material_classes",
            _("Material classes"),
            lambda e: listed(c.name for c in e.material_classes.all()),
            shown=False,
            width=24,
        ),
        Column("legal_representative", _("Legal representative"), lambda e: e.legal_representative, shown=False),
        Column("contact", _("Contact"), lambda e: e.contact_name, shown=False),
        Column("phone", _("Telephone"), lambda e: e.contact_phone, shown=False),
        Column("address", _("Address"), lambda e: e.address, shown=False, width=40, phone="wide"),
        Column("founded_on", _("Founded on"), lambda e: e.founded_on, shown=False),
    ),
    empty=Empty(
        _("No enterprise in your region yet."),
        _("Enter one, or import a list from Excel."),
        _create,
    ),
)


class GroupFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Name or pinyin"), method="by_text")

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        plain = "".join(value.split())
        return rows.filter(Q(name__contains=plain) | Q(initials__contains=plain.lower()))


def _create_group(viewer: Any) -> dict[str, Any] | None:
    if not viewer.has_perm("registry.add_enterprisegroup"):
        return None
    return {"label": _("Add a group"), "url": reverse("registry:create_group"), "icon": "plus", "hotkey": "n"}


def _with_members(rows: list[Any], viewer: Any) -> None:
    """How many members the viewer sees: never how many there are elsewhere."""
    seen = Enterprise.objects.visible_to(viewer).filter(group__in=rows).order_by()
    counts = dict(seen.values_list("group_id").annotate(members=Count("pk")))
    for row in rows:
        row.members = counts.get(row.pk, 0)


GROUPS: Final = ListPage(
    name="groups",
    title=_("Groups"),
    url_name="registry:groups",
    unit=npgettext_lazy("unit of a list", "group", "groups"),
    permission="registry.view_enterprisegroup",
    lead=_("Companies under one controller. Members outside your region are not counted."),
    rows=lambda viewer: EnterpriseGroup.objects.visible_to(viewer),
    filters=GroupFilters,
    sort="name",
    prepare=_with_members,
    primary=_create_group,
    columns=(
        Column("name", _("Name"), lambda g: g.name, link=True, sort="initials", phone="main", width=36),
        Column("members", _("Members"), lambda g: g.members, numeric=True),
        Column("note", _("Remark"), lambda g: g.note, phone="wide", width=40),
    ),
    empty=Empty(_("No group yet."), _("Groups are entered by department heads and the system administrator.")),
)


def _yes(condition: bool) -> str:
    return str(_("Yes")) if condition else str(_("No"))


class YesNoFilter(filters.ChoiceFilter):
    """Yes, no, or all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=(("yes", _("Yes")), ("no", _("No"))), empty_label=ALL, **options)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{self.field_name: value == "yes"}) if value in {"yes", "no"} else qs


class ElementFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Name, symbol or pinyin"), method="by_text")
    two_group = filters.ChoiceFilter(
        label=_("Light or heavy"),
        lookup_expr="startswith",
        choices=(("轻", _("Light rare earths")), ("重", _("Heavy rare earths"))),
        empty_label=ALL,
    )
    counts_as_medium_heavy = YesNoFilter(label=_("Medium or heavy in foreign trade"))

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        plain = "".join(value.split())
        named = [row.pk for row in Element.objects.all() if plain.lower() in row.label.lower()]
        return rows.filter(
            Q(pk__in=named)
            | Q(name__contains=plain)
            | Q(symbol__iexact=plain)
            | Q(oxide_name__contains=plain)
            | Q(oxide_formula__iexact=plain)
            | Q(initials=plain.lower())
        )


ELEMENTS: Final = ListPage(
    name="elements",
    title=_("Elements"),
    url_name="registry:elements",
    unit=npgettext_lazy("unit of a list", "element", "elements"),
    lead=_("The seventeen rare-earth elements with the factors between element and oxide."),
    rows=lambda viewer: Element.objects.visible_to(viewer),
    filters=ElementFilters,
    sort="number",
    columns=(
        Column("name", _("Element"), lambda e: e.label, link=True, phone="main"),
        Column("symbol", _("Symbol"), lambda e: e.symbol, sort="symbol", mono=True),
        Column("number", _("Atomic number"), lambda e: e.atomic_number, sort="atomic_number", numeric=True),
        Column(
            "oxide",
            _("Oxide"),
            lambda e: f"{e.oxide_label} {e.oxide_formula}",
            cell=lambda e: {"text": e.oxide_label, "sub": e.oxide_formula},
        ),
        Column(
            "to_oxide",
            _("Element → oxide"),
            lambda e: e.factor_element_to_oxide,
            sort="factor_element_to_oxide",
            numeric=True,
        ),
        Column("to_element", _("Oxide → element"), lambda e: e.factor_oxide_to_element, numeric=True),
        Column("two_group", _("Light or heavy"), lambda e: words.group(e.two_group)),
        Column("three_group", _("Light, medium or heavy"), lambda e: words.group(e.three_group), shown=False),
        Column("medium_heavy", _("Medium or heavy in foreign trade"), lambda e: _yes(e.counts_as_medium_heavy)),
        Column(
            "export_control",
            _("Export control"),
            lambda e: words.control(e.export_control),
            phone="wide",
            width=40,
        ),
        Column(
            "verified",
            _("Checked"),
            lambda e: _yes(e.is_verified),
            cell=lambda e: (
                {"tag": verified_tag(e)} if not e.is_verified else {"text": str(_("Checked against the source"))}
            ),
        ),
    ),
    empty=Empty(
        _("The reference data has not been loaded."), _("The administrator loads it with manage.py load_reference.")
    ),
)


class HsCodeFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Code, name of goods or pinyin"), method="by_text")
    category = filters.ChoiceFilter(label=_("Category"), choices=(), empty_label=ALL)
    is_primary_product = YesNoFilter(label=_("Primary product"))
    on = filters.DateFilter(
        label=_("In the tariff on"), method="by_day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    is_verified = YesNoFilter(label=_("Checked against the source"))

    def shape(self) -> None:
        names = (
            HsCode.objects.visible_to(self.viewer).order_by("category").values_list("category", flat=True).distinct()
        )
        self.filters["category"].extra["choices"] = [(name, words.category(name)) for name in names]

    def by_text(self, rows: Any, _name: str, value: str) -> Any:
        plain = "".join(value.split())
        found = Q(name__contains=plain) | Q(code__startswith=plain.replace(".", ""))
        return rows.filter(found | Q(initials__contains=plain.lower()) if plain.isascii() else found)

    def by_day(self, rows: Any, _name: str, value: Any) -> Any:
        return rows.valid_on(value)


def _create_hs_code(viewer: Any) -> dict[str, Any] | None:
    if not viewer.has_perm("registry.add_hscode"):
        return None
    return {"label": _("Add an HS code"), "url": reverse("registry:create_hs_code"), "icon": "plus", "hotkey": "n"}


def in_tariff(row: HsCode) -> str:
    """ "2010-01-01 – 2013-12-31"; what is not known is said by its note."""
    if row.valid_from is None and row.valid_to is None:
        return words.tariff(row.tariff_note)
    return f"{row.valid_from or ''} – {row.valid_to or ''}".strip()


HS_CODES: Final = ListPage(
    name="hs_codes",
    title=_("HS codes"),
    url_name="registry:hs_codes",
    unit=npgettext_lazy("unit of a list", "customs code", "customs codes"),
    lead=_(
        "Customs codes of rare earths with the days they stood in the tariff. What is marked unverified must be checked before use."
    ),
    rows=lambda viewer: HsCode.objects.visible_to(viewer),
    filters=HsCodeFilters,
    sort="code",
    primary=_create_hs_code,
    columns=(
        Column(
            "code",
            _("HS code"),
            lambda h: h.code,
            cell=lambda h: {"text": h.code, "url": h.get_absolute_url(), "nowrap": True, "mono": True},
            link=True,
            sort="code",
            phone="main",
            mono=True,
        ),
        Column("name", _("Name of goods"), lambda h: h.name, phone="wide", width=40),
        Column("category", _("Category"), lambda h: words.category(h.category), sort="category"),
        Column(
            "primary",
            _("Primary product"),
            lambda h: words.form(h.primary_form) if h.is_primary_product else _yes(False),
        ),
        Column("medium_heavy", _("Medium or heavy"), lambda h: words.medium_heavy(h.medium_heavy)),
        Column("in_tariff", _("In the tariff"), in_tariff, width=24),
        Column("valid_from", _("In the tariff from"), lambda h: h.valid_from, shown=False),
        Column("valid_to", _("In the tariff until"), lambda h: h.valid_to, shown=False),
        Column("condition", _("Supervision condition"), lambda h: h.supervision_condition, phone="wide", width=40),
        Column(
            "verified",
            _("Checked"),
            lambda h: _yes(h.is_verified),
            cell=lambda h: (
                {"tag": verified_tag(h)} if not h.is_verified else {"text": str(_("Checked against the source"))}
            ),
        ),
        Column("confidence", _("Confidence"), lambda h: words.confidence(h.confidence), shown=False),
        Column("source", _("Source"), lambda h: words.provenance(h.source), shown=False, width=24),
    ),
    empty=Empty(
        _("The reference data has not been loaded."), _("The administrator loads it with manage.py load_reference.")
    ),
)
