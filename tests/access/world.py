"""A small world with one row of everything that has a page, and one officer of every kind that may ask for it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Door:
    """How a URL is guarded.

    `needs`: "" for everybody with a log-in, PUBLIC for everybody, else the permission. `row`: the world's row behind it; then
    whoever does not see the row gets 404. `inner`: a second row of the path, by parameter (the job of a docket). `args`: other
    arguments of the path. `method`: how it is asked.
    """

    needs: str = ""
    row: str = ""
    inner: tuple[tuple[str, str], ...] = ()
    args: tuple[tuple[str, Any], ...] = ()
    method: str = "get"
    query: str = ""
    or_needs: str = ""  # another permission that opens it too

    def path_of(self, row: Any, parameters: set[str]) -> dict[str, Any]:
        """Arguments of the path for this row of the door (None where it has none); `inner` ones are added by the caller."""
        given = dict(self.args)
        if row is not None:
            taken = {*given, *(parameter for parameter, _name in self.inner)}
            parameter = next(one for one in NAMED_BY if one in parameters and one not in taken)
            given[parameter] = row.code if parameter == "code" else row.pk
        return given

    @property
    def rows(self) -> tuple[str, ...]:
        return (*filter(None, [self.row]), *(name for _parameter, name in self.inner))


PUBLIC = "public"
# A path names its row by one of these; the other parameters stand in `args` and `inner`.
NAMED_BY = ("docket_pk", "job_id", "symbol", "code", "pk")


@dataclass(slots=True)
class World:
    rows: dict[str, Any]
    actors: dict[str, Any]
    # Who sees the rows: those of Changzhou's docket, unless a row of another nature says otherwise.
    insiders: frozenset[str] = frozenset()
    seen_by: dict[str, frozenset[str]] = field(default_factory=dict)

    def sees(self, actor: str, row: str) -> bool:
        return actor in self.seen_by.get(row, self.insiders)

    def arguments(self, door: Door, parameters: set[str]) -> dict[str, Any]:
        """Of the door's path."""
        inner = {parameter: self.rows[name].pk for parameter, name in door.inner}
        return door.path_of(self.rows[door.row] if door.row else None, parameters) | inner


def every_url() -> list[tuple[str, URLPattern]]:
    """Name and pattern of each URL of ours; Django's admin and static files are not ours."""
    found: list[tuple[str, URLPattern]] = []

    def walk(patterns: list[Any], namespace: str) -> None:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                if entry.namespace == "admin":
                    continue
                walk(entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
            elif isinstance(entry, URLPattern):
                found.append((f"{namespace}{entry.name}", entry))

    walk(get_resolver().url_patterns, "")
    return found
