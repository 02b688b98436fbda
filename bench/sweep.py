"""The reminder sweep over a million open deadlines of which a tenth are due: against a plain ORM loop, against the bare SQL
statement that writes the same rows, and with two workers at once. On SQLite and PostgreSQL.

Every figure is a ratio of medians within one run, the two sides asked in turn. Both databases write to disk as they do in use:
SQLite with the portal's settings, PostgreSQL with its own. Each database is filled and measured by a
process of its own (`python -m bench.sweep <part> …`), so that the portal's own settings open it.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 18)
LARGE, SMALL = 1_000_000, 20_000
ROUNDS = 5
SAMPLE = 3000  # rows of the ORM loop
SENT = 2000  # reminders that two workers send
OFFSET = 15
KINDS = ("bench.first", "bench.second")  # two running deadlines on each docket
ROOT = Path(__file__).resolve().parent.parent


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table."""
    from bench import dockets
    from bench.servers import postgresql_server
    from tests.plugins.servers import drop_database, new_database

    count = SMALL if small else LARGE
    with tempfile.TemporaryDirectory(prefix="sweep-") as folder, postgresql_server(durable=True) as server:
        shutil.copyfile(dockets.empty_file(), Path(folder) / "portal.sqlite3")
        lines = _in_its_own_process("SQLite", "", count, Path(folder))
        if server is None:
            return lines
        url = new_database(server, template=dockets.empty_database(server))
        try:
            return lines + _in_its_own_process("PostgreSQL", url, count, Path(folder))
        finally:
            drop_database(server, url)


def _in_its_own_process(vendor: str, url: str, count: int, folder: Path) -> list[dict[str, Any]]:
    done = _start(["measure", vendor, str(count)], url, folder).communicate()[0]
    lines: list[dict[str, Any]] = json.loads(done)
    return lines


def _start(arguments: list[str], url: str, folder: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PORTAL_VAR": str(folder), "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", "bench.sweep", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


# --- in the process of one database ----------------------------------------------------------------------------------


def _measure(vendor: str, count: int) -> list[dict[str, Any]]:
    from bench.lines import line
    from casework.models import Reminder
    from casework.reminders import sweep

    _fill(count)
    due = count // 10
    bare, whole, again = [], [], []
    for number in range(ROUNDS + 1):
        first = _timed(_bare_statement)
        _expect(due, Reminder.objects.count())
        _empty()
        second = _timed(sweep.plan)
        _expect(due, Reminder.objects.count())
        third = _timed(sweep.plan)
        _empty()
        if number:  # the first round warms
            bare.append(first)
            whole.append(second)
            again.append(third)
    sample = min(SAMPLE, due)
    loop = _timed(partial(_orm_loop, sample)) / sample * due
    _expect(sample, Reminder.objects.count())
    _empty()
    taken = statistics.median(whole)
    written, sent = _two_workers(due)
    name = f"{vendor}, {count:,} open deadlines, {due:,} due"
    # What the sweep does once (compiling its statement, planning it) weighs as much as a few thousand rows.
    judged = count == LARGE
    return [
        line(f"{name}: ORM loop / sweep", loop / taken, "×", at_least=250, judged=judged),
        line(f"{name}: sweep / bare SQL", taken / statistics.median(bare), "×", at_most=1.5, judged=judged),
        line(f"{name}: sweep", taken, "s", digits=3),
        line(f"{name}: second sweep, nothing new", statistics.median(again), "s", digits=3),
        line(f"{vendor}: reminders written twice or not at all by two sweeps at once", written, "rows", at_most=0),
        line(f"{vendor}: reminders sent twice or not at all by two workers", sent, "rows", at_most=0),
    ]


def _timed(work: Callable[[], Any]) -> float:
    from core import clock

    with clock.pinned(TODAY):
        began = time.perf_counter()
        work()
        return time.perf_counter() - began


def _expect(wanted: int, found: int) -> None:
    if wanted != found:
        raise RuntimeError(f"expected {wanted} reminders, found {found}")


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE casework_reminder RESTART IDENTITY")
        else:
            cursor.execute("DELETE FROM casework_reminder")


def _bare_statement() -> None:
    """The same rows by the shortest statement that writes them: no bands, no heads, no deputies, no supervisors."""
    from django.db import connection

    from core import clock

    adapt = connection.ops.adapt_datefield_value
    empty_list = "CAST('[]' AS jsonb)" if connection.vendor == "postgresql" else "'[]'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO casework_reminder
                (deadline_id, due_on, offset_days, recipient_id, planned_at, state, reason, channels, lease_token, attempts)
            SELECT d.id, d.due_on, {OFFSET}, t.officer_id, %s, 'planned', '', {empty_list}, '', 0
            FROM casework_deadline d
            JOIN casework_docket k ON k.id = d.docket_id
            JOIN casework_docketofficer t ON t.docket_id = d.docket_id
            WHERE d.met_on IS NULL AND d.cancelled_on IS NULL AND d.paused_since IS NULL AND k.closed_on IS NULL
              AND d.due_on BETWEEN %s AND %s
            ON CONFLICT DO NOTHING
            """,
            [
                connection.ops.adapt_datetimefield_value(clock.now()),
                adapt(TODAY + timedelta(days=8)),
                adapt(TODAY + timedelta(days=OFFSET)),
            ],
        )


def _orm_loop(sample: int) -> None:
    """What one writes first: a loop over the deadlines, over the officers of each, with get_or_create. It looks for the same
    recipients as the sweep. On a sample; its time is taken per row."""
    from casework.models import Deadline, Reminder
    from core import clock

    rows = Deadline.objects.open().filter(
        paused_since=None, docket__closed_on=None, due_on__lte=TODAY + timedelta(OFFSET)
    )
    for deadline in rows.select_related("docket")[:sample]:
        for member in deadline.docket.team.all():
            Reminder.objects.get_or_create(
                deadline=deadline,
                due_on=deadline.due_on,
                offset_days=OFFSET,
                recipient_id=member.officer_id,
                defaults={"planned_at": clock.now()},
            )


def _two_workers(due: int) -> tuple[int, int]:
    """How far two workers at once miss "exactly once": for the sweep, then for sending."""
    from django.db.models import Count

    from casework.models import InboxMessage, Reminder, ReminderState

    written = [answer["written"] for answer in _together("sweep")]
    rows = Reminder.objects.count()
    sent = sum(answer["sent"] for answer in _together("send"))
    marked = Reminder.objects.filter(state=ReminderState.SENT).count()
    # One message names one deadline: two of the same words to the same officer would be a reminder sent twice.
    twice = InboxMessage.objects.values("recipient", "docket", "title").annotate(n=Count("pk")).filter(n__gt=1).count()
    messages = InboxMessage.objects.count()
    return abs(sum(written) - due) + abs(rows - due), abs(sent - marked) + abs(messages - marked) + twice


def _together(part: str) -> list[dict[str, int]]:
    from django.conf import settings

    url, folder = os.environ.get("DATABASE_URL", ""), Path(settings.VAR)
    signal = folder / f"go-{part}-{os.getpid()}"
    workers = [_start(["worker", part, str(signal)], url, folder) for _n in range(2)]
    while len(list(folder.glob(f"{signal.name}.*"))) < len(workers):  # until all have imported everything and wait
        if any(worker.poll() for worker in workers):
            raise RuntimeError(f"a worker of {part} ended")
        time.sleep(0.01)
    signal.touch()
    return [json.loads(worker.communicate()[0]) for worker in workers]


def _work(part: str, signal: Path) -> dict[str, int]:
    """One of two workers: waits for the signal, so that both begin together."""
    from django.db import connection

    from casework.reminders import sending, sweep
    from core import clock

    _register()
    connection.ensure_connection()
    signal.with_name(f"{signal.name}.{os.getpid()}").touch()
    while not signal.exists():
        time.sleep(0.01)
    with clock.pinned(TODAY):
        if part == "sweep":
            return {"written": sweep.plan()}
        return {"sent": sending.send_all(limit=SENT // 2).get("sent", 0)}


def _register() -> None:
    from casework.deadlines import kinds

    kinds._kinds.clear()
    for code in KINDS:
        kinds.register(kinds.DeadlineKind(code=code, label=code, basis="bench", side="agency"))


def _fill(count: int) -> None:
    """Dockets and deadlines as copies of one of each, made by the database itself: two deadlines on each docket."""
    from django.db import connection

    from casework import deadlines
    from casework.models import Deadline, Docket, DocketOfficer
    from core import clock
    from organisation.models import Officer
    from organisation.roles import CASE_OFFICER
    from tests import factories

    _register()
    first = factories.make_officer(CASE_OFFICER)
    others = [
        Officer(username=f"b{n}", name=f"官{n}", department=first.department, password="!", mail_on=False)
        for n in range(200)
    ]
    Officer.objects.bulk_create(others)
    low = Officer.objects.order_by("pk").values_list("pk", flat=True)[1]
    with clock.pinned(TODAY - timedelta(days=30)):
        docket = factories.make_docket(department=first.department, officer=first)
        for code in KINDS:
            deadlines.start(
                docket=docket, kind=code, on=TODAY - timedelta(days=30), by=first, length=40, unit="calendar_day"
            )
    copies = count // 2
    top = Docket.objects.get().pk
    with connection.cursor() as cursor:
        _series(cursor, copies - 1)
        _copy(
            cursor, Docket, "t.id = %s", [top],
            {"id": f"{top} + n.i", "number": _text("n.i"), "officer_id": f"{low} + n.i %% 200"},
        )  # fmt: skip
        _copy(
            cursor,
            DocketOfficer,
            "t.docket_id = %s",
            [top],
            {"id": None, "docket_id": f"{top} + n.i", "officer_id": f"{low} + n.i %% 200"},
        )
        for number, code in enumerate(KINDS):
            # Every tenth docket's deadlines end in 8 to 15 days: due for the first reminder. The rest ends later.
            due = f"CASE WHEN n.i %% 10 = 0 THEN {_day(f'8 + (n.i / 10 + {number}) %% 8')} ELSE {_day('16 + n.i %% 400')} END"
            _copy(
                cursor,
                Deadline,
                "t.docket_id = %s AND t.kind = %s",
                [top, code],
                {"id": None, "docket_id": f"{top} + n.i", "due_on": due, "target_on": due},
            )
    # The pattern row is the tenth that makes the tenth exact.
    tenth = TODAY + timedelta(days=10)
    Deadline.objects.filter(docket_id=top).update(due_on=tenth, target_on=tenth)
    with connection.cursor() as cursor:
        # What the server does by itself after so many rows: statistics, and which pages need no second look.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _series(cursor: Any, last: int) -> None:
    cursor.execute("CREATE TEMPORARY TABLE n (i integer)")
    cursor.execute(
        "INSERT INTO n WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < %s) SELECT i FROM s",
        [last],
    )


def _copy(cursor: Any, model: Any, where: str, params: list[Any], changed: dict[str, str | None]) -> None:
    """Copy the row found by `where` once for each number, with some columns changed; None leaves a column to the database."""
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    columns = [column for column in columns if changed.get(column, "") is not None]
    values = [changed.get(column) or f't."{column}"' for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(values)} FROM {model._meta.db_table} t, n WHERE {where}",
        params,
    )


def _text(expression: str) -> str:
    return f"'测' || CAST({expression} AS varchar(20))"


def _day(days: str) -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"CAST('{TODAY}' AS date) + ({days})"
    return f"date('{TODAY}', '+' || ({days}) || ' days')"


def _main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")
    import django

    django.setup()
    if arguments[0] == "measure":
        answer: Any = _measure(arguments[1], int(arguments[2]))
    else:
        answer = _work(arguments[1], Path(arguments[2]))
    print(json.dumps(answer))


if __name__ == "__main__":
    _main(sys.argv[1:])
