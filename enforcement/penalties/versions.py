"""从旧兼从轻 (行政处罚法第三十七条): the fine band under each version of the law. The milder one is proposed; a legal reviewer decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext as _

from enforcement.penalties import general_law
from enforcement.penalties.bands import Band, Facts, Kind, band_of, figures


class Version(Protocol):
    """A provision in one version, such as a casework.Violation."""

    code: str
    valid_from: date | None
    valid_to: date | None


class Role(StrEnum):
    OF_THE_ACT = "of_the_act"  # in force when the act ended
    OF_TODAY = "of_today"  # in force when the authority decides
    BOTH = "both"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Candidate:
    version: Version
    role: Role
    band: Band


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which candidate looks milder; none where that cannot be said from the bands alone."""

    candidate: Candidate | None
    explanation: str


def candidates(versions: Iterable[Version], facts: Facts, *, acted_to: date, decided_on: date) -> list[Candidate]:
    """The band under each version in force on any day from the end of the act to the decision, in the order they were given
    (`enforcement.leads.versions.candidates` finds them)."""
    found = []
    for version in versions:
        first, last = version.valid_from or date.min, version.valid_to or date.max
        if first > decided_on or last < acted_to:
            continue
        band = band_of(version.code, facts, min(last, decided_on))
        found.append(Candidate(version, _role(first, last, acted_to, decided_on), band))
    return found


def _role(first: date, last: date, acted_to: date, decided_on: date) -> Role:
    of_the_act, of_today = first <= acted_to <= last, first <= decided_on <= last
    if of_the_act and of_today:
        return Role.BOTH
    return Role.OF_THE_ACT if of_the_act else Role.OF_TODAY if of_today else Role.BETWEEN


def milder(found: Sequence[Candidate], *, decided_on: date) -> Proposal:
    """The law of the act applies, unless that of today is milder. Compared by the highest fine, then by the lowest."""
    law = general_law.on(decided_on).milder_law
    old = [one for one in found if one.role == Role.OF_THE_ACT]
    new = [one for one in found if one.role == Role.OF_TODAY]
    if not law:
        return Proposal(None, _("The law of that time had no rule on the milder law: the legal reviewer decides."))
    if not old and not new and any(one.role == Role.BOTH for one in found):
        return Proposal(None, _("The provision in force at the time of the act is still in force."))
    if len(old) != 1 or len(new) != 1 or not all(_comparable(one.band) for one in (*old, *new)):
        return Proposal(None, _("The bands alone do not say which version is milder: the legal reviewer compares them (%(law)s).") % {"law": law})  # fmt: skip
    chosen = new[0] if new[0].band.rank < old[0].band.rank else old[0]
    return Proposal(chosen, _words(old[0].band, new[0].band, chosen.band, law))


def _comparable(band: Band) -> bool:
    return band.kind in {Kind.FOUND, Kind.NO_FINE} and band.is_certain


def _words(old: Band, new: Band, chosen: Band, law: str) -> str:
    facts = {"old": old.basis, "new": new.basis, "most": _most(old), "now": _most(new), "law": law}
    if chosen is new:
        words = _("Proposed: %(new)s (%(now)s), milder than %(old)s of the time of the act (%(most)s). The legal reviewer decides (%(law)s).")  # fmt: skip
    else:
        words = _("Proposed: %(old)s of the time of the act (%(most)s); %(new)s of today (%(now)s) is not milder. The legal reviewer decides (%(law)s).")  # fmt: skip
    return words % facts


def _most(band: Band) -> str:
    return _("a fine of up to %(high)s yuan") % {"high": figures(band.high)} if band.is_found else _("no fine")
