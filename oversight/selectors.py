"""What the board counts. Each number is the size of a query, and the query is what its link opens."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Prefetch, Q
from django.db.models.functions import Substr

from casework import kinds
from casework.list_filters import due_within
from casework.models import Deadline, Docket, DocketOfficer
from organisation.models import Region, RegionLevel

SOON_DAYS = (7, 15, 30)


def in_hand(viewer: Any) -> Any:
    return Docket.objects.visible_to(viewer).open()


def headline(viewer: Any, today: date) -> dict[str, int]:
    """In hand, late, paused, due within 7, 15 and 30 days (days off that follow belong to it); one query."""
    ahead = {
        f"due_{days}": Count("id", filter=Q(due_key__range=(today, due_within(viewer, days)))) for days in SOON_DAYS
    }
    return in_hand(viewer).aggregate(
        in_hand=Count("id"),
        late=Count("id", filter=Docket.objects.late(today)),
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
        .annotate(open=Count("id"), late=Count("id", filter=Docket.objects.late(today)))
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
    described = kinds.get(kind)
    # What has ended is not in hand: its stage would say 0 for ever.
    order = [stage for stage in described.steps_shown if stage not in described.workflow.final]
    return [{"stage": stage, "label": kinds.stage_label(kind, stage), "open": counted.get(stage, 0)} for stage in order]


def by_officer(viewer: Any, today: date, limit: int = 15) -> list[dict[str, Any]]:
    """Who carries most, as lead officer, beside him or named for the step: in hand and late, the most late first. A matter counts
    once for an officer, however many of these he is."""
    late: Any = in_hand(viewer).filter(Docket.objects.late(today))
    rows: Any = (
        DocketOfficer.objects.filter(docket__in=in_hand(viewer))
        .values("officer_id", "officer__name", "officer__department__short_name")
        .annotate(open=Count("docket", distinct=True), late=Count("docket", distinct=True, filter=Q(docket__in=late)))
    )
    return list(rows.order_by("-late", "-open", "officer__username")[:limit])


def by_department(viewer: Any, today: date) -> list[dict[str, Any]]:
    return list(
        in_hand(viewer)
        .values("department_id", "department__short_name")
        .annotate(open=Count("id"), late=Count("id", filter=Docket.objects.late(today)))
        .order_by("-late", "-open", "department__path")
    )


def latest(viewer: Any, today: date, limit: int = 12) -> list[Docket]:
    """The matters that are late longest, each with its `periods_over`."""
    over = Prefetch("deadlines", Deadline.objects.overdue(today).order_by("due_on", "id"), to_attr="periods_over")
    rows = in_hand(viewer).filter(Docket.objects.late(today)).select_related("enterprise", "officer", "department")
    return list(rows.prefetch_related(over).order_by("due_key", "id")[:limit])


def average_days(viewer: Any, kind: str, since: date) -> float | None:
    """Mean of closing day minus opening day of the matters closed since a day; None when none was."""
    closed = Docket.objects.visible_to(viewer).filter(kind=kind, closed_on__gte=since)
    length = ExpressionWrapper(F("closed_on") - F("opened_on"), DurationField())
    mean: timedelta | None = closed.aggregate(mean=Avg(length))["mean"]
    return None if mean is None else mean / timedelta(days=1)
