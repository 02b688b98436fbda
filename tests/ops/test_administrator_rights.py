"""Missing libraries: installed as root, asked for once through sudo, and never silenced by a start that nobody was asked at.

The programs are stubs on the PATH; what decides is the real code.
"""

import io
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import prepare, system
from scripts.console import Console, Failure

PACKAGES = ["libpango-1.0-0", "libharfbuzz-subset0"]
LINE = "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libharfbuzz-subset0"

# Each notes that it was called. `sudo -n true` asks whether a password is needed; the answers lie in files.
SUDO = """#!/bin/sh
if [ "$1" = -n ]; then shift; [ -e "$HERE/sudo-needs-no-password" ] || exit 1; exec "$@"; fi
echo "sudo $*" >> "$HERE/asked"
[ -e "$HERE/password-is-right" ] || exit 1
exec "$@"
"""
APT = """#!/bin/sh
echo "apt-get $*" >> "$HERE/apt-calls"
[ "$1" = update ] && exit 0
[ -e "$HERE/packages-can-be-had" ] || exit 100
touch "$HERE/installed"
"""


@dataclass
class Machine:
    """A machine that lacks two libraries: who sits at it, and what its programs answer."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def has(self, *facts: str) -> None:
        for fact in facts:
            (self.folder / fact).touch()

    def account(self, number: int, *, terminal: bool) -> None:
        self.monkeypatch.setattr(os, "geteuid", lambda: number)
        self.monkeypatch.setattr(os, "isatty", lambda handle: terminal)

    def program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def start(self) -> str:
        """What one start says."""
        out = io.StringIO()
        prepare._system_packages(Console(out))
        return out.getvalue()

    @property
    def times_asked(self) -> int:
        asked = self.folder / "asked"
        return len(asked.read_text().splitlines()) if asked.exists() else 0

    @property
    def apt_was_called(self) -> bool:
        return (self.folder / "apt-calls").exists()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path, monkeypatch)
    (tmp_path / "bin").mkdir()
    (tmp_path / "var" / "log").mkdir(parents=True)
    machine.program("sudo", SUDO)
    machine.program("apt-get", APT)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("HERE", str(tmp_path))
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(
        system, "missing_libraries", lambda: [] if (tmp_path / "installed").exists() else list(PACKAGES)
    )
    machine.account(1000, terminal=True)
    return machine


def test_on_a_terminal_sudo_is_asked_once_and_the_packages_are_there(machine: Machine) -> None:
    machine.has("password-is-right", "packages-can-be-had")
    said = machine.start()
    assert "✓ Installing libpango-1.0-0, libharfbuzz-subset0" in said
    assert "without PDFs" not in said
    assert machine.times_asked == 1


def test_a_refusal_goes_on_without_pdfs_names_the_exact_line_and_is_not_asked_again(machine: Machine) -> None:
    first, second = machine.start(), machine.start()
    assert "Going on without PDFs" in first
    assert LINE in first
    assert "✓" not in first
    assert LINE in second
    assert machine.times_asked == 1, "asked once, not at every start"


def test_a_refusal_is_asked_anew_when_other_libraries_are_missing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.start()
    monkeypatch.setattr(system, "missing_libraries", lambda: ["libpangoft2-1.0-0"])
    machine.start()
    assert machine.times_asked == 2


def test_a_start_without_a_terminal_asks_nobody_and_the_next_one_on_a_terminal_asks(machine: Machine) -> None:
    machine.account(1000, terminal=False)
    assert LINE in machine.start()
    assert not machine.apt_was_called
    machine.account(1000, terminal=True)
    machine.start()
    assert machine.times_asked == 1


def test_a_machine_without_sudo_is_asked_as_soon_as_it_has_one(machine: Machine, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(machine.folder / "bin"))
    (machine.folder / "bin" / "sudo").unlink()
    assert LINE in machine.start()
    monkeypatch.setenv("PATH", f"{machine.folder / 'bin'}:/usr/bin:/bin")
    machine.program("sudo", SUDO)
    machine.start()
    assert machine.times_asked == 1


def test_rights_given_but_no_network_is_no_refusal_and_is_tried_again(machine: Machine) -> None:
    machine.has("password-is-right")
    said = machine.start()
    assert "the next start tries again" in said
    assert "✓" not in said
    machine.has("packages-can-be-had")
    assert "✓ Installing" in machine.start()


@pytest.mark.parametrize("account", [0, 1000])
def test_another_apt_at_work_is_no_refusal_even_where_nobody_needs_asking(machine: Machine, account: int) -> None:
    machine.account(account, terminal=False)
    machine.has("sudo-needs-no-password")
    assert "the next start tries again" in machine.start()
    machine.has("packages-can-be-had")
    assert "✓ Installing" in machine.start()
    assert machine.times_asked == 0


def test_ctrl_c_at_the_question_is_a_refusal_and_ctrl_c_of_root_is_none(machine: Machine, monkeypatch) -> None:
    real = system.subprocess.run

    def interrupted(command, **options):
        if "sh" in command:
            raise KeyboardInterrupt
        return real(command, **options)

    monkeypatch.setattr(system.subprocess, "run", interrupted)
    log = str(machine.folder / "log")
    assert system.apt_install(PACKAGES, print, log=log) is system.Outcome.REFUSED
    machine.account(0, terminal=True)
    assert system.apt_install(PACKAGES, print, log=log) is system.Outcome.FAILED


def test_what_an_earlier_version_noted_without_asking_silences_nothing(machine: Machine) -> None:
    (machine.folder / "var" / ".without-pdf").write_text(" ".join(PACKAGES))
    machine.start()
    assert machine.times_asked == 1


def test_without_the_parts_for_virtual_environments_the_exact_line_is_named(machine: Machine, monkeypatch) -> None:
    monkeypatch.setattr(system, "missing_libraries", list)
    monkeypatch.setattr(prepare, "_lacks_venv", lambda: True)
    with pytest.raises(Failure) as refusal:
        machine.start()
    assert f"python3.{sys.version_info.minor}-venv" in refusal.value.advice[0]
