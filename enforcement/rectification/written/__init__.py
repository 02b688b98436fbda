"""Records that officers of a case write in a form: one module a kind or two, all of them in KINDS, in the order of the procedure."""

from enforcement.rectification.written import discussion, questioning
from notices.records import RecordKind

KINDS: tuple[RecordKind, ...] = (questioning.KIND, discussion.KIND)
