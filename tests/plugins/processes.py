"""The portal's real processes, for tests that kill them.

`tests.plugins.prepared` has the fixtures that start one.
"""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.plugins.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_S = 240.0


class Portal:
    """A running portal: its processes, its data folder, and ways to harm it."""

    def __init__(self, var: Path, *arguments: str, **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {
            key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "MAKELEVEL"}
        }
        self.environment = {**kept, "PORTAL_VAR": str(var), **environment}
        self._arguments = arguments
        self.process: subprocess.Popen[str] | None = None
        self._output = var / "output.txt"

    # --- life ---------------------------------------------------------------------------------------------------
    def start(self) -> "Portal":
        """Start and wait until it says that it is ready."""
        self.var.mkdir(parents=True, exist_ok=True)
        with self._output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/start.py", "portal", "--port", str(self.port), *self._arguments],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, text=True,
                start_new_session=True,
            )  # fmt: skip
        self.wait_until(lambda: "Ctrl-C stops it" in self.said() or self._ended(), "the portal to start", START_S)
        assert not self._ended(), f"the portal ended:\n{self.said()}\n{self.logs()}"
        return self

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Signal the supervisor and wait for its end; returns its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(60)

    def kill_supervisor(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def said(self) -> str:
        """What it printed."""
        return self._output.read_text()

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-4000:] for path in sorted((self.var / "log").glob("*.log")))

    # --- processes ----------------------------------------------------------------------------------------------
    def pids(self, *words: str) -> list[int]:
        """Processes of this portal, all or those whose name or command line holds every one of the words.

        Embedded: "portal-web" (the server and its two workers), "portal-worker" (does the jobs, holds the schedule).
        Larger: "gunicorn", "worker1@", "beat".
        """
        assert self.process is not None
        mine = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                variables = (entry / "environ").read_bytes()
                name = (entry / "comm").read_text().strip()
                line = f" {name} " + (entry / "cmdline").read_text().replace("\0", " ")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            ours = f"PORTAL_VAR={self.var}\0".encode() in variables + b"\0"
            if (
                ours
                and state != "Z"
                and all((f" {word} " if word.startswith("portal-") else word) in line for word in words)
            ):
                mine.append(int(entry.name))
        return sorted(mine)

    def kill(self, *words: str) -> list[int]:
        """kill -9 on the processes that `pids` finds; returns them."""
        found = self.pids(*words)
        assert found, f"no process {words} among {self.pids()}"
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return found

    # --- talking to it ------------------------------------------------------------------------------------------
    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """(status, body) of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def manage(self, *arguments: str) -> str:
        """Run a management command on the portal's data; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, text=True, capture_output=True
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def manage_meanwhile(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a management command and do not wait for it."""
        nothing = subprocess.DEVNULL
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdin=nothing, stdout=nothing, stderr=nothing)

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask the portal's database directly (placeholders: ? in both)."""
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url) as server:
                cursor = server.execute(query.replace("?", "%s"), parameters)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.var / "portal.sqlite3", timeout=30) as file:
            return file.execute(query, parameters).fetchall()

    @staticmethod
    def wait_until(is_so: Callable[[], Any], what: str, timeout_s: float = 60.0, pause_s: float = 0.02) -> Any:
        """Wait for something to be so; returns the answer. No test depends on how long it took."""
        until = time.monotonic() + timeout_s
        while not (answer := is_so()):
            assert time.monotonic() < until, f"waited {timeout_s} s for {what}"
            time.sleep(pause_s)
        return answer

    def close(self) -> None:
        """End it whatever state it is in, and everything it left."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in self.pids() if self.process is not None else []:
            os.kill(pid, signal.SIGKILL)
