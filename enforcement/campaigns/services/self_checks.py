"""The verb by which the self-check of an enterprise is recorded, or that none was received."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from core import clock, moments
from core.errors import Fault, RuleBroken, Stale, refuse_all
from enforcement.campaigns.checklist import items_of
from enforcement.campaigns.models import Campaign, Target
from enforcement.campaigns.results import Answer, CheckResult
from enforcement.campaigns.workflow import WORK, Stage
from organisation.models import Officer

RECORDED_AT = (Stage.SELF_CHECK, Stage.INSPECTING, Stage.RECTIFYING)


def seen_as(target: Target) -> str:
    """What the officer has before him: it changes when a colleague records the same self-check."""
    return f"{target.result} {target.recorded_at.isoformat() if target.recorded_at else ''}"


def result_of(answers: Mapping[str, str]) -> str:
    """One item that is not in order is a gap."""
    return CheckResult.GAPS if Answer.NO in answers.values() else CheckResult.IN_ORDER


@powers.under(WORK, of="target")
@transaction.atomic
def record_self_check(
    *,
    target: Target,
    received_on: date | None,
    answers: Mapping[str, str],
    gaps: str,
    seen: str,
    by: Officer,
) -> Target:
    """Record what the enterprise answered to each item of the checklist, or that nothing was received (`received_on` None).

    `answers`: code of the item → results.Answer. A second record replaces the first; the trail keeps both.
    Raises Stale where somebody else recorded meanwhile.
    """
    locked = Target.objects.select_for_update(of=("self",)).select_related("campaign", "enterprise").get(pk=target.pk)
    campaign = Campaign.objects.select_for_update().get(pk=locked.campaign_id)
    if campaign.stage not in RECORDED_AT:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(campaign.stage).label})
    if seen_as(locked) != seen:
        raise Stale(_("A colleague has recorded this self-check meanwhile. Read it again before you record yours."))
    refuse_all(_faults(campaign, received_on, answers, gaps, due_on=locked.due_on))
    before = {"result": locked.result, "received_on": locked.received_on, "gaps": locked.gaps}
    locked.result = CheckResult.NOT_RECEIVED if received_on is None else result_of(answers)
    locked.received_on = received_on
    locked.answers = _kept(campaign, answers) if received_on is not None else []
    locked.gaps = gaps.strip()
    locked.recorded_by, locked.recorded_at = by, clock.now()
    locked.save(update_fields=["result", "received_on", "answers", "gaps", "recorded_by", "recorded_at"])
    trail.record(
        "campaigns.record_self_check",
        locked,
        by=by,
        docket=campaign.docket,
        before=before,
        after={"result": locked.result, "received_on": received_on, "gaps": locked.gaps},
        enterprise=locked.enterprise.name,
    )
    return locked


def _kept(campaign: Campaign, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The checklist as it is today: what an enterprise was asked does not change with the file."""
    return [
        {"code": item.code, "text": item.text, "source": item.marked, "answer": answers[item.code]}
        for item in items_of(campaign.subject)
    ]


def _faults(
    campaign: Campaign, received_on: date | None, answers: Mapping[str, str], gaps: str, *, due_on: date
) -> list[Fault]:
    if received_on is None:
        found: list[Fault] = []
        if answers or gaps.strip():
            found.append(("received_on", _("Give the day on which the self-check was received.")))
        elif clock.today() <= due_on:
            words = _("The enterprise has until %(on)s: only then nothing was received.")
            found.append(("received_on", words % {"on": due_on}))
        return found
    found = [*moments.faults_to_come(received_on, day="received_on")]
    if received_on < campaign.starts_on:
        found.append(("received_on", _("The day lies before the campaign (%(on)s).") % {"on": campaign.starts_on}))
    for item in items_of(campaign.subject):
        if answers.get(item.code) not in Answer.values:
            found.append((item.code, _("Choose what the enterprise answered.")))
    has_gaps = result_of(answers) == CheckResult.GAPS
    if has_gaps and not gaps.strip():
        found.append(("gaps", _("Say which gaps were reported.")))
    if not has_gaps and gaps.strip():
        found.append(("gaps", _("Gaps are described, but no item is “not in order”.")))
    return found
