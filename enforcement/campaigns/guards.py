"""What stands in the way of a step of a campaign, in words."""

from typing import Any

from django.utils.translation import gettext as _

from core import clock

OPEN_TASKS = ("assigned", "under_way", "declined", "reported", "returned")
NAMED = 5  # names in a sentence; beyond, their number


def names(rows: Any) -> str:
    """The first names and how many there are."""
    found = [str(row) for row in rows[:NAMED]]
    total = rows.count()
    shown = "、".join(found)
    return shown if total <= NAMED else _("%(names)s and others, %(total)d in all") % {"names": shown, "total": total}


def plan_is_written(campaign: Any) -> str | None:
    missing = [
        label
        for label, text in (
            (_("Aims"), campaign.aims),
            (_("Scope"), campaign.scope),
            (_("Steps and times"), campaign.steps),
            (_("Requirements"), campaign.requirements),
        )
        if not text.strip()
    ]
    return _("The plan lacks: %(parts)s.") % {"parts": "、".join(missing)} if missing else None


def period_is_not_over(campaign: Any) -> str | None:
    if campaign.ends_on < clock.today():
        return _("The campaign was to end on %(on)s: give it another period.") % {"on": campaign.ends_on}
    return None


def members_have_duties(campaign: Any) -> str | None:
    return None if campaign.members.exists() else _("Name the member departments and their duties.")


def targets_are_chosen(campaign: Any) -> str | None:
    return None if campaign.targets.exists() else _("Choose the enterprises that the campaign is about.")


def who_wrote_the_plan_does_not_approve_it(campaign: Any, officer: Any) -> str | None:
    if officer.pk in {campaign.docket.opened_by_id, campaign.written_by_id}:
        return _("Who wrote the plan does not approve it: somebody else decides.")
    return None


def every_self_check_is_recorded(campaign: Any) -> str | None:
    """Received, or recorded as not received: silence is no result."""
    rows = campaign.targets.filter(result="").select_related("enterprise")
    if rows.exists():
        return _("The self-check is not recorded yet: %(names)s.") % {"names": names(rows)}
    return None


def doubtful_enterprises_are_inspected(campaign: Any) -> str | None:
    """Whoever reported gaps, or nothing, is visited within the campaign."""
    rows = campaign.targets.to_be_inspected().select_related("enterprise")
    if rows.exists():
        return _("Reported gaps or no self-check, and no inspection belongs to the campaign yet: %(names)s.") % {
            "names": names(rows)
        }
    return None


def tasks_are_dealt_with(campaign: Any) -> str | None:
    rows = campaign.tasks.filter(stage__in=OPEN_TASKS).select_related("docket")
    if rows.exists():
        return _("Tasks are still open: %(names)s.") % {"names": names(rows)}
    return None
