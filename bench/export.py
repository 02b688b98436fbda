"""An Excel file of 10 000 rows of the list of dockets, as an officer's export makes it: found, loaded, written.

In seconds of processor time (bench.effort).
"""

import io
import statistics
from typing import Any

from django.http import QueryDict

from bench import dockets, lists
from bench.dockets import Bench
from bench.effort import measured
from bench.lines import line
from casework.lists import DOCKETS
from core import clock
from core.lists import export, keyset
from core.lists.state import read

ROWS = 10_000
ROUNDS, SMALL_ROUNDS = 5, 3


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table."""
    size, rounds = (lists.SHORT_TABLE, SMALL_ROUNDS) if small else (lists.LARGE_TABLE, ROUNDS)
    lines = [_of(dockets.sqlite(size), rounds)]
    with dockets.postgresql() as make:
        if make is not None:
            lines.append(_of(make(size), rounds))
    return lines


def _of(bench: Bench, rounds: int) -> dict[str, Any]:
    with bench.entered(), clock.pinned(dockets.TODAY):
        spent = [measured(_export) for _turn in range(rounds + 1)][1:]  # the first one warms
    clock_s = statistics.median(one.clock_ms for one in spent) / 1000
    seconds = statistics.median(one.processor_ms for one in spent) / 1000
    return line(
        f"{bench.vendor}, Excel export of {ROWS:,} rows ({clock_s:.1f} s by the clock)", seconds, "s", at_most=5
    )


def _export() -> None:
    """The usual view of everything one sees, cut at the rows the figure is about."""
    state = read(DOCKETS, dockets.viewer(), QueryDict("tab=all"))
    out = io.BytesIO()
    written = export.write(state, keyset.ids(state.scans(), state.order, limit=ROWS), out)
    if written != ROWS or not out.getvalue().startswith(b"PK"):
        raise RuntimeError(f"the file holds {written} rows")
