"""What must be reminded of: one INSERT … SELECT … ON CONFLICT DO NOTHING over all running deadlines.

A reminder is due from its day on (the due date less its offset), not only on that day: a sweep that was missed is made up for
by the next one (defect D1), as far back as WINDOW. When several offsets of a deadline have come meanwhile, the nearest is
planned and the earlier ones are written down as overtaken. The unique key makes a second sweep, or a second worker, harmless.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from casework.deadlines import kinds
from casework.models import ReminderState
from casework.reminders.ledger import Why
from core import clock
from organisation.models import Delegation, Officer
from organisation.roles import DEPARTMENT_HEAD, SUPERVISOR

WINDOW: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Band:
    """Due dates for which an offset of a kind has come: `nearest_after` < due ≤ `last_due` is its own turn, earlier due dates
    from `first_due` on have been overtaken by a nearer offset."""

    kind: str
    offset_days: int
    first_due: date
    nearest_after: date
    last_due: date
    escalates: bool


def bands(today: date) -> Iterator[Band]:
    for kind in kinds.all_kinds():
        offsets = kind.all_offsets
        for place, offset in enumerate(offsets):
            first = today + timedelta(offset) - WINDOW
            nearer = today + timedelta(offsets[place + 1]) if place + 1 < len(offsets) else first - timedelta(1)
            escalates = kind.escalate_after_days is not None and offset <= -kind.escalate_after_days
            yield Band(kind.code, offset, first, nearer, today + timedelta(offset), escalates)


def plan(today: date | None = None) -> int:
    """Write every reminder that is due and not yet in the ledger. Answers how many rows were written."""
    today = today or clock.today()
    found = list(bands(today))
    if not found:
        return 0
    sql, params = statement(found, today)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def supervisors() -> list[tuple[str, str, int]]:
    """The regions that are supervised, as code ranges, and by whom."""
    rows = Officer.objects.filter(is_active=True, groups__name=SUPERVISOR.code).select_related("department__region")
    return [(*officer.department.region.code_range, officer.pk) for officer in rows]


def statement(found: list[Band], today: date) -> tuple[str, list[Any]]:
    """The sweep as one statement, for the database in use.

    Who is told: the team of the docket; where it has none, its officer; where it has neither, the heads of its department.
    Deputies beside those they stand in for. Of what is late also the heads, and from a kind's day on the supervisors.
    """
    late = [band for band in found if band.offset_days < 0]
    watching = supervisors()
    branches = [
        _branch(
            found,
            "COALESCE(t.officer_id, k.officer_id, h.officer_id)",
            """LEFT JOIN casework_docketofficer t ON t.docket_id = d.docket_id
            LEFT JOIN heads h ON t.officer_id IS NULL AND k.officer_id IS NULL AND h.department_id = k.department_id""",
        )
    ]
    deputies = list(Delegation.objects.in_force(today).values_list("principal_id", "deputy_id"))
    if deputies:
        join = """JOIN casework_docketofficer t ON t.docket_id = d.docket_id
            JOIN {values} AS w ON w.column1 = t.officer_id"""
        branches.append(_branch(found, "w.column2", join, listed=deputies))
    if late:
        branches.append(_branch(late, "h.officer_id", "JOIN heads h ON h.department_id = k.department_id"))
    escalated = [band for band in late if band.escalates]
    if escalated and watching:
        join = """JOIN {values} AS w
            ON k.region_id BETWEEN w.column1 AND w.column2 AND k.confidentiality = 'internal'"""
        branches.append(_branch(escalated, "w.column3", join, listed=watching))
    on_postgres = connection.vendor == "postgresql"
    sql = f"""
    INSERT INTO casework_reminder
        (deadline_id, due_on, offset_days, recipient_id, planned_at, state, reason, channels, lease_token, attempts)
    WITH heads AS (
        SELECT o.department_id, o.id AS officer_id
        FROM organisation_officer o
        JOIN organisation_officer_groups og ON og.officer_id = o.id
        JOIN auth_group g ON g.id = og.group_id
        WHERE o.is_active AND g.name = %s
    )
    SELECT deadline_id, due_on, offset_days, recipient_id, %s,
           CASE WHEN is_nearest THEN %s ELSE %s END, CASE WHEN is_nearest THEN '' ELSE %s END,
           {"CAST('[]' AS jsonb)" if on_postgres else "'[]'"}, '', 0
    FROM ({" UNION ALL ".join(sql for sql, _params in branches)}) AS addressed
    WHERE recipient_id IS NOT NULL
    ON CONFLICT (deadline_id, due_on, offset_days, recipient_id) DO NOTHING
    """  # noqa: S608 - only fixed text and placeholders are put together here
    params = [
        DEPARTMENT_HEAD.code,
        connection.ops.adapt_datetimefield_value(clock.now()),
        ReminderState.PLANNED,
        ReminderState.SKIPPED,
        Why.OVERTAKEN,
    ]
    return sql, [*params, *(value for _sql, values in branches for value in values)]


def _branch(
    found: list[Band], recipient: str, join: str, *, listed: Sequence[tuple[Any, ...]] = ()
) -> tuple[str, list[Any]]:
    """The reminders due in these bands, addressed to `recipient`. `{values}` in `join` stands for the rows of `listed`."""
    day = connection.ops.adapt_datefield_value
    # A reminder whose day lies before the start of the period never had a day. Of periods that started before the window
    # this need not be asked.
    has_day = (
        "d.due_on - b.column2 > d.started_on"
        if connection.vendor == "postgresql"
        else "julianday(d.due_on) - b.column2 > julianday(d.started_on)"
    )
    rows = [(b.kind, b.offset_days, day(b.first_due), day(b.nearest_after), day(b.last_due)) for b in found]
    sql = f"""
    SELECT d.id AS deadline_id, d.due_on, b.column2 AS offset_days, d.due_on > b.column4 AS is_nearest,
           {recipient} AS recipient_id
    FROM {_values(rows)} AS b
    {_deadlines_of_band()}
    JOIN casework_docket k ON k.id = d.docket_id
    {join.format(values=_values(listed))}
    WHERE k.closed_on IS NULL AND (d.started_on < %s OR d.counts_back OR {has_day})
    """  # noqa: S608 - only fixed text and placeholders are put together here
    always = day(min(b.first_due - timedelta(b.offset_days) for b in found))
    return sql, [*(value for row in (*rows, *listed) for value in row), always]


def _deadlines_of_band() -> str:
    """The running deadlines `d` of a band `b`, by the index casework_deadline_of_kind.

    PostgreSQL cannot know how few days a band spans: it would compare every deadline with every band. OFFSET 0 keeps it from
    rearranging the subquery, so that each band is looked up by itself. SQLite looks them up so anyhow, and knows no LATERAL.
    """
    running = "{d}met_on IS NULL AND {d}cancelled_on IS NULL AND {d}paused_since IS NULL"
    if connection.vendor == "postgresql":
        of_band = "kind = b.column1 AND due_on BETWEEN b.column3 AND b.column5"
        return f"""CROSS JOIN LATERAL (
            SELECT id, docket_id, due_on, started_on, counts_back FROM casework_deadline
            WHERE {of_band} AND {running.format(d="")} OFFSET 0
        ) AS d"""  # noqa: S608 - only fixed text
    of_band = "d.kind = b.column1 AND d.due_on BETWEEN b.column3 AND b.column5"
    return f"JOIN casework_deadline d ON {of_band} AND {running.format(d='d.')}"


def _values(rows: Sequence[tuple[Any, ...]]) -> str:
    """Placeholders for rows; both databases call their columns column1, column2 …"""
    marks = ", ".join("(" + ", ".join(["%s"] * len(row)) + ")" for row in rows)
    return f"(VALUES {marks})" if rows else ""
