"""My work: what waits for this officer, what waits for others, what he follows and what he began.

One table is read (dockets); upper floors add what waits for him besides, such as a notice to approve (`waiting_with`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from casework import kinds, powers, turns
from casework.due import CLOSE, DueWords, calendar_for, through_rest
from casework.models import Docket, DocketOfficer, Follow
from casework.models.dockets import NO_DATE
from casework.scans import own, scans
from core import clock
from core.listing import listed
from core.lists import keyset
from core.lists.keyset import Order, Scan, Sort
from core.workdays import add_working_days
from organisation.authority import bearers
from organisation.models import Officer
from organisation.scope import scope_of
from organisation.selectors import principals_of
from trail.models import Event

MOST_OWN: Final = 300
SHOWN: Final = 50
BY_DEADLINE: Final = Order(Sort("due_key"))
NEWEST: Final = Order(Sort("updated_at"), descending=True)
RECENT_EVENTS: Final = 80
MOST_COUNTED: Final = 999
# What a line of my work shows, and no more.
READ: Final = (
    *("number", "kind", "title", "stage", "next_due_on", "due_key", "is_paused", "closed_on", "updated_at"),
    *("enterprise__name", "officer"),
)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of my work. `due_on` orders it; `due` is a Due of the components' README or None."""

    label: str  # what to do
    url: str
    title: str  # on what: number and party
    due_on: date = NO_DATE
    due: Any = None
    status: Any = None  # a Tag
    docket_id: int | None = None
    with_docket: bool = False  # the docket's own page asks for it: not shown beside the docket, and no review
    key: str = ""  # the same thing from two sources is shown once


# viewer → what waits for him; at most `SHOWN`, most urgent first.
WaitingProvider = Callable[[Any], Sequence[WorkItem]]
_providers: list[WaitingProvider] = []


def waiting_with(provider: WaitingProvider) -> None:
    """An upper floor adds what waits for an officer besides dockets: a notice to approve, a task to accept."""
    if provider not in _providers:
        _providers.append(provider)


def to_decide(viewer: Any) -> Q:
    """Dockets that wait for somebody with a power over others' matters that this officer has, and on which he may decide: he
    has no hand in them, nor decided on them before, nor has whoever lends him the power. Of desk and list alike.

    A hand in what a docket came from is not asked here, where it would cost a walk up the chain for every row: whoever had one
    finds the docket, and reads on it why he does not decide."""
    found = Q(pk__in=[])
    hands: dict[int, Q] = {}
    for kind, stages in review_stages(viewer).items():
        for stage in sorted(stages):
            lenders = bearers(viewer, kinds.get(kind).awaiting[stage])
            decided = kinds.get(kind).decided.get(stage, _none)
            free = Q() if viewer in lenders else Q(pk__in=[])
            if viewer not in lenders:
                for lender in lenders:
                    hands.setdefault(lender.pk, powers.handled([lender.pk]))
                    free |= ~hands[lender.pk] & ~Q(pk__in=decided([lender.pk]))
            found |= Q(kind=kind, stage=stage) & free & ~Q(pk__in=decided([viewer.pk]))
    return found & ~powers.handled([viewer.pk])


def _none(officers: Collection[int]) -> list[int]:
    return []


def review_stages(viewer: Any) -> dict[str, set[str]]:
    """Stages by kind in which a matter waits for somebody with a power of this officer, and not for who handles it."""
    found: dict[str, set[str]] = {}
    for kind in kinds.all_kinds():
        for stage, permission in kind.awaiting.items():
            if powers.is_over_others(permission) and viewer.has_perm(permission):
                found.setdefault(kind.code, set()).add(stage)
    return found


@dataclass(slots=True)
class Work:
    """Everything the my-work page counts and shows. Lists are ordered by deadline, the most urgent first."""

    mine: list[WorkItem] = field(default_factory=list)
    waiting: list[WorkItem] = field(default_factory=list)
    review_count: int = 0
    overdue: list[WorkItem] = field(default_factory=list)
    close: list[WorkItem] = field(default_factory=list)  # within CLOSE working days, not overdue
    is_cut: bool = False  # more of one's own matters than are read here


def my_work(viewer: Any) -> Work:
    """Three statements over dockets, two over their periods, two for what is said besides, one or two for each provider,
    whatever the table holds."""
    scope = scope_of(viewer)
    work = Work()
    if scope.is_empty:
        return work
    words = DueWords(calendar_for(viewer))
    today = clock.today()
    last_close = through_rest(add_working_days(today, CLOSE, words.calendar), words.calendar)
    found = keyset.ids(_open(own(scope.officers)), BY_DEADLINE, limit=MOST_OWN + 1)
    work.is_cut = len(found) > MOST_OWN
    rows = Docket.objects.visible_to(viewer).select_related("enterprise").only(*READ)
    dockets = keyset.loaded(rows, found[:MOST_OWN])
    known = set(found)
    taken = [docket for docket in _for_the_taking(viewer, SHOWN) if docket.pk not in known]
    for_review = _for_review(viewer, SHOWN)
    to_review = {docket.pk for docket in for_review}
    words.about([*dockets, *taken, *for_review])
    woken = turns.woken(dockets, today)
    said = marks(viewer, dockets)
    for docket in dockets:
        item = as_item(docket, words, said)
        permission = kinds.permission_at(docket) or woken.get(docket.pk, "")
        # Nobody reviews his own matter, whatever roles he has.
        is_mine = permission and not powers.is_over_others(permission) and viewer.has_perm(permission)
        if is_mine and not docket.is_paused:
            work.mine.append(item)
        elif docket.pk not in to_review:
            work.waiting.append(item)
        if docket.next_due_on is not None and docket.next_due_on <= last_close:
            (work.overdue if docket.due_key < today else work.close).append(item)
    elsewhere = [item for provider in _providers for item in provider(viewer)]
    on_desk = {item.docket_id for item in work.mine}
    elsewhere = [item for item in elsewhere if not (item.with_docket and item.docket_id in on_desk)]
    work.review_count = len(for_review) + sum(not item.with_docket for item in elsewhere)
    reviews = [as_item(docket, words) for docket in for_review]
    offered = [as_item(docket, words) for docket in taken]
    work.mine = sorted(_once([*work.mine, *offered, *reviews, *elsewhere]), key=lambda item: item.due_on)
    return work


def _for_review(viewer: Any, most: int) -> list[Docket]:
    wanted = review_stages(viewer)
    if not wanted:
        return []
    condition = to_decide(viewer)
    every_stage = sorted({stage for some in wanted.values() for stage in some})
    parts = [
        keyset.each(scan, lambda rows: rows.filter(condition, closed_on=None))
        for scan in scans(scope_of(viewer), stages=every_stage)
    ]
    return keyset.loaded(
        Docket.objects.visible_to(viewer).select_related("enterprise"), keyset.ids(parts, BY_DEADLINE, limit=most)
    )


def _for_the_taking(viewer: Any, most: int) -> list[Docket]:
    """Matters of his own department that wait for somebody with his power and that nobody handles: whoever is told of them
    (`turns.who_acts`) finds them here."""
    condition = Q(pk__in=[])
    for kind in kinds.all_kinds():
        held = [
            stage
            for stage, permission in kind.awaiting.items()
            if not powers.is_over_others(permission) and viewer.has_perm(permission)
        ]
        if held:
            condition |= Q(kind=kind.code, stage__in=held)
    if condition == Q(pk__in=[]):
        return []
    scope = scope_of(viewer)
    own_places = Officer.objects.filter(pk__in=scope.officers).values("department_id")
    parts = [
        keyset.each(scan, lambda rows: rows.filter(condition, officer=None, closed_on=None, department__in=own_places))
        for scan in scans(scope)
    ]
    return keyset.loaded(
        Docket.objects.visible_to(viewer).select_related("enterprise"), keyset.ids(parts, BY_DEADLINE, limit=most)
    )


def _once(items: Sequence[WorkItem]) -> list[WorkItem]:
    seen: dict[str, WorkItem] = {}
    for item in items:
        seen.setdefault(item.key or f"{item.url} {item.label}", item)
    return list(seen.values())


@dataclass(frozen=True, slots=True)
class Marks:
    """What a line says besides: which dockets were sent back, and for which absent colleague one is dealt with."""

    returned: frozenset[int] = frozenset()
    lent: Mapping[int, str] = field(default_factory=dict)


def marks(viewer: Any, dockets: Sequence[Docket]) -> Marks:
    """A statement for what was sent back, where any docket can be; one for a deputy."""
    return Marks(frozenset(kinds.returned(dockets)), _lent(viewer, dockets))


def _lent(viewer: Any, dockets: Sequence[Docket]) -> dict[int, str]:
    """The absent colleagues by whose place alone these dockets are the viewer's, by docket."""
    names = {colleague.pk: colleague.name for colleague in principals_of(viewer)}
    if not names:
        return {}
    handled: dict[int, set[int]] = {docket.pk: {docket.officer_id} for docket in dockets if docket.officer_id}
    rows = DocketOfficer.objects.filter(docket__in=[docket.pk for docket in dockets], officer__in=[viewer.pk, *names])
    for docket, officer in rows.values_list("docket_id", "officer_id"):
        handled.setdefault(docket, set()).add(officer)
    return {
        docket: listed(names[officer] for officer in sorted(team & set(names)))
        for docket, team in handled.items()
        if viewer.pk not in team and team & set(names)
    }


def as_item(docket: Docket, words: DueWords, said: Marks = Marks()) -> WorkItem:
    cell = words.of(docket)
    lent = said.lent.get(docket.pk, "")
    return WorkItem(
        label=turns.task(docket),
        url=docket.get_absolute_url(),
        title=" · ".join(
            filter(
                None,
                [
                    docket.number,
                    docket.enterprise.name if docket.enterprise else docket.title,
                    _("for %(name)s") % {"name": lent} if lent else "",
                ],
            )
        ),
        due_on=docket.next_due_on or NO_DATE,
        due=cell.get("due"),
        status={"label": _("Returned"), "tone": "amber"}
        if docket.pk in said.returned
        else {
            "label": kinds.stage_label(docket.kind, docket.stage),
            "tone": kinds.stage_tone(docket.kind, docket.stage),
        },
        docket_id=docket.pk,
        key=f"docket {docket.pk}",
    )


def names_of(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Number and party (or subject) of these dockets, whoever asks: for the trail."""
    rows = Docket.objects.filter(pk__in=ids).select_related("enterprise").only("number", "title", "enterprise__name")
    return {row.pk: (str(row), row.enterprise.name if row.enterprise else row.title) for row in rows}


def followed(viewer: Any) -> list[WorkItem]:
    """Matters this officer follows and still may see, the last changed first."""
    ids = Follow.objects.filter(officer=viewer).values("docket_id")
    return _items(Docket.objects.visible_to(viewer).filter(pk__in=ids).order_by("-updated_at", "-pk"), viewer)


def started(viewer: Any) -> list[WorkItem]:
    """Open matters this officer opened, the newest first."""
    return _items(Docket.objects.visible_to(viewer).filter(opened_by=viewer, closed_on=None).order_by("-pk"), viewer)


def _items(rows: Any, viewer: Any) -> list[WorkItem]:
    return _as_items(list(rows.select_related("enterprise")[:SHOWN]), viewer)


def _as_items(dockets: Sequence[Docket], viewer: Any) -> list[WorkItem]:
    words = DueWords(calendar_for(viewer))
    words.about(dockets)
    return [as_item(docket, words) for docket in dockets]


def recent(viewer: Any, most: int = 6) -> list[dict[str, Any]]:
    """Dockets this officer last worked on, by the trail."""
    events = Event.objects.filter(actor_id=viewer.pk).exclude(docket_id=None).order_by("-id")
    ids = list(dict.fromkeys(events.values_list("docket_id", flat=True)[:RECENT_EVENTS]))[: most * 2]
    rows = keyset.loaded(Docket.objects.visible_to(viewer).select_related("enterprise"), ids)[:most]
    return [
        {
            "label": docket.number or docket.title,
            "url": docket.get_absolute_url(),
            "note": docket.enterprise.name if docket.enterprise else docket.title,
        }
        for docket in rows
    ]


def department_counts(viewer: Any) -> tuple[int, int]:
    """Of the officer's departments: what is late, whoever handles it, and what nobody handles, each counted up to
    `MOST_COUNTED` + 1; one statement."""
    scope, today = scope_of(viewer), clock.today()
    if not scope.departments:
        return 0, 0
    wanted: list[Callable[[Any], Any]] = [
        lambda rows: rows.filter(Docket.objects.late(today), department_id__in=scope.departments),
        lambda rows: rows.filter(officer=None, closed_on=None, department_id__in=scope.departments),
    ]
    parts = scans(scope)
    late, unassigned = keyset.capped_counts(
        [[keyset.each(part, narrow) for part in parts] for narrow in wanted], MOST_COUNTED
    )
    return late, unassigned


@dataclass(frozen=True, slots=True)
class RegionalCounts:
    """How much of a region is late, close, without an officer: each counted up to `MOST_COUNTED` + 1."""

    overdue: int
    close: int
    unassigned: int


def watches_region(viewer: Any) -> bool:
    """Does this officer watch over a region, for himself or for a colleague who is away?"""
    return bool(scope_of(viewer).regions)


def regional_counts(viewer: Any) -> RegionalCounts:
    """Over everything this officer may see; one statement."""
    today, calendar = clock.today(), calendar_for(viewer)
    last_close = through_rest(add_working_days(today, CLOSE, calendar), calendar)
    parts = _open(scans(scope_of(viewer)))
    wanted: list[Callable[[Any], Any]] = [
        lambda rows: rows.filter(Docket.objects.late(today)),
        lambda rows: rows.filter(due_key__range=(today, last_close)),
        lambda rows: rows.filter(officer=None),
    ]
    lists = [[keyset.each(part, narrow) for part in parts] for narrow in wanted]
    return RegionalCounts(*keyset.capped_counts(lists, MOST_COUNTED))


def regional_overdue(viewer: Any) -> list[WorkItem]:
    """What is late in everything this officer may see, the longest late first."""
    today = clock.today()
    parts = [
        keyset.each(part, lambda rows: rows.filter(Docket.objects.late(today))) for part in scans(scope_of(viewer))
    ]
    rows = Docket.objects.visible_to(viewer).select_related("enterprise").only(*READ)
    return _as_items(keyset.loaded(rows, keyset.ids(parts, BY_DEADLINE, limit=SHOWN)), viewer)


def mine_count(viewer: Any) -> int | None:
    """How many open matters he handles: beside "cases" in the menu, which opens on them."""
    scope = scope_of(viewer)
    if scope.is_empty:
        return None
    return keyset.capped_count(_open(own(scope.officers)), 999)


def _open(parts: Sequence[Scan]) -> list[Scan]:
    return [keyset.each(part, lambda rows: rows.filter(closed_on=None)) for part in parts]


def greeting() -> str:
    hour = clock.local(clock.now()).hour
    if hour < 5 or hour >= 22:
        return _("Hello, %(name)s")
    if hour < 11:
        return _("Good morning, %(name)s")
    return _("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")
