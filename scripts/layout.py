"""Which of the two set-ups is started, and whether what it needs was given: asked before anything long begins. Standard library only."""

import os
import sys
from collections.abc import Mapping

from scripts.console import Failure

EXAMPLE = "make larger DATABASE_URL=postgres://user:password@host/portal REDIS_URL=redis://host:6379/0 WORKERS=2"
MOST_WORKERS = 64


def is_larger(arguments: list[str]) -> bool:
    return "larger" in arguments or "--layout=larger" in arguments


def command() -> str:
    """What to type to start this set-up again."""
    return "make larger" if is_larger(sys.argv) else "make run"


def parse_workers(text: str) -> int:
    """A number of workers from 1 to 64, or a Failure that says so."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_WORKERS:
        raise Failure(
            f"WORKERS must be a number from 1 to {MOST_WORKERS}, not {text!r}.", "For example: make larger WORKERS=2"
        )
    return int(text)


def must_be_larger(given: Mapping[str, str] = os.environ) -> None:
    """Refuse the larger set-up without its two servers: on an empty folder it would begin an embedded database."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not (given.get(name) or given.get(f"{name}_FILE"))]
    if missing:
        raise Failure(
            f"The larger set-up needs PostgreSQL and Redis: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set.",
            EXAMPLE,
        )
