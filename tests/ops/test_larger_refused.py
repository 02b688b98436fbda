"""The larger set-up is refused in words, before anything long begins, when what it needs is not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rareearth.portal import preparation
from scripts import address, layout
from scripts.console import Failure
from tests.plugins.processes import ROOT
from tests.plugins.servers import free_port

PAIR = {"DATABASE_URL": "postgres://u@127.0.0.1:1/d", "REDIS_URL": "redis://127.0.0.1:1/0"}


def make(var: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {*PAIR, "MAKELEVEL", "WORKERS"}}
    return subprocess.run(
        ["make", *words, f"PORT={free_port()}"], cwd=ROOT, text=True, capture_output=True, timeout=60,
        env={**kept, "PORTAL_VAR": str(var), **settings},
    )  # fmt: skip


def portal(var: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in PAIR}
    return subprocess.run(
        [sys.executable, "scripts/start.py", "portal", "--no-demo", "--port", str(free_port()), *arguments],
        cwd=ROOT, text=True, capture_output=True, timeout=60, env={**kept, "PORTAL_VAR": str(var), **settings},
    )  # fmt: skip


@pytest.mark.parametrize("workers", ["abc", "0", "-1", "2.5", "65", ""])
def test_a_number_of_workers_that_is_none_is_refused_at_once(tmp_path: Path, workers: str) -> None:
    done = make(tmp_path / "var", "larger", f"WORKERS={workers}", **PAIR)
    assert done.returncode
    assert f"✗ WORKERS must be a number from 1 to 64, not {workers!r}." in done.stderr
    assert "usage:" not in done.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("given", [(), ("REDIS_URL",), ("DATABASE_URL",)])
def test_without_its_two_servers_no_embedded_database_is_begun(tmp_path: Path, given: tuple[str, ...]) -> None:
    done = make(tmp_path / "var", "larger", **{name: PAIR[name] for name in given})
    assert done.returncode
    missing = [name for name in PAIR if name not in given]
    assert f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set" in done.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("arguments", [(), ("--layout", "larger")])
def test_a_redis_that_is_away_is_said_before_the_database_is_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    settings = PAIR if arguments else {"REDIS_URL": PAIR["REDIS_URL"]}
    done = portal(tmp_path, *arguments, **settings)
    assert done.returncode == 1
    assert "✗ Redis at 127.0.0.1:1 does not answer" in done.stdout
    assert "Ready" not in done.stdout
    assert not (tmp_path / "portal.sqlite3").exists()


def test_an_address_of_redis_that_is_none_is_refused(tmp_path: Path) -> None:
    done = portal(tmp_path, REDIS_URL="127.0.0.1:6379")
    assert done.returncode == 1
    assert "REDIS_URL must begin with redis://" in done.stdout + done.stderr


@pytest.mark.parametrize(("arguments", "named"), [([], "make run"), (["--layout", "larger"], "make larger")])
def test_the_advice_names_the_command_that_was_typed(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["run.py", *arguments])
    assert layout.command() == named
    with pytest.raises(Failure) as refusal:
        address.parse_port("none")
    assert named in refusal.value.advice[0]


def test_half_a_province_on_postgresql_comes_with_the_lines_that_remove_it(
    settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in {"NAME": "portal", "USER": "portal", "HOST": "db", "PORT": ""}.items():
        monkeypatch.setitem(settings.DATABASES["default"], key, value)
    advice = "\n".join(preparation._half_a_province().advice)
    assert "dropdb -h db -p 5432 portal" in advice
    assert "createdb -h db -p 5432 portal --owner portal" in advice
    assert "prepared.json" in advice
