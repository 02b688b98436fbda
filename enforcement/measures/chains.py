"""The chains of the two policy documents (国发〔2011〕12号（十一）至（十三）；苏政发〔2012〕6号三): which child measures a case lays out, whose
they are, and on what each rests. Reads reference/chain_measures.csv and chain_triggers.csv.

A policy document founds no decision (行政处罚法第十六条): the policy source and the legal basis of a measure are kept apart.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.labels import Label
from organisation.models import Department
from organisation.models.places import is_certain


class Chain(TextChoices):
    PLAN = "plan", _("Production outside the plan")
    ENVIRONMENT = "environment", _("Protection of the environment")
    EXPORT = "export", _("Order of exports")


# In the reader's language; the table has the official words.
LABELS: Final[dict[str, Label]] = {
    "plan_stop": _("Stop the production of plan-controlled products"),
    "plan_trace": _("Trace where the ore comes from"),
    "plan_buyers": _("Punish illegal buyers and sellers"),
    "plan_permit": _("Cancel production permit and sales qualification"),
    "plan_registration": _("Change or cancel the registration, or revoke the business licence"),
    "env_stop": _("Stop production at once, treat within a time"),
    "env_construction": _("Stop construction and production"),
    "env_pollution_permit": _("Revoke or cancel the pollution permit"),
    "env_production_permit": _("Cancel the production permit"),
    "env_registration": _("Revoke the business licence or cancel the registration"),
    "export_declaration": _("Pursue false and concealed declarations"),
    "export_split": _("Pursue split shipments and smuggling"),
    "export_quota": _("Pursue the resale of export quotas"),
    "export_licence": _("Pursue breaches of export licences and controls"),
}
TRIGGERS: Final[dict[str, Label]] = {
    "no_facility": _("No facility against pollution"),
    "not_running": _("The facility does not run properly"),
    "over_standard": _("Discharge above the standard"),
    "over_total": _("Discharge above the total of a key pollutant"),
    "radioactive_slag": _("Radioactive slag is not disposed of safely"),
    "no_access": _("Demands of access to the environment are not met"),
    "no_eia": _("No approved assessment of the impact on the environment"),
    "no_acceptance": _("No acceptance on completion"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of a chain in one version: `lines` are kinds of departments, the first the usual one; `period_days` is the
    portal's proposal, for the policy documents name no days."""

    code: str
    chain: str
    position: int
    name: str
    task: str
    lines: tuple[str, ...]
    period_days: int
    needs_hearing: bool
    needs_statute: bool
    when_overdue: bool
    policy_source: str
    legal_basis: str
    valid_from: date | None
    valid_to: date | None
    confidence: str
    note: str

    @property
    def is_verified(self) -> bool:
        return is_certain(self.confidence)

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Trigger:
    code: str
    measure: str
    name: str
    policy_source: str


def _read(name: str) -> list[dict[str, str]]:
    with (settings.ROOT / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def table() -> tuple[Row, ...]:
    return tuple(_row(fields) for fields in _read("chain_measures.csv"))


def _row(fields: dict[str, str]) -> Row:
    yes: dict[str, Any] = {
        name: {"是": True, "否": False}[fields[name]] for name in ("needs_hearing", "needs_statute", "when_overdue")
    }
    return Row(
        code=fields["code"],
        chain=fields["chain"],
        position=int(fields["position"]),
        name=fields["name"],
        task=fields["task"],
        lines=tuple(fields["lines"].split(";")),
        period_days=int(fields["period_days"]),
        policy_source=fields["policy_source"],
        legal_basis=fields["legal_basis"],
        valid_from=_day(fields["valid_from"]),
        valid_to=_day(fields["valid_to"]),
        confidence=fields["confidence"],
        note=fields["note"],
        **yes,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def triggers() -> tuple[Trigger, ...]:
    return tuple(
        Trigger(one["code"], one["measure"], one["name"], one["policy_source"]) for one in _read("chain_triggers.csv")
    )


def codes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.code for row in table()))


def of_chain(chain: str, on: date) -> list[Row]:
    """The measures of a chain as they stand on that day, in their order."""
    return sorted((row for row in table() if row.chain == chain and row.is_valid_on(on)), key=lambda row: row.position)


def chosen_by(chain: str, on: date, chosen: list[str]) -> list[Row]:
    """The same, without what none of the chosen triggers asks for."""
    asked = {one.measure for one in triggers() if one.code in chosen}
    guarded = {one.measure for one in triggers()}
    return [row for row in of_chain(chain, on) if row.code not in guarded or row.code in asked]


def official_name(code: str) -> str:
    return next(row.name for row in table() if row.code == code)


def responsible(lines: tuple[str, ...], near: Department) -> Department | None:
    """The authority that a measure of these lines is usually for: the own one where its line is named, else one of the same
    region, else of the province; None where none is on file."""
    own = near.acts_as
    if own.kind in lines:
        return own
    found = [one for one in Department.objects.filter(kind__in=lines, abolished_on=None) if not one.is_internal]
    first, last = own.region.code_range

    def fits(one: Department) -> tuple[int, int, str]:
        place = 0 if one.region_id == own.region_id else 1 if first <= one.region_id <= last else 2
        is_above = one.region_id == own.region_id[:2] + "0000"
        return (1 if place and is_above else 0 if not place else 2, lines.index(one.kind), one.code)

    return min(found, key=fits, default=None)
