"""Periods of leads."""

from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind

# Days of the decision to file: 7 working days under the rule of 2010, 15 days since 2023.
DECISION = DeadlineKind(code="leads.decision", label=_("Decision whether to open a case"), rules=("D02", "D01"))
