"""Bulk acts: choose rows, look at what would happen, do it row by row, read what became of each, take it back.

Each row is its own transaction: a refused one never holds back the others, and its reason stands on the result sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import clock, jobs
from core.errors import RuleBroken
from core.models import BulkOutcome, Job, JobState, OutcomeState

if TYPE_CHECKING:
    from core.lists.page import ListPage

KIND: Final = "lists.bulk"
MOST_ROWS: Final = 2000
AT_ONCE: Final = 50  # up to here the officer waits for it; beyond, a worker does it and the page shows how far it is
UNDO_FOR: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An act on many rows.

    `act(row, by=…, **cleaned)` does it to one, atomically, and returns the facts that `undo(row, by=…, **facts)` needs; both
    raise RuleBroken. `refuse(row, viewer, cleaned)` says beforehand, for the preview, why a row would be refused.
    `caution(rows)` says in the preview what else follows, "" where nothing does.
    `form(viewer, data)` asks for what the act needs. `question(count)` and `done(count)` are whole sentences.
    """

    key: str
    label: str | Promise
    act: Callable[..., Mapping[str, Any] | None]
    question: Callable[[int], str]
    done: Callable[[int], str]
    form: Callable[[Any, QueryDict | None], forms.Form] | None = None
    refuse: Callable[[Any, Any], str | None] = lambda row, viewer: None
    caution: Callable[[Sequence[Any]], str] = lambda rows: ""
    undo: Callable[..., None] | None = None
    permission: str = ""
    icon: str = ""
    tone: str = ""
    hotkey: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen: rows that can be acted on, and those that cannot with the reason."""

    ids: list[int]
    rows: list[Any]
    refused: list[tuple[str, str, str]]  # label, url, reason


def look(page: "ListPage", action: BulkAction, viewer: Any, ids: Sequence[int]) -> Preview:
    rows = list(page.rows(viewer).filter(pk__in=ids))
    missing = len(set(ids)) - len(rows)
    able, refused = [], []
    for row in rows:
        reason = action.refuse(row, viewer)
        if reason is None:
            able.append(row)
        else:
            refused.append((page.row_label(row), page.url_of(row), reason))
    # Not seen and not there look alike: the number of them says nothing of what they are.
    refused += [(_("Row not found"), "", _("It does not exist or you have no access to it."))] * missing
    return Preview([row.pk for row in able], able, refused)


def start(page: "ListPage", action: BulkAction, viewer: Any, ids: Sequence[int], data: Mapping[str, list[str]]) -> Job:
    """Write the job; a small one is run at once."""
    principal = getattr(viewer, "acting_for", None)
    payload = {
        "page": page.name,
        "action": action.key,
        "ids": list(ids),
        "data": dict(data),
        "acting_for": principal.pk if principal else None,
    }
    job = jobs.enqueue(KIND, payload, by_id=viewer.pk)
    if len(ids) <= AT_ONCE:
        jobs.run(job.pk)
    job.refresh_from_db()
    return job


def already_done(page: "ListPage", action: BulkAction, viewer: Any, row: Any, facts: Mapping[str, Any]) -> Job:
    """The job of an act that was done to one row elsewhere, in the transaction of that act: by it the act is taken back."""
    now = clock.now()
    job = Job.objects.create(
        kind=KIND,
        payload={"page": page.name, "action": action.key, "ids": [row.pk]},
        requested_by_id=viewer.pk,
        state=JobState.DONE,
        progress=100,
        result={"done": 1, "refused": 0},
        not_before=now,
        created_at=now,
        started_at=now,
        finished_at=now,
    )
    BulkOutcome.objects.create(
        job=job,
        object_id=row.pk,
        label=page.row_label(row)[:200],
        url=page.url_of(row),
        state=OutcomeState.DONE,
        facts=dict(facts),
    )
    return job


def form_of(action: BulkAction, viewer: Any, data: Mapping[str, list[str]] | QueryDict | None) -> forms.Form | None:
    if action.form is None:
        return None
    if data is None or isinstance(data, QueryDict):
        return action.form(viewer, data)
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    return action.form(viewer, query)


def run(job: Job) -> Mapping[str, Any]:
    """The job's handler. May be run again after a kill: rows with an outcome are left alone."""
    from core.lists.page import named

    viewer = officer_of(job)
    with translation.override(viewer.language):
        page = named(job.payload["page"])
        action = page.action(job.payload["action"], viewer)
        form = form_of(action, viewer, job.payload["data"]) if action else None
        over = set(BulkOutcome.objects.filter(job=job).values_list("object_id", flat=True))
        ids = [pk for pk in job.payload["ids"] if pk not in over]
        rows = {row.pk: row for row in page.rows(viewer).filter(pk__in=ids)}
        for number, pk in enumerate(ids, 1):
            _one(job, page, action, form, viewer, pk, rows.get(pk))
            if number % 20 == 0 and not jobs.report(
                job, progress=min(99, (len(over) + number) * 100 // len(job.payload["ids"]))
            ):
                break  # cancelled, or another worker has taken over
    outcomes = BulkOutcome.objects.filter(job=job)
    return {"done": outcomes.filter(state="done").count(), "refused": outcomes.filter(state="refused").count()}


def _one(
    job: Job, page: "ListPage", action: BulkAction | None, form: forms.Form | None, viewer: Any, pk: int, row: Any
) -> None:
    label = page.row_label(row)[:200] if row is not None else f"#{pk}"
    common = {"job": job, "object_id": pk, "label": label, "url": page.url_of(row) if row is not None else ""}
    try:
        if action is None:
            raise RuleBroken(_("You may not do this any more."))
        if row is None:
            raise RuleBroken(_("It does not exist or you have no access to it."))
        if form is not None and not form.is_valid():
            raise RuleBroken([str(error) for errors in form.errors.values() for error in errors])
        with transaction.atomic():
            facts = action.act(row, by=viewer, **(form.cleaned_data if form is not None else {}))
            BulkOutcome.objects.create(state=OutcomeState.DONE, facts=dict(facts or {}), **common)
    except RuleBroken as refusal:
        BulkOutcome.objects.create(state=OutcomeState.REFUSED, reason=" ".join(refusal.reasons)[:500], **common)
    except PermissionDenied:
        BulkOutcome.objects.create(state=OutcomeState.REFUSED, reason=_("Your role does not allow this."), **common)


def officer_of(job: Job) -> Any:
    """Who asked for the job, acting for whom he then acted; for himself alone where that delegation has ended since."""
    people = get_user_model()._default_manager
    viewer: Any = people.get(pk=job.requested_by_id)
    if job.payload.get("acting_for"):
        held = [one.principal for one in viewer.acting_choices if one.principal_id == job.payload["acting_for"]]
        viewer.acting_for = held[0] if held else None
    return viewer


def seconds_to_undo(job: Job, action: BulkAction | None) -> int:
    """How long the act can still be taken back; 0: not any more, or not at all."""
    if action is None or action.undo is None or job.state != JobState.DONE or job.finished_at is None:
        return 0
    left = job.finished_at + UNDO_FOR - clock.now()
    return max(0, int(left.total_seconds()))


def undo(page: "ListPage", action: BulkAction, job: Job, viewer: Any) -> int:
    """Take back every row that was done. Returns how many were; the others say why on the result sheet."""
    if not seconds_to_undo(job, action) or action.undo is None:
        raise RuleBroken(_("This can no longer be undone: the time for it is over."))
    outcomes = list(BulkOutcome.objects.filter(job=job, state=OutcomeState.DONE))
    rows = {row.pk: row for row in page.rows(viewer).filter(pk__in=[outcome.object_id for outcome in outcomes])}
    undone = 0
    for outcome in outcomes:
        row = rows.get(outcome.object_id)
        try:
            if row is None:
                raise RuleBroken(_("It does not exist or you have no access to it."))
            with transaction.atomic():
                action.undo(row, by=viewer, **outcome.facts)
                outcome.state = OutcomeState.UNDONE
                outcome.save(update_fields=["state"])
                undone += 1
        except RuleBroken as refusal:
            outcome.reason = " ".join(refusal.reasons)[:500]
            outcome.save(update_fields=["reason"])
    return undone
