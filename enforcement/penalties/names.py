"""Codes of the documents and records that the procedure leads or asks for."""

from typing import Final

PRIOR_NOTICE: Final = "prior_notice"
PRIOR_NOTICE_HEARING: Final = "prior_notice_with_hearing"
HEARING_NOTICE: Final = "penalty_hearing_notice"
DECISION: Final = "penalty_decision"
NO_PENALTY: Final = "no_penalty_decision"
DEMAND: Final = "performance_demand"
APPLICATION: Final = "enforcement_application"
INSTALMENTS: Final = "payment_deferral"
DAILY: Final = "daily_penalty_decision"
SUMMARY: Final = "summary_penalty_decision"
# Written records (enforcement.rectification.written).
REPORT: Final = "investigation_report"
DISCUSSION: Final = "collective_discussion"
STATEMENT_REVIEW: Final = "statement_review"
HEARING_RECORD: Final = "hearing_record"
HEARING_REPORT: Final = "hearing_report"
# Documents of enforcement.measures by which a matter leaves the authority.
TRANSFER: Final = "case_transfer"
CRIME: Final = "criminal_referral"
