"""What the shell of every page wants: menu, viewer, display choices, addresses. Shapes: templates/components/README.md.

Upper floors fill the registers in `apps.ready()`: `core.registry.add_menu`, and here `add_link`, `add_hotkey`, `count_unread_with`.
"""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.labels import Label
from core.registry import MenuItem, menu_items

SECTIONS: Final = {
    "work": _("My work"),
    "objects": _("Regulated objects"),
    "oversight": _("Supervision and statistics"),
    "system": _("System"),
}
# Links of the shell that somebody must register; a page without them has no search box, no inbox and so on.
LINKS: Final = (
    "home_url",
    "search_url",
    "suggest_url",
    "inbox_url",
    "unread_url",
    "profile_url",
    "preferences_url",
    "login_url",
    "logout_url",
    "language_url",
    "create_url",
    "keepalive_url",
    "draft_url",
)

_links: dict[str, str] = {}
_hotkeys: dict[str, tuple[Label, str, str]] = {}
_unread: list[Callable[[Any], int]] = []


def add_link(name: str, url_name: str) -> None:
    """Name the address behind one of LINKS."""
    if name not in LINKS:
        raise ValueError(f"the shell has no link {name}")
    _links[name] = url_name


def add_hotkey(key: str, label: Label, url_name: str, query: str = "") -> None:
    """`g` and then `key` goes there; the list of shortcuts calls it `label`."""
    _hotkeys[key] = (label, url_name, query)


def count_unread_with(count: Callable[[Any], int]) -> None:
    """`count(viewer)`: how many messages he has not read. One source."""
    _unread[:] = [count]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Lazy where it asks the database: a fragment that shows no menu pays for none."""
    officer = getattr(request, "user", None)
    viewer = officer if officer is not None and officer.is_authenticated else None
    return {
        "viewer": viewer,
        "menu": _Once(lambda: _menu(request, viewer) if viewer else []),
        "unread_count": _Once(lambda: _unread[0](viewer) if viewer and _unread else 0),
        "theme": getattr(viewer, "theme", "auto"),
        "density": getattr(viewer, "density", "comfortable"),
        "hotkeys_on": getattr(viewer, "hotkeys_on", False),
        "environment": settings.ENVIRONMENT,
        "shell": {name: reverse(_links[name]) if name in _links else "" for name in LINKS}
        | {
            "places": _places() if viewer else [],
            "idle_seconds": settings.IDLE_TIMEOUT_S,
            "version": settings.VERSION,
            "request_id": getattr(request, "request_id", ""),
        },
    }


def _places() -> list[dict[str, Any]]:
    """Where `g` and a letter lead."""
    return [
        {"key": key, "label": label, "url": reverse(name) + (f"?{query}" if query else "")}
        for key, (label, name, query) in sorted(_hotkeys.items())
    ]


class _Once:
    """A value computed when a template first asks for it. Templates call callables."""

    def __init__(self, compute: Callable[[], Any]) -> None:
        self._compute = compute
        self._known = False
        self._value: Any = None

    def __call__(self) -> Any:
        if not self._known:
            self._value, self._known = self._compute(), True
        return self._value


def _menu(request: HttpRequest, viewer: Any) -> list[dict[str, Any]]:
    """The sections with the entries this officer may open; the one he is in is marked."""
    shown = [item for item in menu_items() if not item.permission or viewer.has_perm(item.permission)]
    here = max((item.url for item in shown if item.shows(request)), key=len, default="")
    sections = []
    for code, title in SECTIONS.items():
        entries = [_entry(item, viewer, active=item.url == here) for item in shown if item.section == code]
        if entries:
            sections.append({"code": code, "title": title, "items": entries})
    return sections


def _entry(item: MenuItem, viewer: Any, *, active: bool) -> dict[str, Any]:
    count = item.count(viewer) if item.count else None
    return {"label": item.label, "url": item.url, "icon": item.icon, "count": count, "active": active}
