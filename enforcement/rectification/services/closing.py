"""The end of a case: closed, or withdrawn; and the ways back."""

from django.db import transaction

from casework import deadlines
from casework import services as dockets
from core.labels import Label, stored
from enforcement.rectification import events, file_forms
from enforcement.rectification.deadlines import HANDLING
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.services.rows import last_of, name_again, start_next_look
from enforcement.rectification.workflow import CASE
from notices import services as notices
from notices.models import NoticeState
from organisation.models import Officer
from trail.recording import SYSTEM


@transaction.atomic
def close(*, case: RectificationCase, by: Officer) -> RectificationCase:
    """结案: rectified, every period settled, every document drawn, served and receipted."""
    moved = CASE.advance(case, "close", by=by)
    dockets.close_docket(moved.docket, by=by)
    file_forms.freeze_closing(moved)
    return moved


@transaction.atomic
def return_from_closing(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """The record of the re-inspection is wrong: back to it, for a correction of the same look."""
    moved = CASE.advance(case, "return_from_closing", by=by, reason=reason)
    name_again(moved, by=by)
    return moved


@transaction.atomic
def look_again(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """The head is not convinced: somebody visits the party once more, and that look has a record of its own."""
    moved = CASE.advance(case, "look_again", by=by, reason=reason)
    return _next_round(moved, events.HEAD_ASKED, by=by)


def _next_round(case: RectificationCase, event: Label, *, by: Officer) -> RectificationCase:
    name_again(case, by=by)
    case.round += 1
    case.save(update_fields=["round"])
    start_next_look(case, event=event, by=by)
    return case


@transaction.atomic
def reopen(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """恢复办理 of a closed case: somebody has to look again, and the clock for it runs from today."""
    moved = CASE.advance(case, "reopen", by=by, reason=reason)
    dockets.reopen_docket(moved.docket)
    return _next_round(moved, events.REOPENED, by=by)


@transaction.atomic
def withdraw(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """撤销立案: the case ends without an order; its periods are cancelled with the reason."""
    moved = CASE.advance(case, "withdraw", by=by, reason=reason)
    for deadline in moved.docket.deadlines.open():
        deadlines.cancel(deadline=deadline, reason=stored(events.WITHDRAWN), by=SYSTEM)
    if moved.order is not None and moved.order.state == NoticeState.DRAFT:
        # It falls with its case: the head who withdraws the case need not be one who drafts.
        notices.withdraw(notice=moved.order, reason=reason, by=SYSTEM)
    dockets.close_docket(moved.docket, by=by)
    file_forms.freeze_withdrawal(moved)
    return moved


@transaction.atomic
def reopen_withdrawn(*, case: RectificationCase, reason: str, by: Officer) -> RectificationCase:
    """Withdrawn by mistake: the investigation and the period for handling the case go on where they stopped."""
    moved = CASE.advance(case, "reopen_withdrawn", by=by, reason=reason)
    dockets.reopen_docket(moved.docket)
    moved.version += 1  # what was signed was the text withdrawn
    moved.order = None
    moved.save(update_fields=["version", "order"])
    handling = last_of(moved, HANDLING)
    if handling is not None and handling.cancelled_on is not None:
        deadlines.reopen(deadline=handling, reason=reason, by=SYSTEM)
    return moved
