"""Dockets, statute book, deadlines, reminders, evidence, notes."""

from casework.models.calendar import CalendarDay, CalendarEdition
from casework.models.deadlines import Deadline, Extension, Pause
from casework.models.dockets import (
    Confidentiality,
    Docket,
    DocketGroupPermission,
    DocketOfficer,
    DocketShare,
    DocketUserPermission,
    Part,
)
from casework.models.evidence import Custody, Evidence, EvidenceKind
from casework.models.notes import Mention, Note
from casework.models.reminders import HANDOVER, InboxMessage, Reminder, ReminderState
from casework.models.search import DocumentNumber, SearchEntry
from casework.models.statutes import (
    Actor,
    DocumentForm,
    Instrument,
    InstrumentNature,
    PeriodRule,
    Provision,
    Unit,
    Violation,
)
from casework.models.views import Draft, Follow, SavedView

__all__ = [
    "HANDOVER",
    "Actor",
    "CalendarDay",
    "CalendarEdition",
    "Confidentiality",
    "Custody",
    "Deadline",
    "Docket",
    "DocketGroupPermission",
    "DocketOfficer",
    "DocketShare",
    "DocketUserPermission",
    "DocumentForm",
    "DocumentNumber",
    "Draft",
    "Evidence",
    "EvidenceKind",
    "Extension",
    "Follow",
    "InboxMessage",
    "Instrument",
    "InstrumentNature",
    "Mention",
    "Note",
    "Part",
    "Pause",
    "PeriodRule",
    "Provision",
    "Reminder",
    "ReminderState",
    "SavedView",
    "SearchEntry",
    "Unit",
    "Violation",
]
