"""Start of `make run` to the first page, and what the whole process group holds in memory when idle.

Memory is PSS: a page shared by six processes counts a sixth in each, so the sum is what the machine really gives. Beside
it: the same servers started each on its own, as their manuals say.
"""

import contextlib
import http.client
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from rareearth.portal.supervisor import descendants
from tests.plugins.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
# The goals of this project for a machine of two cores; the second start has everything prepared.
SECOND_START_S = 6.0
IDLE_MB = 320.0
OF_SEPARATE = 0.75
SETTLE_S = 12.0


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table."""
    # A short run invents people and companies only: inventing their matters takes a minute and shows nothing about starting.
    province = ["--stories", "0"] if small else []
    first_s, _, _ = _start_and_stop(*province, settle_s=0)
    starts, stops, memory = [], [], []
    for _ in range(1 if small else 5):
        start_s, stop_s, idle = _start_and_stop(*province, settle_s=2 if small else SETTLE_S)
        starts.append(start_s)
        stops.append(stop_s)
        memory.append(idle)
    separate = _separate(settle_s=2 if small else SETTLE_S)
    start_s, idle_mb = statistics.median(starts), statistics.median(idle for idle, _ in memory)
    processes = memory[0][1]
    ratio = idle_mb / separate
    return [
        _line(f"first start to the first page (packages there{', no matters' if small else ''})", first_s, None, "s"),
        _line("second start to the first page", start_s, f"≤ {SECOND_START_S:g}", "s", start_s <= SECOND_START_S),
        _line("Ctrl-C until nothing is left", statistics.median(stops), None, "s"),
        _line(f"idle memory of all {processes} processes", idle_mb, f"≤ {IDLE_MB:g}", "MB", idle_mb <= IDLE_MB),
        _line("the same servers started separately", separate, None, "MB"),
        _line("idle memory against separate", ratio, f"≤ {OF_SEPARATE:g}", "×", ratio <= OF_SEPARATE),
    ]


def _line(name: str, value: float, goal: str | None, unit: str, ok: bool = True) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "goal": goal, "unit": unit, "ok": ok}


def _start_and_stop(*arguments: str, settle_s: float) -> tuple[float, float, tuple[float, int]]:
    """(seconds to the first page, seconds to stop, (idle MB, processes)) of one `make run`."""
    port = free_port()
    began = time.monotonic()
    with _process([sys.executable, "scripts/run.py", *arguments], PORT=str(port), HOST="127.0.0.1") as process:
        _wait_for_page(port, process)
        started = time.monotonic() - began
        time.sleep(settle_s)
        group = [process.pid, *descendants(process.pid)]
        idle = (sum(map(pss_mb, group)), len(group))
        stopping = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(60)
        return started, time.monotonic() - stopping, idle


def _separate(*, settle_s: float) -> float:
    """Idle memory of gunicorn (two workers), a Celery worker and beat, each started by its own command."""
    port = free_port()
    commands = [
        ["gunicorn", "--no-control-socket", "--workers", "2", "--bind", f"127.0.0.1:{port}", "rareearth.wsgi"],
        ["celery", "-A", "rareearth", "worker", "--concurrency", "1", "--loglevel", "ERROR"],
        ["celery", "-A", "rareearth", "beat", "--loglevel", "ERROR"],
    ]
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(_process([sys.executable, "-m", *command])) for command in commands]
        _wait_for_page(port, processes[0])
        time.sleep(max(settle_s, 6))
        return sum(pss_mb(pid) for process in processes for pid in [process.pid, *descendants(process.pid)])


@contextlib.contextmanager
def _process(command: list[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    log = settings.VAR / "bench.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait_for_page(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 900
    while time.monotonic() < until:
        if process.poll() is not None:
            log = (settings.VAR / "bench.log").read_text(errors="replace")
            raise RuntimeError(f"the portal ended with {process.returncode}:\n{log[-3000:]}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/login/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.02)
    raise RuntimeError("no page within fifteen minutes")


def pss_mb(pid: int) -> float:
    """The process's share of memory; 0 when it has just ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0
