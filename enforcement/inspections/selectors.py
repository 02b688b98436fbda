"""Who may be named on a visit, and what is on record of visits."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import QuerySet

from enforcement.inspections import visit_rules
from enforcement.inspections.models import Inspection
from enforcement.inspections.workflow import Stage
from organisation import roles
from organisation.models import Officer
from registry.models import Enterprise

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


def visits_on_record(enterprise: Enterprise, on: date, *, seen_by: Officer) -> list[str]:
    """The numbers of the visits to that enterprise on that day that he sees; those that were voided were none."""
    held = Inspection.objects.visible_to(seen_by).filter(enterprise=enterprise, inspected_on=on)
    return [str(inspection) for inspection in held.exclude(stage=Stage.VOIDED)]


def kept(inspection: Inspection) -> visit_rules.Kept:
    """What the record holds so far, for the rules."""
    return visit_rules.Kept(
        on=inspection.inspected_on,
        began_at=inspection.began_at,
        inspectors=list(inspection.inspectors.all()),
        violations=[finding.violation for finding in inspection.findings.select_related("violation")],
    )
