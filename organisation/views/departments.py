"""Authorities and the names they bore."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisation import pages
from organisation.access import OfficerRequest
from organisation.models import Department
from organisation.scope import visible_or_404


@require_GET
def department(request: OfficerRequest, code: str) -> HttpResponse:
    found = visible_or_404(Department, request.user, code=code)
    return render(request, "organisation/department.html", pages.department_page(found, request.user))
