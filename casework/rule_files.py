"""The rules of period_rules.csv beside those that were edited on site.

A rule of which any version was added or ended in the browser is the site's: the file neither changes it nor adds a version to it.
Otherwise two versions could be in force on one day, and which of them governs a matter would be chance.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from casework.citations import REMARK
from casework.models import Deadline, PeriodRule
from casework.storing import store


def store_rules(read: Iterable[PeriodRule]) -> int:
    """Store the rules that are the file's. Answers how many there are, those of the site among them.

    A deadline keeps the basis it started with; remarks that a former file had put into that basis leave it.
    """
    former = dict(PeriodRule.objects.values_list("code", "legal_basis"))
    on_site = _edited_on_site()
    found = [rule for rule in read if rule.first_version.code not in on_site]
    first = store(PeriodRule, [rule for rule in found if rule.version_of is None], "code")
    later = [rule for rule in found if rule.version_of is not None]
    for rule in later:
        rule.version_of = first[(rule.first_version.code,)]
    held = store(PeriodRule, later, "code")
    for rule in later:
        _govern_by(held[(rule.code,)])
    for rule in held.values():
        before = former.get(rule.code, rule.legal_basis)
        if before != rule.legal_basis and REMARK.sub("", before) == REMARK.sub("", rule.legal_basis):
            for row in Deadline.objects.filter(rule=rule, basis=before):
                row.basis, row.reasons["basis"] = rule.legal_basis, rule.legal_basis
                row.save(update_fields=["basis", "reasons"])
    return len(held)


def _edited_on_site() -> set[str]:
    """First codes of the rules of which a version was added or ended in the browser."""
    return {rule.first_version.code for rule in PeriodRule.objects.filter(is_edited=True).select_related("version_of")}


def _govern_by(version: PeriodRule) -> None:
    """A rule that the file has split into versions: periods that started under the later law point to it, with the basis,
    the length and the date that they have."""
    span = (version.valid_from, version.valid_to or date.max)
    Deadline.objects.filter(rule=version.version_of, started_on__range=span).update(rule=version)


def left_alone(read: Sequence[PeriodRule]) -> list[str]:
    """Sentences on the versions that the file has and the table has not, and on what stands across in the table."""
    held = list(PeriodRule.objects.select_related("version_of"))
    known = {(rule.code, rule.valid_from) for rule in held}
    out: dict[str, list[str]] = {}
    for rule in read:
        if (rule.code, rule.valid_from) not in known:
            out.setdefault(rule.first_version.code, []).append(f"{rule.code} (from {rule.valid_from})")
    kept = [
        f"{code} was edited on site: its versions stand alone, and those of the file are left out: {', '.join(versions)}"
        for code, versions in out.items()
    ]
    return [*kept, *across(held)]


def across(rules: Iterable[PeriodRule]) -> Iterator[str]:
    """Sentences on versions of one rule that are in force on the same day."""
    for first, second in combinations(sorted(rules, key=_place), 2):
        since = second.valid_from or date.min
        if first.first_version.code == second.first_version.code and since <= (first.valid_to or date.max):
            yield f"{first.code} and {second.code} are both in force from {since}"


def _place(rule: PeriodRule) -> tuple[str, date]:
    return rule.first_version.code, rule.valid_from or date.min
