"""Records that officers of a case write in a form: one module a kind or two, all of them in KINDS, in the order of the procedure."""

from enforcement.rectification.written import (
    approval,
    defence,
    discussion,
    goods,
    hearing,
    inventory,
    investigation,
    photographs,
    questioning,
    sampling,
)
from notices.records import RecordKind

KINDS: tuple[RecordKind, ...] = (
    questioning.KIND,
    sampling.KIND,
    photographs.KIND,
    inventory.KIND,
    investigation.KIND,
    approval.KIND,
    discussion.KIND,
    defence.KIND,
    hearing.HEARING,
    hearing.REPORT,
    goods.KIND,
)
