"""Kinds of records (笔录, 报告, 审批表: documents without a number). Each app registers its own in `apps.ready()`; the portal's pages
know no more of them.

Some are frozen by a verb of their app, from what that stored. Others an officer writes in a form of their own (`content_form`), with
a live preview; they are frozen when he completes them with his password, and a wrong one is corrected by another
(docs/decisions/0040).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core import clock
from core.errors import Fault
from core.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.models import Docket
    from notices.models import SiteRecord
    from notices.record_forms import RecordForm

NOTE = "party_note"


@dataclass(frozen=True, slots=True)
class RecordKind:
    """`permission`: who completes it and records how it ended with the party. `title` and `template`: as it is printed.

    Of a kind that is written by a form, a subclass overrides the methods below.
    """

    code: str
    label: Label
    title: str
    template: str
    permission: str
    place_of: "Callable[[SiteRecord], str] | None" = (
        None  # where it was written; the party's address where the kind does not say
    )
    file_order: int = 20  # among documents of one day, see NoticeType.file_order
    signed_by_party: bool = True  # False: internal, complete as it is
    # The record of an inspection, and the whole course on record. 行政强制法第十八条 speaks of compulsory measures only: no record of an
    # inspection rests on it.
    signing_basis: str = "行政处罚法第四十七条、第五十五条"
    signed_proves: str = "检查经过、检查情况以及当事人对笔录的确认"  # what its signed page proves, as evidence
    by_handlers: bool = True  # False: kept by those who have no hand in the matter, and get none by it (a hearing)
    is_relied_on: bool = True  # False: a decision or report of the authority, which proves nothing by itself
    basis: str = ""  # why it is written, as the trail cites it
    content_form: "type[RecordForm] | None" = None
    docket_kinds: tuple[str, ...] = ()  # where officers write it
    day_field: str = "on"  # the field of the form that holds the day it tells of

    def is_offered_on(self, docket: "Docket") -> bool:
        """May an officer write this record on this docket?"""
        return self.content_form is not None and docket.kind in self.docket_kinds

    def initial(self, docket: "Docket") -> dict[str, Any]:
        """What the form starts with, by field: what the portal knows."""
        return {}

    def validate(self, docket: "Docket", values: Mapping[str, Any]) -> Iterable[Fault]:
        """What a rule refuses, each at its field. `values` are the clean ones; a field that is missing or wrong is not among
        them, and nothing is said of it."""
        return ()

    def warnings(self, docket: "Docket", values: Mapping[str, Any]) -> list[str]:
        """What looks wrong though nothing refuses it, in words."""
        return []

    def context(self, docket: "Docket", values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the template beside those of its frame (notices.written.frame); in previews with visible gaps."""
        return dict(values)

    def which(self, docket: "Docket", values: Mapping[str, Any]) -> str:
        """What tells it from the others of its kind in lists: whom it questioned. Short."""
        return ""

    def dated(self, values: Mapping[str, Any]) -> date:
        """The day it tells of; today where the form does not say it yet."""
        day = values.get(self.day_field)
        if isinstance(day, datetime):
            return clock.local(day).date()
        return day if isinstance(day, date) else clock.today()

    def blank_form(self, docket: "Docket", initial: Mapping[str, Any], **more: Any) -> "RecordForm":
        """The form to be filled in. `more`: request, corrects (see RecordForm)."""
        return self._form_class()(initial=dict(initial), kind=self, docket=docket, **more)

    def form(self, docket: "Docket", data: Mapping[str, Any], **more: Any) -> "RecordForm":
        """The form with what was typed; `is_valid()` tells whether it is complete and no rule refuses it."""
        return self._form_class()(data, kind=self, docket=docket, **more)

    def _form_class(self) -> "type[RecordForm]":
        if self.content_form is None:
            raise LookupError(f"record kind {self.code} is not written by a form")
        return self.content_form


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"record kind {kind.code} is registered twice")


def get(code: str) -> RecordKind:
    """Raises KeyError for an unknown code."""
    return _kinds[code]


def known(code: str) -> bool:
    return code in _kinds


def all_kinds() -> list[RecordKind]:
    """In the order of registration."""
    return list(_kinds.values())


def offered_on(docket: "Docket") -> list[RecordKind]:
    """Those an officer may write on this docket by hand."""
    return [kind for kind in _kinds.values() if kind.is_offered_on(docket)]


def not_signed_by_party() -> list[str]:
    """Codes of the kinds that no party signs."""
    return [kind.code for kind in _kinds.values() if not kind.signed_by_party]


def not_relied_on() -> list[str]:
    """Codes of the kinds that prove nothing by themselves."""
    return [kind.code for kind in _kinds.values() if not kind.is_relied_on]
