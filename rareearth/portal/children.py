"""One child of the supervisor: forked with the portal already loaded, so that it starts at once and shares memory."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rareearth.portal import guard

# Every signal the supervisor waits for itself; a child starts with none of them held back.
HELD = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
QUICK_DEATH_S = 20.0
LONGEST_PAUSE_S = 30.0


@dataclass
class Child:
    """`run` is called in the child process and does not return before the child's work is over."""

    name: str
    label: str
    run: Callable[[], int | None]
    log: Path
    # What the kernel sends when the supervisor is gone.
    orphaned_by: signal.Signals = signal.SIGTERM
    pid: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        parent = os.getpid()
        self.started_at = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            enter(parent, self.orphaned_by, f"portal-{self.name}", self.log)
            leave(self.run)

    def died(self) -> float:
        """Note a death; the seconds to wait before the next start: growing while it keeps dying young."""
        quick = time.monotonic() - self.started_at < QUICK_DEATH_S
        self.deaths = self.deaths + 1 if quick else 1
        pause = 0.0 if self.deaths == 1 else min(LONGEST_PAUSE_S, 0.5 * 2 ** (self.deaths - 2))
        self.pid = 0
        self.start_again_at = time.monotonic() + pause
        return pause

    def last_words(self) -> str:
        """The last line of its log, for the message that it could not start."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1][:300] if lines else ""


def enter(parent: int, orphaned_by: signal.Signals, name: str, log: Path | int) -> None:
    """The first steps of a forked process: follow the parent, signals as in a fresh process, output to the log."""
    guard.die_with_parent(parent, orphaned_by)
    guard.name_process(name)
    for number in HELD:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    output = log if isinstance(log, int) else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(nothing)
    os.close(output)
    # Line by line, so that progress is seen and an error comes after what was printed before it.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def leave(run: Callable[[], int | None]) -> None:
    """Do the work and end the process, without ever going back into the parent's code."""
    code = 0
    try:
        code = run() or 0
    finally:
        error = sys.exc_info()[1]
        if error is not None:
            code = _exit_code(error)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _exit_code(error: BaseException) -> int:
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, KeyboardInterrupt):
        return 130
    traceback.print_exception(error)
    return 1
