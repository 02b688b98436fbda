"""A lead: registered, then a case is opened or it is dismissed with a reason."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.steps import ByAuthority, step
from casework.workflow import Workflow
from enforcement.leads.competence import authority_may_act

FILING = ByAuthority("生态环境行政处罚办法第十八条", "行政处罚法第五十四条第二款")


@dataclass(frozen=True, slots=True)
class OnTransfer(ByAuthority):
    """A basis in the rules on handing a matter to the authority that has jurisdiction; where it stays, that of filing."""

    def __call__(self, row: Any) -> str:
        return ByAuthority.__call__(self if row.transferred_to else FILING, row)

    def __str__(self) -> str:
        return f"{self.environmental}（生态环境部门，移送）；{FILING}"


TRANSFERRING = OnTransfer("生态环境行政处罚办法第十六条", FILING.others)


class Stage(TextChoices):
    REGISTERED = "registered", _("To be decided")
    CASE_OPENED = "case_opened", _("Case opened")
    DISMISSED = "dismissed", _("No case")


LEAD = Workflow(
    step(
        "open_case",
        _("Open a case"),
        sources=[Stage.REGISTERED],
        target=Stage.CASE_OPENED,
        permission="leads.decide_lead",
        basis=FILING,
        guards=[authority_may_act],
        is_primary=True,
    ),
    step(
        "dismiss",
        _("Decide not to open a case"),
        sources=[Stage.REGISTERED],
        target=Stage.DISMISSED,
        permission="leads.decide_lead",
        basis=TRANSFERRING,
        needs_reason=True,
    ),
    step(
        "reconsider",
        _("Take up again"),
        sources=[Stage.DISMISSED],
        target=Stage.REGISTERED,
        permission="leads.reconsider_lead",
        basis="行政处罚法第七十五条",
        needs_reason=True,
    ),
    initial=Stage.REGISTERED,
    stages=Stage,
    verb_prefix="leads",
    final=[Stage.CASE_OPENED, Stage.DISMISSED],
)
