"""List pages: the reminder ledger, the inbox, background jobs."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from casework.models import Docket, InboxMessage, Reminder, ReminderState
from casework.reminders.inbox import label_of, unread_count
from casework.reminders.ledger import Why
from core import clock, jobs
from core.listing import listed
from core.lists import ALL, Column, ListFilterSet, ListPage, Sort, Tab
from core.lists.page import Empty
from core.models import Job, JobState
from organisation.forms import DateInput
from organisation.models import Officer

TONES = {
    ReminderState.PLANNED: "blue",
    ReminderState.SENT: "green",
    ReminderState.SKIPPED: "grey",
    ReminderState.FAILED: "red",
}
JOB_TONES = {
    JobState.QUEUED: "grey",
    JobState.RUNNING: "blue",
    JobState.DONE: "green",
    JobState.FAILED: "red",
    JobState.CANCELLED: "grey",
}


class ReminderFilters(ListFilterSet):
    state = filters.ChoiceFilter(label=_("State"), choices=ReminderState.choices, empty_label=ALL)
    officer = filters.CharFilter(label=_("Reminded officer"), method="by_officer")
    docket = filters.CharFilter(label=_("Docket number"), method="by_docket")
    reason = filters.ChoiceFilter(label=_("Why not"), choices=Why.choices, empty_label=ALL)
    since = filters.DateFilter(label=_("Due from"), field_name="due_on", lookup_expr="gte", widget=DateInput())
    until = filters.DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte", widget=DateInput())

    def by_officer(self, rows: Any, _name: str, value: str) -> Any:
        known = Officer.objects.filter(Q(name__contains=value) | Q(username=value) | Q(initials=value.lower()))
        return rows.filter(recipient__in=known)

    def by_docket(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(deadline__docket__in=Docket.objects.filter(number__contains=value))


def day_cell(on: date | None) -> Any:
    """A date that is not broken at its hyphens."""
    return {"text": on.isoformat(), "nowrap": True} if on else ""


def offset_words(reminder: Reminder) -> str:
    days, target = reminder.offset_days, reminder.deadline.target_on
    if days >= 0 and reminder.due_on == reminder.deadline.due_on and target < reminder.due_on:
        facts = {"n": days, "target": target}
        return _now("%(n)s days ahead of %(target)s") % facts if days else _now("on the day to act, %(target)s") % facts
    if days > 0:
        return _now("%(n)s days ahead") % {"n": days}
    return _now("%(n)s days after") % {"n": -days} if days else _now("on the day")


def reason_words(reminder: Reminder) -> str:
    """Why it was not sent, as a sentence; for a failed one, after how many attempts it was given up."""
    if reminder.state == ReminderState.FAILED:
        return _now("Given up after %(n)s attempts: the worker stopped each time.") % {"n": reminder.attempts - 1}
    return str(Why(reminder.reason).label) if reminder.reason in Why.values else reminder.reason


def channel_words(reminder: Reminder) -> str:
    words = {
        "inbox": _now("in the portal"),
        "mail": _now("by mail"),
        "mail_failed": _now("mail failed"),
        "mail_withheld": _now("mail withheld (the recipient could no longer see the docket)"),
    }
    return listed(words[channel] for channel in reminder.channels)


LEDGER = ListPage(
    name="reminders",
    title=_("Reminder ledger"),
    url_name="casework:reminders",
    unit=npgettext_lazy("unit of a list", "reminder", "reminders"),
    lead=_("Every reminder that was planned: sent, or not sent, and why."),
    permission="casework.see_ledger",
    rows=lambda viewer: Reminder.objects.visible_to(viewer).select_related("deadline__docket", "recipient"),
    filters=ReminderFilters,
    sort="-number",
    tabs=(
        Tab("all", _("All"), narrow=lambda rows, _viewer: rows),
        Tab("mine", _("Mine"), narrow=lambda rows, viewer: rows.filter(recipient=viewer)),
        Tab("failed", _("Failed"), narrow=lambda rows, _viewer: rows.filter(state=ReminderState.FAILED), counted=True),
    ),
    columns=(
        Column("docket", _("Docket"), value=lambda r: r.deadline.docket.number, link=True, phone="main", width=28),
        Column("label", _("Period"), value=lambda r: label_of(r.deadline), width=24),
        Column("due", _("Due on"), value=lambda r: r.due_on, cell=lambda r: day_cell(r.due_on), sort="due_on"),
        Column("offset", _("When"), value=offset_words),
        Column("recipient", _("Reminded officer"), value=lambda r: r.recipient.name),
        Column(
            "state",
            _("State"),
            value=lambda r: r.get_state_display(),
            cell=lambda r: {"tag": {"label": r.get_state_display(), "tone": TONES[ReminderState(r.state)]}},
        ),
        Column("reason", _("Why not"), value=reason_words, phone="wide", width=40),
        Column("channels", _("How"), value=channel_words),
        Column("planned", _("Planned"), value=lambda r: clock.local(r.planned_at), shown=False),
        Column("sent", _("Sent"), value=lambda r: clock.local(r.sent_at) if r.sent_at else None),
        Column("number", _("Serial number"), value=lambda r: r.pk, sort="id", numeric=True, shown=False, width=10),
    ),
    row_url=lambda reminder: reverse("casework:why", args=[reminder.deadline_id]),
    row_label=lambda reminder: reminder.deadline.label,
    empty=Empty(
        _("No reminder has been planned yet."), _("Reminders appear here as soon as a period comes near its end.")
    ),
)


class InboxFilters(ListFilterSet):
    q = filters.CharFilter(label=_("Words of the message"), field_name="title", lookup_expr="contains")
    since = filters.DateFilter(label=_("Received from"), method="by_since", widget=DateInput())

    def by_since(self, rows: Any, _name: str, value: date) -> Any:
        return rows.filter(at__date__gte=value)


def _message_cell(message: InboxMessage) -> dict[str, Any]:
    return {"text": message.said, "sub": message.told}


def _read_cell(message: InboxMessage) -> dict[str, Any]:
    return {"text": ""} if message.read_at else {"tag": {"label": _now("New"), "tone": "blue"}}


INBOX = ListPage(
    name="inbox",
    title=_("Messages"),
    url_name="casework:inbox",
    unit=npgettext_lazy("unit of a list", "message", "messages"),
    rows=lambda viewer: InboxMessage.objects.visible_to(viewer).select_related("docket"),
    filters=InboxFilters,
    sort="-at",
    start=lambda viewer: "unread" if unread_count(viewer) else "all",
    tabs=(
        Tab("unread", _("Not read"), narrow=lambda rows, _viewer: rows.filter(read_at=None), counted=True),
        Tab("all", _("All"), narrow=lambda rows, _viewer: rows),
    ),
    columns=(
        Column("read", _("State"), value=lambda m: "" if m.read_at else _now("New"), cell=_read_cell),
        Column("title", _("Message"), value=lambda m: m.said, cell=_message_cell, link=True, phone="main", width=60),
        Column("docket", _("Docket"), value=lambda m: m.docket.number if m.docket else "", width=28),
        # In the order in which they came: the id.
        Column("at", _("When"), value=lambda m: clock.local(m.at), sort=Sort("id", descending_first=True)),
    ),
    row_url=lambda message: reverse("casework:message", args=[message.pk]),
    row_label=lambda message: message.said,
    template="casework/inbox/page.html",
    empty=Empty(_("No message."), _("Reminders, mentions and changes of your matters appear here.")),
)


class JobFilters(ListFilterSet):
    state = filters.ChoiceFilter(label=_("State"), choices=JobState.choices, empty_label=ALL)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=[], empty_label=ALL)

    def shape(self) -> None:
        kinds = jobs_of(self.viewer).order_by("kind").values_list("kind", flat=True).distinct()
        self.filters["kind"].extra["choices"] = [(name, jobs.label_of(name)) for name in kinds]


def jobs_of(viewer: Any) -> Any:
    """All jobs for who may run them; his own for anybody else."""
    if viewer.has_perm("casework.run_jobs"):
        return Job.objects.all()
    return Job.objects.filter(requested_by_id=viewer.pk)


def _read_askers(found: list[Job], _viewer: Any) -> None:
    """Who asked for the jobs of a page, in one query: a job keeps no foreign key to officers."""
    names = dict(Officer.objects.filter(pk__in={job.requested_by_id for job in found}).values_list("pk", "name"))
    for job in found:
        job.asker = names.get(job.requested_by_id, "")  # type: ignore[attr-defined]


JOBS = ListPage(
    name="jobs",
    title=_("Background jobs"),
    url_name="casework:jobs",
    unit=npgettext_lazy("unit of a list", "job", "jobs"),
    lead=_("What the portal does after you have gone on: documents, mails, exports."),
    rows=jobs_of,
    filters=JobFilters,
    prepare=_read_askers,
    sort="-number",
    columns=(
        Column("kind", _("Job"), value=lambda j: jobs.label_of(j.kind), link=True, phone="main", width=28),
        Column(
            "state",
            _("State"),
            value=lambda j: j.get_state_display(),
            cell=lambda j: {"tag": {"label": j.get_state_display(), "tone": JOB_TONES[JobState(j.state)]}},
        ),
        Column("progress", _("Progress"), value=lambda j: f"{j.progress}%"),
        Column("step", _("Step"), value=lambda j: j.step, phone="wide", width=32),
        Column("attempts", _("Attempts"), value=lambda j: f"{j.attempts}/{j.max_attempts}"),
        Column("asker", _("Asked for by"), value=lambda j: j.asker or _now("The portal")),
        Column("asked", _("Asked for"), value=lambda j: clock.local(j.created_at)),
        Column("finished", _("Finished"), value=lambda j: clock.local(j.finished_at) if j.finished_at else None),
        Column("number", _("Serial number"), value=lambda j: j.pk, sort="id", numeric=True, width=10),
    ),
    row_url=lambda job: reverse("casework:job", args=[job.pk]),
    empty=Empty(_("No job."), _("Jobs that you start appear here with their progress.")),
)
