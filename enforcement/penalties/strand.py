"""How the page of a case and the desks of its officers show the penalty."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import powers, statutes
from casework.kinds import Action
from casework.strands import Strand
from core import clock
from core.labels import in_print
from core.numerals import amount_in_capitals, amount_in_figures
from enforcement.leads.versions import candidates
from enforcement.penalties import fines, guards, rights, selectors
from enforcement.penalties.models import Conclusion, Penalty
from enforcement.penalties.services.writing import kind_wanted
from enforcement.penalties.workflow import DECIDE, HANDLE, PENALTY, REVIEW, SIGN, Stage

# Steps that other pages take: service and revocation move the penalty by themselves; hearing and statement have forms of their own.
AUTOMATIC = {
    "notice_served", "take_notice_back", "decision_served", "no_penalty_served", "take_decision_back", "go_to_hearing",
}  # fmt: skip
# Steps that are shown only where the proposal is of their kind.
WHERE = {
    "approve": guards.proposes_a_penalty,
    "approve_no_penalty": guards.proposes_no_penalty,
    "approve_transfer": guards.proposes_a_transfer,
}
WAITING = {
    Stage.REVIEW: gettext_lazy("the legal reviewer"),
    Stage.APPROVAL: gettext_lazy("the department head"),
    Stage.DECISION_REVIEW: gettext_lazy("the legal reviewer"),
    Stage.DECISION: gettext_lazy("the department head"),
}


def actions(penalty: Penalty, viewer: Any) -> list[Action]:
    found = [*_preparations(penalty, viewer)]
    for step, reasons in PENALTY.steps_at(penalty, viewer):
        if step.name in AUTOMATIC or (step.name in WHERE and WHERE[step.name](penalty) is not None):
            continue
        url = reverse("penalties:take_step", args=[penalty.pk, step.name])
        found.append(Action(str(step.label), url, is_primary=step.is_primary and not reasons, reasons=tuple(reasons)))
    if penalty.stage in WAITING and not any(step.is_primary for step, _why in PENALTY.steps_at(penalty, viewer)):
        waited_for = next(str(s.label) for s in PENALTY.steps.values() if penalty.stage in s.sources and s.is_primary)
        found.insert(0, Action(waited_for, "", waits_for=str(WAITING[Stage(penalty.stage)])))
    return found


def _to(name: str, label: str, penalty: Penalty, **more: Any) -> Action:
    return Action(label, reverse(f"penalties:{name}", args=[penalty.pk]), **more)


def _preparations(penalty: Penalty, viewer: Any) -> list[Action]:
    """What must be done at a stage besides moving on."""
    at_stage = {
        Stage.PROPOSING: (_writing, _signing),
        Stage.NOTICE_SERVICE: (_serving,),
        Stage.STATEMENT: (_hearing_the_party,),
        Stage.HEARING: (_hearing,),
        Stage.DECIDING: (_writing, _signing, _more_statements),
        Stage.SERVING: (_serving,),
        Stage.PERFORMING: (_performing,),
        Stage.URGING: (_performing,),
        Stage.ENFORCING: (_performing,),
    }
    return [action for part in at_stage.get(Stage(penalty.stage), ()) for action in part(penalty, viewer)]


def _writing(penalty: Penalty, viewer: Any) -> list[Action]:
    if not powers.may(viewer, HANDLE, penalty.docket):
        return []
    is_new = not penalty.conclusion
    found = [_to("edit", _("Write the proposal"), penalty, is_primary=is_new)]
    wanted, document = kind_wanted(penalty), penalty.document
    if penalty.stage == Stage.DECIDING:
        document = penalty.decision
    if wanted and document is None:
        label = _("Draft the decision") if penalty.stage == Stage.DECIDING else _("Draft the document of the proposal")
        found.append(_to("draft_document", label, penalty, is_primary=not is_new))
    elif document is not None and document.state == "draft":
        found.append(
            Action(
                _("Complete the draft: %(document)s") % {"document": document.label},
                reverse("notices:edit", args=[document.pk]),
            )
        )
    return found


def _signing(penalty: Penalty, viewer: Any) -> list[Action]:
    if not (powers.may(viewer, SIGN, penalty.docket) and penalty.case.is_handled_by(viewer)):
        return []
    if viewer.pk in {row.officer_id for row in penalty.current_signatures()}:
        return []
    reasons = []
    if not penalty.conclusion:
        reasons.append(_("Write what is proposed, with its reasons."))
    elif kind_wanted(penalty) and (penalty.decision if penalty.stage == Stage.DECIDING else penalty.document) is None:
        reasons.append(_("Draft the document first."))
    return [_to("sign", _("Sign the penalty"), penalty, is_primary=not reasons, reasons=tuple(reasons))]


def _serving(penalty: Penalty, viewer: Any) -> list[Action]:
    document = penalty.document
    if document is None or not powers.may(viewer, "notices.serve_notice", penalty.docket):
        return []
    serve, attempt = (reverse(f"notices:{name}", args=[document.pk]) for name in ("serve", "attempt"))
    return [
        Action(_("Record the service of %(document)s") % {"document": document.title}, serve, is_primary=True),
        Action(_("Record that it could not be served"), attempt),
    ]


def _more_statements(penalty: Penalty, viewer: Any) -> list[Action]:
    if not powers.may(viewer, HANDLE, penalty.docket):
        return []
    return [_to("statement", _("Record what the party says"), penalty)]


def _hearing_the_party(penalty: Penalty, viewer: Any) -> list[Action]:
    found = _more_statements(penalty, viewer)
    if found and penalty.offers_hearing and rights.asks_for_hearing(penalty):
        found.append(_to("go_to_hearing", _("Arrange the hearing"), penalty, is_primary=True))
    return found


def _hearing(penalty: Penalty, viewer: Any) -> list[Action]:
    found = _more_statements(penalty, viewer)
    if not found:
        return []
    hearing = penalty.hearing()
    if hearing is None:
        return [_to("arrange_hearing", _("Arrange the hearing"), penalty, is_primary=True), *found]
    if not hearing.outcome:
        found = [
            _to("end_hearing", _("Record how the hearing ended"), penalty, is_primary=True),
            _to("call_off_hearing", _("Call the hearing off"), penalty),
            *found,
        ]
    return found


def _performing(penalty: Penalty, viewer: Any) -> list[Action]:
    if not powers.may(viewer, HANDLE, penalty.docket):
        return []
    found = []
    if guards.sanctions_are_carried_out(penalty):
        found.append(_to("carry_out", _("Record that the other sanctions were carried out"), penalty, is_primary=True))
    if penalty.docket.deadlines.open().filter(kind="penalties.publication").exists():
        found.append(_to("publish", _("Record the publication of the decision"), penalty))
    return found


def facts(penalty: Penalty, viewer: Any) -> list[tuple[str, Any]]:
    rows = [
        (_("Conclusion"), Conclusion(penalty.conclusion).label if penalty.conclusion else _("Not written yet")),
        (_("Legal basis"), in_print(penalty.violation.legal_basis)),
        (_("What the provision provides"), statutes.sanctions(penalty.violation) or "—"),
        *_law(penalty),
        *_sanctions(penalty),
        *([(_("Reasons"), penalty.grounds)] if penalty.grounds else []),
    ]
    dates = (
        (_("Prior notice served on"), penalty.notified_on),
        (_("Decided on"), penalty.decided_on),
        (_("Decision served on"), penalty.served_on),
    )
    rows += [(label, on.isoformat()) for label, on in dates if on]
    if penalty.needs_discussion:
        rows.append((_("Collective discussion"), _("Required (行政处罚法第五十七条第二款)")))
    if penalty.carried_out_on:
        rows.append((_("Other sanctions carried out on"), f"{penalty.carried_out_on} {penalty.carried_out_how}"))
    return rows


def _law(penalty: Penalty) -> list[tuple[str, Any]]:
    """从旧兼从轻 (行政处罚法第三十七条): the versions that may apply, each with its band. Which is milder the reviewer decides."""
    rows = candidates(penalty.violation, since=penalty.law_since, until=clock.today())
    if len(rows) < 2:
        return [(_("Band of the fine"), fines.band(penalty).explanation)]
    words = "\n".join(fines.band(penalty, row).explanation for row in rows)
    return [(_("Versions of the law on this act, with their bands (行政处罚法第三十七条)"), words)]


def _sanctions(penalty: Penalty) -> list[tuple[str, Any]]:
    found = []
    for row in penalty.sanctions.all():
        if row.amount is not None:
            found.append(
                (str(row.get_kind_display()), f"{amount_in_figures(row.amount)}（{amount_in_capitals(row.amount)}）")
            )
        else:
            found.append((str(row.get_kind_display()), row.detail or _("Yes")))
    checked = fines.checked(penalty)
    found += [(_("About the fine"), words) for words in (*checked.refusals, *checked.notes)]
    if penalty.is_a_penalty and penalty.sanctions.exists():
        found.append((_("Hearing"), fines.hearing(penalty).why))
    return found


STRAND = Strand(
    code="penalty",
    label=gettext_lazy("Penalty"),
    model=Penalty,
    workflow=PENALTY,
    actions=actions,
    facts=facts,
    phases=(
        (gettext_lazy("Proposal"), (Stage.PROPOSING,)),
        (gettext_lazy("Review and approval"), (Stage.REVIEW, Stage.APPROVAL)),
        (gettext_lazy("Prior notice"), (Stage.NOTIFYING, Stage.NOTICE_SERVICE)),
        (gettext_lazy("Statement, hearing"), (Stage.STATEMENT, Stage.HEARING)),
        (gettext_lazy("Decision"), (Stage.DECIDING, Stage.DECISION_REVIEW, Stage.DECISION, Stage.ISSUING)),
        (gettext_lazy("Service"), (Stage.SERVING,)),
        (gettext_lazy("Performance"), (Stage.PERFORMING, Stage.URGING, Stage.ENFORCING)),
        (gettext_lazy("Settled"), (Stage.ENDED,)),
    ),
    tones={
        Stage.REVIEW: "purple", Stage.APPROVAL: "purple", Stage.DECISION_REVIEW: "purple", Stage.DECISION: "purple",
        Stage.NOTIFYING: "amber", Stage.NOTICE_SERVICE: "amber", Stage.ISSUING: "amber", Stage.SERVING: "amber",
        Stage.URGING: "red", Stage.ENFORCING: "red", Stage.ENDED: "green", Stage.NO_PENALTY: "grey",
        Stage.TRANSFERRED: "grey", Stage.ANNULLED: "grey", Stage.NOT_ENFORCED: "grey", Stage.DROPPED: "grey",
    },
    awaiting={
        Stage.PROPOSING: HANDLE, Stage.REVIEW: REVIEW, Stage.APPROVAL: DECIDE, Stage.NOTIFYING: HANDLE,
        Stage.NOTICE_SERVICE: "notices.serve_notice", Stage.STATEMENT: HANDLE, Stage.HEARING: HANDLE,
        Stage.DECIDING: HANDLE, Stage.DECISION_REVIEW: REVIEW, Stage.DECISION: DECIDE, Stage.ISSUING: HANDLE,
        Stage.SERVING: "notices.serve_notice", Stage.PERFORMING: HANDLE, Stage.URGING: HANDLE, Stage.ENFORCING: HANDLE,
    },
    tasks={
        Stage.PROPOSING: gettext_lazy("Write, draft and sign the proposal of the penalty"),
        Stage.REVIEW: gettext_lazy("Review the proposal of the penalty"),
        Stage.APPROVAL: gettext_lazy("Decide on the proposal of the penalty"),
        Stage.NOTICE_SERVICE: gettext_lazy("Serve the prior notice"),
        Stage.STATEMENT: gettext_lazy("Hear the party, then go on to the decision"),
        Stage.HEARING: gettext_lazy("Hold the hearing"),
        Stage.DECIDING: gettext_lazy("Draft and sign the decision"),
        Stage.DECISION_REVIEW: gettext_lazy("Review the decision"),
        Stage.DECISION: gettext_lazy("Decide on the penalty"),
        Stage.SERVING: gettext_lazy("Serve the decision"),
        Stage.PERFORMING: gettext_lazy("See to the performance of the penalty"),
        Stage.URGING: gettext_lazy("Follow the demand"),
        Stage.ENFORCING: gettext_lazy("Follow the enforcement"),
    },
    decided={Stage.APPROVAL: selectors.reviewed, Stage.DECISION: selectors.reviewed},
)  # fmt: skip
