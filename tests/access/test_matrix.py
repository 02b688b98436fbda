"""Every URL × nobody, each role, another department, another region (defects D6, D8).

A URL without a line in the table fails: it is closed until somebody says for whom it opens. Behind a URL that names a row
stands a real one: of a made-up one everybody hears 404, whether the view asks who may see it or not. SQLite is asked by everybody,
PostgreSQL by one for each way of seeing.
"""

import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.views import defaults

from casework import lists as cases
from casework.models import Docket
from casework.views import jobs
from core.lists import views as lists
from core.models import Job
from organisation import scope
from organisation.roles import Reach, roles_of
from rareearth import urls
from tests.access.table import DOORS
from tests.access.world import PUBLIC, World, every_url

OPEN = {200, 204, 302, 303, 400, 405, 409, 422}
PARAMETERS = {name: set(pattern.pattern.converters) for name, pattern in every_url()}
NAMES = sorted(PARAMETERS)
ANONYMOUS = "anonymous"
# Fixtures of tests/conftest.py and this folder's.
ACTORS = (
    "case_officer",
    "second_officer",
    "inspector",
    "legal_reviewer",
    "head",
    "supervisor",
    "coordinator",
    "auditor",
    "sysadmin",
    "secadmin",
    "neighbour",
    "outsider",
    "nobody",
)
# What they see, another here sees by the same condition, so one database is enough: they differ by permissions, whose rows
# either database reads alike. The others are asked on both.
SEE_LIKE_ANOTHER = frozenset({"second_officer", "inspector", "legal_reviewer", "coordinator", "sysadmin", "secadmin"})
SIZE = f"{len(NAMES)} URLs × {len(ACTORS) + 1} actors = {len(NAMES) * (len(ACTORS) + 1)} answers"

# Parameters of paths that name no row of the database, and why.
NAMES_NO_ROW = {
    ("styleguide:part", "part"): "a page of the style guide",
    ("casework:docket_tab", "tab"): "a tab of the docket",
    ("casework:calendar_year", "year"): "any year of the calendar",
    ("inspections:take_step", "name"): "a step of the workflow",
    ("leads:take_step", "name"): "a step of the workflow",
    ("rectification:take_step", "name"): "a step of the workflow",
    ("penalties:take_step", "name"): "a step of the workflow",
    ("measures:child_step", "name"): "a step of the workflow",
    ("campaigns:take_step", "name"): "a step of the workflow",
    ("campaigns:take_task_step", "name"): "a step of the workflow",
    ("notices:new", "kind"): "a kind of document",
    ("notices:preview_new", "kind"): "a kind of document",
    ("notices:new_record", "kind"): "a kind of record",
    ("notices:preview_new_record", "kind"): "a kind of record",
    ("notices:page", "number"): "a page of the PDF",
    ("notices:record_page", "number"): "a page of the PDF",
    ("notices:case_file_download", "which"): "PDF or ZIP",
    ("public:verify_code", "code"): "public: a wrong code gets the same page as the right one",
}
# Doors that may be missing though the viewer may see what is behind them, and why.
MAY_BE_MISSING = {
    "styleguide:index": "exists in a demonstration only",
    "styleguide:part": "exists in a demonstration only",
}


def test_d8_every_url_has_a_line_in_the_table():
    assert sorted(set(NAMES) - DOORS.keys()) == []


def test_the_table_names_no_url_that_is_gone():
    assert sorted(DOORS.keys() - set(NAMES)) == []


def test_behind_every_url_that_names_a_row_stands_a_real_one():
    """No parameter of a path is made up: it comes from a row of the world, or names none for the reason given."""
    plain = {(name, parameter) for name, door in DOORS.items() for parameter, _value in door.args}
    assert plain == NAMES_NO_ROW.keys()
    without = [name for name, door in DOORS.items() if len(PARAMETERS[name]) != len(door.rows) + len(door.args)]
    assert without == []


def _enter(world: World, actor: str) -> Client:
    client = Client(raise_request_exception=False)
    if actor != ANONYMOUS:
        client.force_login(world.actors[actor], backend="organisation.backends.OfficerBackend")
    return client


def _ask(world: World, name: str, actor: str, session: str) -> int:
    """The answer; what it changed is taken back, so that every door is tried on the same world."""
    door = DOORS[name]
    client = Client(raise_request_exception=False)
    if session:
        client.cookies["portal_session"] = session
    url = reverse(name, kwargs=world.arguments(door, PARAMETERS[name])) + door.query
    with transaction.atomic():
        status = getattr(client, door.method)(url).status_code
        transaction.set_rollback(True)
    return status


def _expected(world: World, name: str, actor: str) -> set[int]:
    """What the table says the actor must get."""
    door = DOORS[name]
    if door.needs == PUBLIC:
        return OPEN | {503, 404}  # /healthz says when something is not well
    if actor == ANONYMOUS:
        return {302, 401}
    may = not door.needs or any(world.actors[actor].has_perm(name) for name in (door.needs, door.or_needs) if name)
    sees = all(world.sees(actor, row) for row in door.rows)
    if may and sees:
        return OPEN | ({404} if name in MAY_BE_MISSING else set())
    if may:
        return {404}
    # What is unseen may be missing before it is forbidden: either way nothing opens.
    return {403} if sees else {403, 404}


def _wrong(world: World, actor: str) -> Iterator[tuple[str, int, set[int]]]:
    """Doors that answer this actor otherwise than the table says."""
    client = _enter(world, actor)
    session = client.cookies["portal_session"].value if actor != ANONYMOUS else ""
    for name in sorted(DOORS):
        status = _ask(world, name, actor, session)
        if status not in (expected := _expected(world, name, actor)):
            yield name, status, expected


@pytest.fixture(autouse=True)
def _each_error_page_is_drawn_once(monkeypatch):
    """Behind every closed door stands the same page: it is drawn for real the first time, then its status is answer enough."""
    for status, page in ((403, defaults.permission_denied), (404, defaults.page_not_found)):
        monkeypatch.setattr(urls, f"handler{status}", _drawn_once(page, status), raising=False)


def _drawn_once(page: Callable[..., HttpResponse], status: int) -> Callable[..., HttpResponse]:
    drawn = False

    def answer(request: HttpRequest, exception: Exception) -> HttpResponse:
        nonlocal drawn
        first, drawn = not drawn, True
        return page(request, exception) if first else HttpResponse(status=status)

    return answer


@pytest.mark.parametrize(
    "actor",
    [pytest.param(each, marks=[pytest.mark.sqlite_only] * (each in SEE_LIKE_ANOTHER)) for each in (ANONYMOUS, *ACTORS)],
)
def test_d8_every_url_answers_this_actor_as_the_table_says(world, actor):
    wrong = [f"{name}: {status}, expected {sorted(expected)}" for name, status, expected in _wrong(world, actor)]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_on_both_databases_stands_somebody_for_every_reach_of_a_role(world):
    def reaches(actors) -> set[Reach]:
        return {role.reach for actor in actors for role in roles_of(world.actors[actor])}

    assert reaches(set(ACTORS) - SEE_LIKE_ANOTHER) == reaches(ACTORS) == set(Reach)


def test_the_matrix_is_as_large_as_it_says(capsys):
    with capsys.disabled():
        print(f"\naccess matrix: {SIZE}")
    assert len(DOORS) == len(NAMES) >= 220


def _forget_who_may_see(monkeypatch) -> None:
    """Break every way in which a view asks for a row: the doorway, the lists' own rows, one's own jobs."""
    asked = scope.visible_or_404
    for module in list(sys.modules.values()):
        if getattr(module, "visible_or_404", None) is asked:
            monkeypatch.setattr(module, "visible_or_404", lambda model, viewer, **lookup: model.objects.get(**lookup))
    monkeypatch.setattr(lists, "_own_job", lambda request, page, kind, job_id: Job.objects.get(pk=job_id))
    monkeypatch.setattr(jobs, "jobs_of", lambda viewer: Job.objects.all())
    monkeypatch.setattr(cases, "to_read", lambda scope: Docket.objects.all())


def test_d8_a_view_that_forgets_its_scope_is_reported(world, monkeypatch):
    """The matrix is worth something: with every view taking any row, it names each door that should have stayed closed."""
    closed = {name for name in DOORS if DOORS[name].needs != PUBLIC and _expected(world, name, "outsider") == {404}}
    _forget_who_may_see(monkeypatch)
    reported = {name for name, _status, _asked in _wrong(world, "outsider")}
    assert sorted(closed - reported) == []
    assert len(closed) > 80
