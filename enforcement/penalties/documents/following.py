"""What follows in the procedure when one of its documents is issued, served, corrected or taken back."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from enforcement.penalties import names
from enforcement.penalties.workflow import Stage

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty
    from notices.models import Notice, Service

BESIDE = (names.DAILY, names.SUMMARY)  # decisions that the procedure does not lead
LED = (names.PRIOR_NOTICE, names.PRIOR_NOTICE_HEARING, names.DECISION, names.NO_PENALTY)


def penalty_of(notice: "Notice") -> "Penalty | None":
    """The penalty that this document belongs to; None where it was made before penalties were pursued in the portal."""
    from enforcement.penalties import selectors

    return selectors.current(notice.docket)


def guards(notice: "Notice") -> list[str]:
    """A document that the procedure leads is issued by its step."""
    if notice.kind == names.INSTALMENTS:
        from enforcement.penalties import beside

        return beside.deferral_faults(notice)
    penalty = penalty_of(notice)
    if notice.kind not in LED or penalty is None:
        return []
    if notice.pk not in {penalty.prior_notice_id, penalty.decision_id}:
        return [_("This draft does not belong to the penalty that is pursued.")]
    if penalty.stage not in {Stage.NOTICE_SERVICE, Stage.SERVING}:
        return [_("It is issued from the page of the case, by the step of the penalty.")]
    return []


def served(notice: "Notice", service: "Service") -> None:
    from enforcement.penalties import beside, services

    penalty, on = penalty_of(notice), service.served_on
    if notice.kind == names.INSTALMENTS:
        beside.deferral_was_served(notice)
    if notice.kind in BESIDE and on is not None:
        beside.decision_was_served(notice, on)
    if penalty is None or on is None:
        return
    if notice.pk == penalty.prior_notice_id and penalty.stage == Stage.NOTICE_SERVICE:
        services.notice_was_served(penalty=penalty, served_on=on)
    elif notice.pk == penalty.decision_id and penalty.stage == Stage.SERVING:
        services.decision_was_served(penalty=penalty, served_on=on)
    elif notice.kind == names.DEMAND and penalty.stage == Stage.PERFORMING:
        services.demand_was_served(penalty=penalty, served_on=on)


def service_corrected(notice: "Notice", service: "Service") -> None:
    from enforcement.penalties import beside, services

    penalty, on = penalty_of(notice), service.served_on
    if notice.kind in BESIDE and on is not None:
        beside.service_was_corrected(notice, on, service.correction_reason)
    if penalty is None or on is None:
        return
    if notice.kind == names.DEMAND or notice.pk in {penalty.prior_notice_id, penalty.decision_id}:
        services.service_was_corrected(penalty=penalty, notice=notice, served_on=on, reason=service.correction_reason)


def superseded(notice: "Notice", by_notice: "Notice") -> None:
    from enforcement.penalties import beside, services

    penalty = penalty_of(notice)
    if notice.kind == names.INSTALMENTS:
        beside.deferral_fell(notice, by_notice.supersede_reason)
    if notice.kind in BESIDE:
        beside.decision_fell(notice, by_notice.supersede_reason)
    if penalty is None:
        return
    if notice.pk == penalty.prior_notice_id:
        services.notice_was_revoked(penalty=penalty, reason=by_notice.supersede_reason)
    elif notice.pk == penalty.decision_id:
        services.decision_was_revoked(penalty=penalty, reason=by_notice.supersede_reason)
