"""Types of notices. Each app registers its own in `apps.ready()`; nothing else knows their codes.

A type is a class in `<app>/notices.py`, a template under `templates/notices/` and a golden test. No migration.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise

from notices import content
from notices.rendering import samples
from organisation.selectors import doubt_of

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice, Service
    from organisation.models import Department

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a notice is addressed to, as it is copied at issue."""

    name: str
    credit_code: str = ""
    address: str = ""
    representative: str = ""


@cache
def _document_forms() -> dict[str, dict[str, str]]:
    with (settings.ROOT / "reference" / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


class NoticeType:
    """What the portal must know of a kind of document. Subclass, set the attributes, override what differs."""

    code: ClassVar[str]
    label: ClassVar[Label]
    # Row of reference/documents.csv: gives number word, seal, approval and service; attributes below override it.
    document_form: ClassVar[str] = ""
    title: str = ""  # as printed; default: the name of the form
    number_word: str = ""  # 文种字
    template: ClassVar[str]
    content_form: ClassVar[type[forms.Form]]
    needs_seal: bool | None = None
    needs_service: bool | None = None
    needs_legal_review: ClassVar[bool] = False
    # Kinds of dockets on which officers may start it by hand; () = on every docket; None = only services start it.
    docket_kinds: ClassVar[Sequence[str] | None] = ()
    # The place in the case file among documents of one day.
    file_order: ClassVar[int] = 50

    def __init__(self) -> None:
        row = _document_forms()[self.document_form] if self.document_form else {}
        self.title = self.title or row.get("name", "")
        self.number_word = self.number_word or row.get("number_word", "")
        if self.needs_seal is None:
            self.needs_seal = row.get("needs_seal", "是") == "是"
        if self.needs_service is None:
            self.needs_service = row.get("needs_service_receipt", "是").startswith("是")
        if not self.title or not self.number_word or "/" in self.number_word:
            raise ValueError(f"notice type {self.code}: title and one number word are needed")

    @property
    def is_led_by_docket(self) -> bool:
        """Its approval and issue are steps of the docket's own procedure; the notice page points there."""
        return self.docket_kinds is None

    # --- drafting -----------------------------------------------------------------------------------------------
    def is_offered_on(self, docket: "Docket") -> bool:
        """May an officer start this document on this docket by hand?"""
        return self.docket_kinds is not None and (not self.docket_kinds or docket.kind in self.docket_kinds)

    def initial(self, docket: "Docket") -> dict[str, Any]:
        """What a new draft starts with, by field of the form."""
        return {}

    def title_of(self, content: Mapping[str, Any]) -> str:
        """The title as far as the typed content tells it, for lists and pages of drafts."""
        return self.title

    def revocation_of(self, earlier: "Notice", reason: str) -> dict[str, Any]:
        """What a draft of this type starts with when it is to revoke an issued notice."""
        return {}

    def addressee(self, notice: "Notice") -> Addressee | None:
        """Whom it is addressed to; None when the docket has no party."""
        enterprise = notice.docket.enterprise
        if enterprise is None:
            return None
        return Addressee(enterprise.name, enterprise.credit_code, enterprise.address, enterprise.legal_representative)

    def agency(self, notice: "Notice") -> "Department":
        """Under whose name it is issued: an internal office issues nothing in its own."""
        return notice.docket.department.acts_as

    # --- completeness -------------------------------------------------------------------------------------------
    def validate(self, notice: "Notice") -> list[str]:
        """What is missing beyond the form's own fields, in words. Empty: complete."""
        return []

    def warnings(self, notice: "Notice") -> list[str]:
        """What looks wrong though nothing is missing, in words: said when a draft is saved, beside its preview, and to whoever decides
        on it. Asked through `doubts`."""
        return list(filter(None, [doubt_of(self.agency(notice))]))

    def guards(self, notice: "Notice") -> list[str]:
        """Why the docket does not allow this document to be issued now, in words. Empty: it does."""
        return []

    # --- the document -------------------------------------------------------------------------------------------
    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the template beside those of its frame; `values` are the form's (in previews with visible gaps)."""
        return dict(values)

    def sample(self) -> dict[str, Any]:
        """A complete, invented context for `sample_notice` and the golden test."""
        return samples.SAMPLES[self.code].context()

    # --- what follows -------------------------------------------------------------------------------------------
    def on_issued(self, notice: "Notice") -> None:
        """Runs in the transaction of the issue."""

    def on_served(self, notice: "Notice", service: "Service") -> None:
        """Runs in the transaction that records the service; exactly once per notice. Clocks start here."""

    def on_service_corrected(self, notice: "Notice", service: "Service") -> None:
        """Runs in the transaction that corrects the record of service; `service.corrects` is the wrong record. Clocks that
        started from a wrong day start anew."""

    def on_unserved(self, notice: "Notice", service: "Service") -> None:
        """Runs when the first attempt to serve fails."""

    def on_superseded(self, notice: "Notice", by_notice: "Notice") -> None:
        """Runs in the transaction that issues the superseding notice."""

    def form(self, data: Mapping[str, Any]) -> forms.Form:
        return content.bound(self.content_form, data)


_types: dict[str, NoticeType] = {}


def register(notice_type: NoticeType) -> None:
    """Called in `apps.ready()`; the same code twice is a programming error."""
    known = _types.get(notice_type.code)
    if known is not None and type(known) is not type(notice_type):
        raise ValueError(f"notice type {notice_type.code} is registered twice")
    _types[notice_type.code] = notice_type


def get(code: str) -> NoticeType:
    """The type. Raises KeyError for an unknown code."""
    return _types[code]


def all_types() -> list[NoticeType]:
    """In the order of registration."""
    return list(_types.values())


def known(code: str) -> bool:
    return code in _types


def offered_on(docket: "Docket") -> list[NoticeType]:
    return [notice_type for notice_type in _types.values() if notice_type.is_offered_on(docket)]


def choices() -> list[tuple[str, Label]]:
    return [(notice_type.code, notice_type.label) for notice_type in _types.values()]
