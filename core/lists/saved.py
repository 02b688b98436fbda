"""Saved views: a list's address under a name. Who keeps them is registered by a floor above (`use`)."""

from collections.abc import Sequence
from typing import Any, Protocol


class Kept(Protocol):
    """A saved view as this viewer finds it."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def query(self) -> str: ...
    @property
    def is_default(self) -> bool: ...
    @property
    def is_shared(self) -> bool: ...
    @property
    def is_own(self) -> bool: ...
    @property
    def owner_name(self) -> str: ...


class Store(Protocol):
    """Every verb raises RuleBroken for what is refused; a view that is not one's own is refused as unknown."""

    def of(self, page: str, viewer: Any) -> Sequence[Kept]: ...
    def save(self, *, page: str, name: str, query: str, shared: bool, by: Any) -> Kept: ...
    def change(self, *, page: str, pk: int, name: str, shared: bool, by: Any) -> None: ...
    def make_default(self, *, page: str, pk: int | None, by: Any) -> None: ...
    def move(self, *, page: str, pk: int, up: bool, by: Any) -> None: ...
    def delete(self, *, page: str, pk: int, by: Any) -> None: ...


_store: list[Store] = []


def use(store: Store) -> None:
    """Name the keeper of saved views. Called once, in `apps.ready()`."""
    _store[:] = [store]


def store() -> Store | None:
    return _store[0] if _store else None
