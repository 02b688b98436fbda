"""What the officers of the case write and sign: the proposal with its sanctions, the draft of its document."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines, powers
from casework.models import Docket, Violation
from core import clock
from core.errors import RuleBroken, Stale, refuse_all
from core.labels import in_print, stored
from enforcement.leads import competence
from enforcement.penalties import agreement, events, fines, heard, lines, names
from enforcement.penalties.models import Conclusion, Penalty, PenaltySignature, Sanction, SanctionKind
from enforcement.penalties.models.penalty import NO_PENALTY, TRANSFERS
from enforcement.penalties.models.sanctions import MONEY
from enforcement.penalties.services.rows import give_up_draft, locked_at
from enforcement.penalties.workflow import HANDLE, SIGN, Stage
from enforcement.rectification.deadlines import HANDLING
from enforcement.rectification.models import RectificationCase
from notices import services as notices
from notices.models import Notice, NoticeState
from organisation.models import Officer
from trail.recording import SYSTEM

FACTS = (
    "violation", "conclusion", "grounds", "gains", "goods_value", "investment", "discharge_fee", "circumstances",
    "is_mitigated", "has_harm", "needs_discussion",
)  # fmt: skip


@powers.under(HANDLE, of="case")
@transaction.atomic
def pursue(*, case: RectificationCase, by: Officer) -> Penalty:
    """Begin the penalty procedure of a case. The period for handling the case ends with the decision on it (行政处罚法第六十条)."""
    locked = RectificationCase.objects.select_for_update(of=("self",)).select_related("docket").get(pk=case.pk)
    if locked.docket.closed_on is not None:
        raise RuleBroken(_("The docket is closed."))
    if Penalty.objects.filter(case=locked).open().exists():
        raise RuleBroken(_("A penalty is pursued in this case already."))
    penalty = Penalty.objects.create(
        docket=locked.docket, case=locked, violation=locked.violation, opened_by=by, opened_at=clock.now()
    )
    trail.record("penalties.pursue", penalty, by=by, docket=locked.docket, basis=locked.violation.legal_basis)
    decided = locked.docket.deadlines.filter(kind=HANDLING, cancelled_on=None).exclude(met_on=None).last()
    if decided is not None:
        deadlines.run_on(deadline=decided, reason=stored(events.PURSUED), by=SYSTEM)
    return penalty


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def edit(
    *,
    penalty: Penalty,
    expected_version: int,
    by: Officer,
    violation: Violation,
    conclusion: str,
    grounds: str,
    sanctions: Sequence[dict[str, Any]] = (),
    gains: Decimal | None = None,
    goods_value: Decimal | None = None,
    investment: Decimal | None = None,
    discharge_fee: Decimal | None = None,
    circumstances: Sequence[str] = (),
    is_mitigated: bool = False,
    has_harm: bool = False,
    needs_discussion: bool = False,
) -> Penalty:
    """Write the proposal. `sanctions`: rows {kind, amount (yuan, of money alone), detail}. Signatures stand under a text: a changed
    one asks for new ones. At the decision (Stage.DECIDING) amounts may go down, not up (guards.not_heavier_than_notified)."""
    locked = locked_at(penalty, Stage.PROPOSING, Stage.DECIDING)
    if locked.version != expected_version:
        raise Stale(
            _(
                "A colleague changed the proposal after you opened it. Copy what you typed, open it again and go on there."
            )
        )
    _check(locked, violation, conclusion, sanctions)
    before = _told(locked)
    given = {
        "violation": violation, "conclusion": conclusion, "grounds": grounds.strip(), "gains": gains,
        "goods_value": goods_value, "investment": investment, "discharge_fee": discharge_fee,
        "circumstances": sorted(circumstances), "is_mitigated": is_mitigated, "has_harm": has_harm,
        "needs_discussion": needs_discussion or _is_grave(sanctions),
    }  # fmt: skip
    for name in FACTS:
        setattr(locked, name, given[name])
    locked.sanctions.all().delete()
    if conclusion == Conclusion.PENALTY:
        Sanction.objects.bulk_create(
            Sanction(
                penalty=locked, kind=row["kind"], amount=row.get("amount"), detail=(row.get("detail") or "").strip()
            )
            for row in sanctions
        )
    after = _told(locked)
    if before == after:
        return locked
    locked.version += 1
    locked.save(update_fields=[*FACTS, "version"])
    _fit_document(locked, by=by)
    trail.record(
        "penalties.edit", locked, by=by, docket=locked.docket, basis=violation.legal_basis,
        before={name: value for name, value in before.items() if after[name] != value},
        after={name: value for name, value in after.items() if before[name] != value},
    )  # fmt: skip
    return locked


def _is_grave(sanctions: Sequence[dict[str, Any]]) -> bool:
    """Whatever takes a licence or stops a plant is a grave penalty: the heads decide on it together (第五十七条第二款)."""
    from enforcement.penalties.models.sanctions import HEARD

    return any(row["kind"] in HEARD for row in sanctions)


def _check(penalty: Penalty, violation: Violation, conclusion: str, sanctions: Sequence[dict[str, Any]]) -> None:
    faults: list[tuple[str, str]] = []
    if violation != penalty.violation and (why := competence.refusal(violation, penalty.docket.department)):
        faults.append(("violation", why))
    if penalty.stage == Stage.DECIDING and conclusion in TRANSFERS:
        faults.append(("conclusion", _("A transfer is proposed before the party is notified: propose anew first.")))
    named = [row["kind"] for row in sanctions]
    if conclusion != Conclusion.PENALTY and sanctions:
        faults.append(("sanctions", _("Without a penalty no sanction is named.")))
    if len(set(named)) != len(named):
        faults.append(
            ("sanctions", _("Each kind of sanction stands once; one act has one fine (行政处罚法第二十九条)."))
        )
    for row in sanctions:
        label = SanctionKind(row["kind"]).label
        amount, detail = row.get("amount"), (row.get("detail") or "").strip()
        if row["kind"] in MONEY and (amount is None or amount <= 0):
            faults.append(("sanctions", _("%(what)s: give the amount in yuan.") % {"what": label}))
        if row["kind"] not in MONEY and amount is not None:
            faults.append(("sanctions", _("%(what)s has no amount: say what exactly it concerns.") % {"what": label}))
        if row["kind"] in _NAMED and not detail:
            faults.append(("sanctions", _("%(what)s: say what exactly it concerns.") % {"what": label}))
    refuse_all(faults)


_NAMED = (
    SanctionKind.GOODS, SanctionKind.SUSPEND, SanctionKind.DOWNGRADE, SanctionKind.REVOKE, SanctionKind.RESTRICT,
    SanctionKind.BAR,
)  # fmt: skip


def _told(penalty: Penalty) -> dict[str, Any]:
    """The proposal as the trail keeps it."""
    told: dict[str, Any] = {name: getattr(penalty, name) for name in FACTS}
    violation = told.pop("violation")
    for name in ("gains", "goods_value", "investment", "discharge_fee"):
        told[name] = f"{told[name]:.2f}" if told[name] is not None else ""
    told["violation"] = f"{violation.act}（{in_print(violation.legal_basis)}）"
    told["sanctions"] = "；".join(lines.in_words(row) for row in penalty.sanctions.order_by("kind"))
    return told


def _fit_document(penalty: Penalty, *, by: Officer) -> None:
    """The draft follows the proposal: its amounts and sanctions are written into it; one of the wrong kind is given up."""
    notice = penalty.document
    if notice is None or notice.state != NoticeState.DRAFT:
        return
    if notice.kind != kind_wanted(penalty):
        give_up_draft(notice, str(_("Another document is needed for what is proposed now.")))
        _forget(penalty, notice)
        return
    if penalty.is_a_penalty:
        notices.edit(notice=notice, content=agreement.as_content(penalty), version=notice.version, by=by)


def _forget(penalty: Penalty, notice: Notice) -> None:
    field = "decision" if penalty.decision_id == notice.pk else "prior_notice"
    setattr(penalty, field, None)
    penalty.save(update_fields=[field])


def kind_wanted(penalty: Penalty) -> str:
    """The document that the proposal is handed on with; "" where it is handed on without one (a transfer has its own)."""
    if penalty.conclusion in NO_PENALTY:
        return names.NO_PENALTY
    if penalty.conclusion != Conclusion.PENALTY:
        return ""
    if penalty.stage == Stage.DECIDING:
        return names.DECISION
    return names.PRIOR_NOTICE_HEARING if fines.hearing(penalty).must_offer else names.PRIOR_NOTICE


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def draft_document(*, penalty: Penalty, by: Officer, offers_hearing: bool = False) -> Notice:
    """Draft what the proposal asks for: the prior notice (with the right to a hearing where the law says so, or the officer wishes),
    the decision without a penalty, or the decision."""
    locked = locked_at(penalty, Stage.PROPOSING, Stage.DECIDING)
    if not locked.conclusion:
        raise RuleBroken(_("Write what is proposed, with its reasons."))
    kind = kind_wanted(locked)
    if not kind:
        raise RuleBroken(_("A transfer has letters of its own: start one among the documents of the case."))
    if kind == names.PRIOR_NOTICE and offers_hearing:
        kind = names.PRIOR_NOTICE_HEARING
    field = "decision" if kind in {names.DECISION, names.NO_PENALTY} else "prior_notice"
    if (present := getattr(locked, field)) is not None:
        raise RuleBroken(_("“%(document)s” is drafted already.") % {"document": present.label})
    content = agreement.as_content(locked) if locked.is_a_penalty else {}
    if kind == names.DECISION:
        content |= heard.as_content(locked)
    notice = notices.draft(kind=kind, docket=locked.docket, by=by, content=content)
    setattr(locked, field, notice)
    locked.save(update_fields=[field])
    return notice


@transaction.atomic
def sign(*, penalty: Penalty, by: Officer) -> PenaltySignature:
    """Stand for the proposal and the words of its document, with a valid enforcement certificate."""
    docket = Docket.objects.locked(penalty.docket_id)
    with powers.acting(by, SIGN, docket):
        locked = locked_at(penalty, Stage.PROPOSING, Stage.DECIDING)
        if not locked.case.is_handled_by(by):
            raise RuleBroken(_("Only the officers of the case can sign: no deputy signs in their place."))
        if not by.has_valid_certificate():
            raise RuleBroken(_("Your enforcement certificate is missing or has expired (行政处罚法第四十二条)."))
        if not locked.conclusion:
            raise RuleBroken(_("Write what is proposed, with its reasons."))
        if kind_wanted(locked) and locked.document is None:
            raise RuleBroken(_("Draft the document first."))
        if why := agreement.differences(locked):
            raise RuleBroken(why)
        if by.pk in {row.officer_id for row in locked.current_signatures()}:
            raise RuleBroken(_("You have already signed."))
        signature = PenaltySignature.objects.create(
            penalty=locked, officer=by, version=locked.version, document_sha256=locked.document_sha256,
            certificate_number=by.certificate_number, certificate_valid=True, signed_at=clock.now(),
        )  # fmt: skip
        trail.record(
            "penalties.sign", locked, by=by, docket=docket, basis="行政处罚法第四十二条", version=locked.version,
            document_sha256=locked.document_sha256,
        )  # fmt: skip
    return signature
