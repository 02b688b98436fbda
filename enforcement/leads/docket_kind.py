"""How casework shows a lead."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kinds import Action, DocketKind
from enforcement.leads.workflow import LEAD, Stage


def actions(docket: Any, viewer: Any) -> list[Action]:
    lead = docket.lead
    found = [
        Action(
            str(step.label),
            reverse("leads:take_step", args=[lead.pk, step.name]),
            is_primary=step.is_primary,
            reasons=tuple(reasons),
        )
        for step, reasons in LEAD.steps_at(lead, viewer)
    ]
    if lead.stage == Stage.REGISTERED and not found:
        found.append(Action(_("Decide whether to open a case"), "", waits_for=_("a case officer")))
    return found


def facts(docket: Any, viewer: Any) -> list[tuple[str, Any]]:
    lead = docket.lead
    return [
        (_("Enterprise"), lead.enterprise.name),
        (_("Origin"), lead.get_origin_display()),
        (_("Received on"), lead.received_on.isoformat()),
        (_("Suspected violation"), lead.violation.name),
        (_("Legal basis"), lead.violation.legal_basis),
        (_("Facts"), lead.facts),
    ]


KIND = DocketKind(
    code="lead",
    label=gettext_lazy("Lead"),
    stages=Stage,
    workflow=LEAD,
    series="线",
    subject_of=lambda docket: docket.lead,
    actions=actions,
    facts=facts,
    steps_shown=(Stage.REGISTERED, Stage.CASE_OPENED),
    tones={Stage.REGISTERED: "amber", Stage.CASE_OPENED: "green", Stage.DISMISSED: "grey"},
    awaiting={Stage.REGISTERED: "leads.decide_lead"},
    tasks={Stage.REGISTERED: gettext_lazy("Decide whether to open a case")},
    icon="flag",
    new_url_name="leads:new",
    new_permission="leads.decide_lead",
)
