"""The supervisor with real processes: it starts again what dies and leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plugins.processes import ROOT, Portal

pytestmark = pytest.mark.worker
Start = Callable[..., "Toys"]


class Toys:
    """A running supervisor with toy children."""

    def __init__(self, folder: Path, *kinds: str) -> None:
        self.folder = folder
        self.output = folder / "output.txt"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.ops.toys", str(folder), *kinds], cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, env={**os.environ, "PORTAL_VAR": str(folder)}, start_new_session=True,
            )  # fmt: skip

    def wait_for(self, text: str) -> None:
        Portal.wait_until(lambda: text in self.output.read_text(), f"{text!r} in:\n{self.output.read_text()}", 30)

    def pids(self, kind: str) -> list[int]:
        """Every process of this kind that was ever started."""
        return [int(path.suffix[1:]) for path in self.folder.glob(f"{kind}.[0-9]*")]

    def alive(self) -> list[int]:
        found = [int(path.suffix[1:]) for path in self.folder.glob("*.[0-9]*") if path.suffix[1:].isdigit()]
        return [pid for pid in found if _is_alive(pid)]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Toys] = []

    def begin(*kinds: str) -> Toys:
        running.append(Toys(tmp_path, *kinds))
        return running[-1]

    yield begin
    for toys in running:
        toys.process.kill()
        toys.process.wait()
        for pid in toys.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_child_that_dies_is_started_again(start: Start, how: signal.Signals) -> None:
    toys = start("steady")
    toys.wait_for("ready")
    (first,) = toys.pids("steady")
    os.kill(first, how)
    Portal.wait_until(lambda: len(toys.pids("steady")) == 2, "the second child")
    toys.wait_for(f"The steady child was killed ({how.name}); starting it again")
    assert toys.process.poll() is None


def test_the_others_go_on_when_one_dies(start: Start) -> None:
    toys = start("steady", "stubborn")
    toys.wait_for("ready")
    os.kill(toys.pids("steady")[0], signal.SIGKILL)
    Portal.wait_until(lambda: len(toys.pids("steady")) == 2, "the second child")
    (other,) = toys.pids("stubborn")
    assert _is_alive(other)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_stops_all_and_says_so(start: Start, how: signal.Signals) -> None:
    toys = start("steady")
    toys.wait_for("ready")
    toys.process.send_signal(how)
    assert toys.process.wait(20) == 0
    assert toys.alive() == []
    assert "Nothing is left running." in toys.output.read_text()


def test_ctrl_c_in_a_terminal_reaches_the_whole_group_and_still_stops_cleanly(start: Start) -> None:
    toys = start("steady", "parent")
    toys.wait_for("ready")
    os.killpg(toys.process.pid, signal.SIGINT)
    assert toys.process.wait(20) == 0
    assert toys.alive() == []


def test_a_child_that_will_not_stop_is_ended_with_its_own_children(start: Start) -> None:
    toys = start("stubborn", "parent")
    toys.wait_for("ready")
    Portal.wait_until(lambda: toys.pids("grandchild"), "the grandchild")
    toys.process.send_signal(signal.SIGTERM)
    assert toys.process.wait(20) == 0
    assert toys.alive() == []


def test_a_second_ctrl_c_does_not_wait(start: Start) -> None:
    toys = start("stubborn")
    toys.wait_for("ready")
    toys.process.send_signal(signal.SIGINT)
    toys.wait_for("Stopping")
    time.sleep(0.6)  # a bounce of the same key press is not impatience
    toys.process.send_signal(signal.SIGINT)
    assert toys.process.wait(20) == 0
    assert toys.alive() == []


def test_kill_9_on_the_supervisor_leaves_no_child(start: Start) -> None:
    toys = start("steady", "parent")
    toys.wait_for("ready")
    toys.process.kill()
    toys.process.wait()
    children = toys.pids("steady") + toys.pids("parent")
    Portal.wait_until(lambda: not any(map(_is_alive, children)), "the children to go")


def test_what_cannot_start_ends_the_start_in_words(start: Start) -> None:
    toys = start("steady", "broken")
    assert toys.process.wait(60) == 1
    said = toys.output.read_text()
    assert "The broken child cannot start: ValueError: a setting is wrong" in said
    assert "Traceback" not in said
    assert toys.alive() == []
