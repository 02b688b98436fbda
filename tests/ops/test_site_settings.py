"""The settings of a site are read as systemd reads them: a password means what it says, and nothing is evaluated."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.processes import ROOT

SCRIPT = ROOT / "deploy" / "with_settings.py"


def read(text: str) -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("with_settings", SCRIPT)
    assert spec is not None and spec.loader is not None  # noqa: PT018 -- for the type checker
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    settings: dict[str, str] = module.read(text)
    return settings


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=postgres://u:a&b;c$d@h/p?sslmode=require", "postgres://u:a&b;c$d@h/p?sslmode=require"),
        ("A= spaced out  ", "spaced out"),
        ("A='single $HOME \\ kept'", "single $HOME \\ kept"),
        ('A="double \\" \\$x \\n"', 'double " $x \\n'),
        ("A=$(touch /tmp/evaluated)", "$(touch /tmp/evaluated)"),
        ("# a comment\n; another\n\nA=1", "1"),
        ("A=one \\\ntwo", "one two"),
        ("A=", ""),
    ],
)
def test_a_line_means_what_it_says(line: str, value: str) -> None:
    assert read(line) == {"A": value}


def test_the_example_can_be_read() -> None:
    assert read((ROOT / ".env.example").read_text(encoding="utf-8"))["PORTAL_ENVIRONMENT"] == "production"


def run(file: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *command], env={"PORTAL_ENV_FILE": str(file)}, text=True, capture_output=True
    )


def test_the_command_gets_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "portal.env"
    file.write_text("SECRET=a&b;c$d\n")
    assert run(file, "/usr/bin/env").stdout.splitlines().count("SECRET=a&b;c$d") == 1


@pytest.mark.parametrize(
    ("content", "words"), [("oops\n", "line 1 is not NAME=value"), ('A="x\n', "line 1"), (None, "No such")]
)
def test_a_file_that_is_wrong_is_said_in_words(tmp_path: Path, content: str | None, words: str) -> None:
    file = tmp_path / "portal.env"
    if content is not None:
        file.write_text(content)
    done = run(file, "/usr/bin/env")
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
