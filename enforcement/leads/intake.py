"""Taking in what came from outside: a report, a complaint, a transfer, an assignment. Who brought it is protected, and whether it
is known already is asked before it is registered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework.models import Violation
from core.errors import Fault, refuse_all
from enforcement.leads import duplicates, informants, services
from enforcement.leads.informants import Given
from enforcement.leads.models import Lead, Origin
from organisation.models import Officer
from registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer says of leads that look like the same matter: the one it is the same as, or none of them; and why."""

    same_as: Lead | None
    reason: str


def source_faults(origin: str, source_name: str) -> list[Fault]:
    if origin == Origin.TRANSFER and not source_name.strip():
        return [("source_name", _("Name the authority that transferred the matter."))]
    return []


@transaction.atomic
def take_in(
    *,
    enterprise: Enterprise,
    origin: str,
    violation: Violation,
    facts: str,
    received_on: date,
    by: Officer,
    acted_from: date | None = None,
    acted_to: date | None = None,
    source_name: str = "",
    source_number: str = "",
    informant: Given | None = None,
    naming_accepted: bool = False,
    answer: Answer | None = None,
) -> Lead:
    """Register a lead that came from outside. Where the officer sees leads that look like the same matter he must have answered
    (`answer`); one that is the same is merged into the earlier at once. Returns the new lead."""
    given = informant or Given()
    said: dict[str, Any] = {
        "enterprise": enterprise, "violation": violation, "facts": facts, "received_on": received_on,
        "acted_from": acted_from, "acted_to": acted_to,
    }  # fmt: skip
    read = {"facts": facts, "source_name": source_name, "source_number": source_number}
    if answer is not None:
        read["likeness_reason"] = answer.reason
    refuse_all(
        [
            *source_faults(origin, source_name),
            *informants.faults(given, origin, read, accepted=naming_accepted),
            *_unanswered(duplicates.found(viewer=by, **said), answer),
        ]
    )
    lead = services.register(origin=origin, by=by, source_name=source_name, source_number=source_number, **said)
    if not given.is_blank:
        # What everybody reads was looked at above.
        informants.record(lead=lead, given=given, by=by, accepted=True)
    if answer is not None and answer.same_as is not None:
        lead = services.merge(lead=lead, into=answer.same_as, reason=answer.reason, by=by)
    elif answer is not None:
        services.tell_distinct(lead, reason=answer.reason, by=by)
    return lead


def _unanswered(like: duplicates.Found, answer: Answer | None) -> list[Fault]:
    if not like.seen:
        return []
    if answer is None:
        return [("likeness", _("Leads on record look like the same matter. Say whether it is one of them."))]
    faults: list[Fault] = []
    if answer.same_as is not None and answer.same_as.pk not in {one.lead.pk for one in like.seen}:
        faults.append(("likeness", _("That lead is not among those that look like the same matter.")))
    if not answer.reason.strip():
        faults.append(("likeness_reason", _("Give the reason.")))
    return faults
