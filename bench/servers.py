"""The PostgreSQL of a bench run."""

import contextlib
import os
from collections.abc import Iterator

from tests.plugins.servers import PostgresServer, postgres_binaries


@contextlib.contextmanager
def postgresql_server(*, durable: bool = False) -> Iterator[str | None]:
    """The address of a PostgreSQL: TEST_DATABASE_URL, else a server of one's own; None without one.

    A `durable` one flushes each commit to disk, as servers in use do, and is always one's own.
    """
    given = None if durable else os.environ.get("TEST_DATABASE_URL")
    if given or postgres_binaries() is None:
        yield given or None
        return
    server = PostgresServer(durable=durable)
    try:
        yield server.url
    finally:
        server.close()
