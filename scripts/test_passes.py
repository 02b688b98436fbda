"""`make test`, second half: the passes, their counts and times, and one line on what was left out.

1. SQLite: everything quick, in parallel.
2. PostgreSQL: every test that uses the database, once more, in parallel (a server of the run's own).
3. Real things: processes that are killed, a Redis that is stopped, a browser that opens every page. File by file, the longest
   first, one more at once than there are processors: each has servers, ports and folders of its own, and most of them wait.

REQUIRE_ALL=1 makes leaving anything out a failure. WITHOUT=redis,chromium plays a machine that lacks them.
ARGS="-k name" is handed to pytest in every pass.
"""

import contextlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from tests.plugins import availability  # noqa: E402
from tests.plugins.servers import PostgresServer  # noqa: E402

NOTHING_COLLECTED = 5
MORE = 1  # processes beyond the processors: most of these tests wait


@dataclass
class Pass:
    name: str
    markers: str
    spread: str  # how pytest-xdist hands tests out
    processes: str = "auto"  # how many at once: as many as there are processors
    environment: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    status: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        began = time.monotonic()
        print(f"\n── {self.name} " + "─" * (70 - len(self.name)), flush=True)
        with tempfile.NamedTemporaryFile(suffix=".json") as summary:
            command = [sys.executable, "-m", "pytest", "-q", "-m", self.markers]
            command += ["-n", os.environ.get("TEST_PROCESSES", self.processes), "--dist", self.spread]
            command += ["--no-loadscope-reorder"]  # in the order of tests.plugins.order
            command += shlex.split(os.environ.get("ARGS", ""))
            environment = {**os.environ, **self.environment, "PORTAL_TEST_SUMMARY": summary.name}
            self.status = subprocess.run(command, cwd=ROOT, env=environment).returncode
            text = Path(summary.name).read_text()
        self.seconds = time.monotonic() - began
        found = json.loads(text) if text else {}
        self.left_out = found.pop("left_out", {})
        self.counts = found

    @property
    def failed(self) -> bool:
        return self.status not in {0, NOTHING_COLLECTED}

    def line(self) -> str:
        words = [
            f"{self.counts[key]} {key}" for key in ("passed", "failed", "error", "xfailed") if self.counts.get(key)
        ]
        if skipped := sum(self.left_out.values()):
            words.append(f"{skipped} left out")
        return (
            f"{'✗' if self.failed else '✓'} {self.name:<22} {', '.join(words) or 'no tests':<40} {self.seconds:6.0f} s"
        )


@contextlib.contextmanager
def postgres() -> Iterator[str | None]:
    """URL of a PostgreSQL server for the whole run, or None where there is none."""
    if availability.lacking(["postgres"]):
        yield None
    elif given := os.environ.get("TEST_DATABASE_URL"):
        yield given
    else:
        server = PostgresServer()
        try:
            yield server.url
        finally:
            server.close()


def main() -> int:
    began = time.monotonic()
    passes: list[Pass] = []
    left_out: Counter[str] = Counter()
    with postgres() as server_url, tempfile.TemporaryDirectory(prefix="portal-test-") as var:
        # Tests write nowhere near the data of the portal that runs from this folder.
        os.environ["PORTAL_VAR"] = var
        shared = {"TEST_DATABASE_URL": server_url} if server_url else {}
        passes.append(
            Pass(
                "SQLite", "not worker and not chromium and not postgres", "worksteal", environment={"DATABASE_URL": ""}
            )
        )
        if server_url:
            markers = "not worker and not chromium and not redis"
            passes.append(Pass("PostgreSQL", markers, "worksteal", environment={**shared, "DATABASE_URL": server_url}))
        else:
            left_out[availability.reason(["postgres"])] += 1
        passes.append(
            Pass(
                "processes and browser",
                "worker or chromium",
                "loadfile",
                str((os.cpu_count() or 1) + MORE),
                {**shared, "DATABASE_URL": ""},
            )
        )
        for each in passes:
            each.run()
            left_out.update(each.left_out)
    print("\n" + "─" * 74)
    for each in passes:
        print(each.line())
    print(f"  {'all':<22} {sum(each.counts.get('passed', 0) for each in passes)} passed {'':<33}"
          f"{time.monotonic() - began:6.0f} s")  # fmt: skip
    print(_left_out_line(left_out, suite_on_postgres=server_url is not None))
    if left_out and availability.require_all():
        print("✗ REQUIRE_ALL=1: leaving anything out is a failure.")
        return 1
    return 1 if any(each.failed for each in passes) else 0


def _left_out_line(left_out: Counter[str], *, suite_on_postgres: bool) -> str:
    if not left_out:
        return "Nothing was left out."
    parts = []
    for reason, count in sorted(left_out.items()):
        if reason == availability.reason(["postgres"]) and not suite_on_postgres:
            parts.append(f"the pass on PostgreSQL: {reason}")
        else:
            parts.append(f"{count} tests: {reason}")
    return "Left out: " + " · ".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
