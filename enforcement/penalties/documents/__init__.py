"""The documents that leave the house in the penalty procedure: one class each, one module a stage."""


def register_documents() -> None:
    """Called when the app is ready: what the procedure leads, and what officers start by hand on a case."""
    from enforcement.penalties.documents.court import EnforcementApplication
    from enforcement.penalties.documents.daily_decision import DailyPenaltyDecision
    from enforcement.penalties.documents.decision import NoPenaltyDecision, PenaltyDecision
    from enforcement.penalties.documents.hearing import HearingNotice
    from enforcement.penalties.documents.performing import PaymentDeferral, PerformanceDemand
    from enforcement.penalties.documents.prior import PriorNotice, PriorNoticeWithHearing
    from enforcement.penalties.documents.summary import SummaryPenalty
    from notices import registry

    for kind in (
        PriorNotice,
        PriorNoticeWithHearing,
        HearingNotice,
        PenaltyDecision,
        NoPenaltyDecision,
        SummaryPenalty,
        DailyPenaltyDecision,
        PaymentDeferral,
        PerformanceDemand,
        EnforcementApplication,
    ):
        registry.register(kind())
