"""Who may be named on a visit."""

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from organisation import roles
from organisation.models import Officer

INSPECT: Final = "inspections.inspect"


def inspectors_among(officers: QuerySet[Officer]) -> QuerySet[Officer]:
    """Those in service who may inspect by a role of their own: nobody signs a record because he stands in for a colleague."""
    named = [role.code for role in roles.holders(INSPECT)]
    return officers.filter(pk__in=Officer.objects.filter(is_active=True, groups__name__in=named).values("pk"))


def unable_to_inspect(officers: Iterable[Officer]) -> list[str]:
    """The names of those among these officers who may not inspect."""
    named = list(officers)
    able = set(inspectors_among(Officer.objects.filter(pk__in=[officer.pk for officer in named])))
    return [officer.name for officer in named if officer not in able]
