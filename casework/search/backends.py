"""The full-text index of each database: which dockets hold all of these tokens. Built by migration 0002."""

import math
import time
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from casework.search.text import LONGEST_PREFIX, Question

TABLE: Final = "casework_searchentry"
FTS: Final = "casework_search"
GIN: Final = "casework_search_tokens"
STATISTICS_FOR_S: Final = 300.0
_statistics: dict[str, tuple[float, float, dict[str, float]]] = {}


def candidates(asked: Question, scope: Sequence[str], most: int) -> list[int] | None:
    """Ids of dockets that may match within the scope (any of its tokens; none: everywhere). None: more than `most`."""
    ask = _sqlite if connection.vendor == "sqlite" else _postgresql
    return ask(asked, scope, most)


def is_exact(asked: Question) -> bool:
    """Does every candidate match? FTS5 answers phrases; on PostgreSQL the candidates have been looked at."""
    return connection.vendor == "postgresql" or (not asked.is_trimmed and len(asked.initials) <= LONGEST_PREFIX)


def _sqlite(asked: Question, scope: Sequence[str], most: int) -> list[int] | None:
    words = f'"{" ".join(asked.pairs)}"'
    if asked.initials:
        words = f'({words} OR "{asked.prefix}")'
    if scope:
        words += " AND ({})".format(" OR ".join(f'"{token}"' for token in scope))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s LIMIT %s", [words, most + 1])  # noqa: S608
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= most else None


def _postgresql(asked: Question, scope: Sequence[str], most: int) -> list[int] | None:
    """GIN reads whole lists before it answers, so what is known to be frequent is not asked of it.

    Several frequent pairs may still make a rare word: only when even their product is frequent the list is walked.
    GIN says which tokens a row holds, not in which order. Its rows are read here anyhow, so they are looked at here, once.
    """
    ways = [sorted(set(asked.pairs))] + ([[asked.prefix]] if asked.initials else [])
    rows, known = _frequencies()
    within = min(1.0, sum(known.get(token, 0.0) for token in scope)) if scope else 1.0
    for tokens in ways:
        if rows * within * math.prod(known.get(token, 0.0) for token in tokens) > most:
            return None
    array = "string_to_array(tokens, ' ')"
    wanted = " OR ".join(f"{array} @> %s::text[]" for _tokens in ways)
    fits, params = "strpos(text, %s) > 0", [asked.text]
    if asked.initials:
        fits, params = f"({fits} OR strpos(initials, %s) > 0)", [*params, f" {asked.initials}"]
    found = f"SELECT docket_id, text, initials FROM {TABLE} WHERE ({wanted})"  # noqa: S608 - names of this module
    asked_for: list[Any] = [*params, *ways]
    if scope:
        found += f" AND {array} && %s::text[]"
        asked_for.append(list(scope))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*), array_agg(docket_id) FILTER (WHERE {fits}) FROM ({found} LIMIT %s) AS found",  # noqa: S608
            [*asked_for, most + 1],
        )
        looked_at, ids = cursor.fetchone()
    return list(ids or []) if looked_at <= most else None


def _frequencies() -> tuple[float, dict[str, float]]:
    """Rows of the table, and the share of them that each frequent token is in, as the database last measured."""
    name = str(connection.settings_dict["NAME"])
    known = _statistics.get(name)
    if known is None or known[0] < time.monotonic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [TABLE])
            rows = max(0.0, float(cursor.fetchone()[0]))
            cursor.execute(
                "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats"
                " WHERE schemaname = current_schema() AND tablename = %s",
                [GIN],
            )
            row = cursor.fetchone()
        shares = dict(zip(row[0], row[1], strict=False)) if row and row[0] else {}
        known = _statistics[name] = (time.monotonic() + STATISTICS_FOR_S, rows, shares)
    return known[1], known[2]


def tidy() -> None:
    """After many rows were written: join the index's parts, measure frequencies anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")  # noqa: S608
        else:
            cursor.execute(f"ANALYZE {TABLE}")
    _statistics.clear()
