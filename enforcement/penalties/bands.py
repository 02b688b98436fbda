"""Fine bands: between which amounts a provision lets the authority fine. Reads reference/fine_bands.csv; asks no database.

A band is chosen by the facts of the matter (subject, circumstances, unlawful gains …) and by the day whose law is asked for. What a
row cannot express in figures is not guessed: the band then says where to look it up. Amounts are yuan, to the fen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import RuleBroken
from core.labels import in_print
from core.listing import listed
from core.numerals import NotAnAmount, yuan
from enforcement.penalties import general_law
from enforcement.penalties.band_table import BY_GAINS, ORGANISATION, PERSON, Base, Condition, Row, rows_of
from enforcement.penalties.speech import in_a_row

FEN: Final = Decimal("0.01")


class Kind(StrEnum):
    FOUND = "found"
    UNKNOWN_FACT = "unknown_fact"  # a fact the band depends on is not established
    NO_FINE = "no_fine"  # the provision lets nobody be fined in this matter
    LOOK_UP = "look_up"  # the file cannot say
    BY_DAY = "by_day"


CIRCUMSTANCES: Final[dict[Condition, Promise]] = {
    Condition.REFUSED: gettext_lazy("rectification was refused or not done in time"),
    Condition.GRAVE: gettext_lazy("the circumstances are grave"),
    Condition.MALFUNCTION: gettext_lazy("the installations could not work properly"),
    Condition.REMOVED: gettext_lazy("the installations were removed without leave"),
}
BASES: Final[dict[Base, Promise]] = {
    Base.GAINS: gettext_lazy("the unlawful gains"),
    Base.GOODS: gettext_lazy("the value of the goods"),
    Base.INVESTMENT: gettext_lazy("the total investment"),
    Base.DISCHARGE_FEE: gettext_lazy("the pollution charge due"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is established in the matter; amounts in yuan. None: not established yet, which is something else than nothing (0)."""

    is_person: bool = False
    gains: Decimal | None = None
    goods: Decimal | None = None
    investment: Decimal | None = None
    discharge_fee: Decimal | None = None
    circumstances: frozenset[Condition] = frozenset()

    def __post_init__(self) -> None:
        for amount in (self.gains, self.goods, self.investment, self.discharge_fee):
            if amount is not None:
                yuan(amount)
        if not self.circumstances <= CIRCUMSTANCES.keys():
            raise ValueError(f"no circumstances: {self.circumstances - CIRCUMSTANCES.keys()}")

    def amount_of(self, base: Base) -> Decimal | None:
        return {
            Base.GAINS: self.gains,
            Base.GOODS: self.goods,
            Base.INVESTMENT: self.investment,
            Base.DISCHARGE_FEE: self.discharge_fee,
        }[base]


@dataclass(frozen=True, slots=True)
class Band:
    """Between which amounts the fine lies, both included. `low` is 0 where the law sets no lowest fine; both are None where no figure
    is found (`kind` says why). What is not certain informs, and refuses nothing."""

    violation: str
    kind: Kind
    low: Decimal | None
    high: Decimal | None
    basis: str
    is_certain: bool
    explanation: str

    @property
    def is_found(self) -> bool:
        return self.kind == Kind.FOUND

    @property
    def rank(self) -> tuple[Decimal, Decimal]:
        """How heavy: by the highest fine, then by the lowest. A provision without a fine weighs nothing."""
        return self.high or Decimal(0), self.low or Decimal(0)


def band_of(violation: str, facts: Facts, on: date) -> Band:
    """The band of a violation, by its code, under the law of that day."""
    return band(rows_of(violation), facts, on) if rows_of(violation) else _unknown(violation)


def _unknown(violation: str) -> Band:
    words = _("No fine band is on file for this violation: look it up in the law.")
    return Band(violation, Kind.LOOK_UP, None, None, "", False, words)


def band(rows: Sequence[Row], facts: Facts, on: date) -> Band:
    """The band that these rows, all of one violation, give for the facts on that day. ValueError for none, or for rows of several."""
    if len({row.violation for row in rows}) != 1:
        raise ValueError("rows of exactly one violation are asked for")
    standing = [row for row in rows if row.is_valid_on(on)]
    if not standing:
        words = _("%(basis)s was not in force on %(on)s.") % {"basis": in_print(rows[0].legal_basis), "on": on}
        return _without_figures(rows[0], Kind.LOOK_UP, words)
    for row in standing:
        if row.base in _UNEXPRESSED:
            return _unexpressed(row)
    mine = [row for row in standing if row.subject == (PERSON if facts.is_person else ORGANISATION)]
    if not mine:
        words = _("No fine on the persons responsible is on file for %(basis)s: look it up in the law.")
        return _without_figures(standing[0], Kind.LOOK_UP, words % {"basis": in_print(standing[0].legal_basis)})
    return _chosen(mine, facts)


_UNEXPRESSED: Final[dict[Base, Kind]] = {
    Base.ELSEWHERE: Kind.LOOK_UP,
    Base.BY_DAY: Kind.BY_DAY,
    Base.NONE: Kind.NO_FINE,
}


def _unexpressed(row: Row) -> Band:
    words = {
        Base.ELSEWHERE: _("%(basis)s leaves the fine to other law: the band must be looked up there."),
        Base.BY_DAY: _("%(basis)s: the fine is the former fine times the days; it has no band of its own."),
        Base.NONE: _("%(basis)s founds no fine."),
    }[row.base]
    return _without_figures(row, _UNEXPRESSED[row.base], words % {"basis": in_print(row.legal_basis)})


def _chosen(mine: Sequence[Row], facts: Facts) -> Band:
    special = [_computed(row, facts) for row in mine if row.condition in facts.circumstances]
    if special:
        unknown = [one for one in special if not one.is_found]
        return unknown[0] if unknown else max(special, key=lambda one: one.rank)
    if by_gains := [row for row in mine if row.condition in BY_GAINS]:
        return _by_gains(by_gains, facts)
    for row in mine:
        if row.condition == Condition.ALWAYS:
            return _computed(row, facts)
    words = _("%(basis)s provides a fine only where %(circumstances)s.") % {
        "basis": in_print(mine[0].legal_basis),
        "circumstances": listed(CIRCUMSTANCES[row.condition] for row in mine),
    }
    return _without_figures(mine[0], Kind.NO_FINE, words)


def _by_gains(rows: Sequence[Row], facts: Facts) -> Band:
    if facts.gains is None:
        words = _("The band depends on the unlawful gains, which are not established yet.")
        return _without_figures(rows[0], Kind.UNKNOWN_FACT, words)
    for row in rows:
        if row.threshold is None:
            raise ValueError(f"fine_bands.csv: {row.violation} depends on gains, and names no amount of them")
        if (facts.gains >= row.threshold) == (row.condition == Condition.GAINS_AT_LEAST):
            return _computed(row, facts)
    raise ValueError(f"fine_bands.csv: {rows[0].violation} leaves gains of {facts.gains} without a row")


def _computed(row: Row, facts: Facts) -> Band:
    low, high = row.low or Decimal(0), row.high
    if high is None:
        raise ValueError(f"fine_bands.csv: {row.violation} has a row without a highest fine")
    words: list[str] = []
    if row.base != Base.FIXED:
        amount = facts.amount_of(row.base)
        if not amount:
            missing = _("The band depends on %(base)s, which is not established yet.") % {"base": BASES[row.base]}
            return _without_figures(row, Kind.UNKNOWN_FACT, missing)
        words.append(_times(row, amount))
        # Whatever lies in the band to the fen lies in it exactly.
        low = (low * amount).quantize(FEN, ROUND_CEILING)
        high = (high * amount).quantize(FEN, ROUND_FLOOR)
    elif row.condition in BY_GAINS:
        words.append(_("The unlawful gains are below %(threshold)s yuan, or there are none.") % {"threshold": figures(row.threshold)})  # fmt: skip
    if row.condition in CIRCUMSTANCES:
        words.append(_("This band applies where %(circumstances)s.") % {"circumstances": CIRCUMSTANCES[row.condition]})
    words.insert(0, _range(row, low, high))
    return Band(row.violation, Kind.FOUND, low, high, in_print(row.legal_basis), row.is_certain, _told(row, words))


def _range(row: Row, low: Decimal, high: Decimal) -> str:
    facts = {"basis": in_print(row.legal_basis), "low": figures(low), "high": figures(high)}
    if low:
        return _("%(basis)s: a fine of %(low)s to %(high)s yuan.") % facts
    return _("%(basis)s: a fine of up to %(high)s yuan.") % facts


def _times(row: Row, amount: Decimal) -> str:
    facts = {"base": BASES[row.base], "amount": figures(amount)}
    if row.base == Base.INVESTMENT:
        percent = {"low": _plain((row.low or 0) * 100), "high": _plain((row.high or 0) * 100)}
        return _("It is %(low)s%% to %(high)s%% of %(base)s of %(amount)s yuan.") % {**facts, **percent}
    times = {"low": _plain(row.low or 0), "high": _plain(row.high or 0)}
    return _("It is %(low)s to %(high)s times %(base)s of %(amount)s yuan.") % {**facts, **times}


def _without_figures(row: Row, kind: Kind, words: str) -> Band:
    basis = in_print(row.legal_basis)
    certain = row.is_certain and kind != Kind.LOOK_UP
    return Band(row.violation, kind, None, None, basis, certain, _told(row, [words]))


def _told(row: Row, words: Sequence[str]) -> str:
    """With the note of the row, and the mark of what nobody has verified."""
    said = [*words, row.note + "。" if row.note else ""]
    if not row.is_certain:
        said.append(_("To be verified: this band only informs."))
    return in_a_row(*said)


def figures(amount: Decimal | None) -> str:
    return f"{yuan(amount or 0):,.2f}"


def _plain(number: Decimal | int) -> str:
    return f"{Decimal(number).normalize():f}"


# --- is an amount inside the band? -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """Whole sentences: why the amount is refused, and what whoever decides should know."""

    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check(amount: Decimal, band: Band, *, decided_on: date, is_mitigated: bool = False) -> Checked:
    """Is a fine of this amount (yuan) inside the band? `is_mitigated`: one of the reasons for which the law lets the authority go
    below the lowest fine (减轻处罚) is on record. RuleBroken at `amount` for what is no amount of money."""
    try:
        fine = yuan(amount)
    except NotAnAmount as wrong:
        raise RuleBroken(str(wrong), field="amount") from wrong
    law = general_law.on(decided_on)
    if not fine:
        return Checked(refusals=(_("A fine is more than nothing. Without a fine, decide on another penalty or none."),))
    if band.kind == Kind.NO_FINE:
        words = _("A penalty without a basis is void (%(law)s).") % {"law": law.void_without_basis}
        return _weighed(band, in_a_row(band.explanation, words))
    if band.low is None or band.high is None:
        return Checked(notes=(_("The fine could not be compared with a band. %(why)s") % {"why": band.explanation},))
    facts = {"fine": figures(fine), "low": figures(band.low), "high": figures(band.high), "basis": band.basis}
    if fine > band.high:
        words = _("The fine of %(fine)s yuan is above the highest of %(high)s yuan that %(basis)s allows (%(law)s).")
        return _weighed(band, words % {**facts, "law": law.proportionate})
    if fine >= band.low:
        return Checked(notes=() if band.is_certain else (band.explanation,))
    if is_mitigated:
        words = _("The fine of %(fine)s yuan is below the lowest of %(low)s yuan of %(basis)s: the decision names the reason for mitigating it (%(law)s).")  # fmt: skip
        return Checked(notes=(words % {**facts, "law": law.mitigation},))
    words = _("The fine of %(fine)s yuan is below the lowest of %(low)s yuan of %(basis)s, and no reason for mitigating it is given (%(law)s).")  # fmt: skip
    return _weighed(band, words % {**facts, "law": law.mitigation})


def _weighed(band: Band, words: str) -> Checked:
    if band.is_certain:
        return Checked(refusals=(words,))
    return Checked(notes=(_("To be verified: %(words)s") % {"words": words},))


# --- never two fines for one act -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Highest:
    """The provision with the highest fine, and why; no band where none has figures."""

    band: Band | None
    explanation: str
    is_certain: bool


def highest(bands: Iterable[Band], *, decided_on: date) -> Highest:
    """Of several provisions on one act, the one by which it is fined, once: the one with the highest fine (行政处罚法第二十九条).
    Compared by the highest fine each allows, then by the lowest. ValueError for no band at all."""
    every = list(bands)
    if not every:
        raise ValueError("at least one band is asked for")
    law = general_law.on(decided_on)
    found = [one for one in every if one.is_found]
    open_ones = [one.basis for one in every if one.kind not in {Kind.FOUND, Kind.NO_FINE}]
    top = max(found, key=lambda one: one.rank, default=None)
    said = [_("One act is fined once (%(law)s).") % {"law": law.one_fine}]
    if top is None:
        said.append(_("None of the provisions has a band in figures."))
    else:
        words = _("Of the provisions, %(basis)s allows the highest fine: up to %(high)s yuan.")
        said.append(words % {"basis": top.basis, "high": figures(top.high)})
    if open_ones:
        said.append(_("Not compared, because no figures are known: %(bases)s.") % {"bases": listed(open_ones)})
    if not law.takes_highest:
        said.append(_("To be verified: before 2021-07-15 the law on penalties did not say that the highest fine applies."))  # fmt: skip
    sure = top is not None and not open_ones and law.takes_highest and all(one.is_certain for one in found)
    return Highest(top, in_a_row(*said), sure)
