"""What the my-work page and the palette show."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework import search, selectors
from casework.lists import openings
from casework.search import Group, Hit
from core import clock, registry
from core.context import SECTIONS
from core.listing import listed
from organisation.selectors import principals_of

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
    colleagues = listed(colleague.name for colleague in principals_of(viewer))
    watches = selectors.watches_region(viewer)
    if show not in {"mine", "waiting", "overdue", "close", "followed", "started"} | ({"region"} if watches else set()):
        show = "region" if watches and not work.mine else "mine"
    chosen = {
        "region": lambda: selectors.regional_overdue(viewer),
        "mine": lambda: work.mine,
        "waiting": lambda: work.waiting,
        "overdue": lambda: work.overdue,
        "close": lambda: work.close,
        "followed": lambda: selectors.followed(viewer),
        "started": lambda: selectors.started(viewer),
    }[show]()
    return {
        "title": selectors.greeting() % {"name": viewer.name},
        "today": _today(),
        "deputising": _("You act for %(names)s today. What is theirs is counted with yours and marked with the name.")
        % {"names": colleagues}
        if colleagues
        else "",
        "primary": next(iter(openings(viewer)), None),
        "secondary": openings(viewer)[1:],
        "stats": stats(viewer, work),
        "tabs": tabs(work, show, regional=watches, deputises=bool(colleagues)),
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
    """The lights: what is late, what is close, what others wait for, what waits for others. For whoever watches over a region,
    first of all the region; his own where he has any."""
    cases = reverse("casework:cases")
    found = [
        {
            "label": _overdue(deputises=bool(principals_of(viewer))),
            "value": len(work.overdue),
            "tone": "red",
            "url": f"{cases}?tab=mine&due=overdue",
        },
        {
            "label": _("Due within 5 working days"),
            "value": len(work.close),
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
        late, unassigned = selectors.department_counts(viewer)
        overdue = {"label": _("Overdue in the department"), "tone": "red", "url": f"{cases}?tab=department&due=overdue"}
        found.insert(0, overdue | {"value": _figure(late)})
        nobody = {"label": _("Without an officer"), "url": f"{cases}?tab=department&officer=none&state=open"}
        found.append(nobody | {"value": _figure(unassigned), "tone": "amber"})
    if selectors.watches_region(viewer):
        found = [*regional_stats(viewer), *(stat for stat in found if stat["value"])]
    for stat in found:
        if stat["value"] == 0:
            stat["tone"] = "grey"
    return found


def _figure(count: int) -> str | int:
    return f"{selectors.MOST_COUNTED}+" if count > selectors.MOST_COUNTED else count


def regional_stats(viewer: Any) -> list[dict[str, Any]]:
    """What is late, close and without an officer in the region; each opens the list it counts."""
    counts = selectors.regional_counts(viewer)
    cases = reverse("casework:cases")
    rows = [
        (_("Overdue in the region"), counts.overdue, "red", "due=overdue"),
        (_("Due within 5 working days in the region"), counts.close, "amber", "due=5"),
        (_("Without an officer in the region"), counts.unassigned, "amber", "officer=none&state=open"),
    ]
    return [
        {
            "label": label,
            "value": _figure(value),
            "tone": tone,
            "url": f"{cases}?tab=all&{query}",
        }
        for label, value, tone, query in rows
    ]


def _overdue(*, deputises: bool) -> str:
    return _("Overdue, mine or in cover") if deputises else _("Overdue, handled by me")


def tabs(work: selectors.Work, show: str, *, regional: bool = False, deputises: bool = False) -> list[dict[str, Any]]:
    named: list[tuple[str, str, int | None]] = [("region", _("Overdue in the region"), None)] if regional else []
    named += [
        ("mine", _("To do by me"), len(work.mine)),
        ("waiting", _("Waiting for others"), len(work.waiting)),
        ("overdue", _overdue(deputises=deputises), len(work.overdue)),
        ("close", _("Due within 5 working days"), len(work.close)),
        ("followed", _("I follow"), None),
        ("started", _("Begun by me"), None),
    ]
    return [
        {"label": label, "count": count, "url": f"?show={key}", "active": key == show}
        for key, label, count in named
        # Whoever watches over a region has few matters of his own, mostly none.
        if not regional or count != 0 or key in {"mine", show}
    ]


def _more_url(show: str) -> str:
    query = {"region": "?tab=all&due=overdue", "overdue": "?tab=mine&due=overdue", "close": "?tab=mine&due=5"}
    return reverse("casework:cases") + query.get(show, "?tab=mine")


def _empty(show: str) -> str:
    return {
        "mine": _("Nothing waits for you. What becomes yours to do appears here, the most urgent first."),
        "region": _("Nothing in the region is overdue."),
        "overdue": _("Nothing of yours is overdue."),
        "waiting": _("Nothing of yours waits for others."),
        "close": _("No deadline of yours falls within the next five working days."),
        "followed": _("You follow no matter. Open one and choose “Follow” in its menu."),
        "started": _("You have opened no matter that is still in hand."),
    }[show]


def boards(viewer: Any) -> list[dict[str, Any]]:
    """For those who supervise: the pages that show what is late in the region, first of all."""
    return [
        {"label": item.label, "url": item.url, "icon": item.icon}
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
        Hit(str(item.label), item.url, str(SECTIONS.get(item.section, "")), item.icon)
        for item in registry.menu_items()
        if (not item.permission or viewer.has_perm(item.permission)) and wanted in search.normalise(str(item.label))
    ]
    return [Group(pgettext("of the portal", "Pages"), items[:6])] if items else []
