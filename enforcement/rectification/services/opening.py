"""立案: the lead becomes a case with two officers."""

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines, powers
from casework import services as dockets
from core import clock
from core.errors import RuleBroken
from core.labels import stored
from enforcement.leads.models import Lead
from enforcement.leads.services import settle_decision
from enforcement.leads.workflow import LEAD
from enforcement.rectification import events, file_forms, selectors
from enforcement.rectification.deadlines import HANDLING
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage
from organisation.authority import in_the_name_of
from organisation.models import Officer


@transaction.atomic
def open_case(*, lead: Lead, co_officer: Officer, by: Officer, officer: Officer | None = None) -> RectificationCase:
    """Open a case on the lead; the period for handling it runs from today. `officer` leads it: whoever opens it, unless he
    (a head) names another because he does not handle cases himself."""
    leading = officer or by
    _check_team(leading, co_officer, by)
    # A deputy opens it in the place of whoever's power he uses.
    decided_by = powers.bearer(by, LEAD.steps["open_case"].permission, lead.docket) or by
    decided = LEAD.advance(lead, "open_case", by=by)
    settle_decision(decided, by=by)
    docket = dockets.open_docket(
        kind="rectification",
        title=decided.violation.cause_of_matter,
        by=by,
        department=decided.docket.department,
        region=decided.docket.region,
        enterprise=decided.enterprise,
        officer=leading,
        co_officers=(co_officer,),
    )
    case = RectificationCase.objects.create(
        docket=docket,
        enterprise=decided.enterprise,
        lead=decided,
        stage=Stage.INVESTIGATING,
        violation=decided.violation,
        facts=decided.facts,
    )
    with in_the_name_of(by, decided_by):
        trail.record(
            "rectification.open",
            case,
            by=by,
            docket=docket,
            basis=decided.violation.legal_basis,
            lead=str(decided.docket),
        )
    file_forms.freeze_filing(case, decided_by=decided_by)
    deadlines.start(docket=docket, kind=HANDLING, on=clock.today(), by=by, reason_event=stored(events.OPENED))
    dockets.close_docket(decided.docket, by=by)
    return case


def _check_team(leading: Officer, co_officer: Officer, by: Officer) -> None:
    """Two different people who may both sign; the first also handles the case."""
    if co_officer == leading:
        raise RuleBroken(_("Name a second officer (行政处罚法第四十二条)."), field="co_officer")
    if not selectors.may_lead(leading):
        words = (
            _("You do not handle and sign cases yourself: name the officer who leads the case.")
            if leading == by
            else _("%(officer)s may not lead a case: it takes the role and a valid enforcement certificate.")
        )
        raise RuleBroken(words % {"officer": leading}, field="officer")
    if not selectors.may_sign(co_officer):
        raise RuleBroken(
            _(
                "%(officer)s may not sign a case: it takes the role and a valid enforcement certificate (行政处罚法第四十二条)."
            )
            % {"officer": co_officer},
            field="co_officer",
        )
