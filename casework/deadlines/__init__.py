"""Deadlines: `deadlines.start(...)`, `.pause`, `.resume`, `.extend`, `.meet`, `.run_on`,
`.cancel`; wrong entries: `.reopen`,
`.correct_pause`, `.take_back_pause`, `.take_back_extension`, `.restart`; kinds in `casework.deadlines.kinds`."""

from casework.deadlines.correcting import correct_pause, reopen, restart, take_back_extension, take_back_pause
from casework.deadlines.mirroring import mirror
from casework.deadlines.services import (
    apply_rule,
    cancel,
    extend,
    meet,
    note_missed,
    pause,
    recompute,
    resume,
    run_on,
    set_end,
    start,
)

__all__ = [
    "apply_rule",
    "cancel",
    "correct_pause",
    "extend",
    "meet",
    "mirror",
    "note_missed",
    "pause",
    "recompute",
    "reopen",
    "restart",
    "resume",
    "run_on",
    "set_end",
    "start",
    "take_back_extension",
    "take_back_pause",
]
