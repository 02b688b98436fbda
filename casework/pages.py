"""What the docket page shows: identity bar, step bar, tabs, next steps, timeline. Reads only; labels arrive translated."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import course, evidence_facts, following, handover, kinds, origins, powers, services, strands, urging
from casework import evidence as evidence_verbs
from casework.due import DueWords, calendar_for
from casework.models import Confidentiality, Docket, Evidence, Part
from casework.reminders.inbox import label_of
from core import clock, registry
from core.listing import listed
from organisation.models import Officer


def tab_labels() -> dict[str, str]:
    return {
        "overview": _("Overview"),
        "evidence": _("Evidence"),
        "documents": _("Documents"),
        "deadlines": _("Periods"),
        "related": _("Related matters"),
        "history": _("History"),
    }


def tabs(docket: Docket, current: str, viewer: Any) -> list[dict[str, Any]]:
    counts = {
        "evidence": sum(_evidence_counts(docket, viewer)),
        "documents": counted("documents", docket, viewer),
        "deadlines": docket.deadlines.filter(met_on=None, cancelled_on=None).count(),
    }
    return [
        {
            "label": label,
            "url": reverse("casework:docket_tab", args=[docket.pk, name])
            if name != "overview"
            else docket.get_absolute_url(),
            "count": counts.get(name),
            "active": name == current,
        }
        for name, label in tab_labels().items()
    ]


def _evidence_counts(docket: Docket, viewer: Any) -> tuple[int, int]:
    """Pieces of evidence that stand, and records beside them; of the dockets it came from as far as the viewer sees them."""
    held_by = [docket, *origins.seen_chain(docket, viewer)]
    files = Evidence.objects.filter(docket__in=held_by, withdrawn_at=None).count()
    return files, counted("evidence", docket, viewer) or 0


def evidence_counted(docket: Docket, viewer: Any) -> str:
    """What the number at the tab is made of; "" where it says so itself."""
    files, records = _evidence_counts(docket, viewer)
    if not records:
        return ""
    words = _(
        "The tab counts %(files)d pieces of evidence and %(records)d records; withdrawn pieces are not counted. In the case file the records stand among the documents: there only the pieces of evidence are counted as evidence."
    )
    return words % {"files": files, "records": records}


_counters: dict[str, Any] = {}


def register_counter(tab: str, count: Any) -> None:
    """An upper floor says how many of its things a tab shows: `count(docket, viewer) -> int`."""
    _counters[tab] = count


def counted(tab: str, docket: Docket, viewer: Any) -> int | None:
    return _counters[tab](docket, viewer) if tab in _counters else None


_outcomes: dict[str, Callable[[Docket, Any], Mapping[str, Any] | None]] = {}


def register_outcome(kind: str, tell: Callable[[Docket, Any], Mapping[str, Any] | None]) -> None:
    """An upper floor says at the head of a docket's page what became of it: `tell(docket, viewer)` gives a notice
    {text, url, url_label, tone} of the components' README, or None."""
    _outcomes[kind] = tell


def outcome(docket: Docket, viewer: Any) -> Mapping[str, Any] | None:
    return _outcomes[docket.kind](docket, viewer) if docket.kind in _outcomes else None


def head(docket: Docket, viewer: Any, actions: list[kinds.Action]) -> dict[str, Any]:
    """The identity bar: who, what, until when; one primary action, the rest in a menu."""
    kind = kinds.get(docket.kind)
    possible = [action for action in actions if not action.reasons and action.url]
    primary = next((a for a in possible if a.is_primary), possible[0] if possible else None)
    rest = [a for a in possible if a is not primary]
    tags = [
        {"label": str(kind.label), "tone": "grey"},
        {"label": kinds.stage_label(docket.kind, docket.stage), "tone": kinds.stage_tone(docket.kind, docket.stage)},
    ]
    if docket.confidentiality == Confidentiality.RESTRICTED:
        tags.append({"label": str(docket.get_confidentiality_display()), "tone": "purple"})
    if docket.is_paused:
        tags.append({"label": _("Clock stopped"), "tone": "grey"})
    return {
        "number": docket.number or "",
        "title": docket.enterprise.name if docket.enterprise else docket.title,
        "title_url": docket.enterprise.get_absolute_url() if docket.enterprise else None,
        "tags": tags,
        "primary": as_button(primary, "primary") if primary else None,
        "secondary": [
            as_button(action) for action in [*rest[:1], *handing_over(docket, viewer), *urging_of(docket, viewer)]
        ],
        "more": [
            *(as_button(action) for action in [*rest[1:], *standing_actions(docket, viewer)]),
            following.button(docket, viewer),
        ],
        "facts": facts(docket, viewer),
        "notice": outcome(docket, viewer),
    }


def as_button(action: kinds.Action, tone: str = "secondary") -> dict[str, Any]:
    return {"label": action.label, "url": action.url, "tone": tone, "hotkey": action.hotkey}


def handing_over(docket: Docket, viewer: Any) -> list[kinds.Action]:
    """Beside the next step, for whoever may give the matter to another officer."""
    if docket.closed_on is not None or not powers.may(viewer, handover.REASSIGN, docket):
        return []
    return [kinds.Action(_("Hand over"), reverse("casework:hand_over", args=[docket.pk]))]


def urging_of(docket: Docket, viewer: Any) -> list[kinds.Action]:
    """For whoever watches over the region."""
    if urging.refusal(docket, viewer):
        return []
    return [kinds.Action(_("Urge"), reverse("casework:urge", args=[docket.pk]))]


def standing_actions(docket: Docket, viewer: Any) -> list[kinds.Action]:
    """What may be done at any stage."""
    found = []
    if docket.closed_on is None and powers.may(viewer, "casework.share_docket", docket):
        found.append(kinds.Action(_("Share with a colleague"), reverse("casework:share", args=[docket.pk])))
    if powers.may(viewer, services.RESTRICT, docket):
        is_restricted = docket.confidentiality == Confidentiality.RESTRICTED
        label = _("Lift the restriction") if is_restricted else _("Restrict who sees it")
        found.append(kinds.Action(label, reverse("casework:confidentiality", args=[docket.pk])))
    return found


def facts(docket: Docket, viewer: Any) -> list[dict[str, Any]]:
    team = [docket.officer.name] if docket.officer else []
    rows_of_team = list(docket.team.all())
    team += [row.officer.name for row in rows_of_team if row.part == Part.CO]
    named = [row.officer.name for row in rows_of_team if row.part == Part.TASK]
    rows: list[dict[str, Any]] = [
        {"label": _("Subject"), "value": docket.title},
        handled_by(docket, team),
        *([{"label": _("Named for the present step"), "value": listed(named)}] if named else []),
        {"label": _("Department"), "value": docket.department.short_name},
        {"label": _("Opened"), "value": docket.opened_on.isoformat()},
    ]
    if kept := powers.kept_from(viewer, handover.REASSIGN, docket):
        rows.insert(3, {"label": _("Your delegation"), "value": kept})
    if docket.closed_on is None and docket.next_due_on is not None:
        words = DueWords(calendar_for(viewer))
        period = words.period(docket)
        rows.insert(0, {"label": label_of(period) if period else _("Due"), **words.of(docket)})
    if docket.enterprise:
        rows.append({"label": _("Credit code"), "value": docket.enterprise.credit_code, "mono": True})
    if docket.closed_on:
        rows.append({"label": _("Dealt with on"), "value": docket.closed_on.isoformat()})
    return rows


def handled_by(docket: Docket, team: list[str]) -> dict[str, Any]:
    """Who decided on a matter that nobody handled: once it is dealt with, nobody will."""
    if not team and (decided := course.ended_by(docket)):
        return {"label": _("Decided by"), "value": decided}
    return {"label": _("Handled by"), "value": listed(team) or _("Nobody yet")}


def as_row(label: str, value: Any) -> dict[str, Any]:
    """A fact as the key-value list shows it: a text of several lines keeps them."""
    lines = str(value).splitlines()
    return {"label": label, "lines": lines} if len(lines) > 1 else {"label": label, "value": value}


def tasks(docket: Docket, viewer: Any, actions: list[kinds.Action]) -> list[dict[str, Any]]:
    """下一步要办: what can be done, what stands in the way of the rest, and whom the matter waits for."""
    rows = []
    said: dict[tuple[str, ...], Any] = {}  # reasons → the step that gave them first
    for action in actions:
        status, hint, reasons = None, " ".join(action.reasons), tuple(action.reasons)
        if reasons and reasons in said:
            hint = _("For the same reasons as “%(step)s”.") % {"step": said[reasons]}
        said.setdefault(reasons, action.label)
        if action.waits_for:
            status = {"label": _("Waits for: %(who)s") % {"who": action.waits_for}, "tone": "grey"}
        elif action.reasons:
            status = {"label": _("Something is missing"), "tone": "amber"}
        rows.append(
            {
                "label": action.label,
                "url": action.url if not action.reasons and not action.waits_for else None,
                "hint": hint,
                "status": status,
            }
        )
    return rows


def files(docket: Docket, viewer: Any) -> list[dict[str, Any]]:
    """The evidence, in the order it came: what each piece proves, who made and who uploaded it; what the viewer may do with it.

    After its own that of the dockets it came from, marked with their numbers, as far as the viewer sees them.
    """
    may_withdraw = docket.closed_on is None and powers.may(viewer, evidence_verbs.WITHDRAW, docket)
    rows = []
    for evidence in docket.evidence.select_related("uploaded_by"):
        row = _file(evidence)
        if may_withdraw and not evidence.withdrawn_at:
            url = reverse("casework:withdraw_evidence", args=[evidence.pk])
            row["actions"].append({"label": _("Withdraw"), "url": url, "about": evidence.title})
        rows.append(row)
    for earlier in origins.seen_chain(docket, viewer):
        for evidence in earlier.evidence.filter(withdrawn_at=None).select_related("uploaded_by"):
            row = _file(evidence)
            row["tags"] = [{"label": f"{kinds.kind_label(earlier.kind)} {earlier}", "tone": "blue"}]
            rows.append(row)
    return rows


def _file(evidence: Evidence) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": evidence.title,
        "url": reverse("casework:evidence_file", args=[evidence.pk]),
        "size": evidence.size_bytes,
        "kind": evidence.get_kind_display(),
        "sha256": evidence.sha256,
        "by": evidence.made_by,
        "at": clock.local(evidence.made_at),
        "place": evidence.place,
        "lines": [
            _("Proves: %(what)s") % {"what": evidence.proves},
            _("Uploaded by %(officer)s on %(at)s")
            % {
                "officer": evidence.uploaded_by.name,
                "at": f"{clock.local(evidence.uploaded_at):%Y-%m-%d %H:%M}",
            },
        ],
        "tags": [],
        "actions": [{"label": _("Details"), "url": evidence.get_absolute_url(), "about": evidence.title}],
    }
    if missing := evidence_facts.missing(evidence.kind, evidence.facts):
        labels = listed(str(evidence_facts.ASKED[evidence.kind, fact].label) for fact in missing)
        row["lines"].append(_("Not filled in: %(what)s") % {"what": labels})
    if evidence.withdrawn_at:
        row["tags"] = [{"label": _("Withdrawn: %(reason)s") % {"reason": evidence.withdrawn_reason}, "tone": "grey"}]
    return row


def page_context(request: HttpRequest, docket: Docket, tab: str) -> dict[str, Any]:
    """Everything the docket page needs, for the viewer of the request."""
    viewer = request.user
    actions = kinds.get(docket.kind).actions(docket, viewer)
    place = "docket" if tab == "overview" else f"docket.{tab}"
    return {
        "docket": docket,
        "tab": tab,
        "head": head(docket, viewer, actions),
        "steps": course.step_bar(docket),
        "tabs": tabs(docket, tab, viewer),
        "tasks": tasks(docket, viewer, actions),
        "strands": strands.shown_on(docket, viewer, tasks, as_row) if tab == "overview" else [],
        "panels": registry.panels_for(place, docket, request),
        "facts": [as_row(label, value) for label, value in kinds.get(docket.kind).facts(docket, viewer)],
    }


def now_handled_by(docket: Docket) -> str:
    """Who handles the docket, for the page that gives it to somebody else."""
    if docket.officer is None:
        return _("Nobody handles this matter yet.")
    return _("Now handled by %(officer)s. Both are told.") % {"officer": docket.officer.name}


def _by_part(docket: Docket) -> list[tuple[Officer, str]]:
    """The officers of a docket, each once and the lead first; then who is only named for its present step."""
    rows = list(docket.team.select_related("officer__department").order_by("pk"))
    why = {Part.LEAD: _("Handles it"), Part.CO: _("Handles it"), Part.TASK: _("Named for the present step")}
    found: dict[Officer, str] = {}
    for part, words in why.items():
        for row in rows:
            if row.part == part:
                found.setdefault(row.officer, words)
    return list(found.items())


def confidentiality_page(docket: Docket, *, restricts: bool) -> dict[str, Any]:
    """What restricting a docket, or lifting that, means, and who sees it when it is restricted."""
    team = _by_part(docket)
    shares = docket.shares.live().select_related("officer__department").order_by("pk")
    if restricts:
        words = {
            "title": _("Restrict who sees it"),
            "submit": _("Restrict"),
            "lead": _(
                "The docket, its documents and its evidence disappear from the lists and the search of everybody else in the "
                "department and the region. You go on seeing it. Whoever is to review or to help must have it shared with him."
            ),
        }
    else:
        words = {
            "title": _("Lift the restriction"),
            "submit": _("Lift the restriction"),
            "lead": _("Everybody whose department or region the docket belongs to sees it again."),
        }
    return words | {
        "cancel_url": docket.get_absolute_url(),
        "seen_by": [
            *({"officer": officer, "why": why} for officer, why in team),
            *({"officer": row.officer, "why": _("Shared: %(reason)s") % {"reason": row.reason}} for row in shares),
        ],
    }
