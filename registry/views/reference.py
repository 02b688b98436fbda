"""Pages about groups and reference data."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.listing import listed
from organisation.scope import visible_or_404
from registry import history, services, words
from registry.forms import ElementForm, GroupForm, HsCodeForm
from registry.lists import in_tariff, status_tag, verified_tag
from registry.models import Element, Enterprise, EnterpriseGroup, HsCode
from registry.services.groups import events_of_group
from registry.services.reference import events_of_row
from registry.views.enterprises import ACTS
from registry.views.forms import FormPage, answer


@permission_required("registry.view_enterprisegroup", raise_exception=True)
@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(EnterpriseGroup, request.user, pk=pk)
    members = Enterprise.objects.visible_to(request.user).filter(group=found).select_related("region")
    edit = {
        "label": _("Edit the group"),
        "url": reverse("registry:change_group", args=[pk]),
        "icon": "pencil",
        "hotkey": "e",
    }
    context = {
        "group": found,
        "primary": edit if request.user.has_perm("registry.change_enterprisegroup") else None,
        "members": _members([*members]),
        "timeline": history.timeline(events_of_group(found)[:50]),
    }
    return render(request, "registry/group.html", context)


def _members(enterprises: list[Enterprise]) -> dict[str, Any]:
    return {
        "caption": _("Members"),
        "columns": [
            {"key": "name", "label": _("Name"), "phone": "main"},
            {"key": "region", "label": _("Region")},
            {"key": "kinds", "label": _("Kinds")},
            {"key": "status", "label": _("Status")},
        ],
        "rows": [
            {
                "id": row.pk,
                "label": row.name,
                "cells": [
                    {"text": row.name, "url": row.get_absolute_url()},
                    {"text": row.region.name},
                    {"text": listed(row.kind_labels)},
                    {"tag": status_tag(row)},
                ],
            }
            for row in enterprises
        ],
        "empty": {"title": _("No member in your region.")},
    }


def _group_page(title: str, submit: str, done: str, cancel_url: str) -> FormPage:
    back = (_("Groups"), reverse("registry:groups"))
    return FormPage(title=title, submit=submit, cancel_url=cancel_url, done=done, back=back)


@permission_required("registry.add_enterprisegroup", raise_exception=True)
@require_http_methods(ACTS)
def create_group(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    page = _group_page(_("Add a group"), _("Enter the group"), _("The group is entered."), reverse("registry:groups"))
    return answer(request, page, form, lambda: services.create_group(by=request.user, values=form.values))


@permission_required("registry.change_enterprisegroup", raise_exception=True)
@require_http_methods(ACTS)
def change_group(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(EnterpriseGroup, request.user, pk=pk)
    form = GroupForm(request.POST or None, instance=found)
    page = _group_page(_("Edit the group"), _("Save"), _("The changes are saved."), found.get_absolute_url())
    return answer(
        request,
        page,
        form,
        lambda: services.change_group(group=found, by=request.user, version=form.version, values=form.values),
    )


@require_safe
def element(request: HttpRequest, symbol: str) -> HttpResponse:
    found = visible_or_404(Element, request.user, pk=symbol)
    edit = {
        "label": _("Edit the facts"),
        "url": reverse("registry:change_element", args=[symbol]),
        "icon": "pencil",
        "hotkey": "e",
    }
    rows: list[dict[str, Any]] = [
        {"label": _("Atomic number"), "value": found.atomic_number},
        {"label": _("Atomic mass"), "value": found.atomic_mass.normalize()},
        {"label": _("Oxide"), "value": f"{found.oxide_label} {found.oxide_formula}"},
        {"label": _("Molar mass of the oxide"), "value": found.oxide_molar_mass.normalize()},
        {"label": _("Factor element → oxide"), "value": found.factor_element_to_oxide},
        {"label": _("Factor oxide → element"), "value": found.factor_oxide_to_element},
        {"label": _("Light or heavy"), "value": words.group(found.two_group)},
        {"label": _("Light, medium or heavy"), "value": words.group(found.three_group)},
        {
            "label": _("Medium or heavy in foreign trade"),
            "value": _("Yes") if found.counts_as_medium_heavy else _("No"),
        },
        {"label": _("Export control"), "value": words.control(found.export_control)},
        {"label": _("Remark"), "value": words.remark(found.note)},
        *_provenance(found),
    ]
    may = request.user.has_perm("registry.change_element")
    return _reference_page(request, found, _("Elements"), reverse("registry:elements"), rows, edit if may else None)


@require_safe
def hs_code(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(HsCode, request.user, pk=pk)
    edit = {
        "label": _("Edit the HS code"),
        "url": reverse("registry:change_hs_code", args=[pk]),
        "icon": "pencil",
        "hotkey": "e",
    }
    rows = [
        {"label": _("Category"), "value": words.category(found.category)},
        {
            "label": _("Primary product"),
            "value": words.form(found.primary_form) if found.is_primary_product else _("No"),
        },
        {"label": _("Medium or heavy"), "value": words.medium_heavy(found.medium_heavy)},
        {"label": _("In the tariff"), "value": in_tariff(found)},
        {"label": _("Tariff history"), "value": words.tariff(found.tariff_note)},
        {"label": _("Supervision condition"), "value": found.supervision_condition},
        {"label": _("Remark"), "value": found.note},
        *_provenance(found),
    ]
    may = request.user.has_perm("registry.change_hscode")
    return _reference_page(request, found, _("HS codes"), reverse("registry:hs_codes"), rows, edit if may else None)


def _provenance(row: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("Source"), "value": words.provenance(row.source)},
        {"label": _("Confidence"), "value": words.confidence(row.confidence)},
    ]


def _named(row: Any) -> str:
    """The row in the reader's language; `str()` is what the trail keeps."""
    return f"{row.label} {row.symbol}" if isinstance(row, Element) else str(row)


def _reference_page(
    request: HttpRequest, row: Any, above: str, above_url: str, rows: list[dict[str, Any]], edit: dict[str, Any] | None
) -> HttpResponse:
    context = {
        "row": row,
        "title": _named(row),
        "head": {
            "number": row.pk if isinstance(row, Element) else row.code,
            "title": row.label if isinstance(row, Element) else row.name,
            "tags": [tag] if (tag := verified_tag(row)) else [],
            "primary": edit,
        },
        "confidence": words.confidence(row.confidence),
        "above": above,
        "above_url": above_url,
        "rows": rows,
        "timeline": history.timeline(events_of_row(row)[:50]),
    }
    return render(request, "registry/reference.html", context)


def _reference_form(row: Any, title: str, above: str, above_url: str) -> FormPage:
    cancel_url = row.get_absolute_url() if row else above_url
    return FormPage(
        title=title,
        submit=_("Save"),
        cancel_url=cancel_url,
        done=_("The changes are saved."),
        back=(above, above_url),
        lead=_named(row) if row else "",
    )


@permission_required("registry.change_element", raise_exception=True)
@require_http_methods(ACTS)
def change_element(request: HttpRequest, symbol: str) -> HttpResponse:
    found = visible_or_404(Element, request.user, pk=symbol)
    form = ElementForm(request.POST or None, instance=found)
    page = _reference_form(found, _("Edit the element"), _("Elements"), reverse("registry:elements"))
    return answer(
        request,
        page,
        form,
        lambda: services.change_element(element=found, by=request.user, version=form.version, values=form.values),
    )


@permission_required("registry.add_hscode", raise_exception=True)
@require_http_methods(ACTS)
def create_hs_code(request: HttpRequest) -> HttpResponse:
    form = HsCodeForm(request.POST or None)
    page = _reference_form(None, _("Add an HS code"), _("HS codes"), reverse("registry:hs_codes"))
    return answer(request, page, form, lambda: services.create_hs_code(by=request.user, values=form.values))


@permission_required("registry.change_hscode", raise_exception=True)
@require_http_methods(ACTS)
def change_hs_code(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(HsCode, request.user, pk=pk)
    form = HsCodeForm(request.POST or None, instance=found)
    page = _reference_form(found, _("Edit the HS code"), _("HS codes"), reverse("registry:hs_codes"))
    return answer(
        request,
        page,
        form,
        lambda: services.change_hs_code(hs_code=found, by=request.user, version=form.version, values=form.values),
    )
