"""What an act costs, in processor time: of this process and of the PostgreSQL process that answers it.

Other work on the machine disturbs it far less than it disturbs a clock. Nothing is hidden by it: pages are asked for warm, so
there is no disk to wait for. Against a server elsewhere only the clock is left.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass(frozen=True, slots=True)
class Effort:
    clock_ms: float
    processor_ms: float


def measured(act: Callable[[], object]) -> Effort:
    server = _server()
    before = _used(server)
    own, began = time.process_time(), time.perf_counter()
    act()
    clock_ms = (time.perf_counter() - began) * 1000
    own_ms = (time.process_time() - own) * 1000
    if connection.vendor == "postgresql" and server is None:
        return Effort(clock_ms, clock_ms)
    return Effort(clock_ms, own_ms + (_used(server) - before))


def _server() -> Path | None:
    """Where the kernel counts the nanoseconds of the backend of this connection."""
    if connection.vendor != "postgresql":
        return None
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    found = Path(f"/proc/{pid}/schedstat")
    try:
        is_ours = Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except OSError:
        return None
    return found if is_ours and found.exists() else None


def _used(server: Path | None) -> float:
    return int(server.read_text().split()[0]) / 1e6 if server else 0.0
