"""What the officers of the case write and sign: facts, requirements, the draft of the order."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework import services as dockets
from casework.models import Provision, Violation
from casework.stale import changed_meanwhile
from core import clock
from core.errors import RuleBroken
from core.labels import in_print
from enforcement.leads import competence
from enforcement.leads import services as leads
from enforcement.leads.models import Lead
from enforcement.rectification.models import CaseSignature, RectificationCase
from enforcement.rectification.services.rows import locked_at
from enforcement.rectification.workflow import HANDLE, SIGN, Stage
from notices import services as notices
from notices.models import Notice
from organisation.models import Officer

ORDER = "rectification_order"
# What changes the text that `edit` writes over.
TEXT_CHANGES = ("rectification.edit", "rectification.correct_act", "rectification.enter_act")
WRITTEN = ("violation", "facts", "requirements", "rectification_days", "policy_source")


@powers.under(HANDLE, of="case")
@transaction.atomic
def edit(
    *,
    case: RectificationCase,
    facts: str,
    requirements: str,
    rectification_days: int,
    policy_source: Provision | None,
    expected_version: int,
    by: Officer,
    violation: Violation | None = None,
) -> RectificationCase:
    """Write facts and requirements; name another `violation` where the first was wrong. Signatures stand under a text: a
    changed text asks for new ones."""
    locked = locked_at(case, Stage.INVESTIGATING)
    if locked.version != expected_version:
        raise changed_meanwhile(locked.docket, TEXT_CHANGES, by=by)
    if violation is not None and violation != locked.violation:
        _check_violation(locked, violation)
    before = _written(locked)
    locked.violation = violation or locked.violation
    locked.facts, locked.requirements = facts, requirements
    locked.rectification_days, locked.policy_source = rectification_days, policy_source
    after = _written(locked)
    changed = [name for name in WRITTEN if before[name] != after[name]]
    if not changed:
        return locked
    locked.version += 1
    locked.save(update_fields=[*WRITTEN, "version"])
    if "violation" in changed:
        dockets.retitle(locked.docket, locked.violation.cause_of_matter)
    trail.record(
        "rectification.edit", locked, by=by, docket=locked.docket,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return locked


def _written(case: RectificationCase) -> dict[str, Any]:
    """What an officer writes, as the trail keeps it."""
    return {
        "violation": f"{case.violation.act}（{in_print(case.violation.legal_basis)}）",
        "facts": case.facts,
        "requirements": case.requirements,
        "rectification_days": case.rectification_days,
        "policy_source": str(case.policy_source) if case.policy_source else "",
    }


def _check_violation(case: RectificationCase, violation: Violation) -> None:
    known = Violation.objects.valid_between(case.law_since, clock.today())
    if not known.filter(pk=violation.pk).exists():
        raise RuleBroken(
            _("That provision was not in force at any time since the act (%(on)s).") % {"on": case.law_since}
            if case.lead is None or case.lead.acted_from
            else _("That provision ended more than five years before the act was found (行政处罚法第三十六条)."),
            field="violation",
        )
    _check_power(case, violation)


def _check_power(case: RectificationCase, violation: Violation) -> None:
    if refusal := competence.refusal(violation, case.docket.department):
        raise RuleBroken(refusal, field="violation")


@powers.under(HANDLE, of="case")
@transaction.atomic
def correct_act(
    *,
    case: RectificationCase,
    violation: Violation,
    acted_from: date | None,
    acted_to: date | None,
    reason: str,
    by: Officer,
) -> RectificationCase:
    """Correct when the act was committed, and the provision that fits it. Which law applies depends on it: what was signed
    before is signed anew."""
    locked = locked_at(case, Stage.INVESTIGATING)
    if locked.lead is None:
        raise RuleBroken(_("The case was opened without a lead."))
    lead = Lead.objects.select_for_update().get(pk=locked.lead.pk)
    if violation != locked.violation:
        _check_power(locked, violation)
    before, verb = leads.act_told(lead, locked.violation), leads.act_verb(lead)
    leads.set_act(lead, violation, acted_from, acted_to, reason=reason)
    if violation != locked.violation:
        dockets.retitle(locked.docket, violation.cause_of_matter)
    locked.lead, locked.violation = lead, violation
    locked.version += 1
    locked.save(update_fields=["violation", "version"])
    trail.record(
        f"rectification.{verb}", locked, by=by, docket=locked.docket, reason=reason, before=before,
        after=leads.act_told(lead, violation),
    )  # fmt: skip
    return locked


@powers.under(HANDLE, of="case")
@transaction.atomic
def draft_order(*, case: RectificationCase, by: Officer) -> Notice:
    """Start the order from what the case knows; the officer completes it with a live preview."""
    locked = locked_at(case, Stage.INVESTIGATING)
    if locked.order_id is not None:
        raise RuleBroken(_("The order is already drafted."))
    locked.order = notices.draft(kind=ORDER, docket=locked.docket, content=None, by=by)
    locked.save(update_fields=["order"])
    return locked.order


@powers.under(SIGN, of="case")
@transaction.atomic
def sign(*, case: RectificationCase, by: Officer) -> CaseSignature:
    """An officer of the case stands for its facts and requirements and for the words of its order."""
    locked = locked_at(case, Stage.INVESTIGATING)
    if not locked.is_handled_by(by):
        raise RuleBroken(_("Only the officers of the case can sign."))
    if not (locked.facts.strip() and locked.requirements.strip()):
        raise RuleBroken(_("Write facts and requirements first."))
    if locked.order is None:
        raise RuleBroken(_("Draft the rectification order first."))
    if differences := locked.order_differences():
        # Before anybody stands for both texts, not first when they are handed in.
        raise RuleBroken(differences)
    if not by.has_valid_certificate():
        raise RuleBroken(_("Your enforcement certificate is missing or has expired (行政处罚法第四十二条)."))
    if any(signature.officer_id == by.pk for signature in locked.current_signatures()):
        raise RuleBroken(_("You have already signed."))
    signature = CaseSignature.objects.create(
        case=locked,
        officer=by,
        version=locked.version,
        order_sha256=locked.order_fingerprint,
        certificate_number=by.certificate_number,
        certificate_valid=True,
        signed_at=clock.now(),
    )
    trail.record(
        "rectification.sign", locked, by=by, docket=locked.docket, basis="行政处罚法第四十二条", version=locked.version,
        order_sha256=locked.order_fingerprint,
    )  # fmt: skip
    return signature
