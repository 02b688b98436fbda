"""What the page of a child measure shows, and what can be done there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import powers
from casework.kinds import Action
from casework.views.steps import Basis
from enforcement.measures import chains
from enforcement.measures.chain_workflow import CHILD, LEAD, Stage
from enforcement.measures.models import ChildMeasure
from enforcement.measures.selectors import TONES
from organisation.models.places import is_certain


def tags(measure: ChildMeasure) -> list[dict[str, Any]]:
    """Stage, overdue, hearing, doubt: in words, not by colour alone."""
    found = [{"label": measure.get_stage_display(), "tone": TONES[Stage(measure.stage)]}]
    if measure.is_late:
        found.append({"label": _("Overdue since %(day)s") % {"day": measure.due_on}, "tone": "red"})
    if measure.needs_hearing:
        found.append({"label": _("A hearing is offered first"), "tone": "purple"})
    if not is_certain(measure.confidence):
        found.append({"label": _("To be verified"), "tone": "amber"})
    return found


def facts(measure: ChildMeasure) -> list[tuple[str, Any]]:
    found = [
        (_("Department responsible"), measure.department.name if measure.department else _("Not named yet")),
        (_("Task"), measure.task),
        (_("Result due on"), measure.due_on.isoformat() if measure.due_on else _("Not set yet")),
        (_("Policy source"), measure.policy_source),
        (_("Legal basis"), _basis(measure)),
    ]
    if measure.triggers:
        found.append((_("Triggers found"), "；".join(str(chains.TRIGGERS[code]) for code in measure.triggers)))
    if measure.needs_hearing:
        found.append(
            (
                _("Hearing"),
                _(
                    "Before production is stopped or a permit revoked, the party is told that it may ask for a hearing (行政处罚法第六十三条)."
                ),
            )
        )
    if measure.note:
        found.append((_("Note"), measure.note))
    if measure.sent_on:
        found.append((_("Sent on"), measure.sent_on.isoformat()))
    if measure.letter:
        found.append((_("Number of the letter"), measure.letter))
    return found


def _basis(measure: ChildMeasure) -> str:
    words = measure.legal_basis or _("None is on file: name it before the measure is sent.")
    return words if is_certain(measure.confidence) or not measure.legal_basis else f"{words}（{_('To be verified')}）"


def before(measure: ChildMeasure) -> Basis:
    """What lies before whoever takes it on, answers, or decides on the answer."""
    last = measure.feedbacks.last()
    answered = []
    if last is not None:
        answered = [
            (_("Result"), last.get_result_display()),
            (_("What was done"), last.text),
            (_("Document that shows it"), last.document),
            (_("Day of the result"), last.on.isoformat()),
        ]
    return Basis([*answered, *facts(measure)])


def actions(measure: ChildMeasure, viewer: Any) -> list[Action]:
    found = []
    if measure.stage == Stage.PLANNED and powers.may(viewer, LEAD, measure.docket):
        found.append(
            Action(_("Change department, task, day and basis"), reverse("measures:edit_child", args=[measure.pk]))
        )
    for step, reasons in CHILD.steps_at(measure, viewer):
        name = "measures:send_child" if step.name == "send" else "measures:child_step"
        args = [measure.pk] if step.name == "send" else [measure.pk, step.name]
        found.append(
            Action(str(step.label), reverse(name, args=args), is_primary=step.is_primary, reasons=tuple(reasons))
        )
    if not found and measure.is_open:
        who = measure.department if measure.stage in {Stage.SENT, Stage.ACCEPTED} else _("the officers of the case")
        usual = next(step for step in CHILD.steps.values() if measure.stage in step.sources and step.is_primary)
        found.append(Action(str(usual.label), "", waits_for=str(who)))
    return found
