"""`make run`: prepare the machine, then hand over to the portal's supervisor. Standard library only."""

import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from scripts import address, layout, prepare  # noqa: E402
from scripts.console import Console, Failure, os_failure, stop_with  # noqa: E402


def main() -> None:
    # Handed on to the portal, which says how long all of it took: the packages too.
    os.environ["PORTAL_STARTED_AT"] = str(time.time())
    try:
        host, port = os.environ.get("HOST") or "127.0.0.1", address.parse_port(os.environ.get("PORT") or "8000")
        if layout.is_larger(sys.argv):
            layout.must_be_larger()
            layout.parse_workers(_after("--workers", "2"))
        # Asked now, so that nobody waits for the packages to hear that the port is taken.
        address.listen(host, port).close()
        prepare.prepare("run", Console())
    except Failure as failure:
        stop_with(failure)
    except OSError as error:
        stop_with(os_failure(error, "preparing"))
    except KeyboardInterrupt:
        Console(sys.stderr).say("Stopped.")
        raise SystemExit(130) from None
    python = str(prepare.VENV_PYTHON)
    # Held back until the supervisor listens: a Ctrl-C while Python starts would end in a stack trace.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    os.chdir(ROOT)
    os.execv(python, [python, "scripts/start.py", "portal", "--host", host, "--port", str(port), *sys.argv[1:]])


def _after(option: str, default: str) -> str:
    arguments = sys.argv
    return arguments[arguments.index(option) + 1] if option in arguments[:-1] else default


if __name__ == "__main__":
    main()
