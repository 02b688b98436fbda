"""`make test` runs every test in some pass, and says in one line what it left out; REQUIRE_ALL=1 makes that a failure."""

import contextlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

from scripts import test_passes as passes
from tests.ops.collected import WHOLE
from tests.plugins import availability, order
from tests.plugins.processes import ROOT

REDIS = "needs Redis (apt-get install redis-server)"
POSTGRES = "needs PostgreSQL (apt-get install postgresql)"


@pytest.fixture
def make_test(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """`make test` whose passes are not run but answer this: (exit status, what it printed)."""
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    monkeypatch.setenv("PORTAL_VAR", os.environ.get("PORTAL_VAR", ""))  # main() sets it; put back at the end

    def run(*, postgres: bool = True, status: int = 0, left_out: dict[str, int] | None = None) -> tuple[int, str]:
        monkeypatch.setattr(
            passes, "postgres", lambda: contextlib.nullcontext("postgres://server/" if postgres else None)
        )

        def answer(each: passes.Pass) -> None:
            each.status, each.counts, each.left_out = status, {"passed": 3}, dict(left_out or {})

        monkeypatch.setattr(passes.Pass, "run", answer)
        return passes.main(), capsys.readouterr().out

    return run


# --- what was left out ----------------------------------------------------------------------------------------------
def test_the_line_names_what_was_left_out_how_often_and_how_to_get_it() -> None:
    assert passes._left_out_line(Counter(), suite_on_postgres=True) == "Nothing was left out."
    line = passes._left_out_line(Counter({REDIS: 7, POSTGRES: 2}), suite_on_postgres=True)
    assert line == f"Left out: 2 tests: {POSTGRES} · 7 tests: {REDIS}"


def test_without_postgresql_the_line_says_that_a_whole_pass_is_missing() -> None:
    line = passes._left_out_line(Counter({POSTGRES: 1, REDIS: 7}), suite_on_postgres=False)
    assert line == f"Left out: the pass on PostgreSQL: {POSTGRES} · 7 tests: {REDIS}"
    assert availability.reason(["postgres"]) == POSTGRES
    assert availability.reason(["redis"]) == REDIS


def test_a_whole_run_is_green_and_says_so(make_test) -> None:
    status, said = make_test()
    assert status == 0
    assert said.strip().splitlines()[-1] == "Nothing was left out."


def test_leaving_something_out_is_said_in_one_line_and_is_a_failure_when_all_is_required(make_test, monkeypatch):
    status, said = make_test(left_out={REDIS: 2})
    assert status == 0
    (line,) = [line for line in said.splitlines() if line.startswith("Left out:")]
    assert REDIS in line
    monkeypatch.setenv("REQUIRE_ALL", "1")
    status, said = make_test(left_out={REDIS: 2})
    assert status == 1
    assert "REQUIRE_ALL=1: leaving anything out is a failure" in said


def test_a_machine_without_postgresql_leaves_a_pass_out(make_test, monkeypatch) -> None:
    status, said = make_test(postgres=False)
    assert status == 0
    assert "Left out: the pass on PostgreSQL" in said
    monkeypatch.setenv("REQUIRE_ALL", "1")
    assert make_test(postgres=False)[0] == 1


def test_a_failed_pass_fails_the_run_and_an_empty_one_does_not(make_test) -> None:
    assert make_test(status=1)[0] == 1
    assert make_test(status=2)[0] == 1
    assert make_test(status=passes.NOTHING_COLLECTED)[0] == 0


# --- one file on a machine that lacks something ---------------------------------------------------------------------
def _pytest(summary: Path, *arguments: str, **environment: str) -> tuple[int, str, dict]:
    base = {key: value for key, value in os.environ.items() if key not in {"REQUIRE_ALL", "WITHOUT", "DATABASE_URL"}}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments], cwd=ROOT, text=True,
        capture_output=True, env={**base, "PORTAL_TEST_SUMMARY": str(summary), **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, json.loads(summary.read_text()) if summary.exists() else {}


def test_a_test_that_needs_what_is_not_there_is_left_out_with_its_reason(tmp_path: Path) -> None:
    status, said, counts = _pytest(tmp_path / "summary", "tests/ops/test_servers.py", "-m", "redis", WITHOUT="redis")
    assert status == 0
    assert f"1 left out: {REDIS}" in said
    assert counts["left_out"] == {REDIS: 1}
    assert counts["passed"] == 0


def test_where_all_is_required_the_same_test_fails_and_says_why(tmp_path: Path) -> None:
    status, said, counts = _pytest(
        tmp_path / "summary", "tests/ops/test_servers.py", "-m", "redis", WITHOUT="redis", REQUIRE_ALL="1"
    )
    assert status == 1
    assert f"REQUIRE_ALL=1, but this test {REDIS}" in said
    assert counts["left_out"] == {}


def test_a_skip_that_a_test_asks_for_itself_is_red_too_where_all_is_required(tmp_path: Path) -> None:
    here = tmp_path / "test_skip.py"
    here.write_text("import pytest\n\ndef test_later():\n    pytest.skip('not today')\n")
    arguments = (str(here), "-p", "tests.plugins.availability", "-c", os.devnull, "--rootdir", str(tmp_path))
    assert _pytest(tmp_path / "summary", *arguments)[0] == 0
    status, said, counts = _pytest(tmp_path / "summary", *arguments, REQUIRE_ALL="1")
    assert status == 1
    assert counts["left_out"] == {"not today": 1}
    assert "1 left out: not today" in said


def test_what_is_looked_at_in_chromium_needs_a_chinese_font(tmp_path: Path) -> None:
    status, said, counts = _pytest(tmp_path / "summary", "tests/browser/test_coming_and_going.py", WITHOUT="chinese")
    assert status == 0
    assert "needs a Chinese font for Chromium (apt-get install fontconfig fonts-noto-cjk)" in said
    assert counts["passed"] == 0


# --- no test falls between the passes -------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def collected(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """Every test of the project with its markers: as this run found them, or, where it was given files, by a run that looks."""
    if rows := pytestconfig.stash.get(WHOLE, None):
        return rows
    target = tmp_path_factory.mktemp("collected") / "tests.json"
    status, said, _ = _pytest(target.with_name("no"), "--collect-only", COLLECTED=str(target))
    assert status == 0, said
    return json.loads(target.read_text())


def _runs(each: passes.Pass, test: dict) -> bool:
    """Would this pass run the test? By pytest's own reading of the expression."""
    database = "postgresql" if each.environment.get("DATABASE_URL") else "sqlite"
    if test["elsewhere"][database]:
        return False
    return Expression.compile(each.markers).evaluate(lambda name, **_: name in test["markers"])


@pytest.fixture
def all_passes(make_test, monkeypatch) -> list[passes.Pass]:
    """The passes of `make test` on a machine that has everything."""
    made: list[passes.Pass] = []
    init = passes.Pass.__init__

    def noted(self, *arguments, **options) -> None:
        init(self, *arguments, **options)
        made.append(self)

    monkeypatch.setattr(passes.Pass, "__init__", noted)
    make_test()
    return made


def test_every_test_is_run_by_some_pass(collected: list[dict], all_passes: list[passes.Pass]) -> None:
    assert len(collected) > 500
    between = Counter(
        " ".join(test["markers"]) or "no marker"
        for test in collected
        if not any(_runs(each, test) for each in all_passes)
    )
    assert between == {}


def test_no_test_is_run_twice_on_the_same_database(collected: list[dict], all_passes: list[passes.Pass]) -> None:
    def databases(test: dict) -> list[bool]:
        return [bool(each.environment.get("DATABASE_URL")) for each in all_passes if _runs(each, test)]

    twice = [test["name"] for test in collected if len(databases(test)) > len(set(databases(test)))]
    assert twice == []


def test_a_test_of_the_database_runs_on_both_and_one_about_a_single_database_on_that(collected, all_passes) -> None:
    (postgres,) = [each for each in all_passes if each.environment.get("DATABASE_URL")]
    alone = {"worker", "chromium", "redis", "sqlite_only"}
    missing = [
        test["name"]
        for test in collected
        if "django_db" in test["markers"] and not alone & set(test["markers"]) and not _runs(postgres, test)
    ]
    assert missing == []
    for test in collected:
        if "sqlite_only" in test["markers"]:
            assert not _runs(postgres, test), test["name"]


def test_every_file_that_is_to_begin_first_is_there() -> None:
    assert [name for name in order.LONGEST if not (order.TESTS / name).is_file()] == []
