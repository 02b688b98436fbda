"""Deadlines: `deadlines.start(...)`, `.pause`, `.resume`, `.extend`, `.meet`, `.cancel`; kinds in `casework.deadlines.kinds`."""

from casework.deadlines.mirroring import mirror
from casework.deadlines.services import (
    apply_rule,
    cancel,
    extend,
    meet,
    note_missed,
    pause,
    recompute,
    reopen,
    resume,
    start,
)

__all__ = [
    "apply_rule",
    "cancel",
    "extend",
    "meet",
    "mirror",
    "note_missed",
    "pause",
    "recompute",
    "reopen",
    "resume",
    "start",
]
