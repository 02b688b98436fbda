"""The docket shows its next due date and whether its clock is stopped; lists read one table."""

from casework.models import Deadline, Docket


def mirror(docket: Docket) -> None:
    """Make `next_due_on` and `is_paused` true. Runs inside the transaction that changed a deadline.

    The next due date is the earliest of the deadlines that run; the docket is paused when some are stopped and none runs.
    """
    open_rows = list(Deadline.objects.filter(docket=docket).open().values_list("due_on", "paused_since"))
    running = [due_on for due_on, paused_since in open_rows if paused_since is None]
    before = docket.next_due_on, docket.is_paused
    docket.next_due_on = min(running, default=None)
    docket.is_paused = bool(open_rows) and not running
    if (docket.next_due_on, docket.is_paused) != before:
        docket.save(update_fields=["next_due_on", "is_paused"])
