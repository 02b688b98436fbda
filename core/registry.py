"""Registers that lower floors ask and upper floors fill in `apps.ready()`: menu entries and panels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse

from core.labels import Label


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the side menu. Shown when the officer holds `permission` (empty: everybody)."""

    section: str  # "work", "objects", "oversight", "system"
    label: Label
    url_name: str
    icon: str
    order: int
    permission: str = ""
    count: Callable[[Any], int | None] | None = None  # of the viewer; None shows nothing
    query: str = ""  # of the address: the same page, narrowed ("kind=lead")

    @property
    def url(self) -> str:
        return reverse(self.url_name) + (f"?{self.query}" if self.query else "")

    def shows(self, request: HttpRequest) -> bool:
        """Is the page of the request this one, or below it? A narrowed entry shows only what it narrows to."""
        path = reverse(self.url_name)
        is_under = request.path == path or (path != "/" and request.path.startswith(path))
        return is_under and all(request.GET.get(name) == value for name, value in parse_qsl(self.query))


@dataclass(frozen=True, slots=True)
class Panel:
    """A part that an upper floor shows on a page of a lower one.

    `place` names the page ("enterprise", "docket"); `context(subject, viewer)` gives the template's context, or None to
    show nothing.
    """

    place: str
    title: Label
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    order: int = 100
    permission: str = ""


_menu: dict[tuple[str, str], MenuItem] = {}
_panels: dict[tuple[str, str], Panel] = {}


def add_menu(item: MenuItem) -> None:
    _menu[item.url_name, item.query] = item


def add_panel(panel: Panel) -> None:
    _panels[panel.place, panel.template] = panel


def menu_items() -> Iterable[MenuItem]:
    return sorted(_menu.values(), key=lambda item: item.order)


def panels_for(place: str, subject: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """The panels of a page, with their contexts, for the viewer of `request`."""
    shown = []
    for panel in sorted((p for p in _panels.values() if p.place == place), key=lambda p: p.order):
        if panel.permission and not request.user.has_perm(panel.permission):
            continue
        context = panel.context(subject, request.user)
        if context is not None:
            shown.append({"title": panel.title, "template": panel.template, "context": context})
    return shown
