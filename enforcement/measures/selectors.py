"""Questions about child measures: who receives them, and for whom they wait."""

from typing import Any

from django.db.models import Q, QuerySet

from casework import powers
from casework.due import DueWords, calendar_for
from casework.models import Docket
from casework.models.dockets import NO_DATE
from casework.selectors import SHOWN, WorkItem
from enforcement.measures.chain_workflow import ANSWER, CHILD, LEAD, Stage
from enforcement.measures.models import ChildMeasure
from organisation.models import Officer
from organisation.roles import holders

TONES = {
    Stage.PLANNED: "grey",
    Stage.SENT: "amber",
    Stage.ACCEPTED: "blue",
    Stage.ANSWERED: "purple",
    Stage.ENDED: "green",
    Stage.CANCELLED: "grey",
}
# Whose turn it is at a stage.
AWAITING = {Stage.PLANNED: LEAD, Stage.SENT: ANSWER, Stage.ACCEPTED: ANSWER, Stage.ANSWERED: LEAD}


def receivers(measure: ChildMeasure) -> QuerySet[Officer]:
    """Officers in service of the department responsible, its internal offices included, who may answer for it."""
    department = measure.department
    if department is None:
        return Officer.objects.none()
    own = Q(department=department) | Q(department__is_internal=True, department__parent=department)
    roles = [role.code for role in holders(ANSWER)]
    found = Officer.objects.filter(own, is_active=True, groups__name__in=roles)
    return found.distinct().order_by("initials", "pk")


def was_asked(officer: Officer, permission: str, docket: Docket) -> bool:
    """Was a measure of this case sent to his department, and is the case in his sight? Then he may answer it."""
    if permission != ANSWER:
        return False
    sent = ChildMeasure.objects.filter(
        docket=docket, department=officer.department.acts_as, stage__in=(Stage.SENT, Stage.ACCEPTED, Stage.ANSWERED)
    )
    return sent.exists() and Docket.objects.visible_to(officer).filter(pk=docket.pk).exists()


def waiting(viewer: Any) -> list[WorkItem]:
    """Measures that wait for him: sent to his department, or answered to a case that he handles."""
    if not isinstance(viewer, Officer) or not (viewer.has_perm(ANSWER) or viewer.has_perm(LEAD)):
        return []
    own = viewer.department.acts_as
    asked = Q(stage__in=(Stage.SENT, Stage.ACCEPTED), department=own)
    handled = Docket.objects.filter(powers.handled([viewer.pk])).values("pk")
    mine = Q(stage__in=(Stage.PLANNED, Stage.ANSWERED), docket__in=handled)
    mine |= Q(stage__in=(Stage.SENT, Stage.ACCEPTED), department__uses_portal=False, docket__in=handled)
    rows = ChildMeasure.objects.visible_to(viewer).filter(asked | mine, docket__closed_on=None)
    found = list(rows.select_related("docket__enterprise", "department").order_by("due_on", "pk")[:SHOWN])
    words = DueWords(calendar_for(viewer))
    words.about(row.docket for row in found)
    return [_item(row, words) for row in found]


def _item(row: ChildMeasure, words: DueWords) -> WorkItem:
    docket = row.docket
    usual = next(one for one in CHILD.steps.values() if row.stage in one.sources and one.is_primary)
    party = docket.enterprise.name if docket.enterprise else docket.title
    return WorkItem(
        label=f"{usual.label}：{row.label}",
        url=row.get_absolute_url(),
        title=" · ".join(filter(None, [docket.number, party])),
        due_on=row.due_on or NO_DATE,
        due=words.of(docket).get("due"),
        status={"label": row.get_stage_display(), "tone": TONES[Stage(row.stage)]},
        docket_id=docket.pk,
        key=f"child measure {row.pk}",
    )
