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
    """Days (targets, or due dates where it is late) for which an offset has come, for the kinds that are reminded of alike: those
    after `nearest_after` are its own turn, the earlier ones have been overtaken by a nearer offset."""

    kinds: tuple[str, ...]
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
    alike: dict[tuple[int, int | None, bool], list[str]] = {}  # offset, the nearer one, whether it escalates
    for kind in kinds.all_kinds():
        for offset, nearer in zip(kind.all_offsets, (*kind.all_offsets[1:], None), strict=True):
            escalates = kind.escalate_after_days is not None and offset <= -kind.escalate_after_days
            alike.setdefault((offset, nearer, escalates), []).append(kind.code)
    for (offset, nearer, escalates), codes in alike.items():
        first = today + timedelta(offset) - WINDOW
        yield Band(
            tuple(codes),
            offset,
            first,
            first - timedelta(1) if nearer is None else today + timedelta(nearer),
            today + timedelta(offset),
            nearer_is_late=nearer is not None and nearer < 0,
            escalates=escalates,
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
    of_bands = [_deadlines_of(band, today) for band in found]
    sql = f"""
    SELECT d.id AS deadline_id, d.due_on, d.offset_days, d.is_nearest, {recipient} AS recipient_id
    FROM ({" UNION ALL ".join(sql for sql, _params in of_bands)}) AS d
    JOIN casework_docket k ON k.id = d.docket_id
    {join.format(values=_values(listed), seen=SEEN_BY_HEAD.format(today=today.isoformat()))}
    WHERE k.closed_on IS NULL
    """  # noqa: S608 - only fixed text and placeholders are put together here
    return sql, [*(value for _sql, params in of_bands for value in params), *(value for row in listed for value in row)]


def _deadlines_of(band: Band, today: date) -> tuple[str, list[Any]]:
    """The running deadlines of a band, by the index casework_deadline_of_kind (due dates) or _to_aim_at (targets).

    Each band is a query of its own with its days in it: so PostgreSQL knows from its statistics how many rows will come, and
    joins a hundred thousand of them in one pass instead of looking up each by itself.
    """
    day = connection.ops.adapt_datefield_value
    by = "due_on" if band.is_late else "target_on"
    nearest_by = "due_on" if band.nearer_is_late else by
    # A reminder whose day lies before the start of the period never had a day. Of periods that started before the window
    # this need not be asked.
    has_day = (
        f"{by} - %s > started_on"
        if connection.vendor == "postgresql"
        else f"julianday({by}) - %s > julianday(started_on)"
    )
    sql = f"""
    SELECT id, docket_id, due_on, %s AS offset_days, {nearest_by} > %s AS is_nearest
    FROM casework_deadline
    WHERE kind IN ({", ".join(["%s"] * len(band.kinds))}) AND {by} BETWEEN %s AND %s
      AND met_on IS NULL AND cancelled_on IS NULL AND paused_since IS NULL
      AND (started_on < %s OR counts_back OR {has_day})
    """  # noqa: S608 - only fixed text and placeholders are put together here
    days = [day(band.first_day), day(band.last_day), day(today - WINDOW)]
    return sql, [band.offset_days, day(band.nearest_after), *band.kinds, *days, band.offset_days]


def _values(rows: Sequence[tuple[Any, ...]]) -> str:
    """Placeholders for rows; both databases call their columns column1, column2 …"""
    marks = ", ".join("(" + ", ".join(["%s"] * len(row)) + ")" for row in rows)
    return f"(VALUES {marks})" if rows else ""
