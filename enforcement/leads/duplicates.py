"""Leads that may be the same matter as one about to be registered, as far as its officer may know of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.models import Violation
from enforcement.leads.likeness_rules import Reported, reasons
from enforcement.leads.models import Lead
from enforcement.leads.versions import versions
from registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Like:
    lead: Lead
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """`unseen`: how many more there are in the officer's own department that he may not see. Of other departments' matters not
    even their number is told: that they exist would already say something of the enterprise."""

    seen: list[Like]
    unseen: int


def found(
    *,
    enterprise: Enterprise,
    violation: Violation,
    facts: str,
    received_on: date,
    acted_from: date | None,
    acted_to: date | None,
    viewer: Any,
) -> Found:
    new = Reported(violation.code, versions(violation.code), facts, received_on, acted_from, acted_to)
    rows = Lead.objects.filter(enterprise=enterprise, merged_into=None).select_related("docket", "violation")
    seen_ids = set(Lead.objects.visible_to(viewer).filter(enterprise=enterprise).values_list("pk", flat=True))
    seen, unseen = [], 0
    for lead in rows.order_by("-received_on", "-pk"):
        old = Reported(lead.violation.code, (), lead.facts, lead.received_on, lead.acted_from, lead.acted_to)
        if not (why := reasons(new, old)):
            continue
        if lead.pk in seen_ids:
            seen.append(Like(lead, why))
        elif lead.docket.department_id == viewer.department_id:
            unseen += 1
    return Found(seen, unseen)
