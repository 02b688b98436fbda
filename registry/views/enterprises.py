"""Pages about enterprises."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from organisation.scope import visible_or_404
from registry import credit_code, pages, services
from registry.access import require_keeper
from registry.forms import EnterpriseForm, RenameForm, StatusForm
from registry.models import Enterprise, EnterpriseStatus
from registry.views.forms import FormPage, answer, posted_version

ACTS = ["GET", "HEAD", "POST"]


def kept(request: HttpRequest, pk: int) -> Enterprise:
    """An enterprise the viewer sees and may change: 404 for what he does not see, 403 for what he only sees."""
    enterprise = visible_or_404(Enterprise, request.user, pk=pk)
    require_keeper(request.user, enterprise)
    return enterprise


@permission_required("registry.view_enterprise", raise_exception=True)
@require_safe
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Enterprise, request.user, pk=pk)
    return render(request, "registry/enterprise.html", pages.enterprise_page(request, found))


@permission_required("registry.view_enterprise", raise_exception=True)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_or_404(Enterprise, request.user, pk=pk)
    return render(request, "registry/history.html", pages.history_page(found))


@permission_required("registry.add_enterprise", raise_exception=True)
@require_http_methods(ACTS)
def create(request: HttpRequest) -> HttpResponse:
    form = EnterpriseForm(request.POST or None, viewer=request.user)
    page = FormPage(
        title=_("Add an enterprise"),
        submit=_("Enter in the registry"),
        cancel_url=reverse("registry:enterprises"),
        done=_("The enterprise is entered."),
        back=(_("Enterprises"), reverse("registry:enterprises")),
    )
    return answer(request, page, form, lambda: services.create_enterprise(by=request.user, values=form.values))


@require_http_methods(ACTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = kept(request, pk)
    form = EnterpriseForm(request.POST or None, instance=found, viewer=request.user)
    page = _page(found, _("Edit the facts"), _("Save"), _("The changes are saved."))
    return answer(
        request,
        page,
        form,
        lambda: services.change_enterprise(enterprise=found, by=request.user, version=form.version, values=form.values),
    )


@require_http_methods(ACTS)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    found = kept(request, pk)
    form = RenameForm(request.POST or None, initial={"on": clock.today()})
    page = _page(found, _("Rename"), _("Enter the new name"), _("The new name is in force; the former one is kept."))
    version = posted_version(request)
    return answer(
        request,
        page,
        form,
        lambda: services.rename_enterprise(enterprise=found, by=request.user, version=version, **form.cleaned_data),
        version=found.version,
    )


@require_http_methods(ACTS)
def change_status(request: HttpRequest, pk: int) -> HttpResponse:
    found = kept(request, pk)
    form = StatusForm(
        request.POST or None, choices=EnterpriseStatus.choices, present=found.status, initial={"on": clock.today()}
    )
    page = _page(found, _("Change the status"), _("Change the status"), _("The status is changed."))
    version = posted_version(request)
    return answer(
        request,
        page,
        form,
        lambda: services.change_status(enterprise=found, by=request.user, version=version, **form.cleaned_data),
        version=found.version,
    )


def _page(enterprise: Enterprise, title: str, submit: str, done: str) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        cancel_url=enterprise.get_absolute_url(),
        done=done,
        back=(_("Enterprises"), reverse("registry:enterprises"), enterprise.name, enterprise.get_absolute_url()),
        lead=enterprise.name,
    )


@require_safe
def check_code(request: HttpRequest) -> HttpResponse:
    """A fragment about the code being typed: what is wrong where, whose it is, which region it names."""
    if not request.user.has_perm("registry.add_enterprise"):
        raise PermissionDenied("registry.add_enterprise")
    verdict = credit_code.examine(request.GET.get("credit_code", "")[:60])
    context = pages.code_check(verdict, request.user, own=request.GET.get("of", ""))
    return render(request, "registry/_code_check.html", context)
