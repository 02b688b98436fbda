"""What the party says, and the hearing (行政处罚法第四十五条、第六十三条至第六十五条)."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines, evidence, powers
from casework.models import EvidenceKind
from core import clock, moments
from core.errors import RuleBroken, refuse_all, refused_at
from enforcement.penalties import events, hearings
from enforcement.penalties.deadlines import HEARING, HEARING_REQUEST, STATEMENT
from enforcement.penalties.models import Hearing, Penalty, Statement, StatementKind
from enforcement.penalties.services.rows import locked_at, meet, start
from enforcement.penalties.workflow import HANDLE, PENALTY, Stage
from organisation.models import Officer
from trail.recording import SYSTEM

# What the paper of the party is called among the evidence.
PAPERS = {
    StatementKind.ARGUES: "陈述申辩书",
    StatementKind.ASKS_FOR_HEARING: "听证申请书",
    StatementKind.WAIVES_STATEMENT: "放弃陈述申辩权利声明",
    StatementKind.WAIVES_HEARING: "放弃听证权利声明",
}
HEARD_AT = (Stage.STATEMENT, Stage.HEARING, Stage.DECIDING)


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def record_statement(
    *, penalty: Penalty, kind: str, received_on: date, text: str, by: Officer, paper: "UploadedFile[Any] | None" = None
) -> Statement:
    """What the party said, the day it reached the authority, and its paper. A waiver must be on paper: it is express or it is none."""
    locked = locked_at(penalty, *HEARD_AT)
    faults = [*moments.faults_to_come(received_on, day="received_on")]
    if locked.notified_on is None or received_on < locked.notified_on:
        faults.append(
            (
                "received_on",
                _("The party was notified on %(on)s: nothing can answer that before.") % {"on": locked.notified_on},
            )
        )
    if not text.strip():
        faults.append(("text", _("Write what the party said.")))
    if kind in {StatementKind.WAIVES_STATEMENT, StatementKind.WAIVES_HEARING} and paper is None:
        faults.append(
            (
                "paper",
                _("A waiver is express: add the paper in which the party gives up its right (行政处罚法第六十二条)."),
            )
        )
    if kind == StatementKind.ASKS_FOR_HEARING:
        faults += hearings.faults_of_request(locked, received_on)
    refuse_all(faults)
    kept = None
    if paper is not None:
        with refused_at("paper"):
            kept = evidence.keep(
                docket=locked.docket, upload=paper, by=by, kind=EvidenceKind.STATEMENT, title=PAPERS[StatementKind(kind)],
                proves="当事人收到行政处罚事先告知书后的意见", made_by=locked.case.enterprise.name, made_at=clock.now(),
                place=locked.case.enterprise.address, facts={"stated_by": locked.case.enterprise.name},
            )  # fmt: skip
    row = Statement.objects.create(
        penalty=locked, round=locked.round, kind=kind, received_on=received_on, text=text.strip(), paper=kept,
        recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    trail.record(
        "penalties.record_statement", locked, by=by, docket=locked.docket, basis="行政处罚法第四十五条", kind=kind,
        received_on=received_on, text=row.text,
    )  # fmt: skip
    _end_right(locked, kind, received_on)
    return row


def _end_right(penalty: Penalty, kind: str, on: date) -> None:
    """A right that was given up, or a hearing that was asked for, needs no more days."""
    match kind:
        case StatementKind.WAIVES_STATEMENT:
            meet(penalty, STATEMENT, on=on)
        case StatementKind.WAIVES_HEARING:
            meet(penalty, HEARING_REQUEST, HEARING, on=on)
        case StatementKind.ASKS_FOR_HEARING:
            meet(penalty, HEARING_REQUEST, on=on)
            start(penalty, HEARING, on=on, event=events.ASKED)


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def take_back_statement(*, penalty: Penalty, statement: Statement, reason: str, by: Officer) -> Statement:
    """Entered by mistake. The row stays, marked; a right that it ended runs on."""
    locked = locked_at(penalty, *HEARD_AT)
    row = Statement.objects.select_for_update().get(pk=statement.pk, penalty=locked)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if row.taken_back_at is not None:
        raise RuleBroken(_("This entry has been taken back already."))
    row.taken_back_at, row.taken_back_why = clock.now(), reason.strip()
    row.save(update_fields=["taken_back_at", "taken_back_why"])
    trail.record(
        "penalties.take_back_statement", locked, by=by, docket=locked.docket, reason=reason, kind=row.kind,
        received_on=row.received_on,
    )  # fmt: skip
    ended = {
        StatementKind.WAIVES_STATEMENT: (STATEMENT,),
        StatementKind.WAIVES_HEARING: (HEARING_REQUEST,),
        StatementKind.ASKS_FOR_HEARING: (HEARING_REQUEST,),
    }.get(StatementKind(row.kind), ())
    for deadline in locked.docket.deadlines.filter(kind__in=ended, cancelled_on=None).exclude(met_on=None):
        if deadline.met_on == max(row.received_on, deadline.started_on) and deadline.met_on < deadline.due_on:
            deadlines.reopen(deadline=deadline, reason=reason, by=SYSTEM)
    return row


@transaction.atomic
def go_to_hearing(
    *, penalty: Penalty, at: datetime, place: str, host: Officer, clerk: Officer, by: Officer, is_public: bool = True,
    closed_why: str = "", contact: str = "", telephone: str = "",
) -> Hearing:  # fmt: skip
    """The party has asked for it: the hearing is arranged, and its notice drafted."""
    moved = PENALTY.advance(penalty, "go_to_hearing", by=by)
    return _arrange(
        moved, at=at, place=place, host=host, clerk=clerk, by=by, is_public=is_public, closed_why=closed_why
    )


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def arrange_hearing(
    *, penalty: Penalty, at: datetime, place: str, host: Officer, clerk: Officer, by: Officer, is_public: bool = True,
    closed_why: str = "",
) -> Hearing:  # fmt: skip
    """Arrange it anew, once the former was called off."""
    locked = locked_at(penalty, Stage.HEARING)
    if locked.hearing() is not None:
        raise RuleBroken(_("The hearing is arranged already. Call it off first, with the reason."))
    return _arrange(
        locked, at=at, place=place, host=host, clerk=clerk, by=by, is_public=is_public, closed_why=closed_why
    )


def _arrange(penalty: Penalty, *, by: Officer, **given: Any) -> Hearing:
    refuse_all(hearings.faults(penalty, **given))
    row = Hearing.objects.create(penalty=penalty, round=penalty.round, arranged_by=by, arranged_at=clock.now(), **given)
    trail.record(
        "penalties.arrange_hearing", penalty, by=by, docket=penalty.docket, basis="行政处罚法第六十四条", at=row.at,
        place=row.place, host=str(row.host), clerk=str(row.clerk), is_public=row.is_public,
    )  # fmt: skip
    return row


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def call_off_hearing(*, penalty: Penalty, reason: str, by: Officer) -> Hearing:
    """延期 or another host: this hearing is not held; another is arranged, and notified in time."""
    locked = locked_at(penalty, Stage.HEARING)
    row: Hearing | None = locked.hearing()
    if row is None or row.outcome:
        raise RuleBroken(_("There is no hearing to call off."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    row.called_off_at, row.called_off_why = clock.now(), reason.strip()
    row.save(update_fields=["called_off_at", "called_off_why"])
    trail.record("penalties.call_off_hearing", locked, by=by, docket=locked.docket, reason=reason, at=row.at)
    return row


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def end_hearing(*, penalty: Penalty, outcome: str, ended_on: date, by: Officer, note: str = "") -> Hearing:
    """How it ended (第六十四条第五项、第六项). Held: its record and the report on it follow as papers."""
    locked = locked_at(penalty, Stage.HEARING)
    row: Hearing | None = locked.hearing()
    if row is None:
        raise RuleBroken(_("Arrange the hearing first."))
    if row.outcome:
        raise RuleBroken(_("It is on record already how the hearing ended."))
    refuse_all(hearings.faults_of_end(row, outcome, ended_on, note))
    row.outcome, row.ended_on, row.note = outcome, ended_on, note.strip()
    row.save(update_fields=["outcome", "ended_on", "note"])
    trail.record(
        "penalties.end_hearing", locked, by=by, docket=locked.docket, basis="行政处罚法第六十四条", outcome=outcome,
        ended_on=ended_on, note=row.note,
    )  # fmt: skip
    meet(locked, HEARING, on=ended_on)
    return row


@transaction.atomic
def close_statement(*, penalty: Penalty, by: Officer) -> Penalty:
    """The party has said what it wanted, or let its time pass: the decision is drafted."""
    moved = PENALTY.advance(penalty, "close_statement", by=by)
    meet(moved, STATEMENT, HEARING_REQUEST, on=clock.today())
    return moved


@transaction.atomic
def close_hearing(*, penalty: Penalty, by: Officer) -> Penalty:
    moved = PENALTY.advance(penalty, "close_hearing", by=by)
    meet(moved, STATEMENT, HEARING_REQUEST, on=clock.today())
    return moved
