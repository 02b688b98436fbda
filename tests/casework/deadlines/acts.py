"""Kinds of periods as the statute book knows them, and what officers do with a period."""

from datetime import date

from casework import deadlines
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from trail.models import Event

D = date.fromisoformat

HANDLING = DeadlineKind(code="test.handling", label="办案期限", rules=("D06", "D05", "D04"))
FINE = DeadlineKind(code="test.fine", label="缴纳罚款", rules=("D31",))
FILING = DeadlineKind(code="test.filing", label="立案", rules=("D02", "D01"))
ORDERED = DeadlineKind(code="test.ordered", label="改正期限", basis="责令改正决定书", side="party")
HEARING = DeadlineKind(code="test.hearing", label="听证通知", rules=("D24",))
SEIZURE = DeadlineKind(code="test.seizure", label="查封扣押", rules=("D08",))


def start(docket, by, kind="test.handling", on="2026-09-01", **fields) -> Deadline:
    return deadlines.start(docket=docket, kind=kind, on=D(on), by=by, reason_event="立案", **fields)


def pause(deadline, by, from_on="2026-09-10", **fields):
    facts = {"reason_code": "hearing", "reason": "举行听证", "document": "常环听通〔2026〕3号", **fields}
    return deadlines.pause(deadline=deadline, from_on=D(from_on), by=by, **facts)


def extend(deadline, by, length=30, **fields):
    facts = {"reason": "案情复杂", "document": "常环延〔2026〕1号", **fields}
    return deadlines.extend(deadline=deadline, length=length, by=by, **facts)


def events(docket, verb):
    return list(Event.objects.filter(docket_id=docket.pk, verb=verb).order_by("id"))
