"""The supervisor's board."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from oversight import selectors


def _list(**query: Any) -> str:
    return f"{reverse('casework:cases')}?{urlencode({'tab': 'all', **query})}"


@permission_required("casework.see_board", raise_exception=True)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    viewer, today = request.user, clock.today()
    numbers = selectors.headline(viewer, today)
    context = {
        "as_of": clock.local(clock.now()),
        "stats": stats(numbers, viewer),
        "cities": cities(selectors.by_city(viewer, today)),
        "stages": bars(selectors.by_stage(viewer, "rectification")),
        "late": selectors.latest(viewer, today),
        "late_total": numbers["late"],
        "late_url": _list(due="overdue"),
        "today": today,
        "officers": selectors.by_officer(viewer, today),
        "departments": selectors.by_department(viewer, today),
    }
    return render(request, "oversight/board.html", context)


def stats(numbers: dict[str, int], viewer: Any) -> list[dict[str, Any]]:
    mean = selectors.average_days(viewer, "rectification", clock.today() - timedelta(days=365))
    rows = [
        (_("In hand"), "in_hand", "grey", {"state": "open"}),
        (_("Overdue"), "late", "red", {"due": "overdue"}),
        (_("Due within 7 days"), "due_7", "amber", {"due": "7d"}),
        (_("Due within 15 days"), "due_15", "grey", {"due": "15d"}),
        (_("Due within 30 days"), "due_30", "grey", {"due": "30d"}),
        (_("Clock stopped"), "paused", "grey", {"due": "paused"}),
        (_("Nobody assigned"), "unassigned", "grey", {"officer": "none", "state": "open"}),
    ]
    found: list[dict[str, Any]] = [
        {"label": label, "value": numbers[key], "tone": tone if numbers[key] else "grey", "url": _list(**query)}
        for label, key, tone, query in rows
    ]
    if mean is not None:
        found.append({"label": _("Mean days to close a case (12 months)"), "value": f"{mean:.0f}", "tone": "grey"})
    return found


def cities(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Colour and sign say one thing only: whether something is late. Words say it too."""
    return [{"code": row["code"], "name": row["name"], **_tile(row)} for row in rows]


def _tile(row: dict[str, Any]) -> dict[str, Any]:
    if not row["open"]:
        return {"value": _("Nothing in hand"), "tone": "grey"}
    sub, city = _("%(count)d in hand") % {"count": row["open"]}, row["code"][:4]
    if not row["late"]:
        return {"value": _("None overdue"), "icon": "circle-check", "sub": sub, "url": _list(city=city, state="open")}
    return {
        "value": row["late"],
        "unit": _("overdue"),
        "tone": "red",
        "icon": "alert",
        "sub": sub,
        "url": _list(city=city, due="overdue"),
    }


def bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    most = max((row["open"] for row in rows), default=0) or 1
    return [
        {
            "label": row["label"],
            "value": row["open"],
            "max": most,
            "text": str(row["open"]),
            "url": _list(stage=f"rectification.{row['stage']}", state="open"),
        }
        for row in rows
    ]
