"""What the verbs share: the locked penalty, its document, its periods."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import deadlines
from core.errors import RuleBroken
from core.labels import Label, stored
from enforcement.penalties.models import Penalty
from enforcement.penalties.workflow import Stage
from notices import services as notices
from notices.models import Notice, NoticeState
from trail.recording import SYSTEM


def locked_at(penalty: Penalty, *stages: str) -> Penalty:
    """The penalty, locked. RuleBroken when it stands at another stage."""
    locked = Penalty.objects.select_for_update(of=("self",)).select_related("docket", "case").get(pk=penalty.pk)
    if locked.stage not in stages:
        raise RuleBroken(_("Not possible at the stage “%(stage)s”.") % {"stage": Stage(locked.stage).label})
    return locked


def document_of(penalty: Penalty) -> Notice:
    """The document of a penalty whose guards have looked at it."""
    if penalty.document is None:
        raise RuleBroken(_("Draft the document first."))
    return penalty.document


def take_document_back(penalty: Penalty, reason: str, *, by: Any) -> None:
    """What was handed in or approved goes back to its drafter with the proposal."""
    notice = penalty.document
    if notice is not None and notice.state in {NoticeState.SUBMITTED, NoticeState.APPROVED}:
        notices.return_to_drafter(notice=notice, reason=reason, by=by)


def give_up_draft(notice: Notice | None, reason: str) -> None:
    """A draft that is not wanted any more falls with what it was for."""
    if notice is not None and notice.state == NoticeState.DRAFT:
        notices.withdraw(notice=notice, reason=reason, by=SYSTEM)


def start(
    penalty: Penalty, kind: str, *, on: date, event: Label, length: int | None = None, unit: str | None = None
) -> None:
    """Start a period of the penalty, where a rule sets one for this authority; one of that very day is on file already and stays."""
    from casework.deadlines import kinds

    if not kinds.get(kind).binds(penalty.docket.department):
        return
    if penalty.docket.deadlines.filter(kind=kind, started_on=on, cancelled_on=None).exists():
        return
    deadlines.start(
        docket=penalty.docket, kind=kind, on=on, by=SYSTEM, length=length, unit=unit, reason_event=stored(event)
    )


def meet(penalty: Penalty, *wanted: str, on: date) -> None:
    for deadline in penalty.docket.deadlines.open().filter(kind__in=wanted).order_by("pk"):
        deadlines.meet(deadline=deadline, on=max(on, deadline.started_on), by=SYSTEM)


def cancel(penalty: Penalty, *wanted: str, reason: str) -> None:
    for deadline in penalty.docket.deadlines.open().filter(kind__in=wanted).order_by("pk"):
        deadlines.cancel(deadline=deadline, reason=reason, by=SYSTEM)
