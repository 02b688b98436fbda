"""A child measure: laid out on its case, sent to the department responsible, taken on, answered, accepted."""

from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.steps import ByAuthority, step
from casework.workflow import Workflow

if TYPE_CHECKING:
    from enforcement.measures.models import ChildMeasure

LEAD, ANSWER = "measures.lead_chain", "measures.answer_measure"
POLICY_MARKS = ("国发", "苏政发", "工信部原", "意见", "通知")


class Stage(TextChoices):
    PLANNED = "planned", gettext_lazy("Laid out")
    SENT = "sent", gettext_lazy("Sent, to be taken on")
    ACCEPTED = "accepted", gettext_lazy("In hand")
    ANSWERED = "answered", gettext_lazy("Answered")
    ENDED = "ended", gettext_lazy("Ended")
    CANCELLED = "cancelled", gettext_lazy("Called off")


# 协助请求 binds all; environmental authorities have a rule of their own on handing over.
SENDING = ByAuthority("生态环境行政处罚办法第十六条；行政处罚法第二十六条", "行政处罚法第二十六条")
ANSWERING = "行政处罚法第二十六条"


def case_is_open(measure: "ChildMeasure") -> str | None:
    return _("The case is closed.") if measure.docket.closed_on else None


def names_a_department(measure: "ChildMeasure") -> str | None:
    return None if measure.department_id else _("Name the department responsible.")


def has_a_day(measure: "ChildMeasure") -> str | None:
    return None if measure.due_on else _("Set the day by which the result is due.")


def cites_a_statute(measure: "ChildMeasure") -> str | None:
    """A revocation or penalty is not asked for by a policy document alone."""
    if not measure.needs_statute:
        return None
    if measure.legal_basis.strip() and not any(mark in measure.legal_basis for mark in POLICY_MARKS):
        return None
    return _(
        "Name the article of a law or regulation: a policy document alone founds no penalty and no revocation (行政处罚法第十六条)."
    )


def is_overdue_where_it_must_be(measure: "ChildMeasure") -> str | None:
    """注（吊）销 follows only when what was ordered was not done in time."""
    if not measure.when_overdue:
        return None
    case = measure.docket.rectification_case
    last = case.last_reinspection()
    if last is not None and not last.is_done and case.period_runs_until() is None:
        return None
    return _(
        "Only where a re-inspection after the period found it not rectified are permits revoked (国发〔2011〕12号)."
    )


def speaks_for_the_department(measure: "ChildMeasure", officer: Any) -> str | None:
    """The department responsible answers for itself; of one that does not use the portal the case's officers record what came in."""
    department = measure.department
    if department is None or not department.uses_portal or officer.department.acts_as == department:
        return None
    return _("Only officers of %(department)s answer for it.") % {"department": department}


def did_not_answer(measure: "ChildMeasure", officer: Any) -> str | None:
    """Four eyes: who gave the answer does not accept it."""
    last = measure.feedbacks.last()
    return _("You gave the answer: somebody else must accept it.") if last and last.given_by_id == officer.pk else None


CHILD = Workflow(
    step(
        "send", gettext_lazy("Send to the department"), sources=[Stage.PLANNED], target=Stage.SENT, permission=LEAD,
        basis=SENDING,
        guards=[case_is_open, names_a_department, has_a_day, cites_a_statute, is_overdue_where_it_must_be],
        is_primary=True,
    ),
    step(
        "acknowledge", gettext_lazy("Take it on"), sources=[Stage.SENT], target=Stage.ACCEPTED, permission=ANSWER,
        basis=ANSWERING, guards=[case_is_open], personal_guards=[speaks_for_the_department], is_primary=True,
    ),
    step(
        "decline", gettext_lazy("Decline with the reason"), sources=[Stage.SENT], target=Stage.PLANNED, permission=ANSWER,
        basis=ANSWERING, personal_guards=[speaks_for_the_department], needs_reason=True,
    ),
    step(
        "feed_back", gettext_lazy("Feed back the result"), sources=[Stage.ACCEPTED], target=Stage.ANSWERED,
        permission=ANSWER, basis=ANSWERING, guards=[case_is_open], personal_guards=[speaks_for_the_department],
        is_primary=True,
    ),
    step(
        "accept", gettext_lazy("Accept the result"), sources=[Stage.ANSWERED], target=Stage.ENDED, permission=LEAD,
        basis=ANSWERING, personal_guards=[did_not_answer], is_primary=True,
    ),
    step(
        "send_back", gettext_lazy("Return the result"), sources=[Stage.ANSWERED], target=Stage.ACCEPTED, permission=LEAD,
        basis=ANSWERING, guards=[case_is_open], needs_reason=True,
    ),
    step(
        "call_off", gettext_lazy("Call the measure off"), sources=[Stage.PLANNED, Stage.SENT, Stage.ACCEPTED],
        target=Stage.CANCELLED, permission=LEAD, basis=ANSWERING, needs_reason=True,
    ),
    initial=Stage.PLANNED,
    stages=Stage,
    verb_prefix="child_measures",
    final=[Stage.ENDED, Stage.CANCELLED],
)  # fmt: skip
