"""What the documents of measures begin and end: called in the transaction that issues, serves or revokes them, never by an officer."""

from datetime import date, timedelta

from django.db import transaction

import trail
from casework import deadlines, statutes
from casework.deadlines import kinds as deadline_kinds
from casework.models import Deadline, Docket, Extension, PeriodRule, Unit
from core import clock
from core.labels import Label, stored
from enforcement.measures import happenings
from enforcement.measures.deadlines import HOURS
from enforcement.measures.happenings import Ending
from enforcement.measures.models import Measure
from notices.models import Decision, Notice
from organisation.models import Officer
from trail.recording import SYSTEM


# --- periods ----------------------------------------------------------------------------------------------------------
def begin(docket: Docket, kind: str, *, on: date, event: Label, length: int | None = None, unit: str = "") -> None:
    """Start a period where a rule of that day binds this authority, unless the very same runs already."""
    described = deadline_kinds.get(kind)
    codes = described.rules_for(docket.department)
    if not codes or statutes.chosen(codes, on, PeriodRule.objects.called(*codes)) is None:
        return
    if docket.deadlines.filter(kind=kind, started_on=on, cancelled_on=None).exists():
        return
    if kind in HOURS:
        length, unit = 1, Unit.CALENDAR_DAY
    deadlines.start(
        docket=docket, kind=kind, on=on, by=SYSTEM, length=length, unit=unit or None, reason_event=stored(event)
    )


def meet(docket: Docket, *wanted: str, on: date) -> None:
    for row in docket.deadlines.open().filter(kind__in=wanted):
        deadlines.meet(deadline=row, on=max(on, row.started_on), by=SYSTEM)


def cancel(docket: Docket, *wanted: str, reason: str) -> None:
    for row in docket.deadlines.open().filter(kind__in=wanted):
        deadlines.cancel(deadline=row, reason=reason[:300], by=SYSTEM)


# --- of the documents ---------------------------------------------------------------------------------------------------
@transaction.atomic
def order(
    *, notice: Notice, kind: str, since: date, until: date | None = None, objects: list[dict[str, str]] | None = None
) -> Measure:
    """Called when the document that orders a measure is issued."""
    measure = Measure.objects.create(
        docket=notice.docket, kind=kind, notice=notice, since=since, until=until, objects_listed=objects or []
    )
    trail.record(
        "measures.order", measure, by=SYSTEM, docket=notice.docket, kind=kind, notice=notice.number, since=since,
        until=until,
    )  # fmt: skip
    return measure


@transaction.atomic
def end(*, measure: Measure, on: date, ending: str, by_notice: Notice | None = None, reason: str = "") -> Measure:
    """Called by what ends a measure: a document, the party's report, the end of its period."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if locked.ended_on is not None:
        return locked
    locked.ended_on, locked.ending, locked.ended_by = on, ending, by_notice
    locked.save(update_fields=["ended_on", "ending", "ended_by"])
    trail.record(
        "measures.end", locked, by=SYSTEM, docket=locked.docket, on=on, ending=ending, reason=reason,
        notice=by_notice.number if by_notice else None,
    )  # fmt: skip
    return locked


def of_number(docket: Docket, number: str) -> Measure | None:
    """The measure that the document of that number ordered on this case."""
    return Measure.objects.filter(docket=docket, notice__number=number.strip()).first()


def approver_of(notice: Notice) -> Officer:
    """Who approved the document: more time is granted in his name."""
    return notice.approvals.filter(submission=notice.submissions, decision=Decision.APPROVED).get().officer


@transaction.atomic
def extend(*, docket: Docket, kind: str, days: int, reason: str, notice: Notice) -> Deadline | None:
    """The document gives more time: the running period of that kind ends later."""
    row = docket.deadlines.open().filter(kind=kind).order_by("-pk").first()
    if row is None:
        return None
    deadlines.extend(
        deadline=row, length=days, unit=Unit.CALENDAR_DAY, reason=reason, document=str(notice.number),
        by=approver_of(notice),
    )  # fmt: skip
    row.refresh_from_db()
    return row


@transaction.atomic
def take_back(*, docket: Docket, kind: str, notice: Notice, by_notice: Notice) -> None:
    """The document that gave more time was taken back: what it gave counts no more."""
    given = Extension.objects.standing().filter(
        deadline__docket=docket, deadline__kind=kind, document=str(notice.number)
    )
    for extension in given:
        deadlines.take_back_extension(extension=extension, reason=by_notice.supersede_reason, by=approver_of(by_notice))


@transaction.atomic
def prolong(*, docket: Docket, number: str, days: int) -> None:
    """The last day that the measure's own document names moves with the extension."""
    measure = of_number(docket, number)
    if measure is not None and measure.until is not None:
        measure.until += timedelta(days=days)
        measure.save(update_fields=["until"])


@transaction.atomic
def revoked(*, notice: Notice, reason: str) -> None:
    """The document that ordered a measure was taken back or replaced: the measure ends with it, and so do its periods."""
    measure = Measure.objects.filter(notice=notice).first()
    if measure is None or not measure.is_open:
        return
    end(measure=measure, on=clock.today(), ending=Ending.REVOKED, reason=reason)
    cancel(measure.docket, *PERIODS[measure.kind], reason=reason)


# The periods that hang on a measure of each kind.
PERIODS: dict[str, tuple[str, ...]] = {
    "evidence": (happenings.KEPT,),
    "seizure": (happenings.SEIZED, happenings.RELEASE_ASKED),
    "limit": (happenings.STOP_SERVED, happenings.LIMITED, happenings.PLAN, happenings.COMPLETION),
    "stop": (happenings.STOP_SERVED, happenings.PLAN, happenings.COMPLETION),
    "treatment": (),
    "transfer": (),
    "crime": (happenings.CRIME_HANDOVER, happenings.POLICE, happenings.REVIEW),
    "detention": (happenings.DETENTION_HANDOVER,),
}


@transaction.atomic
def served_on_another_day(*, notice: Notice, wrong: date, right: date, reason: str) -> None:
    """The record of service was corrected: periods that ran from the wrong day run from the right one."""
    for row in notice.docket.deadlines.filter(
        kind__in=(happenings.LIMITED, happenings.PLAN, happenings.POLICE), started_on=wrong, cancelled_on=None
    ).order_by("pk"):
        deadlines.restart(deadline=row, on=right, reason=reason, by=SYSTEM)


@transaction.atomic
def evidence_lapsed(period: Deadline) -> None:
    """Nothing was decided in time: where the rule of the day says so, the keeping has ended by itself."""
    if period.rule is None or "自动解除" not in period.rule.on_breach:
        return
    for measure in Measure.objects.open().filter(
        docket=period.docket, kind=happenings.Kind.EVIDENCE, since=period.started_on
    ):
        end(measure=measure, on=period.due_on, ending=Ending.LAPSED, reason=period.rule.on_breach)
    deadlines.cancel(deadline=period, reason=period.rule.on_breach, by=SYSTEM)
