"""Reading the reference files (elements, material classes, techniques, customs codes). Loading twice changes nothing.

A row that the system administrator corrected since is left as he left it. What the files do not vouch for stays marked
unverified, and the pages say so.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.labels import in_print
from registry.models import Element, HsCode, MaterialClass, Technique
from registry.models.reference import Sourced, is_trusted

YES: Final = "是"
# "2010税则" is 1 January 2010; "2025-04-04…" is that day; "<=2012", ">2014" and "前后" fix no day.
_YEAR: Final = re.compile(r"(\d{4})(?:税则)?(?:\D|$)")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# "2010-2013为28469030 氟化稀土": the finer code names the one it replaced and that one's years.
_UNTIL: Final = re.compile(r"<=(\d{4})")
_REPLACED: Final = re.compile(r"(\d{4})-(\d{4})为(\d{8})")
# A code that the tariff of 2014 replaced, by its own note alone: the last day is likely, not proved.
_SPLIT: Final = "后细分"
_SPLIT_ON: Final = date(2013, 12, 31)


@dataclass(slots=True)
class Loaded:
    """How many rows of each table were new, changed, or left as they were."""

    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def count(self, into: dict[str, int], model: type[Sourced]) -> None:
        name = model._meta.model_name or ""
        into[name] = into.get(name, 0) + 1

    def __str__(self) -> str:
        names = dict.fromkeys([*self.created, *self.updated, *self.kept])
        return "; ".join(
            f"{name}: {self.created.get(name, 0)} new, {self.updated.get(name, 0)} changed, {self.kept.get(name, 0)} kept"
            for name in names
        )


@transaction.atomic
def load(folder: Path) -> Loaded:
    """Load every file of `folder` that this app knows. A missing file or column is an error that names it."""
    done = Loaded()
    for row in _rows(folder / "elements.csv"):
        _put(done, Element, {"symbol": row["symbol"]}, _element(row))
    for row in _rows(folder / "material_classes.csv"):
        values = {"name": row["name"], "position": int(row["position"]), "basis": row["basis"], **_sourced(row)}
        _put(done, MaterialClass, {"code": row["code"]}, values)
    for row in _rows(folder / "techniques.csv"):
        values = {
            "name": row["name"],
            "kind": row["kind"],
            "is_obsolete": row["is_obsolete"] == YES,
            "basis": row["basis"],
            "note": row["note"],
            "position": int(row["position"]),
            **_sourced(row, row["basis"], row["note"]),
        }
        _put(done, Technique, {"code": row["code"]}, values)
    hs_codes = list(_rows(folder / "hs_codes.csv"))
    ended = _ended(row["in_tariff_since"] for row in hs_codes)
    for row in hs_codes:
        _put(done, HsCode, {"code": row["hs_code"], "name": row["name_cn"]}, _hs_code(row, ended))
    return done


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: (value or "").strip() for name, value in row.items() if name is not None}


def _put(done: Loaded, model: type[Sourced], key: dict[str, Any], values: dict[str, Any]) -> None:
    row = model._default_manager.filter(**key).first()
    if row is None:
        model._default_manager.create(**key, **values)
        done.count(done.created, model)
        return
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if row.is_edited or not changed:
        done.count(done.kept, model)
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    done.count(done.updated, model)


def _sourced(row: dict[str, str], *doubtful: str) -> dict[str, Any]:
    return {
        "source": row["source"][:200],
        "confidence": row["confidence"][:60],
        "is_verified": is_trusted(row["confidence"], *doubtful),
    }


def _element(row: dict[str, str]) -> dict[str, Any]:
    control = row["export_control"]
    return {
        "name": row["name_cn"],
        "atomic_number": int(row["atomic_number"]),
        "atomic_mass": Decimal(row["atomic_mass"]),
        "oxide_formula": row["oxide_formula"],
        "oxide_name": row["oxide_name_cn"],
        "oxide_molar_mass": Decimal(row["oxide_molar_mass"]),
        "factor_element_to_oxide": Decimal(row["factor_element_to_oxide"]),
        "factor_oxide_to_element": Decimal(row["factor_oxide_to_element"]),
        "two_group": in_print(row["class_two_group"]),
        "three_group": row["class_three_group"],
        "counts_as_medium_heavy": row["export_medium_heavy"] == YES,
        "export_control": in_print(control),
        "note": in_print(row["trade_note"]),
        **_sourced(row, control),
    }


def _ended(notes: Iterable[str]) -> dict[str, date]:
    """Last days of codes that were replaced, as the codes that replaced them tell."""
    found = (_REPLACED.search(note) for note in notes)
    return {match[3]: date(int(match[2]), 12, 31) for match in found if match}


def _hs_code(row: dict[str, str], ended: dict[str, date]) -> dict[str, Any]:
    since = row["in_tariff_since"]
    proved = ended.get(row["hs_code"])
    split = _SPLIT in since
    primary, _bracket, form = row["is_primary_product"].partition("(")
    return {
        "category": row["category"],
        "is_primary_product": primary == YES,
        "primary_form": form.rstrip(")"),
        "medium_heavy": row["medium_heavy"],
        "valid_from": first_day(since),
        "valid_to": proved or (_SPLIT_ON if split else None),
        "tariff_note": in_print(_UNTIL.sub(r"\1年及以前", since)),
        "supervision_condition": in_print(row["supervision_condition"]),
        "note": in_print(row["note"]),
        **_sourced(row, since, row["note"], "核实" if split and not proved else ""),
    }


def first_day(since: str) -> date | None:
    """The first day in the tariff, when the note fixes one: "2014税则(…)" → 2014-01-01; "<=2012", "2014前后" → None."""
    if day := _DAY.match(since):
        return date(*(int(part) for part in day.groups()))
    if since.startswith(("<", ">")) or "前后" in since:
        return None
    year = _YEAR.match(since)
    return date(int(year[1]), 1, 1) if year else None
