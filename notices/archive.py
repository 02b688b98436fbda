"""正卷 and 副卷: which volume of a case file a paper belongs to, and in which of its groups (环境行政处罚办法（2010）第六十九条).

The groups, and the papers that go to each, are rows of reference/archive_groups.csv. What nobody placed there goes to 其他有关材料 of
the 正卷: it is not lost, and a test names it.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

import cn2an
from django.conf import settings

if TYPE_CHECKING:
    from casework.models import Evidence
    from notices.casefile_forms import Form
    from notices.records import RecordKind
    from notices.registry import NoticeType

ANY: Final = "*"  # of evidence: what has no other place


class Volume(StrEnum):
    """The 正卷 is open to party, court and reconsideration body; the 副卷 stays with the authority."""

    MAIN = "正卷"
    INNER = "副卷"


@dataclass(frozen=True, slots=True)
class Group:
    """`position` counts from 1 within the volume. The other fields are codes: of reference/documents.csv or of a notice type, of record
    kinds, the verb of a form's key, kinds of the dockets that hold evidence. `leading`: documents that stand first in the group."""

    volume: Volume
    position: int
    title: str
    documents: frozenset[str]
    records: frozenset[str]
    forms: frozenset[str]
    evidence: frozenset[str]
    leading: frozenset[str]

    @property
    def heading(self) -> str:
        return f"{cn2an.an2cn(self.position)}、{self.title}"


@cache
def groups() -> tuple[Group, ...]:
    """All groups, those of the 正卷 first, each volume in its order."""
    with (settings.ROOT / "reference" / "archive_groups.csv").open(encoding="utf-8", newline="") as file:
        found = [
            Group(
                volume=Volume(row["volume"]),
                position=int(row["position"]),
                title=row["title"],
                documents=_codes(row["documents"]),
                records=_codes(row["records"]),
                forms=_codes(row["forms"]),
                evidence=_codes(row["evidence"]),
                leading=_codes(row["leading"]),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(found, key=place))


def _codes(cell: str) -> frozenset[str]:
    return frozenset(cell.split())


def place(group: Group) -> tuple[int, int]:
    """For sorting: the 正卷 before the 副卷, each by position."""
    return ([*Volume].index(group.volume), group.position)


def of(volume: Volume) -> list[Group]:
    return [group for group in groups() if group.volume == volume]


def other(volume: Volume = Volume.MAIN) -> Group:
    """其他有关材料, the last group of a volume."""
    return of(volume)[-1]


# --- the group of a paper ------------------------------------------------------------------------------------------------
def row_of_notice(kind: "NoticeType") -> Group | None:
    """None: nobody placed it."""
    return _first(group for group in groups() if {kind.document_form, kind.code} & group.documents)


def row_of_record(kind: "RecordKind") -> Group | None:
    return _first(group for group in groups() if kind.code in group.records)


def row_of_form(form: "Form") -> Group | None:
    verb = form.key.partition(":")[0]
    return _first(group for group in groups() if verb in group.forms)


def of_notice(kind: "NoticeType") -> Group:
    return row_of_notice(kind) or other()


def of_record(kind: "RecordKind") -> Group:
    return row_of_record(kind) or other()


def of_form(form: "Form") -> Group:
    return row_of_form(form) or other()


def of_evidence(item: "Evidence") -> Group:
    """What came with the lead protects whoever gave it: it stays with the authority."""
    for code in (item.docket.kind, ANY):
        if (found := _first(group for group in groups() if code in group.evidence)) is not None:
            return found
    return other()


def leads(group: Group, kind: "NoticeType") -> bool:
    """Does it stand first in its group, whatever its day?"""
    return bool({kind.document_form, kind.code} & group.leading)


def _first(found: Iterable[Group]) -> Group | None:
    return next(iter(found), None)
