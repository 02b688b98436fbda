"""The PostgreSQL of a bench run."""

import contextlib
import os
from collections.abc import Iterator

from tests.plugins.servers import PostgresServer, postgres_binaries


@contextlib.contextmanager
def postgresql_server() -> Iterator[str | None]:
    """The address of a PostgreSQL: TEST_DATABASE_URL, else a server of one's own; None without one."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given or postgres_binaries() is None:
        yield given or None
        return
    server = PostgresServer()
    try:
        yield server.url
    finally:
        server.close()
