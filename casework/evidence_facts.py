"""What each of the eight kinds of evidence (行政处罚法第四十六条) must hold beside maker, time, place and what it proves.

Which facts are asked for, and on what basis, stands in reference/evidence_kinds.csv; how each is asked for stands here. A row of
the file may hold only where another fact has a certain value ("when": of a copy, who agreed it with the original). Facts are texts.
Asks no database.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models.evidence import EvidenceKind
from core.errors import Fault, RuleBroken
from core.labels import Label
from organisation.models.places import is_certain

LONGEST: Final = 200
NOT_FILLED_IN: Final = gettext_lazy("not filled in")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a fact is asked for: label, help, and the choices where it is chosen."""

    label: Label
    help: Label = ""
    choices: tuple[tuple[str, Label], ...] = ()
    length: int = LONGEST


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: the fact is asked for, or required, where `when` holds (always, if it is None)."""

    kind: str
    fact: str
    required: bool
    when: tuple[str, str] | None
    source: str
    is_certain: bool

    def holds(self, facts: Mapping[str, str]) -> bool:
        return self.when is None or facts.get(self.when[0]) == self.when[1]


_ORIGINAL_AT: Final = Asked(gettext_lazy("Where the original medium is kept"))
ASKED: Final[dict[tuple[str, str], Asked]] = {
    (EvidenceKind.DOCUMENT, "form"): Asked(
        gettext_lazy("Original or copy"),
        choices=(
            ("original", gettext_lazy("Original")),
            ("copy", gettext_lazy("Copy of the original")),
            ("extract", gettext_lazy("Extract")),
        ),
    ),
    (EvidenceKind.DOCUMENT, "held_by"): Asked(
        gettext_lazy("Who holds the original"), gettext_lazy("Of a copy or extract: where it comes from.")
    ),
    (EvidenceKind.DOCUMENT, "agreed_by"): Asked(
        gettext_lazy("Who confirmed that it agrees with the original"),
        gettext_lazy("Of a copy or extract: who wrote “与原件核对无异” on it and signed or sealed it."),
    ),
    (EvidenceKind.OBJECT, "form"): Asked(
        gettext_lazy("The object or a picture of it"),
        choices=(("object", gettext_lazy("The object itself")), ("picture", gettext_lazy("Copy, photograph or film"))),
    ),
    (EvidenceKind.OBJECT, "kept_at"): Asked(gettext_lazy("Where the object is kept")),
    (EvidenceKind.OBJECT, "agreed_by"): Asked(
        gettext_lazy("Who checked it against the object"), gettext_lazy("Of a copy, photograph or film.")
    ),
    (EvidenceKind.OBJECT, "quantity"): Asked(gettext_lazy("Quantity, and whether it is a part of more")),
    (EvidenceKind.AUDIOVISUAL, "device"): Asked(gettext_lazy("Device and how it was made")),
    (EvidenceKind.AUDIOVISUAL, "length"): Asked(
        gettext_lazy("Duration or number of pictures, and format"), gettext_lazy("For example: 3 min 20 s, MP4.")
    ),
    (EvidenceKind.AUDIOVISUAL, "original_at"): _ORIGINAL_AT,
    (EvidenceKind.AUDIOVISUAL, "wording"): Asked(
        gettext_lazy("Where the spoken words are written down"), gettext_lazy("Of a recording of sound.")
    ),
    (EvidenceKind.ELECTRONIC, "method"): Asked(gettext_lazy("How the data were extracted")),
    (EvidenceKind.ELECTRONIC, "extracted_by"): Asked(gettext_lazy("Extracted by")),
    (EvidenceKind.ELECTRONIC, "original_at"): _ORIGINAL_AT,
    (EvidenceKind.TESTIMONY, "witness"): Asked(gettext_lazy("Name of the witness")),
    (EvidenceKind.TESTIMONY, "relation"): Asked(gettext_lazy("Relation to the party")),
    (EvidenceKind.TESTIMONY, "identity"): Asked(
        gettext_lazy("How the identity was checked"), gettext_lazy("Which document; no number of it is needed.")
    ),
    (EvidenceKind.STATEMENT, "stated_by"): Asked(gettext_lazy("Who made the statement")),
    (EvidenceKind.STATEMENT, "capacity"): Asked(
        gettext_lazy("In which capacity"),
        choices=(
            ("party", gettext_lazy("The party in person")),
            ("representative", gettext_lazy("Legal representative or person in charge")),
            ("agent", gettext_lazy("Authorised agent")),
            ("employee", gettext_lazy("Employee of the party")),
        ),
    ),
    (EvidenceKind.STATEMENT, "authority"): Asked(
        gettext_lazy("Letter of authority"), gettext_lazy("Of an agent: its date and extent.")
    ),
    (EvidenceKind.EXPERT, "report"): Asked(
        gettext_lazy("Kind of report"),
        choices=(
            ("appraisal", gettext_lazy("Expert appraisal")),
            ("monitoring", gettext_lazy("Environmental monitoring report")),
        ),
    ),
    (EvidenceKind.EXPERT, "institution"): Asked(gettext_lazy("Institution")),
    (EvidenceKind.EXPERT, "qualification"): Asked(gettext_lazy("Qualification of institution and expert")),
    (EvidenceKind.EXPERT, "expert"): Asked(gettext_lazy("Expert"), gettext_lazy("Of an appraisal: who signed it.")),
    (EvidenceKind.EXPERT, "cma"): Asked(
        gettext_lazy("CMA mark"), gettext_lazy("Of a monitoring report: the number of the certificate.")
    ),
    (EvidenceKind.EXPERT, "report_number"): Asked(
        gettext_lazy("Number of the report"), gettext_lazy("Of a monitoring report.")
    ),
    (EvidenceKind.EXPERT, "items"): Asked(
        gettext_lazy("Items, time and points of monitoring"), gettext_lazy("Of a monitoring report."), length=500
    ),
    (EvidenceKind.EXPERT, "methods"): Asked(
        gettext_lazy("Methods and instruments"), gettext_lazy("Of a monitoring report."), length=500
    ),
    (EvidenceKind.EXPERT, "results"): Asked(
        gettext_lazy("Results of the analysis"), gettext_lazy("Of a monitoring report."), length=500
    ),
    (EvidenceKind.EXPERT, "signatures"): Asked(
        gettext_lazy("Who prepared, reviewed and issued it, and the seal"), gettext_lazy("Of a monitoring report.")
    ),
    (EvidenceKind.RECORD, "officers"): Asked(
        gettext_lazy("Officers who made the record"), gettext_lazy("At least two, separated by “、”.")
    ),
    (EvidenceKind.RECORD, "party"): Asked(gettext_lazy("Signature of the party, or why there is none")),
}
BETWEEN_NAMES: Final = str.maketrans("，,；;", "、、、、")


@cache
def table() -> tuple[Row, ...]:
    """The rows of the file. KeyError for a fact that nobody knows how to ask for."""
    with (settings.ROOT / "reference" / "evidence_kinds.csv").open(encoding="utf-8", newline="") as file:
        found = tuple(
            Row(
                line["kind"],
                line["fact"],
                line["required"] == "yes",
                (line["when_fact"], line["when_value"]) if line["when_fact"] else None,
                line["source"],
                is_certain(line["confidence"]),
            )
            for line in csv.DictReader(file)
        )
    for row in found:
        ASKED[row.kind, row.fact]
    return found


def rows_of(kind: str) -> list[Row]:
    return [row for row in table() if row.kind == kind]


def asked_of(kind: str) -> dict[str, Asked]:
    """The facts of a kind, in the order of the file."""
    return {row.fact: ASKED[kind, row.fact] for row in rows_of(kind)}


def source_of(kind: str, fact: str) -> str:
    """On what the question rests; marked where nobody has verified that."""
    row = next(row for row in rows_of(kind) if row.fact == fact)
    return row.source if row.is_certain else f"{row.source}（待核实）"


def field_name(kind: str, fact: str) -> str:
    """Of the field that asks for it: the facts of all kinds stand in one form."""
    return f"{kind}_{fact}"


def tidied(kind: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of the kind that say something. RuleBroken for one that the kind has not, or a choice that is not offered."""
    asked = asked_of(kind)
    kept = {name: value.strip() for name, value in facts.items() if value.strip()}
    for name, value in kept.items():
        if name not in asked:
            raise RuleBroken(_("That is not asked for of this kind of evidence."))
        if asked[name].choices and value not in dict(asked[name].choices):
            raise RuleBroken(_("That choice is not offered."), field=field_name(kind, name))
    return kept


def missing(kind: str, facts: Mapping[str, str]) -> list[str]:
    """The required facts that nobody has given, each once."""
    found = [row.fact for row in rows_of(kind) if row.required and row.holds(facts) and not facts.get(row.fact)]
    return list(dict.fromkeys(found))


def faults(kind: str, facts: Mapping[str, str]) -> Iterator[Fault]:
    """What is missing or wrong, each at its field."""
    for fact in missing(kind, facts):
        words = _("%(label)s: this kind of evidence must say it (%(source)s).")
        yield (
            field_name(kind, fact),
            words % {"label": ASKED[kind, fact].label, "source": source_of(kind, fact)},
        )
    if kind == EvidenceKind.RECORD and facts.get("officers") and len(_names(facts["officers"])) < 2:
        yield field_name(kind, "officers"), _("Name at least two officers (行政处罚法第四十二条).")


def _names(listed: str) -> set[str]:
    return {name.strip() for name in listed.translate(BETWEEN_NAMES).split("、") if name.strip()}


def told(kind: str, facts: Mapping[str, str]) -> list[tuple[str, Any]]:
    """(label, value) of what is known and of what is required and not filled in, in the reader's language."""
    lacking = missing(kind, facts)
    rows: list[tuple[str, Any]] = []
    for fact, asked in asked_of(kind).items():
        if fact in facts:
            value = facts[fact]
            rows.append((str(asked.label), str(dict(asked.choices).get(value, value))))
        elif fact in lacking:
            rows.append((str(asked.label), str(NOT_FILLED_IN)))
    return rows
