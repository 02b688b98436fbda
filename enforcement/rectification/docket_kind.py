"""How casework shows a rectification case."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import origins, powers, statutes
from casework.kinds import Action, DocketKind, Waking
from casework.models import Docket
from core.labels import in_print
from enforcement.leads import competence
from enforcement.leads.docket_kind import act_label, law_after_the_act, time_of_act, versions_of_the_law
from enforcement.rectification import daily_penalty, looks, selectors
from enforcement.rectification.deadlines import PERIOD, REINSPECTION
from enforcement.rectification.guards import order_is_complete, period_has_run_out, period_still_runs
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import CASE, HANDLE, INSPECT, Stage
from notices import proof, record_pages
from notices.models import Decision, SiteRecord

EXPORT = "notices.export_case_file"
# Steps that other pages take: service of the order moves the case by itself.
AUTOMATIC = {"start_rectification", "take_order_back"}
# Steps whose title says how it stands with the party's time: where it is otherwise, they are not shown.
TRUE_ONLY_WHERE = {"look_after_period": period_has_run_out, "continue_rectification": period_still_runs}
WAITING = {
    Stage.LEGAL_REVIEW: gettext_lazy("the legal reviewer"),
    Stage.APPROVAL: gettext_lazy("the department head"),
    Stage.CLOSING: gettext_lazy("the department head"),
}


# What an upper floor offers beside the steps of a case: (case, viewer) -> actions.
_beside: list[Callable[[Any, Any], list[Action]]] = []


def offered_beside(offer: Callable[[Any, Any], list[Action]]) -> None:
    if offer not in _beside:
        _beside.append(offer)


def actions(docket: Any, viewer: Any) -> list[Action]:
    case = docket.rectification_case
    found = [*_preparations(case, viewer)]
    if docket.closed_on is not None and powers.may(viewer, EXPORT, docket):
        label = _("Export the case file")
        found.append(Action(label, reverse("notices:export_case_file", args=[docket.pk]), is_primary=True))
    for step, reasons in CASE.steps_at(case, viewer):
        if step.name in AUTOMATIC or _says_what_is_not_so(case, step.name):
            continue
        found.append(
            Action(
                str(step.label),
                reverse("rectification:take_step", args=[case.pk, step.name]),
                is_primary=step.is_primary and not reasons,
                reasons=tuple(reasons),
            )
        )
    if case.stage == Stage.REINSPECTION and powers.may(viewer, INSPECT, docket) and case.last_reinspection():
        url = reverse("rectification:reinspect", args=[case.pk])
        found.append(Action(_("Correct the record of the re-inspection"), url))
    if case.stage in WAITING and not any(step.is_primary for step, _reasons in CASE.steps_at(case, viewer)):
        label = next(str(s.label) for s in CASE.steps.values() if case.stage in s.sources and s.is_primary)
        found.insert(0, Action(label, "", waits_for=str(WAITING[case.stage])))
    return [*found, *(action for offer in _beside for action in offer(case, viewer))]


def _says_what_is_not_so(case: Any, name: str) -> bool:
    return name in TRUE_ONLY_WHERE and TRUE_ONLY_WHERE[name](case) is not None


def _preparations(case: Any, viewer: Any) -> list[Action]:
    """What must be done at a stage besides moving on."""
    at_stage = {
        Stage.INVESTIGATING: (_writing, _signing),
        Stage.LEGAL_REVIEW: (_lacking_order,),
        Stage.APPROVAL: (_lacking_order,),
        Stage.ISSUING: (_lacking_order,),
        Stage.SERVING: (_serving,),
        Stage.REINSPECTION: (_looking, _with_the_party),
        Stage.CLOSING: (_with_the_party, _missing_papers),
    }
    found = [action for part in at_stage.get(case.stage, ()) for action in part(case, viewer)]
    return found + record_pages.unsigned_notes(case.docket, viewer)


def _writing(case: Any, viewer: Any) -> list[Action]:
    """Facts, the time of the act, and the order."""
    if not powers.may(viewer, HANDLE, case.docket):
        return []
    is_first = not (case.facts and case.requirements) or case.is_as_returned()
    url = reverse("rectification:edit", args=[case.pk])
    found = [Action(_("Write facts and requirements"), url, is_primary=is_first, hotkey="e")]
    if case.lead_id is not None:
        found.append(Action(act_label(case.lead), reverse("rectification:correct_act", args=[case.pk])))
    return [*found, _new_order(case) if case.order_id is None else _draft_order(case)]


def _new_order(case: Any) -> Action:
    reasons = _unwritten(case)
    url = reverse("rectification:draft_order", args=[case.pk])
    return Action(_("Draft the rectification order"), url, is_primary=not reasons, reasons=reasons)


def _unwritten(case: Any) -> tuple[str, ...]:
    return () if case.facts and case.requirements else (_("Write facts and requirements first."),)


def _signing(case: Any, viewer: Any) -> list[Action]:
    """For each officer of the case who has not signed the present words; no deputy signs in his place."""
    if not (powers.may(viewer, "rectification.sign_case", case.docket) and case.is_handled_by(viewer)):
        return []
    if viewer.pk in {signature.officer_id for signature in case.current_signatures()}:
        return []
    reasons = _unwritten(case)
    if not reasons and case.order_id is None:
        reasons = (_("Draft the rectification order first."),)
    reasons = reasons or tuple(case.order_differences())
    url = reverse("rectification:sign", args=[case.pk])
    return [Action(_("Sign the case"), url, is_primary=not reasons, reasons=reasons)]


def _serving(case: Any, viewer: Any) -> list[Action]:
    if not case.order_id or not powers.may(viewer, "notices.serve_notice", case.docket):
        return []
    serve, attempt = (reverse(f"notices:{name}", args=[case.order_id]) for name in ("serve", "attempt"))
    return [
        Action(_("Record the service of the order"), serve, is_primary=True),
        Action(_("Record that the order could not be served"), attempt),
    ]


def _looking(case: Any, viewer: Any) -> list[Action]:
    if case.last_reinspection() is not None or not powers.may(viewer, INSPECT, case.docket):
        return []
    url = reverse("rectification:reinspect", args=[case.pk])
    return [Action(_("Record the re-inspection"), url, is_primary=True)]


def _draft_order(case: Any) -> Action:
    """The form of the draft; where something is missing, with what it is at each field."""
    url = reverse("notices:edit", args=[case.order_id])
    if order_is_complete(case):
        return Action(_("Complete the draft order"), f"{url}?check=1")
    return Action(_("Edit the draft order"), url)


def _lacking_order(case: Any, viewer: Any) -> list[Action]:
    """Whoever decides cannot complete the order: he reads it, and returns it."""
    if case.order is None or not order_is_complete(case):
        return []
    return [Action(_("Open the order that is not complete"), case.order.get_absolute_url())]


def _with_the_party(case: Any, viewer: Any) -> list[Action]:
    """The record of the re-inspection is printed, and signed by the party or not."""
    if case.without_document() is not None and powers.may(viewer, INSPECT, case.docket):
        url = reverse("rectification:make_record", args=[case.pk])
        return [Action(_("Make the document of the re-inspection"), url)]
    found = []
    for lack in proof.unanswered(case.docket):
        record = lack.document
        if isinstance(record, SiteRecord) and record_pages.may_sign(record, viewer):
            label = _("Record the party's signature on %(record)s of %(day)s")
            label %= {"record": record.title, "day": record.dated}
            found.append(Action(label, reverse("notices:record_signing", args=[record.pk]), is_primary=True))
        else:
            found.append(Action(lack.words, record.get_absolute_url()))
    return found


def _missing_papers(case: Any, viewer: Any) -> list[Action]:
    """Where each paper that closing asks for is added."""
    found = []
    seen = {one.pk for one in origins.seen_chain(case.docket, viewer)}
    for lack in proof.lacking(case.docket):
        if isinstance(lack.document, SiteRecord):
            # Of its own records the party signs, the PDF comes: both are asked for at their own place. Whoever may not see the
            # visit reads on the form of closing what its record lacks.
            if lack.document.docket_id in seen:
                found.append(Action(lack.words, lack.document.get_absolute_url()))
            continue
        if lack.service is not None and powers.may(viewer, "notices.serve_notice", case.docket):
            facts = {"paper": lack.service.receipt_called, "number": lack.document.number}
            label = _("Add: %(paper)s (%(number)s)") % facts
            found.append(Action(label, reverse("notices:attach_receipt", args=[lack.service.pk])))
        else:
            found.append(Action(lack.words, lack.document.get_absolute_url()))
    return found


def facts(docket: Any, viewer: Any) -> list[tuple[str, Any]]:
    case = docket.rectification_case
    rows = [
        (_("Party"), case.enterprise.name),
        (_("Violation"), case.violation.act),
        (_("Legal basis"), in_print(case.violation.legal_basis)),
        (_("What the provision provides"), statutes.sanctions(case.violation) or "—"),
        *competence.row(case.violation, docket.department),
        (_("Policy source"), str(case.policy_source) if case.policy_source else "—"),
        (_("Time of the act"), time_of_act(case.lead) if case.lead else "—"),
        *law_after_the_act(case.lead, case.violation),
        *versions_of_the_law(case.lead, case.candidate_violations()),
        (_("Facts found"), case.facts or _("Not written yet")),
        (_("What must be rectified"), case.requirements or _("Not written yet")),
        (_("Period for rectification"), _time_given(case)),
        *_threat(case),
    ]
    if case.served_on:
        rows.append((_("Order served on"), case.served_on.isoformat()))
        rows += _looks_early(case)
    return rows


def _threat(case: Any) -> list[tuple[str, Any]]:
    """Where the order threatens a penalty that nothing on file provides, whoever decides on it reads so."""
    threat = case.order.content.get("refusal", "") if case.order is not None else ""
    words = daily_penalty.note(case.violation, case.docket.department, threat)
    return [(_("Penalty by the day"), words)] if words else []


def _looks_early(case: Any) -> list[tuple[str, Any]]:
    """Where the authority's 30 days end before the party's time, the officer reads what to do."""
    for look in case.docket.deadlines.open().filter(kind=REINSPECTION):
        if looks.ends_with_or_before_the_period(case, look):
            return [(_("Re-inspection by %(day)s") % {"day": look.due_on}, " ".join(looks.advice_on_statutory(look)))]
    return []


def _time_given(case: Any) -> str:
    """What the order sets, and where the period stands now that it runs: more time or a stopped clock moves its end."""
    if not case.requirements:
        return _("Not written yet")  # the number the case was opened with nobody has set
    words, period = _length(case.rectification_days), case.period()
    if period is None:
        return words
    if period.paused_since is not None:
        return _("%(length)s; the clock is stopped since %(on)s") % {"length": words, "on": period.paused_since}
    is_moved = period.extensions.standing().exists() or period.pauses.standing().exists()
    said = _("%(length)s; after extension or pause until %(due)s") if is_moved else _("%(length)s, until %(due)s")
    return said % {"length": words, "due": period.due_on}


def _length(days: int) -> str:
    return _("%(days)d calendar days from service") % {"days": days} if days else _("At once")


def cause(docket: Any) -> str:
    """涉嫌……案 until an order has found that the act was committed, ……案 since."""
    decided = docket.notices.filter(kind="rectification_order").exclude(number=None).order_by("pk")
    is_decided = any(order.is_in_force for order in decided)
    return docket.title.removeprefix("涉嫌") if is_decided else docket.title


# What an upper floor adds to how a case ended: docket -> 行政处罚（…号）, "" where it has nothing to add.
_results: list[Callable[[Any], str]] = []


def result_beside(tell: Callable[[Any], str]) -> None:
    if tell not in _results:
        _results.append(tell)


def result(docket: Any) -> str:
    """处理结果, for the cover of the file: of the order, then of what ran beside it."""
    return "；".join(filter(None, [_result_of_order(docket), *(tell(docket) for tell in _results)]))


def _result_of_order(docket: Any) -> str:
    if docket.stage == Stage.WITHDRAWN:
        return "撤销立案"
    orders = docket.notices.filter(kind="rectification_order").exclude(number=None).order_by("pk")
    numbers = "、".join(order.number for order in orders if order.is_in_force)
    if not numbers:
        return "尚在办理"
    ordered = f"责令改正违法行为（{numbers}）"
    return f"{ordered}，经复查已改正，予以结案" if docket.stage == Stage.CLOSED else f"{ordered}，尚在办理"


def returned(dockets: Iterable[Any]) -> set[int]:
    """Cases whose order was sent back with an opinion and not handed in since (`RectificationCase.returned`)."""
    asked = [docket.pk for docket in dockets if docket.stage == Stage.INVESTIGATING]
    if not asked:
        return set()
    found = RectificationCase.objects.filter(
        docket__in=asked,
        order__approvals__decision=Decision.RETURNED,
        order__approvals__submission=F("order__submissions"),
    )
    return set(found.values_list("docket_id", flat=True))


def origin(docket: Any) -> list[Any]:
    """The lead on which the case was opened."""
    return list(Docket.objects.filter(lead__case__docket=docket))


KIND = DocketKind(
    code="rectification",
    label=gettext_lazy("Rectification case"),
    stages=Stage,
    workflow=CASE,
    series="立",
    subject_of=lambda docket: docket.rectification_case,
    actions=actions,
    facts=facts,
    steps_shown=(
        Stage.INVESTIGATING,
        Stage.LEGAL_REVIEW,
        Stage.APPROVAL,
        Stage.ISSUING,
        Stage.SERVING,
        Stage.RECTIFYING,
        Stage.REINSPECTION,
        Stage.CLOSING,
        Stage.CLOSED,
    ),
    tones={
        Stage.LEGAL_REVIEW: "purple",
        Stage.APPROVAL: "purple",
        Stage.ISSUING: "amber",
        Stage.SERVING: "amber",
        Stage.REINSPECTION: "amber",
        Stage.CLOSING: "green",
        Stage.CLOSED: "grey",
        Stage.WITHDRAWN: "grey",
    },
    tasks={
        Stage.INVESTIGATING: gettext_lazy("Write the case, draft and sign the order"),
        Stage.LEGAL_REVIEW: gettext_lazy("Review the case and its order"),
        Stage.APPROVAL: gettext_lazy("Decide on the case and its order"),
        Stage.SERVING: gettext_lazy("Serve the order"),
        Stage.REINSPECTION: gettext_lazy("Re-inspect and record the result"),
        Stage.CLOSING: gettext_lazy("Decide on closing"),
    },
    origin=origin,
    returned=returned,
    awaiting={
        Stage.INVESTIGATING: HANDLE,
        Stage.LEGAL_REVIEW: "rectification.review_case",
        Stage.APPROVAL: "rectification.approve_case",
        Stage.ISSUING: HANDLE,
        Stage.SERVING: "notices.serve_notice",
        Stage.REINSPECTION: INSPECT,
        Stage.CLOSING: "rectification.approve_case",
    },
    decided={Stage.APPROVAL: selectors.reviewed},
    wakes={Stage.RECTIFYING: Waking(INSPECT, party=PERIOD, own=REINSPECTION)},
    result=result,
    cause=cause,
    icon="gavel",
    officers_needed=2,
    officers_basis="行政处罚法第四十二条",
)
