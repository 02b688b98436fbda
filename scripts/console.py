"""What the two commands say while they work: one line per step, in words, with its time. Standard library only."""

import contextlib
import errno
import io
import os
import shutil
import sys
import time
from collections.abc import Iterator
from typing import NoReturn, TextIO


class Failure(Exception):
    """Something the person at the keyboard can understand and put right: what happened, then what to do."""

    def __init__(self, what: str, *advice: str) -> None:
        self.advice = advice
        super().__init__(what)


class Console:
    """Prints steps. On a terminal a running step shows its latest word and the seconds; in a log, one line each."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        if isinstance(self.stream, io.TextIOWrapper):
            # A terminal in GBK or ASCII cannot show every sign; that is no reason to stop.
            self.stream.reconfigure(errors="replace")
        self._running: tuple[str, float] | None = None
        self.detail = ""

    def say(self, text: str = "") -> None:
        self._erase()
        print(text, file=self.stream, flush=True)

    def problem(self, failure: Failure) -> None:
        self.say(f"✗ {failure}")
        for line in failure.advice:
            self.say(f"  {line}")

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Show `name` while the block runs and how long it took; a failed step keeps its line for what follows."""
        began = time.monotonic()
        self._running, self.detail = (name, began), ""
        self.tick()
        if not self.live:
            print(f"· {name} …", file=self.stream, flush=True)
        try:
            yield
        except BaseException:
            self._running = None
            self._erase()
            raise
        self._running = None
        self._erase()
        took = time.monotonic() - began
        detail = f": {self.detail}" if self.detail else ""
        print(f"✓ {name}{detail} ({took:.1f} s)", file=self.stream, flush=True)

    def tick(self, detail: str | None = None) -> None:
        """Redraw the running step, with a new word on what it is doing."""
        if detail is not None:
            self.detail = detail
        if self._running is None or not self.live:
            return
        name, began = self._running
        line = f"· {name} … {time.monotonic() - began:.0f} s  {self.detail}"
        width = shutil.get_terminal_size((100, 24)).columns
        print(f"\r\033[2K{_fit(line, width - 1)}", end="", file=self.stream, flush=True)

    def _erase(self) -> None:
        if self.live:
            print("\r\033[2K", end="", file=self.stream, flush=True)


def _fit(text: str, columns: int) -> str:
    """Cut to the width of the terminal; a Chinese character takes two columns."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if ord(character) > 0x2E7F else 1
        if used > columns:
            return text[:index]
    return text


def stop_with(failure: Failure) -> NoReturn:
    """Say the failure in words and leave."""
    Console(sys.stderr).problem(failure)
    raise SystemExit(1)


def os_failure(error: OSError, doing: str) -> Failure:
    """An error of the operating system in words."""
    where = f" {error.filename}" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return Failure(f"The disk is full{where} (while {doing}).", "Free some space (df -h shows how much is left).")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Failure(
            f"No permission to write{where} (while {doing}).",
            "Give this account the folder (chown, chmod), or choose another: PORTAL_VAR=/a/folder/of/yours make run",
        )
    if error.errno == errno.EROFS:
        return Failure(
            f"The file system is read-only{where} (while {doing}).",
            "Choose another folder: PORTAL_VAR=/a/folder/of/yours make run",
        )
    return Failure(f"{doing.capitalize()} did not work: {error.strerror or error}{where}.")


def must_be_writable(folder: str, what: str) -> None:
    """Make the folder and try it, so that the refusal comes now and in words."""
    probe = os.path.join(folder, f".writable-{os.getpid()}")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(probe, "wb") as file:
            file.write(b"x" * 65536)
        os.unlink(probe)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(probe)
        error.filename = folder
        raise os_failure(error, f"preparing {what}") from error
