"""How deadlines and rules are shown, in the shapes of templates/components/README.md. Reads only."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework import calendar, history, powers, statutes
from casework.deadlines import explain, kinds, limits, periods, reckoning
from casework.deadlines.limits import CORRECT, EXTEND, PAUSE, PauseReason
from casework.due import DueWords, calendar_for
from casework.models import Deadline, Docket, Extension, Pause, PeriodRule
from casework.reminders.inbox import label_of
from core import clock
from core.known_words import said_again
from core.labels import in_print
from trail.models import Event


def status(deadline: Deadline, words: DueWords) -> dict[str, Any]:
    """A Due: the date, how long still, and the colour."""
    due = {"on": deadline.due_on, "provisional": deadline.is_provisional and deadline.is_open}
    if deadline.met_on is not None:
        is_late = deadline.met_on > deadline.due_on
        said = _("met late, on %(on)s") if is_late else _("met on %(on)s")
        return due | {"words": said % {"on": deadline.met_on}, "tone": "amber" if is_late else "green"}
    if deadline.cancelled_on is not None:
        return due | {"words": _("cancelled on %(on)s") % {"on": deadline.cancelled_on}, "tone": "grey"}
    if deadline.paused_since is not None:
        return {"words": _("Clock stopped since %(on)s") % {"on": deadline.paused_since}, "tone": "grey"}
    said, tone = words.words(deadline.due_on, deadline.unit)
    return due | {"words": said, "tone": tone}


def actions(deadline: Deadline, viewer: Any) -> list[dict[str, Any]]:
    """What this officer may do with a running deadline."""
    if not deadline.is_open or deadline.docket.closed_on is not None or deadline.counts_back:
        return []
    if kinds.get(deadline.kind).own_end is not None:
        return []  # its day follows another period
    found = []
    if powers.may(viewer, PAUSE, deadline.docket):
        if deadline.paused_since is None:
            found.append(
                {"label": _("Stop the clock"), "url": reverse("casework:pause", args=[deadline.pk]), "icon": "pause"}
            )
        else:
            found.append(
                {
                    "label": _("Let the clock run again"),
                    "url": reverse("casework:resume", args=[deadline.pk]),
                    "icon": "clock",
                }
            )
    if powers.may(viewer, EXTEND, deadline.docket) and no_more_time(deadline) is None:
        found.append(
            {
                "label": _("Extend the period"),
                "url": reverse("casework:extend", args=[deadline.pk]),
                "icon": "calendar-due",
            }
        )
    return found


def no_more_time(deadline: Deadline) -> str | None:
    """Why no extension of this period is offered; None when one may be granted."""
    if deadline.rule is None or reckoning.is_set_by_document(deadline):
        return None
    return limits.no_more_time(deadline.rule, deadline.extensions.standing().count())


def corrections(deadline: Deadline, viewer: Any) -> list[dict[str, Any]]:
    """What may be done where something about a period was recorded wrongly."""
    if deadline.docket.closed_on is not None or not powers.may(viewer, CORRECT, deadline.docket):
        return []
    if deadline.is_open:
        return [{"label": _("Cancel the period"), "url": reverse("casework:cancel_deadline", args=[deadline.pk])}]
    label = _("Take back that it was met") if deadline.met_on else _("Take back that it was cancelled")
    return [{"label": label, "url": reverse("casework:reopen_deadline", args=[deadline.pk]), "icon": "refresh"}]


def entries(deadline: Deadline, viewer: Any) -> list[dict[str, Any]]:
    """Pauses and extensions as they were entered, also those that were taken back, with what may be corrected."""
    may = (
        deadline.docket.closed_on is None
        and deadline.cancelled_on is None
        and powers.may(viewer, CORRECT, deadline.docket)
    )
    people = ("created_by", "taken_back_by")
    found = [
        _entry(pause, _pause_title(pause), pause.created_by.name, _pause_acts(pause) if may else [])
        for pause in deadline.pauses.select_related(*people).order_by("pk")
    ]
    found += [
        _entry(item, _extension_title(item), item.granted_by.name, _extension_acts(item) if may else [])
        for item in deadline.extensions.select_related("granted_by", "taken_back_by").order_by("pk")
    ]
    return found


def _entry(entry: Pause | Extension, title: str, who: str, acts: list[dict[str, Any]]) -> dict[str, Any]:
    lines = [(_("Reason"), entry.reason), (_("Document"), entry.document), (_("Entered by"), who)]
    if entry.taken_back_at is not None:
        by = entry.taken_back_by.name if entry.taken_back_by else _("The portal")
        lines += [
            (_("Taken back by"), f"{by}　{clock.local(entry.taken_back_at):%Y-%m-%d %H:%M}"),
            (_("Why taken back"), entry.taken_back_reason),
        ]
    return {
        "title": title,
        "rows": [{"label": label, "value": value} for label, value in lines if value],
        "tag": None if entry.stands else {"label": _("Taken back"), "tone": "grey"},
        "actions": acts if entry.stands else [],
    }


def _pause_title(pause: Pause) -> str:
    facts = {"why": PauseReason(pause.reason_code).label, "from": pause.from_on, "to": pause.to_on}
    if pause.to_on is None:
        return _("Not counted since %(from)s: %(why)s") % facts
    return _("Not counted from %(from)s to %(to)s: %(why)s") % facts


def _pause_acts(pause: Pause) -> list[dict[str, Any]]:
    return [
        {"label": _("Correct the pause"), "url": reverse("casework:correct_pause", args=[pause.pk]), "icon": "pencil"},
        {"label": _("Take the pause back"), "url": reverse("casework:take_back_pause", args=[pause.pk])},
    ]


def _extension_title(item: Extension) -> str:
    return _("Extended by %(length)s on %(on)s") % {
        "length": explain.span(item.length, item.unit),
        "on": item.granted_on,
    }


def _extension_acts(item: Extension) -> list[dict[str, Any]]:
    url = reverse("casework:take_back_extension", args=[item.pk])
    return [{"label": _("Take the extension back"), "url": url}]


def of_docket(docket: Docket, viewer: Any, *, only_running: bool) -> dict[str, Any] | None:
    """The deadlines of a docket: those that run first, by date; each with its reasons."""
    rows = docket.deadlines.select_related("rule", "docket").order_by("due_on", "pk")
    shown = [row for row in rows if row.is_open] + ([] if only_running else [row for row in rows if not row.is_open])
    if not shown and only_running:
        return None
    words = DueWords(calendar_for(viewer))
    return {
        "rows": [
            {
                "deadline": row,
                "label": label_of(row),
                "url": reverse("casework:why", args=[row.pk]),
                "due": status(row, words),
                "summary": summary(row),
                "target_on": row.target_on
                if row.is_open and row.target_on != row.due_on and not row.paused_since
                else None,
                "actions": actions(row, viewer),
                "is_verified": row.reasons.get("verified", True),
            }
            for row in shown
        ],
        "only_running": only_running,
    }


def summary(deadline: Deadline) -> str:
    """One line: "90 calendar days from 2026-09-12 (case opened), 12 not counted, extended by 30 calendar days"."""
    doc = deadline.reasons
    parts = [
        _("%(length)s before %(start)s (%(event)s)")
        if deadline.counts_back
        else _("%(length)s from %(start)s (%(event)s)")
    ]
    parts[0] %= {
        "length": explain.span(deadline.length, deadline.unit),
        "start": deadline.started_on,
        "event": said_again(deadline.started_by),
    }
    if words := length_words(deadline):
        parts[0] = words
    left_out = sum(pause["left_out"] for pause in doc.get("pauses", []))
    if left_out:
        unit = "working_day" if deadline.unit == "working_day" else "calendar_day"
        parts.append(_("%(days)s not counted") % {"days": explain.span(left_out, unit)})
    parts += [
        _("extended by %(length)s") % {"length": explain.span(e["length"], e["unit"])}
        for e in doc.get("extensions", [])
    ]
    return pgettext("between clauses", ", ").join(parts)


def length_words(deadline: Deadline) -> str | None:
    """What the matter says of the length, where days are only how it was reckoned."""
    words = kinds.get(deadline.kind).length_words
    return words(deadline) if words is not None else None


def why_page(deadline: Deadline, viewer: Any) -> dict[str, Any]:
    """Everything the page "why this date?" needs."""
    doc = reckoning.document_of(deadline)
    if not deadline.is_open:
        doc["provisional"] = False  # its day counts no more: no later calendar moves it
    due = status(deadline, DueWords(calendar_for(viewer)))
    if doc["stopped"]:
        due["words"] = _("Clock stopped since %(on)s; it would end on %(due)s if it ran again today") % {
            "on": deadline.paused_since,
            "due": doc["due_on"],
        }
    why = explain.panel(doc, status=due, article_url=rule_url(deadline.rule))
    if words := length_words(deadline):
        why["length"] = _("%(words)s (%(length)s)") % {"words": words, "length": why["length"]}
    kept = powers.kept_from(viewer, PAUSE, deadline.docket) if deadline.is_open else None
    why["note"] = " ".join(filter(None, [why["note"], *advice_of(deadline), kept]))
    events = Event.objects.filter(subject_type="casework.deadline", subject_id=str(deadline.pk)).order_by("-id")
    return {
        "deadline": deadline,
        "docket": deadline.docket,
        "title": label_of(deadline),
        "why": why,
        "secondary": actions(deadline, viewer),
        "more": [
            *corrections(deadline, viewer),
            {"label": _("The reckoning as JSON"), "url": "?format=json", "method": "get", "icon": "download"},
        ],
        "entries": entries(deadline, viewer),
        "events": [history.entry(event) for event in events],
        "rule": deadline.rule,
    }


def advice_of(deadline: Deadline) -> list[str]:
    """What the matter itself has to say about the date of a running period."""
    advice = kinds.get(deadline.kind).advice
    return advice(deadline) if advice is not None and deadline.is_open else []


def rule_url(rule: PeriodRule | None) -> str:
    return reverse("casework:rule", args=[rule.code]) if rule else ""


def length_of(rule: PeriodRule) -> str:
    """The period of a rule in words; as printed, where it is no plain length."""
    if rule.length is not None and rule.is_computable:
        length = explain.span(rule.length, rule.unit)
        return _("%(length)s before") % {"length": length} if rule.counts_back else length
    units = {
        "hour": _("%(period)s hours"),
        "CNY": _("%(period)s yuan"),
        "per_day": _("%(period)s a day"),
        "days_counted": _("days counted"),
        "calendar_day": _("%(period)s calendar days"),
    }
    return units.get(rule.unit, "%(period)s") % {"period": rule.period}


def is_in_force(rule: PeriodRule, on: date) -> bool:
    return statutes.in_force(rule, on)


def rule_rows(rule: PeriodRule) -> list[dict[str, Any]]:
    """What the statute book says of a period."""
    facts = {"valid_from": _day(rule.valid_from), "valid_to": _day(rule.valid_to)}
    rows = [
        {"label": _("Starts with"), "value": rule.trigger},
        {"label": _("Must be done"), "value": rule.action},
        {"label": _("By whom"), "value": rule.actor, "note": str(rule.get_actor_side_display())},
        {"label": _("Length") if rule.is_period else _("Amount or rate"), "value": length_of(rule)},
        {"label": _("Legal basis"), "value": in_print(rule.legal_basis)},
        {"label": _("Validity"), "value": explain.validity(facts)},
        {"label": _("Extension"), "value": rule.extension},
        {"label": _("Time not counted"), "value": rule.excluded_time},
        {"label": _("If it passes"), "value": rule.on_breach},
        {"label": _("Note"), "value": rule.note},
        {"label": _("Source"), **_source_of(rule)},
    ]
    return [row for row in rows if row["value"]]


def _source_of(rule: PeriodRule) -> dict[str, Any]:
    said = statutes.provenance(rule.source, rule.confidence)
    return {"value": said["source"], "note": said["confidence"]}


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def tried(rule: PeriodRule, form: Any) -> tuple[dict[str, Any] | None, str]:
    """What a rule gives for the dates of the form: the panel, or the reason why it gives none."""
    on = form.cleaned_data["start"]
    rule = statutes.version_on(rule, on, PeriodRule.objects.called(rule.code))
    if not rule.is_computable or rule.length is None:
        return None, statutes.not_a_length(rule)
    if not statutes.in_force(rule, on):
        return None, statutes.not_in_force(rule, on, PeriodRule.objects.all())
    almanac = calendar.current()
    unit, side = periods.as_unit(rule.unit), periods.as_side(rule.actor_side)
    if rule.counts_back:
        found = periods.compute_back(on, rule.length, unit, almanac.calendar, side)
    else:
        found = periods.compute(
            on, rule.length, unit, almanac.calendar, side, form.pauses(), form.extensions(rule.unit), today=clock.today()
        )  # fmt: skip
    return explain.panel(explain.document(found, almanac, rule=rule)), ""


def panel_all(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    return of_docket(docket, viewer, only_running=False)


def panel_running(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    return of_docket(docket, viewer, only_running=True)
