"""Every URL × nobody, each role, another department, another region (defects D6, D8).

A URL without a line in the table fails: it is closed until somebody says for whom it opens.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.table import DOORS
from tests.access.world import PUBLIC, World, every_url

OPEN = {200, 204, 302, 303, 400, 404, 405, 409, 422}
PARAMETERS = {name: set(pattern.pattern.converters) for name, pattern in every_url()}
NAMES = sorted({name for name, _pattern in every_url()})
# The notice of the world is a draft: it has no file and no pages.
NOT_YET = {"notices:file", "notices:page", "notices:printing"}
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


def test_every_url_has_a_line_in_the_table():
    assert sorted(set(NAMES) - DOORS.keys()) == []


def test_the_table_names_no_url_that_is_gone():
    assert sorted(DOORS.keys() - set(NAMES)) == []


def _ask(world: World, name: str, client: Client) -> int:
    door = DOORS[name]
    kwargs = dict(door.args)
    if door.row:
        kwargs["docket_pk" if "docket_pk" in PARAMETERS[name] else "pk"] = world.rows[door.row].pk
    url = reverse(name, kwargs=kwargs) + door.query
    return getattr(client, door.method)(url).status_code


def _expected(world: World, name: str, actor: str) -> set[int]:
    """What the table says the actor must get."""
    door = DOORS[name]
    if door.needs == PUBLIC:
        return OPEN | {503}  # /healthz says when something is not well
    if actor == ANONYMOUS:
        return {302, 401}
    may = not door.needs or any(world.actors[actor].has_perm(name) for name in (door.needs, door.or_needs) if name)
    sees = not door.row or world.sees(actor, door.row)
    if may and sees:
        # A made-up row, or a state in which the page does not exist yet (a PDF that is not drawn), may be missing.
        return OPEN if door.args or not door.row or name in NOT_YET else OPEN - {404}
    if may:
        return {404}
    # A row that is made up or unseen may be missing before it is forbidden: either way nothing opens.
    return {403} if sees and not door.args else {403, 404}


@pytest.mark.parametrize("actor", [ANONYMOUS, *ACTORS])
def test_every_url_answers_this_actor_as_the_table_says(world, actor):
    wrong = []
    for name in sorted(DOORS):
        client = Client(raise_request_exception=False)
        if actor != ANONYMOUS:
            client.force_login(world.actors[actor], backend="organisation.backends.OfficerBackend")
        status = _ask(world, name, client)
        if status not in (expected := _expected(world, name, actor)):
            wrong.append(f"{name}: {status}, expected {sorted(expected)}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_the_matrix_is_as_large_as_it_says(capsys):
    with capsys.disabled():
        print(
            f"\naccess matrix: {len(DOORS)} URLs × {len(ACTORS) + 1} actors = {len(DOORS) * (len(ACTORS) + 1)} answers"
        )
    assert len(DOORS) >= 60


def test_a_view_that_forgets_its_scope_is_caught(world, monkeypatch):
    """The matrix is worth something: break one view's scope, and it says so."""
    from casework.views import dockets

    monkeypatch.setattr(dockets, "visible_or_404", lambda model, viewer, **lookup: model._default_manager.get(**lookup))
    client = Client(raise_request_exception=False)
    client.force_login(world.actors["outsider"], backend="organisation.backends.OfficerBackend")
    status = _ask(world, "casework:docket", client)
    assert status not in _expected(world, "casework:docket", "outsider")
