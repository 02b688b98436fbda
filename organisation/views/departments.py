"""Authorities and the names they bore; the system administrator sets them up and renames them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import refusals_on
from organisation import pages
from organisation.access import OfficerRequest
from organisation.department_forms import NewDepartmentForm, RenameForm
from organisation.models import Department
from organisation.scope import visible_or_404
from organisation.services import departments
from organisation.services.departments import KEEP, NewDepartment


@require_GET
def department(request: OfficerRequest, code: str) -> HttpResponse:
    found = visible_or_404(Department, request.user, code=code)
    return render(request, "organisation/department.html", pages.department_page(found, request.user))


@permission_required(KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    form = NewDepartmentForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            opened = departments.open_department(new=NewDepartment(**form.cleaned_data), by=request.user)
            messages.success(request, _("%(department)s is set up.") % {"department": opened.name})
            return redirect(opened)
    return render(request, "organisation/department_form.html", {"form": form, "department": None})


@permission_required(KEEP, raise_exception=True)
@require_http_methods(["GET", "POST"])
def rename(request: OfficerRequest, code: str) -> HttpResponse:
    found = visible_or_404(Department, request.user, code=code)
    form = RenameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            renamed = departments.rename_department(department=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The department is called %(department)s now.") % {"department": renamed.name})
            return redirect(renamed)
    return render(request, "organisation/department_form.html", {"form": form, "department": found})
