"""What must be reminded of: one INSERT … SELECT … ON CONFLICT DO NOTHING over all running deadlines.

A reminder is due from its day on, not only on that day: a sweep that was missed is made up for by the next one (defect D1), as
far back as WINDOW. Reminders ahead are reckoned from the target (for the authority's own periods the last working day on or
before their end; else the end itself), reminders of what is over from the due date. When several offsets of a deadline have come
meanwhile, the nearest is planned and the earlier ones are written down as overtaken. The unique key makes a second sweep, or a
second worker, harmless.
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
# A head `h` sees a docket `k` of his department, a restricted one only where it is shared with him. The day is the portal's:
# the database's own is that of UTC, until eight in the morning yesterday.
SEEN_BY_HEAD: Final = """(k.confidentiality = 'internal' OR EXISTS (
    SELECT 1 FROM casework_docketshare s WHERE s.docket_id = k.id AND s.officer_id = h.officer_id AND s.ended_at IS NULL
    AND (s.until IS NULL OR s.until >= '{today}')))"""


@dataclass(frozen=True, slots=True)
class Band:
    """Days (targets, or due dates where it is late) for which an offset of a kind has come: those after `nearest_after` are
    its own turn, the earlier ones have been overtaken by a nearer offset."""

    kind: str
    offset_days: int
    first_day: date
    nearest_after: date
    last_day: date
    nearer_is_late: bool  # then `nearest_after` is a due date
    escalates: bool

    @property
    def is_late(self) -> bool:
        return self.offset_days < 0


def bands(today: date) -> Iterator[Band]:
    for kind in kinds.all_kinds():
        offsets = kind.all_offsets
        for place, offset in enumerate(offsets):
            first = today + timedelta(offset) - WINDOW
            following = offsets[place + 1] if place + 1 < len(offsets) else None
            nearer = first - timedelta(1) if following is None else today + timedelta(following)
            yield Band(
                kind.code,
                offset,
                first,
                nearer,
                today + timedelta(offset),
                nearer_is_late=following is not None and following < 0,
                escalates=kind.escalate_after_days is not None and offset <= -kind.escalate_after_days,
            )


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
    ahead, late = [b for b in found if not b.is_late], [b for b in found if b.is_late]
    watching = supervisors()
    deputies = list(Delegation.objects.in_force(today).values_list("principal_id", "deputy_id"))
    branches = []
    for some in filter(None, (ahead, late)):
        join = """LEFT JOIN casework_docketofficer t ON t.docket_id = d.docket_id
            LEFT JOIN heads h ON t.officer_id IS NULL AND k.officer_id IS NULL AND h.department_id = k.department_id
                AND {seen}"""
        branches.append(_branch(some, today, "COALESCE(t.officer_id, k.officer_id, h.officer_id)", join))
        if deputies:
            join = """JOIN casework_docketofficer t ON t.docket_id = d.docket_id
                JOIN {values} AS w ON w.column1 = t.officer_id"""
            branches.append(_branch(some, today, "w.column2", join, listed=deputies))
    if late:
        join = "JOIN heads h ON h.department_id = k.department_id AND {seen}"
        branches.append(_branch(late, today, "h.officer_id", join))
    escalated = [band for band in late if band.escalates]
    if escalated and watching:
        join = """JOIN {values} AS w
            ON k.region_id BETWEEN w.column1 AND w.column2 AND k.confidentiality = 'internal'"""
        branches.append(_branch(escalated, today, "w.column3", join, listed=watching))
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
    ORDER BY deadline_id -- as the unique index is ordered: each of its pages is written once
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
    found: list[Band], today: date, recipient: str, join: str, *, listed: Sequence[tuple[Any, ...]] = ()
) -> tuple[str, list[Any]]:
    """The reminders due in these bands, all ahead or all late, addressed to `recipient`. `{values}` in `join` stands for the
    rows of `listed`."""
    day = connection.ops.adapt_datefield_value
    by = "due_on" if found[0].is_late else "target_on"
    # A reminder whose day lies before the start of the period never had a day. Of periods that started before the window
    # this need not be asked.
    has_day = (
        f"d.{by} - b.column2 > d.started_on"
        if connection.vendor == "postgresql"
        else f"julianday(d.{by}) - b.column2 > julianday(d.started_on)"
    )
    rows = [
        (b.kind, b.offset_days, day(b.first_day), day(b.nearest_after), day(b.last_day), int(b.nearer_is_late))
        for b in found
    ]
    sql = f"""
    SELECT d.id AS deadline_id, d.due_on, b.column2 AS offset_days,
           CASE WHEN b.column6 = 1 THEN d.due_on ELSE d.{by} END > b.column4 AS is_nearest, {recipient} AS recipient_id
    FROM {_values(rows)} AS b
    {_deadlines_of_band(by)}
    JOIN casework_docket k ON k.id = d.docket_id
    {join.format(values=_values(listed), seen=SEEN_BY_HEAD.format(today=today.isoformat()))}
    WHERE k.closed_on IS NULL AND (d.started_on < %s OR d.counts_back OR {has_day})
    """  # noqa: S608 - only fixed text and placeholders are put together here
    always = day(min(b.first_day - timedelta(b.offset_days) for b in found))
    return sql, [*(value for row in (*rows, *listed) for value in row), always]


def _deadlines_of_band(by: str) -> str:
    """The running deadlines `d` of a band `b`, by the index casework_deadline_of_kind (due dates) or _to_aim_at (targets).

    PostgreSQL cannot know how few days a band spans: it would compare every deadline with every band. OFFSET 0 keeps it from
    rearranging the subquery, so that each band is looked up by itself. SQLite looks them up so anyhow, and knows no LATERAL.
    """
    running = "{d}met_on IS NULL AND {d}cancelled_on IS NULL AND {d}paused_since IS NULL"
    read = ["id", "docket_id", "due_on", "started_on", "counts_back", *(["target_on"] if by == "target_on" else [])]
    if connection.vendor == "postgresql":
        of_band = f"kind = b.column1 AND {by} BETWEEN b.column3 AND b.column5"
        return f"""CROSS JOIN LATERAL (
            SELECT {", ".join(read)} FROM casework_deadline
            WHERE {of_band} AND {running.format(d="")} OFFSET 0
        ) AS d"""  # noqa: S608 - only fixed text
    of_band = f"d.kind = b.column1 AND d.{by} BETWEEN b.column3 AND b.column5"
    return f"JOIN casework_deadline d ON {of_band} AND {running.format(d='d.')}"


def _values(rows: Sequence[tuple[Any, ...]]) -> str:
    """Placeholders for rows; both databases call their columns column1, column2 …"""
    marks = ", ".join("(" + ", ".join(["%s"] * len(row)) + ")" for row in rows)
    return f"(VALUES {marks})" if rows else ""
