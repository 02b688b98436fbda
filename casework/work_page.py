"""What the my-work page and the palette show."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import search, selectors
from casework.lists import openings
from casework.search import Group, Hit
from core import clock, registry
from core.context import SECTIONS

SHOWN: Final = 20
WEEKDAYS: Final = (
    lambda: _("Monday"),
    lambda: _("Tuesday"),
    lambda: _("Wednesday"),
    lambda: _("Thursday"),
    lambda: _("Friday"),
    lambda: _("Saturday"),
    lambda: _("Sunday"),
)


def context(request: HttpRequest, show: str) -> dict[str, Any]:
    viewer: Any = request.user
    work = selectors.my_work(viewer)
    show = show if show in {"waiting", "close", "followed", "started"} else "mine"
    chosen = {
        "mine": lambda: work.mine,
        "waiting": lambda: work.waiting,
        "close": lambda: work.close,
        "followed": lambda: selectors.followed(viewer),
        "started": lambda: selectors.started(viewer),
    }[show]()
    return {
        "title": selectors.greeting() % {"name": viewer.name},
        "today": _today(),
        "primary": next(iter(openings(viewer)), None),
        "secondary": openings(viewer)[1:],
        "stats": stats(viewer, work),
        "tabs": tabs(work, show),
        "items": [as_task(item) for item in chosen[:SHOWN]],
        "more_url": _more_url(show) if len(chosen) > SHOWN or (work.is_cut and show in {"mine", "waiting"}) else "",
        "empty_text": _empty(show),
        "recent": selectors.recent(viewer),
        "boards": boards(viewer),
        "panels": registry.panels_for("my_work", viewer, request),
    }


def _today() -> str:
    today = clock.today()
    return f"{today.isoformat()} {WEEKDAYS[today.weekday()]()}"


def as_task(item: selectors.WorkItem) -> dict[str, Any]:
    return {"label": item.label, "url": item.url, "hint": item.title, "due": item.due, "status": item.status}


def stats(viewer: Any, work: selectors.Work) -> list[dict[str, Any]]:
    """The lights: what is late, what is close, what others wait for, what waits for others."""
    cases = reverse("casework:cases")
    found = [
        {"label": _("Overdue"), "value": work.overdue_count, "tone": "red", "url": f"{cases}?tab=mine&due=overdue"},
        {
            "label": _("Due within 5 working days"),
            "value": work.close_count,
            "tone": "amber",
            "url": f"{cases}?tab=mine&due=5",
        },
        {
            "label": _("Waiting for my review"),
            "value": work.review_count,
            "tone": "purple",
            "url": f"{cases}?tab=review",
        },
        {"label": _("Waiting for others"), "value": len(work.waiting), "tone": "grey", "url": "?show=waiting"},
    ]
    if not selectors.review_stages(viewer) and not work.review_count:
        del found[2]
    if viewer.has_perm("casework.reassign_docket"):
        count = selectors.unassigned_count(viewer)
        found.append(
            {
                "label": _("Without an officer"),
                "value": "99+" if count > 99 else count,
                "tone": "amber" if count else "grey",
                "url": f"{cases}?tab=department&officer=none&state=open",
            }
        )
    for stat in found:
        if stat["value"] == 0:
            stat["tone"] = "grey"
    return found


def tabs(work: selectors.Work, show: str) -> list[dict[str, Any]]:
    named = [
        ("mine", _("To do by me"), len(work.mine)),
        ("waiting", _("Waiting for others"), len(work.waiting)),
        ("close", _("Due soon"), len(work.close)),
        ("followed", _("I follow"), None),
        ("started", _("Begun by me"), None),
    ]
    return [
        {"label": label, "count": count, "url": "?" if key == "mine" else f"?show={key}", "active": key == show}
        for key, label, count in named
    ]


def _more_url(show: str) -> str:
    return reverse("casework:cases") + ("?tab=close" if show == "close" else "?tab=mine")


def _empty(show: str) -> str:
    return {
        "mine": _("Nothing waits for you. What becomes yours to do appears here, the most urgent first."),
        "waiting": _("Nothing of yours waits for others."),
        "close": _("No deadline of yours falls within the next five working days."),
        "followed": _("You follow no matter. Open one and choose “Follow” in its menu."),
        "started": _("You have opened no matter that is still in hand."),
    }[show]


def boards(viewer: Any) -> list[dict[str, Any]]:
    """For those who supervise: the pages that show what is late in the region, first of all."""
    return [
        {"label": item.label, "url": reverse(item.url_name), "icon": item.icon}
        for item in registry.menu_items()
        if item.section == "oversight" and item.permission and viewer.has_perm(item.permission)
    ]


def suggestions(request: HttpRequest, typed: str) -> list[Group]:
    """Groups for the palette. Where an exact number is typed, what bears it comes first."""
    viewer: Any = request.user
    pages = _pages(viewer, typed)
    if not typed:
        return pages
    found = search.find(viewer, typed, limit=6)
    straight = search.exact(viewer, typed)
    first = [Group(_("Exactly this number"), [Hit(typed, straight, icon="arrow-right")])] if straight else []
    everything = []
    if not found.too_short:
        url = f"{reverse('casework:search')}?{_query(typed)}"
        everything = [
            Group(_("Everywhere"), [Hit(_("All results for “%(typed)s”") % {"typed": typed}, url, icon="search")])
        ]
    return [*first, *found.groups, *pages, *everything]


def _query(typed: str) -> str:
    return urlencode({"q": typed})


def _pages(viewer: Any, typed: str) -> list[Group]:
    wanted = search.normalise(typed)
    items = [
        Hit(str(item.label), reverse(item.url_name), str(SECTIONS.get(item.section, "")), item.icon)
        for item in registry.menu_items()
        if (not item.permission or viewer.has_perm(item.permission)) and wanted in search.normalise(str(item.label))
    ]
    return [Group(_("Pages"), items[:6])] if items else []
