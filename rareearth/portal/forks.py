"""A piece of preparation in a process of its own, so that its memory and its database connections go with it."""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rareearth.portal.children import HELD, enter, leave
from scripts.console import Console, Failure

ASKED_TO_STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
WORDS = "✗"  # the child's last line begins with it when it could say in words what was wrong


class Stopped(Exception):
    """The person at the keyboard wants no more."""


class StepFailed(Exception):
    """The step ended with an error that it could not put in words; the log has the trace."""


def in_process(work: Callable[[], None], *, console: Console, log: Path) -> None:
    """Run `work`; its printed lines appear beside the step and in the log. Raises Failure, StepFailed or Stopped."""
    reading, writing = os.pipe()
    parent = os.getpid()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        enter(parent, signal.SIGKILL, "portal-prepare", writing)
        # Ctrl-C reaches the whole group; the parent is the one who answers it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        leave(lambda: _in_words(work))
    os.close(writing)
    said = _follow(reading, pid, console, log)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status == 0:
        return
    if said and said[-1].startswith(WORDS):
        what, *advice = said[-1].removeprefix(WORDS).strip().split("\t")
        raise Failure(what, *advice)
    raise StepFailed(next((line for line in reversed(said) if line.strip()), f"exit status {status}"))


def _in_words(work: Callable[[], None]) -> int:
    try:
        work()
    except Failure as failure:
        print("\t".join([f"{WORDS} {failure}", *failure.advice]), flush=True)
        return 1
    return 0


def _follow(reading: int, pid: int, console: Console, log: Path) -> list[str]:
    """Read what the child prints until it closes its end; a signal meant for us ends the child."""
    said: list[str] = []
    pending = b""
    with os.fdopen(reading, "rb", buffering=0) as stream, log.open("ab") as record:
        while True:
            received = signal.sigtimedwait(HELD - {signal.SIGCHLD}, 0)
            if received is not None:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                raise Stopped
            if select.select([stream], [], [], 0.2)[0]:
                chunk = stream.read(65536)
                if not chunk:
                    return said
                record.write(chunk)
                *lines, pending = (pending + chunk).split(b"\n")
                said += [line.decode(errors="replace").rstrip() for line in lines]
            console.tick(said[-1][:100] if said else None)
            time.sleep(0)
