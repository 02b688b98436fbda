"""Due dates that passed unmet: noted once each, so that the kind of deadline can act on it."""

from django.db.models import F, Q

from casework.deadlines import services
from casework.models import Deadline
from core import clock


def note_all(limit: int = 1000) -> int:
    """Note what passed since the last sweep. Answers how many; the rest is left to the next sweep."""
    unnoted = Q(missed_due_on=None) | ~Q(missed_due_on=F("due_on"))
    late = Deadline.objects.overdue(clock.today()).filter(unnoted, docket__closed_on=None)
    ids = late.order_by("due_on", "id").values_list("id", flat=True)[:limit]
    return sum(services.note_missed(deadline_id=deadline_id) for deadline_id in list(ids))
