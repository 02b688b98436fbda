"""What the pages of the registry show. Reads only; labels arrive translated."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import registry as registers
from core.ids import as_id
from core.listing import listed
from organisation.models import Region
from registry import credit_code, history
from registry.access import may_keep
from registry.lists import status_tag
from registry.models import Enterprise, LineStatus
from registry.selectors import Site, Sites, doubts_about, sites_of
from registry.services.enterprises import already_registered, events_of

LATEST = 8
LINE_TONES = {
    LineStatus.BUILDING: "blue",
    LineStatus.OPERATING: "green",
    LineStatus.SUSPENDED: "amber",
    LineStatus.DISMANTLED: "grey",
}


def number(value: Any) -> str:
    """A Decimal without trailing zeros, thousands apart: 5,000 or 12.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tonnes(value: Any) -> str:
    return _("%(tonnes)s t REO per year") % {"tonnes": number(value)}


def enterprise_page(request: HttpRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Everything the page of an enterprise needs, for the viewer of the request."""
    keeps = may_keep(request.user, enterprise)
    sites = sites_of(enterprise)
    events = list(events_of(enterprise)[: LATEST + 1])
    return {
        "enterprise": enterprise,
        "keeps": keeps,
        "head": _head(enterprise, sites, keeps),
        "facts": _facts(enterprise),
        "sites": [_site(site, keeps) for site in sites.sites],
        "totals": _totals(sites),
        "doubts": doubts_about(enterprise, sites),
        "products": _products(enterprise, keeps),
        "former_names": _former_names(enterprise),
        "timeline": history.timeline(events[:LATEST]),
        "more_url": reverse("registry:history", args=[enterprise.pk]) if len(events) > LATEST else "",
        "panels": registers.panels_for("enterprise", enterprise, request),
    }


def history_page(enterprise: Enterprise) -> dict[str, Any]:
    return {"enterprise": enterprise, "timeline": history.timeline(events_of(enterprise)[:500])}


def _head(enterprise: Enterprise, sites: Sites, keeps: bool) -> dict[str, Any]:
    base = enterprise.base.name if enterprise.base else ""
    head: dict[str, Any] = {
        "number": enterprise.credit_code,
        "title": enterprise.name,
        "tags": [status_tag(enterprise), *({"label": label} for label in enterprise.kind_labels)],
        "facts": [
            {"label": _("Region"), "value": enterprise.region.name},
            {"label": _("Industrial base"), "value": base},
            {"label": _("Capacity"), "value": tonnes(sites.capacity_t_reo_per_year) if sites.sites else ""},
        ],
    }
    if keeps:
        here = [enterprise.pk]
        head["primary"] = {
            "label": _("Edit the facts"),
            "url": reverse("registry:change", args=here),
            "hotkey": "e",
            "icon": "pencil",
        }
        head["more"] = [
            {"label": _("Add a site"), "url": reverse("registry:add_facility", args=here), "icon": "factory"},
            {"label": _("Add a product"), "url": reverse("registry:add_product", args=here), "icon": "plus"},
            {"label": _("Rename"), "url": reverse("registry:rename", args=here), "icon": "pencil"},
            {"label": _("Change the status"), "url": reverse("registry:status", args=here), "icon": "refresh"},
        ]
    return head


def _facts(enterprise: Enterprise) -> list[dict[str, Any]]:
    capital = enterprise.registered_capital_10k_cny
    group = enterprise.group
    return [
        {"label": _("Short name"), "value": enterprise.short_name},
        {"label": _("Group"), "value": group.name if group else "", "url": group.get_absolute_url() if group else ""},
        {"label": _("Material classes"), "value": listed(row.name for row in enterprise.material_classes.all())},
        {"label": _("Address"), "value": enterprise.address},
        {"label": _("Legal representative"), "value": enterprise.legal_representative},
        {"label": _("Contact"), "value": " ".join(filter(None, [enterprise.contact_name, enterprise.contact_phone]))},
        {
            "label": _("Registered capital"),
            "value": _("%(amount)s × 10 000 CNY") % {"amount": number(capital)} if capital is not None else "",
        },
        {"label": _("Founded on"), "value": enterprise.founded_on.isoformat() if enterprise.founded_on else ""},
        {
            "label": _("Electronic service"),
            "value": enterprise.electronic_address if enterprise.agreed_electronic_service else _("Not agreed to"),
        },
        {"label": _("Remark"), "value": enterprise.note},
    ]


def _totals(sites: Sites) -> list[dict[str, str]]:
    if not sites.sites:
        return []
    return [
        {"label": _("Capacity of all sites"), "value": tonnes(sites.capacity_t_reo_per_year)},
        {"label": _("of which operating"), "value": tonnes(sites.operating_t_reo_per_year)},
        {"label": _("of which separation"), "value": tonnes(sites.separation_t_reo_per_year)},
    ]


def _site(site: Site, keeps: bool) -> dict[str, Any]:
    facility = site.facility
    position = facility.position
    if position:
        position = _("%(position)s (WGS-84, %(source)s)") % {
            "position": position,
            "source": facility.get_coordinate_source_display(),
        }
    return {
        "facility": facility,
        "tag": {"label": _("No longer used"), "tone": "grey"} if facility.is_closed else None,
        "rows": [
            {"label": _("Region"), "value": facility.region.name},
            {"label": _("Address"), "value": facility.address},
            {"label": _("Position"), "value": position},
            {"label": _("Capacity"), "value": tonnes(site.capacity_t_reo_per_year) if site.lines else ""},
            *([{"label": _("Remark"), "value": facility.note}] if facility.note else []),
        ],
        "doubts": site.doubts,
        "table": _lines_table(site, keeps) if site.lines else None,
        "edit_url": reverse("registry:change_facility", args=[facility.pk]) if keeps else "",
        "add_url": reverse("registry:add_line", args=[facility.pk]) if keeps and not facility.is_closed else "",
    }


def _lines_table(site: Site, keeps: bool) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [
        {"key": "name", "label": _("Process line"), "phone": "main"},
        {"key": "technique", "label": _("Technique")},
        {"key": "capacity", "label": _("Capacity (t REO per year)"), "numeric": True},
        {"key": "since", "label": _("Commissioned on")},
        {"key": "status", "label": _("Status")},
    ]
    if keeps:
        columns.append({"key": "act", "label": _("Change")})
    return {
        "caption": _("Process lines of %(site)s") % {"site": site.facility.name},
        "columns": columns,
        "rows": [
            {
                "id": line.pk,
                "label": line.name,
                "line": line,
                "tag": {"label": line.get_status_display(), "tone": LINE_TONES[LineStatus(line.status)]},
                "capacity": number(line.capacity_t_reo_per_year),
                "keeps": keeps,
            }
            for line in site.lines
        ],
        "row_template": "registry/_line_row.html",
    }


def _products(enterprise: Enterprise, keeps: bool) -> dict[str, Any] | None:
    products = list(
        enterprise.products.select_related("material_class", "hs_code")
        .prefetch_related("elements")
        .order_by("name", "id")
    )
    if not products:
        return None
    columns: list[dict[str, Any]] = [
        {"key": "name", "label": _("Product"), "phone": "main"},
        {"key": "class", "label": _("Material class")},
        {"key": "elements", "label": _("Elements")},
        {"key": "hs", "label": _("HS code")},
        {"key": "reo", "label": _("Content of REO (per cent)"), "numeric": True},
    ]
    if keeps:
        columns.append({"key": "act", "label": _("Change")})
    rows = [
        {
            "id": product.pk,
            "label": product.name,
            "product": product,
            "elements": listed(element.label for element in product.elements.all()),
            "reo": number(product.reo_percent) if product.reo_percent is not None else "",
            "keeps": keeps,
        }
        for product in products
    ]
    return {"caption": _("Products"), "columns": columns, "rows": rows, "row_template": "registry/_product_row.html"}


def _former_names(enterprise: Enterprise) -> list[dict[str, str]]:
    return [
        {
            "label": former.name,
            "value": _("%(since)s to %(until)s") % {"since": former.since or "…", "until": former.until},
            "note": former.reason,
        }
        for former in enterprise.former_names.all()
    ]


def code_check(verdict: credit_code.Verdict, viewer: Any, own: str = "") -> dict[str, Any]:
    """What the field says while the code is typed. `own`: id of the enterprise being edited."""
    code = verdict.code
    wrong = {problem.position for problem in verdict.errors if problem.position}
    held_by = Enterprise.objects.filter(credit_code=code).exclude(pk=as_id(own) or 0)
    region = Region.objects.filter(pk=code[2:8]).first() if verdict.is_valid else None
    return {
        "verdict": verdict,
        "characters": [{"text": char, "wrong": place in wrong} for place, char in enumerate(code, 1)] if wrong else [],
        "registered": already_registered(code, by=viewer) if verdict.is_valid and held_by.exists() else "",
        "region": region,
    }
