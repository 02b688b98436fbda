"""What the board counts. Each number is the size of a query, and the query is what its link opens."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr

from casework import kinds
from casework.due import calendar_for, through_rest
from casework.models import Deadline, Docket
from organisation.models import Region, RegionLevel

SOON_DAYS = (7, 15, 30)


def in_hand(viewer: Any) -> Any:
    return Docket.objects.visible_to(viewer).open()


def headline(viewer: Any, today: date) -> dict[str, int]:
    """In hand, late, paused, due within 7, 15 and 30 days (days off that follow belong to it); one query."""
    calendar = calendar_for(viewer)
    late = Q(next_due_on__lt=today, is_paused=False)
    ahead = {
        f"due_{days}": Count(
            "id",
            filter=Q(next_due_on__range=(today, through_rest(today + timedelta(days=days), calendar)), is_paused=False),
        )
        for days in SOON_DAYS
    }
    return in_hand(viewer).aggregate(
        in_hand=Count("id"),
        late=Count("id", filter=late),
        paused=Count("id", filter=Q(is_paused=True)),
        unassigned=Count("id", filter=Q(officer=None)),
        **ahead,
    )


def by_city(viewer: Any, today: date) -> list[dict[str, Any]]:
    """The thirteen cities: in hand and late. GB/T 2260: the first four digits are the city."""
    rows = (
        in_hand(viewer)
        .annotate(city=Substr("region_id", 1, 4))
        .values("city")
        .annotate(open=Count("id"), late=Count("id", filter=Q(next_due_on__lt=today, is_paused=False)))
    )
    counted = {row["city"]: row for row in rows}
    cities = Region.objects.filter(level=RegionLevel.CITY).valid_on(today).order_by("code")
    return [
        {
            "code": city.code,
            "name": city.name.removesuffix("市"),
            "open": counted.get(city.code[:4], {}).get("open", 0),
            "late": counted.get(city.code[:4], {}).get("late", 0),
        }
        for city in cities
    ]


def by_stage(viewer: Any, kind: str) -> list[dict[str, Any]]:
    """In hand by stage, in the order of the procedure."""
    rows = in_hand(viewer).filter(kind=kind).values("stage").annotate(open=Count("id"))
    counted = {row["stage"]: row["open"] for row in rows}
    order = [*kinds.get(kind).steps_shown]
    return [{"stage": stage, "label": kinds.stage_label(kind, stage), "open": counted.get(stage, 0)} for stage in order]


def by_officer(viewer: Any, today: date, limit: int = 15) -> list[dict[str, Any]]:
    """Who carries most: in hand and late, the most late first."""
    return list(
        in_hand(viewer)
        .exclude(officer=None)
        .values("officer_id", "officer__name", "officer__department__short_name")
        .annotate(open=Count("id"), late=Count("id", filter=Q(next_due_on__lt=today, is_paused=False)))
        .order_by("-late", "-open", "officer__username")[:limit]
    )


def by_department(viewer: Any, today: date) -> list[dict[str, Any]]:
    return list(
        in_hand(viewer)
        .values("department_id", "department__short_name")
        .annotate(open=Count("id"), late=Count("id", filter=Q(next_due_on__lt=today, is_paused=False)))
        .order_by("-late", "-open", "department__path")
    )


def latest(viewer: Any, today: date, limit: int = 12) -> list[Docket]:
    """The matters that are late longest."""
    rows = in_hand(viewer).filter(next_due_on__lt=today, is_paused=False)
    return list(rows.select_related("enterprise", "officer", "department").order_by("next_due_on", "id")[:limit])


def why_late(docket: Docket, today: date) -> list[Deadline]:
    """The periods that are over."""
    return list(docket.deadlines.overdue(today).order_by("due_on"))


def average_days(viewer: Any, kind: str, since: date) -> float | None:
    """Mean of closing day minus opening day of the matters closed since a day; None when none was."""
    closed = Docket.objects.visible_to(viewer).filter(kind=kind, closed_on__gte=since)
    if not closed.exists():
        return None
    spans = closed.values_list("opened_on", "closed_on")
    lengths = [(end - start).days for start, end in spans.iterator(chunk_size=2000) if end is not None]
    return sum(lengths) / len(lengths)
