"""Who may stand for a record of a case, who investigates it, and how each is named on paper. Reads only."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from casework import origins
from casework.models import Docket, DocketOfficer, Part
from enforcement.inspections.models import Inspection
from organisation.models import Officer


def team(docket: Docket) -> list[Officer]:
    """The officers who handle the case, its lead first. Who is only named for a step is none of them."""
    rows = DocketOfficer.objects.filter(docket=docket).exclude(part=Part.TASK).select_related("officer")
    return [row.officer for row in sorted(rows, key=lambda row: (row.part != Part.LEAD, row.pk))]


def certified(docket: Docket) -> QuerySet[Officer]:
    """Those in service with a certificate who may have been there: of the department, and whoever handles the case."""
    there = Q(department=docket.department_id) | Q(pk__in=[officer.pk for officer in team(docket)])
    found = Officer.objects.filter(there, is_active=True).exclude(certificate_number="")
    return found.select_related("department").order_by("username")


def of_the_authority(docket: Docket) -> QuerySet[Officer]:
    """Those in service in the whole authority, its offices included: one of them holds a hearing."""
    authority = docket.department.acts_as
    found = Officer.objects.filter(is_active=True, department__path__startswith=authority.path)
    return found.select_related("department").order_by("username")


def investigators(docket: Docket) -> list[Officer]:
    """本案调查人员: who handles the case, or inspected what it came from."""
    earlier = [one.pk for one in origins.chain(docket)]
    inspected = Officer.objects.filter(
        pk__in=Inspection.objects.filter(docket__in=earlier).values("inspectors")
    ).order_by("username")
    return list(dict.fromkeys([*team(docket), *inspected]))


def with_certificates(officers: Iterable[Any]) -> list[dict[str, str]]:
    """As a record names them: name and number of the certificate."""
    return [{"name": one.name, "certificate": one.certificate_number} for one in officers]


def first_two(docket: Docket) -> list[int]:
    """The keys of those a form starts with: who handles the case and holds a certificate."""
    return [officer.pk for officer in team(docket) if officer.certificate_number]
