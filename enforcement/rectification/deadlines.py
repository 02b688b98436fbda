"""Periods of rectification cases."""

from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from enforcement.rectification import events, looks, service_days
from enforcement.rectification.service_days import SERVICE, SERVICE_ON_DISCHARGE
from organisation.models.places import ENVIRONMENT

HANDLING, PERIOD, REINSPECTION = "rectification.handling", "rectification.period", "rectification.reinspection"
NEXT_LOOK = "rectification.next_look"


def _period_changed(period: Deadline) -> None:
    from enforcement.rectification.services import following

    following.period_changed(period)


KINDS = (
    # 办案期限: 90 days since 2021 (行政处罚法第六十条). Environmental authorities have their own rule since 2023, which lets the
    # head extend it, and had 3 months under that of 2010.
    DeadlineKind(
        code=HANDLING,
        label=_("Period for handling the case"),
        rules=("D05",),
        special={ENVIRONMENT: ("D06", "D05", "D04")},
    ),
    # 送达 of the order, from its issue. A decision is handed over within seven working days where the party was absent; on an
    # unlawful discharge an environmental authority has three (since 2015).
    DeadlineKind(
        code=SERVICE,
        label=_("Service of the rectification order"),
        rules=("D29",),
        advice=service_days.advice,
    ),
    DeadlineKind(
        code=SERVICE_ON_DISCHARGE,
        label=_("Service of the rectification order"),
        special={ENVIRONMENT: ("D12",)},
        advice=service_days.advice_on_discharge,
    ),
    # The order itself sets the length; it runs against the party from service.
    DeadlineKind(
        code=PERIOD,
        label=_("Rectification by the party"),
        basis="责令改正违法行为决定书；行政处罚法第二十八条",
        side="party",
        on_changed=_period_changed,
    ),
    # 复查: within 30 days of service, unannounced (since 2015). It binds environmental authorities, on unlawful discharges.
    DeadlineKind(
        code=REINSPECTION,
        label=_("Re-inspection by the authority"),
        special={ENVIRONMENT: ("D13",)},
        advice=looks.advice_on_statutory,
    ),
    # No statute says until when a case is looked at once more: the authority sets itself a day.
    DeadlineKind(
        code=NEXT_LOOK,
        label=_("Next re-inspection by the authority"),
        basis=events.OWN_PLAN,
        side="agency",
        advice=looks.advice_on_next,
        own_end=looks.own_end,
        length_words=looks.length_of_next,
    ),
)
