"""Every address is closed until its view says otherwise."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from organisation.models import Officer


class OfficerRequest(HttpRequest):
    """A request behind the log-in: whoever sends it is an officer. For annotations of views that are not open."""

    user: "Officer"
    htmx: "HtmxDetails"


V = TypeVar("V", bound=Callable[..., object])


def open_to_public(view: V) -> V:
    """This view answers without a log-in."""
    view.open_to_public = True  # type: ignore[attr-defined]
    return view


def always_reachable(view: V) -> V:
    """This view answers an officer who must first change the password: log-out, language, the change itself."""
    view.always_reachable = True  # type: ignore[attr-defined]
    return view


def passive(view: V) -> V:
    """Requests to this view are made by the page, not by the officer: they do not put off the idle time-out."""
    view.passive = True  # type: ignore[attr-defined]
    return view


def is_open(view: object) -> bool:
    return bool(getattr(view, "open_to_public", False))


def is_always_reachable(view: object) -> bool:
    return is_open(view) or bool(getattr(view, "always_reachable", False))


def is_passive(view: object) -> bool:
    return bool(getattr(view, "passive", False))
