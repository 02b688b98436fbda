"""The penalty of a case: proposal, sanctions, signatures, reviews, what the party said, the hearing."""

from enforcement.penalties.models.hearing import Hearing, HearingOutcome, Statement, StatementKind
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
    "Hearing",
    "HearingOutcome",
    "Penalty",
    "PenaltyReview",
    "PenaltySignature",
    "ReviewOf",
    "Sanction",
    "SanctionKind",
    "Statement",
    "StatementKind",
]
