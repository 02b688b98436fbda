"""What the pages of notices show, for a viewer. Reads only; labels arrive translated; shapes: templates/components/README.md."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework import origins, powers, turns
from casework.models import Docket, Evidence
from core import clock
from core.models import Job, JobState
from notices import printing, record_pages, registry, showing
from notices.models import Effect, Notice, NoticeState, Outcome, PartySigning, Service, SiteRecord
from notices.workflow import CORRECT, NOTICE, docket_is_closed, not_ones_own_service, reviewed

State = NoticeState
TONES = {
    State.DRAFT: "grey",
    State.SUBMITTED: "amber",
    State.APPROVED: "blue",
    State.ISSUED: "blue",
    State.SERVED: "green",
    State.UNSERVED: "amber",
    State.SUPERSEDED: "purple",
    State.WITHDRAWN: "grey",
}
OUTCOME_TONES = {Outcome.PENDING: "blue", Outcome.SERVED: "green", Outcome.FAILED: "amber"}


def state_tag(notice: Notice) -> dict[str, str]:
    label = str(notice.get_state_display())
    if notice.state == State.ISSUED and not notice.type.needs_service:
        label = _("Issued")
    return {"label": label, "tone": TONES[State(notice.state)]}


def label_of_kind(kind: str) -> str:
    return str(registry.get(kind).label) if registry.known(kind) else kind


# --- the notice page --------------------------------------------------------------------------------------------------
def head(notice: Notice, viewer: Any) -> dict[str, Any]:
    """The identity bar: what it is, its state, one thing to do next, the rest in a menu."""
    actions = _actions(notice, viewer)
    primary = next((action for action in actions if action["tone"] == "primary"), None)
    rest = [action for action in actions if action is not primary]
    return {
        "number": notice.number or _("Not numbered yet"),
        "title": notice.label,
        "tags": _tags(notice),
        "primary": primary,
        "secondary": rest[:1],
        "more": rest[1:],
        "facts": _facts(notice),
        "notice": _word(notice),
    }


def _tags(notice: Notice) -> list[dict[str, str]]:
    tags = [state_tag(notice)]
    if notice.state == State.SUBMITTED and notice.type.needs_legal_review and not reviewed(notice):
        tags[0]["label"] = _("Awaiting the legal review")
    if notice.is_issued and not printing.is_there(notice):
        failed = bool(printing.why_not_printed(notice))
        tags.append(
            {"label": _("The PDF failed"), "tone": "red"}
            if failed
            else {"label": _("The PDF is being made"), "tone": "grey"}
        )
    if notice.supersede_effect:
        tags.append({"label": str(Effect(notice.supersede_effect).label), "tone": "purple"})
    return tags


def _facts(notice: Notice) -> list[dict[str, Any]]:
    docket = notice.docket
    addressee = notice.addressee_name
    if not notice.is_issued:
        planned = notice.type.addressee(notice)
        addressee = planned.name if planned else ""
    rows: list[dict[str, Any]] = [
        {
            "label": _("Docket"),
            "value": str(docket),
            "url": reverse("casework:docket_tab", args=[docket.pk, "documents"]),
        },
        {"label": _("Addressee"), "value": addressee},
        {"label": _("Drafted by"), "value": notice.drafted_by.name},
    ]
    if notice.issued_on:
        rows.append({"label": _("Issued on"), "value": notice.issued_on.isoformat()})
        rows.append({"label": pgettext("document", "Verification code"), "value": notice.code_grouped, "mono": True})
    return rows


def _word(notice: Notice) -> dict[str, str] | None:
    """One sentence that must not be missed."""
    if notice.state == State.SUPERSEDED and (answer := notice.successor):
        return {
            "text": _("Superseded by %(number)s: %(reason)s") % {"number": answer, "reason": answer.supersede_reason},
            "tone": "purple",
        }
    returned = notice.approvals.filter(decision="returned", submission=notice.submissions).last()
    if notice.state == State.DRAFT and returned:
        return {
            "text": _("Returned by %(who)s: %(reason)s") % {"who": returned.officer_name, "reason": returned.remark},
            "tone": "amber",
        }
    if notice.supersedes and not notice.is_issued:
        return {
            "text": _("Supersedes %(number)s once it is issued: %(reason)s")
            % {"number": notice.supersedes, "reason": notice.supersede_reason},
            "tone": "purple",
        }
    return None


def _actions(notice: Notice, viewer: Any) -> list[dict[str, Any]]:
    """The steps the viewer's roles allow at this stage, as buttons; those that are not possible say why."""
    steps = {step.name: reasons for step, reasons in NOTICE.steps_at(notice, viewer)}
    found: list[dict[str, Any]] = []
    if "submit" in steps:
        found.append(_act(_("Edit the draft"), "notices:edit", notice, tone="secondary", icon="pencil", hotkey="e"))
    if notice.type.is_led_by_docket and not notice.is_issued:
        return [*found, _act(_("Go on in the docket"), "casework:docket", notice.docket, tone="primary")]
    if "submit" in steps:
        found.append(
            _act(notice.submit_label, "notices:submit", notice, post=True, reasons=steps["submit"], tone="primary")
        )
        found.append(_act(_("Withdraw the draft"), "notices:withdraw", notice, tone="danger"))
    if {"approve", "review"} & steps.keys():
        found.append(_decide_act(notice, steps))
    if "recall" in steps:
        found.append(_act(_("Take back to drafts"), "notices:recall", notice, post=True))
    if "issue" in steps:
        action = _act(_("Issue"), "notices:issue", notice, reasons=steps["issue"], tone="primary", icon="stamp")
        found.append(action if steps["issue"] else action | {"url": "", "modal": "issue"})
    if "serve" in steps and notice.type.needs_service:
        reasons = steps["serve"]
        if notice.services.filter(outcome=Outcome.PENDING).exists():
            found.append(
                {"label": _("Record the result of the service"), "url": "#services", "method": "get", "tone": "primary"}
            )
        else:
            found.append(
                _act(_("Record service"), "notices:serve", notice, reasons=reasons, tone="primary", icon="send")
            )
            found.append(_act(_("Record a failed attempt"), "notices:attempt", notice, reasons=reasons))
    if "supersede" in steps and notice.successor is None:
        closed = [docket_is_closed(notice)] if notice.docket.closed_on else []
        found.append(_act(_("Correct or revoke by a new notice"), "notices:supersede", notice, reasons=closed))
    return found


def _decide_act(notice: Notice, steps: dict[str, list[str]]) -> dict[str, Any]:
    """One button for whoever decides; it is inert with the reasons when every decision is barred."""
    open_steps = [name for name in ("review", "approve") if name in steps and not steps[name]]
    name = open_steps[0] if open_steps else "approve" if "approve" in steps else "review"
    label = _("Record legal review") if name == "review" else _("Decide on approval")
    return _act(
        label, "notices:decide", notice, reasons=[] if open_steps else steps[name], tone="primary", icon="check"
    )


def _act(
    label: str,
    url_name: str,
    row: Any,
    *,
    post: bool = False,
    reasons: list[str] | None = None,
    tone: str = "secondary",
    **more: str,
) -> dict[str, Any]:
    action: dict[str, Any] = {
        "label": label,
        "url": reverse(url_name, args=[row.pk]),
        "method": "post" if post else "get",
        "tone": tone,
    }
    if reasons:
        action["disabled_reason"] = " ".join(reasons)
    return action | more


def steps(notice: Notice) -> list[dict[str, Any]]:
    """Draft, approval, issue, service: where it is."""
    order = [_("Drafting"), _("Approval"), _("Issue")] + ([_("Service")] if notice.type.needs_service else [])
    at = {
        State.DRAFT: 0, State.WITHDRAWN: 0, State.SUBMITTED: 1, State.APPROVED: 2, State.ISSUED: 3, State.UNSERVED: 3,
        State.SERVED: 4, State.SUPERSEDED: 4,
    }[State(notice.state)]  # fmt: skip
    return [
        {"label": label, "state": "done" if place < at else "current" if place == at else "todo"}
        for place, label in enumerate(order)
    ]


def preview(notice: Notice) -> dict[str, Any] | None:
    """The frozen PDF as pictures; None while there is none."""
    return showing.preview(notice, title=notice.label, page="notices:page", file="notices:file")


def printing_job(notice: Notice) -> dict[str, Any] | None:
    """The progress of a PDF that is not there yet, as the progress component wants it."""
    return showing.progress(notice, poll="notices:printing") if notice.is_issued else None


def case_file_job(job: Job) -> dict[str, Any]:
    """The progress of a case file, as the progress component wants it."""
    return {
        "id": job.pk,
        "label": _("Case file"),
        "percent": job.progress,
        "step": job.step,
        "state": printing.SHOWN_STATES.get(JobState(job.state), "cancelled"),
        "poll_url": reverse("notices:case_file", args=[job.docket_id, job.pk]),
        "error": printing.in_one_line(job.error),
    }


def decisions(notice: Notice) -> list[dict[str, Any]]:
    """The approval trail, newest first."""
    tones = {"reviewed": "green", "approved": "green", "returned": "amber"}
    return [
        {
            "title": str(row.get_decision_display()),
            "who": row.officer_name,
            "where": row.post,
            "at": clock.local(row.at),
            "text": row.remark,
            "tone": tones[row.decision],
            "acting_for": row.on_behalf_of,
        }
        for row in reversed(notice.approvals.all())
    ]


def attempts(notice: Notice, viewer: Any) -> list[dict[str, Any]]:
    """Every attempt to serve the notice, with what can be done about it."""
    may = powers.may(viewer, NOTICE.steps["serve"].permission, notice.docket)
    is_open = notice.state == State.SERVED and notice.docket.closed_on is None
    bearer = powers.bearer(viewer, CORRECT, notice.docket) if is_open else None
    may_correct = bearer is not None
    correctors = "" if may_correct or not (is_open and may) else _who_corrects(notice)
    rows = notice.services.select_related("server", "co_server", "receipt", "record", "corrects", "corrected_by")
    return [
        _attempt(service, may)
        | {
            "can_correct": may_correct and service.counts and not not_ones_own_service(service, viewer, bearer),
            "corrected": _corrected(service),
        }
        | {"correctors": correctors if service.counts else ""}
        for service in rows
    ]


def _who_corrects(notice: Notice) -> str:
    """For those who serve and find their own record wrong: who puts it right."""
    names = "、".join(officer.name for officer in turns.colleagues_with(notice.docket, CORRECT))
    if not names:
        return _("Wrongly recorded? The head of the department corrects it; nobody holds that role now.")
    return _("Wrongly recorded? The head of the department corrects it: %(names)s.") % {"names": names}


def _corrected(service: Service) -> str:
    """Of a wrong record: when and why another took its place. Of that other: why it was made."""
    if service.corrected_at is not None:
        facts = {"on": clock.local(service.corrected_at).date(), "reason": service.corrected_by.correction_reason}
        return _("This record was wrong. Corrected on %(on)s: %(reason)s") % facts
    if service.corrects is not None:
        facts = {"changes": _moved(service.corrects, service), "reason": service.correction_reason}
        return _("Takes the place of the wrong record (%(changes)s): %(reason)s") % facts
    return ""


def _moved(wrong: Service, right: Service) -> str:
    """The old and the new time of a corrected record; where none moved, the time that stands."""
    old, new = (f"{clock.local(row.at):%Y-%m-%d %H:%M}" for row in (wrong, right))
    said = [_("when: %(old)s, now %(new)s") % {"old": old, "new": new}] if old != new else []
    if wrong.served_on != right.served_on:
        said.append(_("served on %(old)s, now %(new)s") % {"old": wrong.served_on, "new": right.served_on})
    return "；".join(said) or _("when: %(at)s, unchanged") % {"at": old}


def _attempt(service: Service, may_serve: bool) -> dict[str, Any]:
    lines = [
        (_("When"), f"{clock.local(service.at):%Y-%m-%d %H:%M}"),
        (_("Place"), service.place),
        (_("Recipient"), "，".join(filter(None, [service.recipient, str(service.get_relation_display())]))),
        (_("Reason given for refusing"), service.refusal_reason),
        (_("Witness"), "　".join(filter(None, [service.witness_name, service.witness_organisation]))),
        (_("Tracking number"), service.tracking_number),
        (_("Electronic address"), service.electronic_address),
        (_("Entrusted authority"), service.entrusted_to),
        (_("Published in"), service.published_in),
        (_("Why it was not served"), str(service.get_failure_display())),
        (_("Remark"), service.remark),
        (_("Served by"), "、".join(officer.name for officer in service.servers)),
        (_("Legal basis"), service.basis),
    ]
    rows: list[dict[str, Any]] = [{"label": label, "value": value} for label, value in lines if value]
    for label, item in ((_("Signed receipt"), service.receipt), (_("Photograph or video"), service.record)):
        if item is not None:
            rows.append(
                {"label": label, "value": item.filename, "url": reverse("casework:evidence_file", args=[item.pk])}
            )
    served = service.outcome == Outcome.SERVED
    pending = service.outcome == Outcome.PENDING
    failure = printing.why_not_printed(service) if served else ""
    return {
        "service": service,
        "title": str(service.get_method_display()),
        "tag": {"label": _("Corrected"), "tone": "grey"}
        if service.corrected_at
        else {"label": str(service.get_outcome_display()), "tone": OUTCOME_TONES[Outcome(service.outcome)]},
        "rows": rows,
        "add_receipt": _("Add: %(paper)s") % {"paper": service.receipt_called},
        "lacks_receipt": may_serve and service.counts and service.receipt_id is None,
        "can_complete": may_serve and pending and service.effective_on is None,
        "can_fail": may_serve and pending,
        "failure": failure,
        "may_print": may_serve,
        "can_check": may_serve and service.is_printed and not failure,
    }


# --- the docket page --------------------------------------------------------------------------------------------------
def of_docket(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """Tab 文书: the notices of the docket, and what may be begun."""
    notices = [_line(notice) for notice in docket.notices.select_related("drafted_by").order_by("-id")]
    records = [record_pages.line(record) for record in docket.site_records.for_lines().order_by("-dated", "-id")]
    for earlier in origins.seen_chain(docket, viewer):
        records += [record_pages.line(record, held_by=earlier) for record in earlier.site_records.for_lines()]
    may_draft = docket.closed_on is None and powers.may(viewer, "notices.draft_notice", docket)
    offered = [
        {"label": str(kind.label), "url": reverse("notices:new", args=[docket.pk, kind.code])}
        for kind in registry.offered_on(docket)
    ]
    return {
        "docket": docket,
        "rows": notices + records,
        "offered": offered if may_draft else [],
        "records": record_pages.offered(docket, viewer),
        "may_export": powers.may(viewer, "notices.export_case_file", docket),
    }


def _line(notice: Notice) -> dict[str, Any]:
    return {
        "label": notice.label,
        "url": notice.get_absolute_url(),
        "number": notice.number or "",
        "tag": state_tag(notice),
        "on": notice.issued_on,
        "by": notice.drafted_by.name,
    }


def count_of_docket(docket: Docket, viewer: Any) -> int:
    held_by = [docket, *origins.seen_chain(docket, viewer)]
    records = SiteRecord.objects.filter(docket__in=held_by).count()
    return int(docket.notices.exclude(state=State.WITHDRAWN).count()) + records


def need_of_evidence(evidence: Evidence) -> str | None:
    """Proof on which the service of a document or the signature of a party rests stays: nothing could take its place."""
    signing = PartySigning.objects.filter(scan=evidence).select_related("record").first()
    if signing is not None:
        return _("It is the signed page of “%(record)s”.") % {"record": signing.record.title}
    if (note := SiteRecord.objects.filter(signed_scan=evidence).first()) is not None:
        return _("It is the signed page of “%(record)s”.") % {"record": note.title}
    resting = Service.objects.filter(
        Q(receipt=evidence) | Q(record=evidence), outcome=Outcome.SERVED, corrected_at=None
    )
    service = resting.select_related("notice").first()
    return _("The service of %(notice)s rests on it.") % {"notice": service.notice} if service else None
