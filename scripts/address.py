"""The address the portal listens on: read, tried, and refused in words. Standard library only."""

import contextlib
import errno
import os
import socket
from pathlib import Path

from scripts import layout
from scripts.console import Failure


def parse_port(text: str) -> int:
    """A port number from 1 to 65535, or a Failure that says so."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Failure(
            f"PORT must be a number from 1 to 65535, not {text!r}.", f"For example: {layout.command()} PORT=8080"
        )
    return int(text)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, or a Failure that says why not and what to do."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise Failure(
            f"HOST={host} is not an address of this machine.", f"For example: {layout.command()} HOST=0.0.0.0"
        ) from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(256)
    except OSError as error:
        listener.close()
        raise _refused(host, port, error) from error
    return listener


def _refused(host: str, port: int, error: OSError) -> Failure:
    if error.errno == errno.EADDRINUSE:
        owner = holder(port)
        return Failure(
            f"Port {port} is taken by {owner}." if owner else f"Port {port} is taken by another program.",
            f"Stop it, or choose another port: {layout.command()} PORT={_next_free(host, port)}",
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Failure(
            f"This account may not listen on port {port} (below 1024 only an administrator may).",
            f"Choose a higher port: {layout.command()} PORT=8000",
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return Failure(
            f"HOST={host} is not an address of this machine.", f"For all its addresses: {layout.command()} HOST=0.0.0.0"
        )
    return Failure(f"Cannot listen on {host}:{port}: {error.strerror}.")


def _next_free(host: str, port: int) -> int:
    for candidate in range(port + 1, min(port + 100, 65535)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((host, candidate))
            return candidate
    return 8080 if port != 8080 else 8081


def holder(port: int) -> str | None:
    """'python3 (process 123)' for the program that listens on the port, where this account may know it."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                    inodes.add(f"socket:[{fields[9]}]")
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(os.readlink(handle) in inodes for handle in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
    return None


def urls(host: str, port: int) -> list[str]:
    """What to type into a browser for this address."""
    if host in {"0.0.0.0", "::", ""}:
        return [f"http://127.0.0.1:{port}/", f"http://{_own_address()}:{port}/"]
    return [f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"]


def _own_address() -> str:
    """The address other machines reach this one by; nothing is sent."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        name: str = probe.getsockname()[0]
        return name
    return socket.gethostname()
