"""Runs a management command so that nothing ends in a stack trace: the trace goes to the log, words to the screen."""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from scripts.console import Console, Failure, os_failure  # noqa: E402


def in_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An excepthook: what went wrong as a sentence, the trace in var/log/setup.log."""
    log = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").absolute() / "log" / "setup.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            traceback.print_exception(kind, error, trace, file=file)
        details = f"Details: {log}"
    except OSError as problem:
        details = f"(No details: {log} cannot be written: {problem.strerror}.)"
    Console(sys.stderr).problem(_failure(kind, error, details))


def _failure(kind: type[BaseException], error: BaseException, details: str) -> Failure:
    if isinstance(error, Failure):
        return Failure(str(error), *error.advice, details)
    if isinstance(error, OSError):
        failure = os_failure(error, "starting the portal")
        return Failure(str(failure), *failure.advice, details)
    if kind.__name__ == "ImproperlyConfigured":
        return Failure(f"A setting is wrong: {error}", "Settings are environment variables; see .env.example.", details)
    if isinstance(error, ImportError):
        return Failure(f"A part of the portal cannot be loaded: {error}", "Try: rm -rf .venv && make run", details)
    return Failure(f"The portal could not be started ({kind.__name__}: {error}).", details)


if __name__ == "__main__":
    sys.excepthook = in_words
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *sys.argv[1:]])
