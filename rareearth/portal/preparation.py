"""What must be true before the portal can start: database migrated, reference and demo data loaded,
static files collected. Each step is skipped when nothing has changed since it last succeeded.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from organisation.models import Officer
from rareearth.portal.forks import StepFailed, in_process
from scripts import failures
from scripts.console import Console, Failure, os_failure

LOADING = "loading"  # noted before the demo is loaded: still there at the next start, it was interrupted


class Preparation:
    """The steps, and a note of which were done for which content (`prepared.json` in the data folder)."""

    def __init__(self, console: Console, log: Path, *, demo: bool, stories: int | None = None) -> None:
        self._demo = demo
        self._stories = stories
        self._console = console
        self._log = log
        self._notes_file = settings.VAR / "prepared.json"
        self._notes: dict[str, Any] = {}
        if self._notes_file.exists():
            self._notes = json.loads(self._notes_file.read_text() or "{}")

    def run(self) -> None:
        """Do what is due. Raises Failure in words."""
        if self._notes.get("demo") == LOADING:
            self._start_over()
        pending, fresh, peopled = self._ask_database()
        database = database_note(settings.DATABASES["default"])
        if fresh or self._notes.get("database") != database:
            self._notes = {"database": database, "static": self._notes.get("static")}
        if fresh:
            self._note("made_here", True)
        if pending:
            what = "Creating the database" if fresh else f"Updating the database ({pending} migrations)"
            self._step(what, _migrate)
        self._once("reference", _reference_state(), "Loading reference data", _load_reference, again=bool(pending))
        if self._demo and peopled and self._notes.get("demo") is None:
            self._note("demo", "loaded")  # a restored database, say: its officers are no invention of ours
        if self._demo:
            if self._notes.get("demo") is None and self._notes.get("made_here"):
                self._note("demo", LOADING)
            self._once("demo", "loaded", "Inventing the demo province", lambda: _load_demo(self._stories))
        self._once("static", _static_state(), "Collecting static files", _collect_static)

    def _once(self, note: str, state: str, name: str, work: Callable[[], None], *, again: bool = False) -> None:
        """Do a step unless it was done for this very state."""
        if again or self._notes.get(note) != state:
            self._step(name, work)
            self._note(note, state)

    def _note(self, note: str, state: str | bool) -> None:
        self._notes[note] = state
        self._notes_file.write_text(json.dumps(self._notes, indent=1))

    def _start_over(self) -> None:
        """The first start was interrupted while it invented the demo: half a province is no use, and holds nobody's work."""
        if connection.vendor != "sqlite":
            raise _half_a_province()
        self._console.say("! The first start was interrupted; beginning anew.")
        database = Path(str(settings.DATABASES["default"]["NAME"]))
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        if database.exists():
            database.replace(database.with_name(database.name + ".interrupted"))
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        self._notes = {"static": self._notes.get("static")}

    def _step(self, name: str, work: Callable[[], None]) -> None:
        with self._console.step(name):
            try:
                in_process(lambda: _explained(work, name), console=self._console, log=self._log)
            except StepFailed as error:
                raise Failure(f"{name} did not work: {error}", f"Details: {self._log}") from error
            self._console.detail = ""

    def _ask_database(self) -> tuple[int, bool, bool]:
        """(number of migrations to apply, is the database new, are there officers), asked in a process of its own."""
        answer = settings.VAR / ".database-state.json"

        def ask() -> None:
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            fresh = not executor.loader.applied_migrations
            answer.write_text(json.dumps([len(plan), fresh, not fresh and _has_officers()]))

        try:
            in_process(lambda: _explained(ask, "opening the database"), console=self._console, log=self._log)
        except StepFailed as error:
            raise Failure(f"The database cannot be opened: {error}", f"Details: {self._log}") from error
        pending, fresh, peopled = json.loads(answer.read_text())
        answer.unlink()
        return pending, fresh, peopled


def _has_officers() -> bool:
    # By the table's name: the columns may still be those of the version before.
    table = Officer._meta.db_table
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 -- our own table
        return cursor.fetchone() is not None


def _half_a_province() -> Failure:
    """On PostgreSQL the portal does not drop a database by itself: the lines that do it."""
    database = settings.DATABASES["default"]
    name, owner = database["NAME"], database["USER"]
    server = f" -h {database['HOST']} -p {database['PORT'] or 5432}" if database["HOST"] else ""
    return Failure(
        f"The first start was interrupted while it invented the demo province; half a one lies in the database {name}.",
        "It holds nobody's work. Make it anew as PostgreSQL's administrator (postgres), then start again:",
        f"  dropdb{server} {name}",
        f"  createdb{server} {name} --owner {owner} --encoding UTF8 --locale C.UTF-8 --template template0",
        f"  rm -rf {settings.MEDIA_ROOT} {settings.VAR / 'prepared.json'}",
    )


def _explained(work: Callable[[], None], doing: str) -> None:
    """Turn what can be put in words into a Failure; anything else keeps its trace for the log."""
    try:
        work()
    except OSError as error:
        raise os_failure(error, doing[0].lower() + doing[1:]) from error
    except (ImproperlyConfigured, DatabaseError) as error:
        if (failure := failures.in_words(error)) is not None:
            raise failure from error
        raise


# --- the steps ------------------------------------------------------------------------------------------------------
def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=1)


def _load_reference() -> None:
    call_command("load_reference")


def _load_demo(stories: int | None) -> None:
    call_command("load_demo", **({} if stories is None else {"stories": stories}))


def _collect_static() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


# --- what each step depends on --------------------------------------------------------------------------------------
def database_note(database: Mapping[str, Any]) -> str:
    """Which database the notes are about, from its entry in DATABASES. The embedded one lies beside them and moves with them."""
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return "sqlite"
    name = f"{database['ENGINE']} {database.get('HOST', '')} {database.get('PORT', '')} {database['NAME']}"
    return hashlib.sha256(name.encode()).hexdigest()


def _reference_state() -> str:
    return _digest(path for path in sorted((settings.ROOT / "reference").rglob("*")) if path.is_file())


def _static_state() -> str:
    found = (Path(storage.path(name)) for finder in get_finders() for name, storage in sorted(finder.list([]), key=str))
    return _digest(found)


def _digest(paths: Iterable[Path]) -> str:
    """Changes when a file comes, goes or is written."""
    seen = hashlib.sha256(settings.VERSION.encode())
    for path in paths:
        facts = path.stat()
        seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()
