"""The documents that leave the house in the penalty procedure: one class each, one module a stage."""


def register_documents() -> None:
    """Called when the app is ready: everything a docket may be given by the penalty procedure or by hand."""
    from enforcement.penalties.documents.decision import NoPenaltyDecision, PenaltyDecision
    from enforcement.penalties.documents.prior import PriorNotice, PriorNoticeWithHearing
    from notices import registry

    for kind in (PriorNotice, PriorNoticeWithHearing, PenaltyDecision, NoPenaltyDecision):
        registry.register(kind())
