"""Who may move a task of a campaign: its department answers, the lead department decides."""

from typing import Any

from django.utils.translation import gettext as _

from casework import powers


def the_department_it_was_given_to_answers(task: Any, officer: Any) -> str | None:
    if task.docket.department.is_at_or_below(officer.department):
        return None
    return _("%(department)s carries out the task and answers for it.") % {"department": task.docket.department}


def the_lead_department_decides(task: Any, officer: Any) -> str | None:
    if powers.may(officer, "campaigns.lead_campaign", task.campaign.docket):
        return None
    return _("Whoever leads the campaign decides on the report.")


def who_reported_does_not_accept(task: Any, officer: Any) -> str | None:
    if task.reported_by_id == officer.pk:
        return _("You reported the result: somebody else accepts it.")
    return None
