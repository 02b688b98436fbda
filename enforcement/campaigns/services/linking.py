"""Verbs that add matters to a campaign and take them out."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from enforcement.campaigns.models import Campaign, Link
from enforcement.campaigns.workflow import RUNNING, WORK, Stage
from organisation.models import Officer

KINDS = ("inspection", "lead", "rectification")


def _running(campaign: Campaign) -> Campaign:
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.stage not in RUNNING:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    return locked


@powers.under(WORK, of="campaign")
@transaction.atomic
def add_matters(*, campaign: Campaign, matters: Collection[Docket], by: Officer) -> list[Link]:
    """Add inspections, leads and cases that the officer sees. One that belongs to it already stays as it is."""
    locked = _running(campaign)
    seen = Docket.objects.visible_to(by).filter(pk__in=[one.pk for one in matters], kind__in=KINDS)
    known = set(locked.links.values_list("docket_id", flat=True))
    fresh = [one for one in seen.order_by("pk") if one.pk not in known]
    if not fresh:
        raise RuleBroken(_("None of these matters is new to the campaign."), field="matters")
    made = [Link.objects.create(campaign=locked, docket=one, added_by=by, added_at=clock.now()) for one in fresh]
    trail.record(
        "campaigns.add_matters",
        locked,
        by=by,
        docket=locked.docket,
        matters="、".join(str(one) for one in fresh),
        count=len(fresh),
    )
    return made


@powers.under(WORK, of="campaign")
@transaction.atomic
def remove_matter(*, campaign: Campaign, link: Link, reason: str, by: Officer) -> None:
    """A matter that was added by mistake is taken out, with the reason."""
    locked = _running(campaign)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    found = locked.links.select_for_update(of=("self",)).filter(pk=link.pk).select_related("docket").first()
    if found is None:
        raise RuleBroken(_("It does not belong to this campaign any more."))
    trail.record(
        "campaigns.remove_matter", locked, by=by, docket=locked.docket, reason=reason, matter=str(found.docket)
    )
    found.delete()
