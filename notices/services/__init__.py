"""Verbs on notices: draft, decide, issue, serve, supersede. Keyword arguments, one transaction, signed by somebody."""

from notices.services.correcting import correct_service
from notices.services.deciding import approve, recall, return_to_drafter, review, submit
from notices.services.drafting import draft, edit, supersede, withdraw
from notices.services.exporting import export_case_file
from notices.services.issuing import issue, print_again
from notices.services.recording import attach_note_scan, freeze_record, record_signing
from notices.services.serving import (
    attach_receipt,
    complete_service,
    fail_service,
    record_attempt,
    record_service,
)
from notices.services.writing import write_record

__all__ = [
    "approve",
    "attach_note_scan",
    "attach_receipt",
    "complete_service",
    "correct_service",
    "draft",
    "edit",
    "export_case_file",
    "fail_service",
    "freeze_record",
    "issue",
    "print_again",
    "recall",
    "record_attempt",
    "record_service",
    "record_signing",
    "return_to_drafter",
    "review",
    "submit",
    "supersede",
    "withdraw",
    "write_record",
]
