"""Pages about sites, lines and products of an enterprise."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from organisation.scope import visible_or_404
from registry import services
from registry.access import require_keeper
from registry.forms import FacilityForm, LineForm, ProductForm, ReasonForm, StatusForm
from registry.models import Enterprise, Facility, LineStatus, ProcessLine, Product
from registry.views.enterprises import ACTS, kept
from registry.views.forms import FormPage, answer, posted_version


def _page(enterprise: Enterprise, title: str, submit: str, done: str, lead: str = "", tone: str = "") -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        cancel_url=enterprise.get_absolute_url(),
        done=done,
        back=(_("Enterprises"), reverse("registry:enterprises"), enterprise.name, enterprise.get_absolute_url()),
        lead=lead or enterprise.name,
        tone=tone,
    )


def _home(enterprise: Enterprise) -> Any:
    return lambda _result: enterprise.get_absolute_url()


def _facility(request: HttpRequest, pk: int) -> Facility:
    found = visible_or_404(Facility, request.user, pk=pk)
    require_keeper(request.user, found.enterprise)
    return found


def _line(request: HttpRequest, pk: int) -> ProcessLine:
    found = visible_or_404(ProcessLine, request.user, pk=pk)
    require_keeper(request.user, found.facility.enterprise)
    return found


def _product(request: HttpRequest, pk: int) -> Product:
    found = visible_or_404(Product, request.user, pk=pk)
    require_keeper(request.user, found.enterprise)
    return found


@require_http_methods(ACTS)
def add_facility(request: HttpRequest, pk: int) -> HttpResponse:
    owner = kept(request, pk)
    form = FacilityForm(request.POST or None, initial={"region": owner.region_id, "address": owner.address})
    page = _page(owner, _("Add a site"), _("Add the site"), _("The site is added."))
    return answer(
        request,
        page,
        form,
        lambda: services.add_facility(enterprise=owner, by=request.user, values=form.values),
        _home(owner),
    )


@require_http_methods(ACTS)
def change_facility(request: HttpRequest, pk: int) -> HttpResponse:
    found = _facility(request, pk)
    form = FacilityForm(request.POST or None, instance=found)
    page = _page(found.enterprise, _("Edit the site"), _("Save"), _("The changes are saved."), found.name)
    return answer(
        request,
        page,
        form,
        lambda: services.change_facility(facility=found, by=request.user, version=form.version, values=form.values),
        _home(found.enterprise),
    )


@require_http_methods(ACTS)
def add_line(request: HttpRequest, pk: int) -> HttpResponse:
    site = _facility(request, pk)
    form = LineForm(request.POST or None)
    page = _page(site.enterprise, _("Add a process line"), _("Add the line"), _("The line is added."), site.name)
    return answer(
        request,
        page,
        form,
        lambda: services.add_line(facility=site, by=request.user, values=form.values),
        _home(site.enterprise),
    )


@require_http_methods(ACTS)
def change_line(request: HttpRequest, pk: int) -> HttpResponse:
    found = _line(request, pk)
    form = LineForm(request.POST or None, instance=found)
    owner = found.facility.enterprise
    page = _page(owner, _("Edit the process line"), _("Save"), _("The changes are saved."), found.name)
    return answer(
        request,
        page,
        form,
        lambda: services.change_line(line=found, by=request.user, version=form.version, values=form.values),
        _home(owner),
    )


@require_http_methods(ACTS)
def change_line_status(request: HttpRequest, pk: int) -> HttpResponse:
    found = _line(request, pk)
    form = StatusForm(
        request.POST or None, choices=LineStatus.choices, present=found.status, initial={"on": clock.today()}
    )
    owner = found.facility.enterprise
    page = _page(
        owner, _("Change the status of the line"), _("Change the status"), _("The status is changed."), found.name
    )
    version = posted_version(request)
    return answer(
        request,
        page,
        form,
        lambda: services.change_line_status(line=found, by=request.user, version=version, **form.cleaned_data),
        _home(owner),
        version=found.version,
    )


@require_http_methods(ACTS)
def add_product(request: HttpRequest, pk: int) -> HttpResponse:
    owner = kept(request, pk)
    form = ProductForm(request.POST or None)
    page = _page(owner, _("Add a product"), _("Add the product"), _("The product is added."))
    return answer(
        request,
        page,
        form,
        lambda: services.add_product(enterprise=owner, by=request.user, values=form.values),
        _home(owner),
    )


@require_http_methods(ACTS)
def change_product(request: HttpRequest, pk: int) -> HttpResponse:
    found = _product(request, pk)
    form = ProductForm(request.POST or None, instance=found)
    page = _page(found.enterprise, _("Edit the product"), _("Save"), _("The changes are saved."), found.name)
    return answer(
        request,
        page,
        form,
        lambda: services.change_product(product=found, by=request.user, version=form.version, values=form.values),
        _home(found.enterprise),
    )


@require_http_methods(ACTS)
def remove_product(request: HttpRequest, pk: int) -> HttpResponse:
    found = _product(request, pk)
    form = ReasonForm(request.POST or None)
    owner, name = found.enterprise, found.name
    page = _page(
        owner,
        _("Take a product off the list"),
        _("Take off the list"),
        _("The product is off the list."),
        name,
        "danger",
    )
    return answer(
        request,
        page,
        form,
        lambda: services.remove_product(product=found, by=request.user, reason=form.cleaned_data["reason"]),
        _home(owner),
    )
