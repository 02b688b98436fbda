"""A supervisor with toy children, run as a program of its own by the tests:

    python -m tests.ops.toys FOLDER kind [kind …]

A `steady` child sleeps; a `stubborn` one does not listen to SIGTERM; a `parent` has a child of its own that does not
listen either; a `broken` one ends with an error at once. Each writes its process number to FOLDER/<kind>.<pid>.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rareearth.portal import supervisor
from rareearth.portal.children import Child
from scripts.console import Console


def _note(folder: Path, kind: str) -> None:
    (folder / f"{kind}.{os.getpid()}").touch()


def toy(folder: Path, kind: str) -> Callable[[], int]:
    def steady() -> int:
        _note(folder, kind)
        time.sleep(600)
        return 0

    def stubborn() -> int:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        return steady()

    def parent() -> int:
        if os.fork() == 0:
            # Follows nobody: only a supervisor that adopts orphans can end it.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            _note(folder, "grandchild")
            time.sleep(600)
            os._exit(0)
        return steady()

    def broken() -> int:
        _note(folder, kind)
        raise ValueError("a setting is wrong")

    works = {"steady": steady, "stubborn": stubborn, "parent": parent, "broken": broken}
    return works[kind]


def main() -> int:
    folder, kinds = Path(sys.argv[1]), sys.argv[2:]
    supervisor.STOP_GRACE_S = 1.5
    console = Console()

    def probe() -> int:
        while not all(list(folder.glob(f"{kind}.*")) for kind in kinds):
            time.sleep(0.02)
        if "broken" in kinds:
            time.sleep(600)
        return 0

    return supervisor.Supervisor(
        [Child(kind, f"The {kind} child", toy(folder, kind), folder / f"{kind}.log") for kind in kinds],
        console=console,
        probe=probe,
        when_ready=lambda: console.say("ready"),
    ).run()


if __name__ == "__main__":
    raise SystemExit(main())
