"""What the commands that touch accounts share: only at a console, with a reason, by the service."""

import getpass
import os
import sys
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from core.errors import RuleBroken


def reason_for(given: str | None, question: str) -> str:
    """The reason, asked for at the terminal unless given. Refused where nobody sits: such an act is no part of a script."""
    if not sys.stdin.isatty():
        raise CommandError("This is done at a terminal only: log in to the machine (or docker-compose run web …).")
    reason = (given if given is not None else input(f"{question} ")).strip()
    if not reason:
        raise CommandError("Nothing was changed: the trail needs a reason.")
    return reason


def who() -> str:
    """The machine's account that acts, before sudo or runuser, as far as the machine tells."""
    try:
        return os.environ.get("PORTAL_CONSOLE_USER") or os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def in_words(act: Callable[[], Any]) -> Any:
    """A refusal of the rules becomes the words of a command."""
    try:
        return act()
    except RuleBroken as refusal:
        raise CommandError(" ".join(refusal.reasons)) from refusal
