"""From the facts of a deadline (start, length, pauses, extensions) to its dates and their reasons."""

from collections.abc import Iterable
from typing import Any

from casework import calendar
from casework.deadlines import explain, kinds, periods
from casework.models import Deadline, Extension, Pause, PeriodRule
from core import clock


def is_set_by_document(deadline: Deadline) -> bool:
    """Did a decision set the length, rather than the rule?"""
    return bool(deadline.reasons.get("length_from") == "document")


def ruling(deadline: Deadline) -> PeriodRule | None:
    """The rule that sets the length, and with it what stops and extends the period; None where a decision set it."""
    return None if is_set_by_document(deadline) else deadline.rule


def standing(deadline: Deadline) -> tuple[list[Pause], list[Extension]]:
    """The entries that count. Sifted here, so that a page or a preview may have fetched them all at once."""
    pauses, extensions = deadline.pauses.all(), deadline.extensions.all()
    return [p for p in pauses if p.stands], [e for e in extensions if e.stands]


def own_length(deadline: Deadline, almanac: calendar.Almanac) -> int:
    """The length up to the day that the kind sets itself by this almanac; else as it is stored."""
    own_end = kinds.get(deadline.kind).own_end
    until = own_end(deadline, almanac) if own_end is not None else None
    return deadline.length if until is None else (until - deadline.started_on).days


def foreseen(
    deadline: Deadline, *, pause: Pause | None = None, extension: Extension | None = None
) -> periods.Explained:
    """What the date would be with one more pause or extension, without storing anything."""
    pauses, extensions = standing(deadline)
    return with_these(
        deadline, [*pauses, *([pause] if pause else [])], [*extensions, *([extension] if extension else [])]
    )


def with_these(deadline: Deadline, pauses: Iterable[Pause], extensions: Iterable[Extension]) -> periods.Explained:
    return _explained(deadline, pauses, extensions, calendar.current())


def explained(deadline: Deadline, almanac: calendar.Almanac) -> periods.Explained:
    """What the date is by this almanac, without storing anything: also for the preview of a calendar."""
    return _explained(deadline, *standing(deadline), almanac)


def _explained(
    row: Deadline, pauses: Iterable[Pause], extensions: Iterable[Extension], almanac: calendar.Almanac
) -> periods.Explained:
    unit, side = periods.as_unit(row.unit), periods.as_side(row.actor_side)
    if row.counts_back:
        return periods.compute_back(row.started_on, row.length, unit, almanac.calendar, side)
    return periods.compute(
        row.started_on,
        row.length,
        unit,
        almanac.calendar,
        side,
        [periods.PauseSpan(p.from_on, p.to_on, p.reason, p.document) for p in pauses],
        [
            periods.ExtensionSpan(e.length, periods.as_unit(e.unit), e.reason, e.document, e.follows_on is not None)
            for e in sorted(extensions, key=lambda e: (e.created_at, e.pk))
        ],
        today=clock.today(),
    )


def fill_in(row: Deadline, pauses: list[Pause], extensions: list[Extension]) -> None:
    """Fill in the dates and the reasons."""
    almanac = calendar.current()
    found = _explained(row, pauses, extensions, almanac)
    row.reasons = _document(row, found, almanac)
    row.statutory_due_on, row.due_on, row.target_on = found.statutory_due_on, found.due_on, found.target_on
    row.is_provisional = found.is_provisional
    row.calendar_editions = almanac.editions_of(found.years)


def document_of(row: Deadline) -> explain.Document:
    """The reasons as stored; while the clock is stopped, as of today, because each day moves the date."""
    if row.paused_since is None or not row.is_open:
        stored: explain.Document = row.reasons
        return stored
    almanac = calendar.current()
    return _document(row, explained(row, almanac), almanac)


def _document(row: Deadline, found: periods.Explained, almanac: calendar.Almanac) -> explain.Document:
    return explain.document(
        found,
        almanac,
        rule=row.rule,
        basis=row.basis,
        start_event=row.started_by,
        length_from=row.reasons.get("length_from", "rule"),
    )


def recomputed(row: Deadline) -> dict[str, Any]:
    """Compute and store; answers the dates before."""
    before = dates_of(row)
    fill_in(row, *standing(row))
    row.save()
    return before


def dates_of(row: Deadline) -> dict[str, Any]:
    return {"due_on": row.due_on, "target_on": row.target_on, "provisional": row.is_provisional}
