"""A wrong setting, or a database that is away, ends every command of a site in one sentence and not in a trace."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured

from rareearth import env
from tests.plugins.processes import ROOT
from tests.plugins.servers import free_port

WRONG = [
    ({"DATABASE_URL": "oops"}, "DATABASE_URL must begin with postgres://"),
    ({"UPLOAD_MAX_MB": "abc"}, "UPLOAD_MAX_MB must be a whole number"),
    ({"SECRET_KEY_FILE": "/no/such/file"}, "SECRET_KEY_FILE names /no/such/file, which cannot be read"),
    ({"EMAIL_HOST_PASSWORD_FILE": "/no/such/file"}, "EMAIL_HOST_PASSWORD_FILE names"),
    ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL must begin with redis://"),
]


def run(var: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        command, cwd=ROOT, text=True, capture_output=True, timeout=60,
        env={**kept, "PORTAL_VAR": str(var), "PYTHON": sys.executable, **settings},
    )  # fmt: skip


def assert_in_words(done: subprocess.CompletedProcess[str], words: str) -> None:
    said = done.stderr.strip().splitlines()
    assert done.returncode == 1, done.stderr
    assert said[0].startswith("✗")
    assert words in said[0]
    assert len(said) <= 2, done.stderr


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_a_wrong_setting_ends_a_command_in_words(tmp_path: Path, wrong: dict[str, str], words: str) -> None:
    assert_in_words(run(tmp_path, "sh", "deploy/prepare.sh", **wrong), words)


@pytest.mark.parametrize("server", [["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "rareearth.wsgi"],
                                    ["-m", "celery", "-A", "rareearth", "worker"]])  # fmt: skip
def test_the_processes_of_a_site_say_it_too(tmp_path: Path, server: list[str]) -> None:
    assert_in_words(run(tmp_path, sys.executable, *server, UPLOAD_MAX_MB="abc"), "UPLOAD_MAX_MB")


def test_a_database_that_is_away_is_said_in_words_and_shown_whole_when_asked(tmp_path: Path) -> None:
    away = f"postgres://portal:secret@127.0.0.1:{free_port()}/portal"
    done = run(tmp_path, "sh", "deploy/prepare.sh", DATABASE_URL=away)
    assert_in_words(done, "Connection refused")
    assert "secret" not in done.stderr
    traced = run(tmp_path, sys.executable, "manage.py", "migrate", "--traceback", DATABASE_URL=away)
    assert "Traceback" in traced.stderr


def test_a_database_without_tables_says_what_brings_them(tmp_path: Path) -> None:
    assert_in_words(run(tmp_path, sys.executable, "manage.py", "load_reference"), "The database lacks a table")


@pytest.mark.postgres
def test_a_role_that_is_missing_is_said_in_words(tmp_path: Path, postgres_server: str) -> None:
    parts = urlsplit(postgres_server)
    missing = parts._replace(netloc=f"nobody@{parts.netloc.rpartition('@')[2]}").geturl()
    assert_in_words(run(tmp_path, "sh", "deploy/prepare.sh", DATABASE_URL=missing), "nobody")


@pytest.mark.parametrize(
    "url", ["postgres://u:p#w@h/d", "postgres://u:p/w@h/d", "postgres://h", "postgres://h/d?ssl=on"]
)
def test_an_address_that_means_something_else_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database(url, Path("unused"))
    assert url not in str(refusal.value)


def test_what_libpq_knows_may_follow_the_address() -> None:
    found = env.database("postgres://u:a%40b%3B%24@h:5433/d?sslmode=require&connect_timeout=5", Path("unused"))
    assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": "5"}
    assert (found["NAME"], found["PASSWORD"], found["PORT"]) == ("d", "a@b;$", "5433")
