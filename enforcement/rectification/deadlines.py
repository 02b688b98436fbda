"""Periods of rectification cases."""

from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind

KINDS = (
    # 办案期限: 3 months under the rule of 2010; 90 days since 2021, and in environmental cases since 2023.
    DeadlineKind(code="rectification.handling", label=_("Period for handling the case"), rules=("D06", "D05", "D04")),
    # The order itself sets the length; it runs against the party from service.
    DeadlineKind(
        code="rectification.period",
        label=_("Rectification by the party"),
        basis="责令改正违法行为决定书;行政处罚法第二十八条",
        side="party",
    ),
    # 复查: within 30 days of service, unannounced (since 2015).
    DeadlineKind(code="rectification.reinspection", label=_("Re-inspection by the authority"), rules=("D13",)),
)
