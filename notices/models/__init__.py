"""Notices: drafts, what was frozen when they were issued, who approved them, how they were served.

An issued notice never changes: addressee, authority, words and PDF are copies, kept by `save()` and by triggers of the
database (migration 0002). A mistake is answered by another notice that supersedes the wrong one (defect D17).
"""

from notices.models.lookups import Lookup
from notices.models.notices import (
    IN_FORCE,
    NUMBERED,
    UNNUMBERED,
    Decision,
    Effect,
    Notice,
    NoticeApproval,
    NoticeState,
)
from notices.models.printed import Frozen, Printed, pdf_path
from notices.models.records import Ending, PartySigning, SiteRecord
from notices.models.service import SERVED_AT_ONCE, Failure, Method, Outcome, Relation, Service

__all__ = [
    "IN_FORCE",
    "NUMBERED",
    "SERVED_AT_ONCE",
    "UNNUMBERED",
    "Decision",
    "Effect",
    "Ending",
    "Failure",
    "Frozen",
    "Lookup",
    "Method",
    "Notice",
    "NoticeApproval",
    "NoticeState",
    "Outcome",
    "PartySigning",
    "Printed",
    "Relation",
    "Service",
    "SiteRecord",
    "pdf_path",
]
