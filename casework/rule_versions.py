"""The next version of a statutory period: which running matters it concerns, and then adding it, in one transaction.

The law in force on the day a period starts applies to it. A matter that started before the new version keeps the former one,
however long it runs; only where the version comes late, and matters started since its first day, does their date change.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import trail
from casework import calendar, deadlines, statutes
from casework.deadlines import kinds, reckoning
from casework.models import Deadline, PeriodRule, Unit
from core.errors import RuleBroken
from core.labels import stored

KEEP = "casework.keep_statute_book"
LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version says anew; the rest (event, act, whose period it is, extensions, pauses) is the former one's."""

    valid_from: date
    length: int
    unit: str
    legal_basis: str
    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that is not stored yet, the one it follows, and until when that one is then in force."""

    version: PeriodRule
    former: PeriodRule
    former_until: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """A running period to which another version applies: with another date, or on another basis only."""

    deadline: Deadline
    before: date
    after: date

    @property
    def moves(self) -> bool:
        return self.before != self.after


def versions(rule: PeriodRule) -> list[PeriodRule]:
    """All versions of a rule, the earliest first."""
    found = PeriodRule.objects.called(rule.first_version.code)
    return sorted(found, key=lambda one: one.valid_from or date.min)


def draft(rule: PeriodRule, wording: Wording) -> Draft:
    """The version as it would be, after the latest there is. RuleBroken when it cannot follow it."""
    known = versions(rule)
    former = known[-1]
    _check(known, wording)
    version = copy(former)
    version.pk, version._state.adding = None, True
    version.version_of = former.first_version
    version.code = f"{former.first_version.code}-{len(known) + 1}"
    version.period, version.length, version.unit = str(wording.length), wording.length, wording.unit
    version.legal_basis, version.source = wording.legal_basis.strip(), wording.source.strip()
    version.confidence, version.note = wording.confidence, wording.note.strip()
    version.valid_from, version.is_edited = wording.valid_from, True
    overlaps = former.valid_to is None or former.valid_to >= wording.valid_from
    # Where the former one was to end on a day, the version that takes its place ends on it.
    version.valid_to = former.valid_to if overlaps else None
    return Draft(version, former, wording.valid_from - timedelta(days=1) if overlaps else former.valid_to)


def _check(known: Sequence[PeriodRule], wording: Wording) -> None:
    former = known[-1]
    if not former.is_computable:
        raise RuleBroken(statutes.not_a_length(former))
    if former.valid_from is not None and wording.valid_from <= former.valid_from:
        raise RuleBroken(
            _("The latest version, %(rule)s, is in force from %(from)s: the next one begins after that day.")
            % {"rule": former.code, "from": former.valid_from},
            field="valid_from",
        )
    for earlier in known[:-1]:
        if (earlier.valid_to or date.max) >= wording.valid_from:
            raise RuleBroken(_still_in_force(earlier), field="valid_from")
    if wording.unit not in Unit.values:
        raise RuleBroken(_("Choose a unit."), field="unit")
    if not 1 <= wording.length <= LONGEST:
        raise RuleBroken(
            _("A length of %(length)s is not possible: 1 to %(longest)s.")
            % {"length": wording.length, "longest": LONGEST},
            field="length",
        )
    for name, value in (("legal_basis", wording.legal_basis), ("source", wording.source)):
        if not value.strip():
            raise RuleBroken(_("Enter the article and where its text was read."), field=name)
    same = (wording.length, wording.unit, wording.legal_basis.strip())
    if same == (former.length, former.unit, former.legal_basis):
        raise RuleBroken(_("This says the same as the latest version, %(rule)s.") % {"rule": former.code})


def _still_in_force(earlier: PeriodRule) -> str:
    if earlier.valid_to is None:
        words = _(
            "Version %(rule)s is in force from %(from)s without an end: two versions would be in force on one day."
        )
    else:
        words = _("Version %(rule)s is in force from %(from)s to %(to)s: two versions would be in force on one day.")
    return words % {"rule": earlier.code, "from": earlier.valid_from or "…", "to": earlier.valid_to}


def _concerned(planned: Draft) -> Any:
    """Running periods, of kinds that this rule may govern, that started while the version is in force."""
    code = planned.version.first_version.code
    governed = [
        kind.code for kind in kinds.all_kinds() if code in {*kind.rules, *chain.from_iterable(kind.special.values())}
    ]
    running = Deadline.objects.open().filter(docket__closed_on=None, kind__in=governed)
    running = running.filter(started_on__gte=planned.version.valid_from)
    if planned.version.valid_to is not None:
        running = running.filter(started_on__lte=planned.version.valid_to)
    related = running.select_related("docket__department", "rule")
    return related.prefetch_related("pauses", "extensions").order_by("due_on", "pk")


def impact(planned: Draft) -> Iterator[Move]:
    """Every running period to which the version would apply, in the order of the present dates. Nothing is stored."""
    almanac = calendar.current()
    books: dict[tuple[str, ...], list[PeriodRule]] = {}
    for deadline in _concerned(planned).iterator(chunk_size=2000):
        # An authority may have rules of its own: the kind alone does not tell which ones bind it.
        codes = kinds.get(deadline.kind).rules_for(deadline.docket.department)
        if codes not in books:
            books[codes] = _book(codes, planned)
        if statutes.chosen(codes, deadline.started_on, books[codes]) is planned.version:
            yield Move(deadline, deadline.due_on, _date_by(deadline, planned.version, almanac))


def _book(codes: Sequence[str], planned: Draft) -> list[PeriodRule]:
    """The rules as they would be with the version among them."""
    kept = [rule for rule in PeriodRule.objects.called(*codes) if rule.pk != planned.former.pk]
    former = copy(planned.former)
    former.valid_to = planned.former_until
    return [*kept, former, planned.version]


def _date_by(deadline: Deadline, rule: PeriodRule, almanac: calendar.Almanac) -> date:
    if reckoning.is_set_by_document(deadline) or rule.length is None:
        return deadline.due_on
    tried = copy(deadline)
    tried.length, tried.unit = rule.length, rule.unit
    return reckoning.explained(tried, almanac).due_on


def keeping(planned: Draft) -> int:
    """How many running periods started under the former versions and stay under them."""
    former = versions(planned.version)
    running = Deadline.objects.open().filter(docket__closed_on=None, rule__in=former)
    return int(running.filter(started_on__lt=planned.version.valid_from).count())


@transaction.atomic
def add_version(*, rule: PeriodRule, wording: Wording, after: str, by: Any) -> tuple[PeriodRule, int]:
    """Add the next version, end the former one, and apply it to every running period it governs. Answers how many moved.

    `after`: code of the version that the preview named as the latest; RuleBroken when another was added meanwhile.
    """
    if not by.has_perm(KEEP):
        raise PermissionDenied(KEEP)
    # Of two administrators at once the second finds the version of the first.
    list(PeriodRule.objects.select_for_update(of=("self",)).filter(pk=rule.first_version.pk))
    planned = draft(rule, wording)
    if planned.former.code != after:
        raise RuleBroken(
            _("Version %(code)s was added after you had looked. Look again at what would move.")
            % {"code": planned.former.code}
        )
    moves = list(impact(planned))
    version, former = planned.version, planned.former
    before = former.valid_to
    if former.valid_to != planned.former_until:
        former.valid_to, former.is_edited = planned.former_until, True
        former.save(update_fields=["valid_to", "is_edited"])
    version.save(force_insert=True)
    reason = stored(
        _lazy("Version %(code)s, in force from %(from)s: %(basis)s"),
        code=version.code, **{"from": version.valid_from}, basis=version.legal_basis,
    )  # fmt: skip
    moved = sum(deadlines.apply_rule(deadline=move.deadline, rule=version, by=by, reason=reason) for move in moves)
    trail.record(
        "statutes.add_version", version, by=by, code=version.code, former=former.code, valid_from=version.valid_from,
        before={"valid_to": before, "length": former.length, "unit": former.unit, "basis": former.legal_basis},
        after={"valid_to": planned.former_until, "length": version.length, "unit": version.unit, "basis": version.legal_basis},
        source=version.source, confidence=version.confidence, moved=moved,
    )  # fmt: skip
    return version, moved
