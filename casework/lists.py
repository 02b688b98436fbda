"""The list of dockets: columns, filters, tabs, what can be done to many at once."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, npgettext_lazy

from casework import handover, kinds, search, urging
from casework.due import DueWords, calendar_for
from casework.forms import ReasonForm
from casework.list_filters import DocketFilters, close_until
from casework.models import Confidentiality, Docket
from casework.scans import own, scans, to_read
from casework.selectors import mine_count, review_stages, to_decide
from core import clock
from core.lists import BulkAction, Column, ListPage, Selection, Sort, Tab, bulk
from core.lists.keyset import Rows, Scan, each
from core.lists.page import Empty
from organisation.models import Officer
from organisation.scope import scope_of


def sources(selection: Selection) -> list[Scan]:
    """Scans whose order an index gives, for what is asked. What they bring too much, tab and filters take away."""
    scope, asked = scope_of(selection.viewer), selection.filters
    if scope.is_empty:
        return [Docket.objects.none()]
    typed = asked.get("q")
    few: list[Scan] = []
    officer = _officer_asked(selection)
    if selection.tab == "mine":
        few = own(scope.officers)
        if officer is not None:
            few = [each(scan, lambda rows: rows.filter(Docket.objects.handled_by([officer]))) for scan in few]
    elif officer is not None:
        few = [each(scan, lambda rows: rows.filter(Docket.objects.seen(scope))) for scan in own(frozenset([officer]))]
    elif asked.get("enterprise"):
        few = [Docket.objects.visible_to(selection.viewer)]
    if few:
        return [each(scan, lambda rows: rows.filter(search.condition(typed)) if typed else rows) for scan in few]
    if typed:
        return search.matching_scans(selection.viewer, typed)
    wanted: list[str] = []
    if asked.get("stage"):
        wanted = [asked["stage"].split(".", 1)[1]]
    elif selection.tab == "review":
        wanted = sorted({stage for some in review_stages(selection.viewer).values() for stage in some})
    department = int(asked["department"]) if asked.get("department") else None
    return list(scans(scope, department=department, city=asked.get("city") or "", stages=wanted))


def _officer_asked(selection: Selection) -> int | None:
    value = selection.filters.get("officer")
    if value in (None, "", "none"):
        return None
    return int(selection.viewer.pk if value == "me" else value)


# What the columns and the bulk acts read, and no more: a row of five tables has a hundred columns.
READ: Final = (
    *(
        "number",
        "kind",
        "title",
        "stage",
        "next_due_on",
        "due_key",
        "is_paused",
        "confidentiality",
        "opened_on",
        "closed_on",
    ),
    *("updated_at", "enterprise__name", "officer__name", "region__name"),
    *("department__short_name", "department__path"),
)


def total(selection: Selection) -> str:
    """A frequent word: the index has counted more than a list ever counts; narrowed further, counting would walk it all."""
    asked = {name: value for name, value in selection.filters.items() if value not in (None, "")}
    typed = asked.pop("q", None)
    if not typed or selection.tab == "mine" or search.match(selection.viewer, typed).ids is not None:
        return "count"
    return "skip" if asked or selection.tab != "all" else "many"


def rows(viewer: Any) -> Rows:
    seen = to_read(scope_of(viewer))
    return seen.select_related("enterprise", "officer", "department", "region").only(*READ)


def prepare(dockets: list[Any], viewer: Any) -> None:
    """The words at each deadline, by one look at the calendar."""
    words = DueWords(calendar_for(viewer))
    words.about(dockets)
    for docket in dockets:
        docket.due_cell = words.of(docket)


def _has_department(viewer: Any) -> bool:
    return bool(scope_of(viewer).departments)


def _close(rows: Rows, viewer: Any) -> Rows:
    return rows.filter(due_key__lte=close_until(viewer), closed_on=None)


def _review(rows: Rows, viewer: Any) -> Rows:
    return rows.filter(to_decide(viewer), closed_on=None)


TABS: Final = (
    Tab(
        "mine",
        _lazy("Handled by me"),
        lambda rows, viewer: rows.filter(closed_on=None),  # `sources` brings one's own
        counted=True,
        offered=_has_department,
    ),
    Tab("close", _lazy("Close or overdue"), _close, counted=True),
    Tab(
        "review",
        _lazy("Waiting for my review"),
        _review,
        counted=True,
        offered=lambda viewer: bool(review_stages(viewer)),
    ),
    Tab(
        "department",
        _lazy("The whole department"),
        lambda rows, viewer: rows.filter(department_id__in=scope_of(viewer).departments),
        offered=_has_department,
    ),
    Tab("all", _lazy("Everything I may see"), lambda rows, viewer: rows),
)


def _stage_cell(docket: Docket) -> dict[str, Any]:
    tone = kinds.stage_tone(docket.kind, docket.stage)
    return {"tag": {"label": kinds.stage_label(docket.kind, docket.stage), "tone": tone}}


def _number_cell(docket: Docket) -> dict[str, Any]:
    cell: dict[str, Any] = {"text": docket.number or _("Without number"), "nowrap": True}
    if docket.confidentiality == Confidentiality.RESTRICTED:
        cell["sub"] = str(docket.get_confidentiality_display())
    return cell


COLUMNS: Final = (
    Column(
        "due",
        _lazy("Deadline"),
        value=lambda d: d.next_due_on,
        cell=lambda d: d.due_cell,
        sort=Sort("due_key", empty=date(9999, 12, 31)),
        width=12,
    ),
    Column(
        "number",
        _lazy("Docket number"),
        value=lambda d: d.number,
        cell=_number_cell,
        link=True,
        phone="main",
        fixed=True,
        width=26,
    ),
    Column(
        "enterprise", _lazy("Party"), value=lambda d: d.enterprise.name if d.enterprise else "", phone="wide", width=32
    ),
    Column("title", _lazy("Subject"), value=lambda d: d.title, phone="wide", width=32),
    Column("kind", _lazy("Kind"), value=lambda d: kinds.kind_label(d.kind), shown=False, width=12),
    Column("stage", _lazy("Stage"), value=lambda d: kinds.stage_label(d.kind, d.stage), cell=_stage_cell, width=14),
    Column(
        "officer",
        _lazy("Officer"),
        value=lambda d: d.officer.name if d.officer else "",
        cell=lambda d: (
            {"text": d.officer.name, "nowrap": True}
            if d.officer
            else {"tag": {"label": _("Unassigned"), "tone": "amber"}}
        ),
        width=10,
    ),
    Column("department", _lazy("Department"), value=lambda d: d.department.short_name, shown=False, width=20),
    Column("region", _lazy("Region"), value=lambda d: d.region.name, shown=False, width=12),
    Column(
        "opened",
        _lazy("Opened"),
        value=lambda d: d.opened_on,
        sort=Sort("opened_on", descending_first=True),
        shown=False,
        width=12,
    ),
    Column("closed", _lazy("Dealt with on"), value=lambda d: d.closed_on, shown=False, width=12),
    Column(
        "updated",
        _lazy("Updated"),
        value=lambda d: d.updated_at,
        cell=lambda d: {"text": f"{clock.local(d.updated_at):%m-%d %H:%M}", "nowrap": True},
        sort=Sort("updated_at", descending_first=True),
        phone="hide",
        width=16,
    ),
)


def _handed_over(
    row: Docket, *, by: Officer, to: Officer, reason: str, second: Officer | None = None
) -> dict[str, Any]:
    return handover.reassign(docket=row, to=to, reason=reason, by=by, second=second)


REASSIGN: Final = BulkAction(
    key="reassign",
    label=_lazy("Hand over"),
    icon="users",
    hotkey="a",
    permission=handover.REASSIGN,
    form=handover.ReassignForm,
    refuse=handover.refusal,
    caution=handover.caution,
    act=_handed_over,
    undo=lambda row, *, by, **facts: handover.take_back(docket=row, by=by, **facts),
    question=lambda count: (
        ngettext("%(n)s matter will be handed over.", "%(n)s matters will be handed over.", count) % {"n": count}
    ),
    done=lambda count: (
        ngettext("%(n)s matter was handed over.", "%(n)s matters were handed over.", count) % {"n": count}
    ),
)


def _urged(row: Docket, *, by: Officer, reason: str) -> None:
    urging.urge(docket=row, reason=reason, by=by)


URGE: Final = BulkAction(
    key="urge",
    label=_lazy("Urge"),
    icon="bell",
    permission=urging.URGE,
    form=lambda _viewer, data: ReasonForm(data),
    refuse=urging.refusal,
    act=_urged,
    question=lambda count: (
        ngettext("%(n)s matter will be urged.", "%(n)s matters will be urged.", count) % {"n": count}
    ),
    done=lambda count: ngettext("%(n)s matter was urged.", "%(n)s matters were urged.", count) % {"n": count},
)


@transaction.atomic
def hand_over(*, docket: Docket, form: handover.ReassignForm, by: Officer) -> str:
    """The same act on one docket, from its own page: `form` is valid. Answers where it can be taken back.

    Raises RuleBroken with what refused it.
    """
    facts = handover.reassign(docket=docket, by=by, **form.cleaned_data)
    job = bulk.already_done(DOCKETS, REASSIGN, by, docket, facts)
    return DOCKETS.url("bulk_undo", job.pk)


def openings(viewer: Any) -> list[dict[str, Any]]:
    """Kinds of matters this officer may open by himself."""
    return [
        {"label": _("New: %(kind)s") % {"kind": kind.label}, "url": reverse(kind.new_url_name), "icon": "plus"}
        for kind in kinds.all_kinds()
        if kind.new_url_name and viewer.has_perm(kind.new_permission)
    ]


def _primary(viewer: Any) -> dict[str, Any] | None:
    found = openings(viewer)
    return {**found[0], "hotkey": "n"} if found else None


def preview(docket: Docket, viewer: Any) -> dict[str, Any]:
    """What opens under a row: the next steps and the last events."""
    from casework import history, pages

    kind = kinds.get(docket.kind)
    actions = kind.actions(docket, viewer)
    return {
        "docket": docket,
        "tasks": pages.tasks(docket, viewer, actions)[:3],
        "timeline": history.latest(docket, 3),
        "counts": [tab for tab in pages.tabs(docket, "overview", viewer) if tab["count"]],
    }


def _start(viewer: Any) -> str:
    """Where nothing is his own, an officer begins with what his department has in hand, or with everything he sees."""
    if mine_count(viewer):
        return "mine"
    return "department" if _has_department(viewer) else "all"


DOCKETS: Final = ListPage(
    name="cases",
    title=_lazy("Cases"),
    url_name="casework:cases",
    unit=npgettext_lazy("unit of a list", "matter", "matters"),
    rows=rows,
    columns=COLUMNS,
    sort="due",
    filters=DocketFilters,
    tabs=TABS,
    start=_start,
    scans=sources,
    total=total,
    prepare=prepare,
    actions=(REASSIGN, URGE),
    primary=_primary,
    secondary=lambda viewer: openings(viewer)[1:],
    walks=True,
    preview=("casework/_list_preview.html", preview),
    row_label=lambda docket: docket.number or docket.title,
    empty=Empty(
        _lazy("No matter here."),
        _lazy("Matters of your department, your own and those shared with you appear in this list."),
        _primary,
    ),
)
