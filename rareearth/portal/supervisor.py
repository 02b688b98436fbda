"""Starts the children, starts again what dies, and leaves nothing behind.

The supervisor does no work of its own: it sleeps in one system call until a signal or the next thing to do.
"""

import contextlib
import http.client
import os
import signal
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from rareearth.portal import guard
from rareearth.portal.children import HELD, Child
from scripts.console import Console

STOP_GRACE_S = 10.0
TIDY_EVERY_S = 60.0
LOG_LIMIT_BYTES = 20_000_000
# A first start that fails this often will not succeed by itself.
HOPELESS_DEATHS = 3
LONGEST_START_S = 60.0
ASKED_TO_STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Supervisor:
    """Runs `children` until it is asked to stop. `probe` is run once in a process of its own and returns when the
    portal can be used; then `when_ready` is called."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        console: Console,
        probe: Callable[[], int],
        when_ready: Callable[[], None],
    ) -> None:
        self._children = list(children)
        self._console = console
        self._probe = Child("probe", "The first page", probe, self._children[0].log, orphaned_by=signal.SIGKILL)
        self._when_ready = when_ready
        self._ready = False
        self._tidied_at = time.monotonic()

    def run(self) -> int:
        """0 when stopped on request, 1 when the portal could not be started."""
        signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
        guard.adopt_orphans()
        for child in [*self._children, self._probe]:
            child.start()
        while True:
            received = signal.sigtimedwait(HELD, self._pause())
            if received is not None and received.si_signo in ASKED_TO_STOP:
                self._stop()
                return 0
            self._reap()
            if not self._ready and self._hopeless():
                self._stop()
                return 1
            self._start_what_is_due()
            self._look_round()

    def _pause(self) -> float:
        """Seconds until there is something to do without being signalled."""
        now = time.monotonic()
        pauses = [self._tidied_at + TIDY_EVERY_S - now]
        pauses += [child.start_again_at - now for child in self._children if not child.pid]
        return max(0.0, min(pauses))

    def _reap(self) -> None:
        for pid, status in _ended():
            if pid == self._probe.pid:
                self._first_page(os.waitstatus_to_exitcode(status))
            for child in self._children:
                if child.pid == pid:
                    pause = child.died()
                    if status == 0 and not pause:
                        continue  # it asked to be replaced: nothing to tell
                    again = "starting it again" if not pause else f"starting it again in {pause:.1f} s"
                    self._event(f"{child.label} {_how(status)}; {again}.")

    def _start_what_is_due(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if not child.pid and child.start_again_at <= now:
                child.start()

    def _look_round(self) -> None:
        if time.monotonic() - self._tidied_at >= TIDY_EVERY_S:
            self._tidied_at = time.monotonic()
            for child in self._children:
                shorten(child.log)

    def _first_page(self, code: int) -> None:
        if code == 0:
            self._ready = True
            self._when_ready()
        else:
            self._event(f"The first page cannot be shown; see {self._children[0].log}")

    def _hopeless(self) -> bool:
        for child in self._children:
            if child.deaths >= HOPELESS_DEATHS:
                self._console.say(f"✗ {child.label} cannot start: {child.last_words()}")
                self._console.say(f"  Details: {child.log}")
                return True
        return False

    def _stop(self) -> None:
        """Ask every child to finish what it does; end what has not gone after ten seconds, or at a second Ctrl-C."""
        began = time.monotonic()
        self._console.say("")
        self._event("Stopping …")
        for child in self._children:
            _send(child.pid, signal.SIGTERM)
        impatient = False
        while not _all_gone():
            left = began + STOP_GRACE_S - time.monotonic()
            if left <= 0 or impatient:
                for pid in descendants(os.getpid()):
                    _send(pid, signal.SIGKILL)
            received = signal.sigtimedwait(HELD, 0.1 if left <= 0 or impatient else min(left, 0.2))
            if received is not None and received.si_signo in ASKED_TO_STOP and time.monotonic() - began > 0.5:
                impatient = True
        self._event(f"Stopped after {time.monotonic() - began:.1f} s. Nothing is left running.")

    def _event(self, text: str) -> None:
        self._console.say(f"{datetime.now().astimezone():%H:%M:%S} {text}")


def first_page(host: str, port: int, path: str) -> Callable[[], int]:
    """A probe: asks for the page until it is shown, so that it is warm for the first visitor. 0 when it was."""

    def ask() -> int:
        until = time.monotonic() + LONGEST_START_S
        while time.monotonic() < until:
            connection = http.client.HTTPConnection(host, port, timeout=LONGEST_START_S)
            try:
                connection.request("GET", path, headers={"Host": "localhost"})
                if connection.getresponse().status < 500:
                    return 0
            except (OSError, http.client.HTTPException):
                pass  # not up yet, or just being started again
            finally:
                connection.close()
            time.sleep(0.3)
        return 1

    return ask


def shorten(log: Path) -> None:
    """Keep the log below 20 MB: what it held goes to `.1`; the writers append, so they go on where it now ends."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT_BYTES:
            log.with_name(log.name + ".1").write_bytes(log.read_bytes())
            os.truncate(log, 0)


def descendants(pid: int) -> list[int]:
    """Every process below `pid`, nearest first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        below = children.get(todo.pop(0), [])
        found += below
        todo += below
    return found


def _ended() -> list[tuple[int, int]]:
    """(process, wait status) of every child that has ended, adopted ones too."""
    ended = []
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            ended.append((pid, status))
    return ended


def _all_gone() -> bool:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        return True
    return False


def _send(pid: int, number: signal.Signals) -> None:
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return "ended" if code == 0 else f"ended with error {code}"
