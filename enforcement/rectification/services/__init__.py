"""Verbs of rectification cases, in the order of the procedure: open, write and sign, decide, serve, re-inspect, close."""

from enforcement.rectification.deadlines import HANDLING, NEXT_LOOK, PERIOD, REINSPECTION
from enforcement.rectification.services.closing import (
    close,
    look_again,
    reopen,
    reopen_withdrawn,
    return_from_closing,
    withdraw,
)
from enforcement.rectification.services.deciding import (
    agree,
    approve,
    issue_order,
    return_from_approval,
    return_from_review,
    start_service_of_earlier_orders,
    submit,
)
from enforcement.rectification.services.opening import open_case
from enforcement.rectification.services.reinspecting import (
    Visit,
    call_reinspection,
    confirm_rectified,
    continue_rectification,
    look_after_period,
    make_record,
    order_again,
    record_reinspection,
)
from enforcement.rectification.services.serving import order_service_was_corrected, order_was_revoked, order_was_served
from enforcement.rectification.services.writing import correct_act, draft_order, edit, sign

__all__ = [
    "HANDLING",
    "NEXT_LOOK",
    "PERIOD",
    "REINSPECTION",
    "Visit",
    "agree",
    "approve",
    "call_reinspection",
    "close",
    "confirm_rectified",
    "continue_rectification",
    "correct_act",
    "draft_order",
    "edit",
    "issue_order",
    "look_after_period",
    "look_again",
    "make_record",
    "open_case",
    "order_again",
    "order_service_was_corrected",
    "order_was_revoked",
    "order_was_served",
    "record_reinspection",
    "reopen",
    "reopen_withdrawn",
    "return_from_approval",
    "return_from_closing",
    "return_from_review",
    "sign",
    "start_service_of_earlier_orders",
    "submit",
    "withdraw",
]
