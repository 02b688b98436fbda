"""`manage.py portal`: prepare what is due, then run web server, worker and schedule until Ctrl-C."""

import contextlib
import fcntl
import gc
import importlib
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.urls import get_resolver, reverse
from kombu import Connection
from kombu.exceptions import OperationalError

from rareearth.portal import larger
from rareearth.portal.children import HELD, Child
from rareearth.portal.forks import Stopped
from rareearth.portal.preparation import Preparation
from rareearth.portal.supervisor import Supervisor, first_page, shorten
from scripts import address, layout, system
from scripts.console import Console, Failure, must_be_writable, os_failure

STARTED = time.monotonic()


class Command(BaseCommand):
    help = "Run the portal: web server, worker and schedule in one process group."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--layout", choices=["embedded", "larger"], default="embedded")
        parser.add_argument("--workers", default="2", help="Celery workers of the larger set-up")
        parser.add_argument("--no-demo", action="store_true", help="do not load the demo province on the first start")
        parser.add_argument("--stories", type=int, help="how many chains of matters the demo province gets")

    def handle(self, *_args: Any, **options: Any) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
        console = Console()
        try:
            code = self._run(console, options)
        except Failure as failure:
            console.problem(failure)
            code = 1
        except OSError as error:
            console.problem(os_failure(error, "starting the portal"))
            code = 1
        except Stopped:
            console.say("Stopped.")
            code = 130
        # Not by way of the interpreter's end: there is nothing to tidy, and a Ctrl-C there would print a trace.
        sys.stdout.flush()
        os._exit(code)

    def _run(self, console: Console, options: dict[str, Any]) -> int:
        host, port = options["host"], address.parse_port(str(options["port"]))
        workers = layout.parse_workers(str(options["workers"]))
        if options["layout"] == "larger":
            layout.must_be_larger()
        _must_answer(settings.REDIS_URL)
        logs = settings.VAR / "log"
        must_be_writable(str(logs), "the data folder")
        with _only_one(settings.VAR / "portal.lock") as lock, address.listen(host, port) as listener:
            demo = settings.DEMO and not options["no_demo"]
            Preparation(console, logs / "setup.log", demo=demo, stories=options["stories"]).run()
            if options["layout"] == "larger":
                children = larger.children(listener.fileno(), workers, logs)
            else:
                children = _embedded(listener, lock, logs)
            for child in children:
                shorten(child.log)
            return Supervisor(
                children,
                console=console,
                probe=first_page(*_reachable(listener), reverse("organisation:login")),
                when_ready=lambda: _welcome(console, host, port, accounts=demo),
            ).run()


@contextlib.contextmanager
def _only_one(path: Path) -> Any:
    """Hold the lock of the data folder: two schedules on one database would do everything twice."""
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Failure(
                f"The portal already runs on {path.parent} (process {lock.read().strip() or 'unknown'}).",
                "Stop it with Ctrl-C where it was started, or use another data folder: PORTAL_VAR=/a/folder "
                + layout.command(),
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock


def _reachable(listener: socket.socket) -> tuple[str, int]:
    host, port = listener.getsockname()[:2]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104 -- compared, not bound


def _embedded(listener: socket.socket, lock: Any, logs: Path) -> list[Child]:
    """Load everything once, here; the children are forked from it and share it."""
    from rareearth.portal import web, worker

    _load()

    def without_lock(run: Any) -> Any:
        def inner() -> int:
            # A child that still finishes its work must not keep the next start from the data folder.
            lock.close()
            code: int = run()
            return code

        return inner

    return [
        Child(
            "web", "The web server", without_lock(web.runner(listener.fileno(), workers=2)), logs / "web.log",
            orphaned_by=signal.SIGQUIT,
        ),
        Child("worker", "The worker", without_lock(worker.run), logs / "worker.log"),
    ]  # fmt: skip


def _load() -> None:
    """Import what the children will need, then let the memory be shared: no connection may be open."""
    importlib.import_module("rareearth.wsgi")
    _resolve(get_resolver())
    for name in ("celery.apps.worker", "celery.concurrency.prefork", "celery.beat", "celery.worker.consumer",
                 "gunicorn.arbiter", "gunicorn.workers.sync", "rareearth.filebroker"):  # fmt: skip
        importlib.import_module(name)
    from rareearth.celery import app

    app.loader.import_default_modules()
    app.finalize()
    connections.close_all()
    gc.collect()
    gc.freeze()


def _resolve(resolver: Any) -> None:
    """Import every module with URLs and views."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            _resolve(pattern)
    resolver._populate()


def _must_answer(redis_url: str) -> None:
    """Refuse to start beside a Redis that is not there. One that goes away later is waited for (core.jobs)."""
    if not redis_url:
        return
    options = {"socket_connect_timeout": 2, "socket_timeout": 2}
    try:
        with Connection(redis_url, transport_options=options) as link:
            link.ensure_connection(max_retries=1, timeout=3)
    except (OperationalError, OSError) as error:
        parts = urlsplit(redis_url)
        raise Failure(
            f"Redis at {parts.hostname or parts.path}:{parts.port or 6379} does not answer: {error}",
            "Check REDIS_URL and that the server runs (without REDIS_URL, make run carries messages by files).",
        ) from error


def _welcome(console: Console, host: str, port: int, *, accounts: bool) -> None:
    # `make run` says when it began, before it installed what was missing.
    began = float(os.environ.get("PORTAL_STARTED_AT") or 0) or time.time() - (time.monotonic() - STARTED)
    console.say(f"✓ Ready after {time.time() - began:.1f} s")
    console.say("")
    for url in address.urls(host, port):
        console.say(f"  稀土监管  {url}")
    if libraries := system.missing_libraries():
        console.say(f"  Without PDFs until this is run: {system.apt_line(libraries)}")
    if accounts:
        _show_accounts(console)
    console.say("")
    console.say(f"  Ctrl-C stops it. Logs: {settings.VAR / 'log'}")


def _show_accounts(console: Console) -> None:
    from rareearth.demo.accounts import DEMO_ACCOUNTS

    console.say("")
    for account in DEMO_ACCOUNTS:
        console.say(f"  {account}")
