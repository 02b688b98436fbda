"""The penalty of a case: proposal, sanctions, signatures, reviews, what the party said, the hearing."""

from enforcement.penalties.models.hearing import Hearing, HearingOutcome, Statement, StatementKind
from enforcement.penalties.models.money import Confiscation, Entry, Plan, PlannedInstalment, Receivable, Review
from enforcement.penalties.models.penalty import (
    Conclusion,
    Penalty,
    PenaltyReview,
    PenaltySignature,
    ReviewOf,
)
from enforcement.penalties.models.sanctions import Sanction, SanctionKind

__all__ = [
    "Conclusion",
    "Confiscation",
    "Entry",
    "Hearing",
    "HearingOutcome",
    "Penalty",
    "PenaltyReview",
    "PenaltySignature",
    "Plan",
    "PlannedInstalment",
    "Receivable",
    "Review",
    "ReviewOf",
    "Sanction",
    "SanctionKind",
    "Statement",
    "StatementKind",
]
