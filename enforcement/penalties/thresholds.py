"""When a hearing must be offered before a penalty (行政处罚法第六十三条; until 2021-07-14 第四十二条). Reads reference/hearing_thresholds.csv;
asks no database.

Which amount is "larger" depends on the authority, on whom the penalty falls and on the day of the prior notice. Where that is not certain
the hearing is offered: it costs the authority little, and a decision without it may be annulled. `is_certain` says which it is.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.labels import in_print
from core.numerals import yuan
from enforcement.penalties.speech import in_a_row
from organisation.models.places import is_certain


class Measure(StrEnum):
    """Kinds of penalties (行政处罚法第九条)."""

    WARNING = "warning"  # 警告
    CRITICISM = "criticism"  # 通报批评
    FINE = "fine"  # 罚款, by the day too
    CONFISCATION = "confiscation"  # 没收违法所得、没收非法财物
    SUSPEND_LICENCE = "suspend_licence"  # 暂扣许可证件
    LOWER_GRADE = "lower_grade"  # 降低资质等级
    REVOKE_LICENCE = "revoke_licence"  # 吊销许可证件
    LIMIT_PRODUCTION = "limit_production"  # 限制开展生产经营活动
    STOP_PRODUCTION = "stop_production"  # 责令停产停业
    CLOSE = "close"  # 责令关闭
    RESTRICT_TRADE = "restrict_trade"  # 限制从业
    OTHER = "other"


LABELS: Final[dict[Measure, Promise]] = {
    Measure.WARNING: gettext_lazy("warning"),
    Measure.CRITICISM: gettext_lazy("public criticism"),
    Measure.FINE: gettext_lazy("pecuniary fine"),
    Measure.CONFISCATION: gettext_lazy("confiscation"),
    Measure.SUSPEND_LICENCE: gettext_lazy("suspension of a licence"),
    Measure.LOWER_GRADE: gettext_lazy("lowering of the qualification grade"),
    Measure.REVOKE_LICENCE: gettext_lazy("revocation of a licence"),
    Measure.LIMIT_PRODUCTION: gettext_lazy("limitation of production and business"),
    Measure.STOP_PRODUCTION: gettext_lazy("order to stop production and business"),
    Measure.CLOSE: gettext_lazy("order to close"),
    Measure.RESTRICT_TRADE: gettext_lazy("restriction of practice"),
    Measure.OTHER: gettext_lazy("another penalty"),
}


class Activity(StrEnum):
    """Was the act committed in doing business? Only the rules of the province ask."""

    BUSINESS = "business"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A penalty that the authority means to impose. Fines and confiscations have an amount in yuan; what was confiscated in kind, its value;
    None while that is unknown."""

    measure: Measure
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Must the hearing be offered, why, and by which law. Not certain: it is offered because nobody has verified that it need not be."""

    must_offer: bool
    why: str
    basis: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which amount (yuan) on a fine or a confiscation is a larger one."""

    line: str  # "environment", "other"
    subject: str  # "organisation", "person", "any"
    measure: Measure
    activity: str  # "business", "other", "any"
    amount: Decimal
    includes: bool | None  # 含本数; None: not established
    legal_basis: str
    valid_from: date
    valid_to: date
    is_certain: bool

    def reached(self, amount: Decimal) -> bool | None:
        """None: it is the very amount, and nobody has established whether that is included."""
        return self.includes if amount == self.amount else amount > self.amount


@dataclass(frozen=True, slots=True)
class Law:
    """Article 63 of 2021, 42 before: what needs a hearing whatever the amount, and what the article leaves open."""

    since: date
    basis: str
    always: dict[Measure, str]
    larger: dict[Measure, str]
    open: frozenset[Measure]
    open_basis: str


LAWS: Final = (
    Law(
        since=date(2021, 7, 15),
        basis="行政处罚法第六十三条",
        always={
            Measure.LOWER_GRADE: "行政处罚法第六十三条第一款第三项",
            Measure.REVOKE_LICENCE: "行政处罚法第六十三条第一款第三项",
            Measure.STOP_PRODUCTION: "行政处罚法第六十三条第一款第四项",
            Measure.CLOSE: "行政处罚法第六十三条第一款第四项",
            Measure.RESTRICT_TRADE: "行政处罚法第六十三条第一款第四项",
        },
        larger={
            Measure.FINE: "行政处罚法第六十三条第一款第一项",
            Measure.CONFISCATION: "行政处罚法第六十三条第一款第二项",
        },
        open=frozenset({Measure.SUSPEND_LICENCE, Measure.LIMIT_PRODUCTION, Measure.OTHER}),
        open_basis="行政处罚法第六十三条第一款第五项",
    ),
    Law(
        since=date(1996, 10, 1),
        basis="行政处罚法（1996/2009）第四十二条",
        always={
            Measure.REVOKE_LICENCE: "行政处罚法（1996/2009）第四十二条第一款",
            Measure.STOP_PRODUCTION: "行政处罚法（1996/2009）第四十二条第一款",
        },
        larger={Measure.FINE: "行政处罚法（1996/2009）第四十二条第一款"},
        # The list of article 42 ends with 等 ("and others").
        open=frozenset(
            {
                Measure.CONFISCATION, Measure.SUSPEND_LICENCE, Measure.LOWER_GRADE, Measure.LIMIT_PRODUCTION,
                Measure.CLOSE, Measure.RESTRICT_TRADE, Measure.OTHER,
            }
        ),
        open_basis="行政处罚法（1996/2009）第四十二条第一款",
    ),
)  # fmt: skip


@cache
def table() -> tuple[Threshold, ...]:
    with (settings.ROOT / "reference" / "hearing_thresholds.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Threshold(
                line=row["line"],
                subject=row["subject"],
                measure=Measure(row["kind"]),
                activity=row["activity"],
                amount=Decimal(row["threshold_cny"]),
                includes={"yes": True, "no": False, "unsure": None}[row["includes_threshold"]],
                legal_basis=in_print(row["legal_basis"]),
                valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
                is_certain=is_certain(row["confidence"]),
            )
            for row in csv.DictReader(file)
        )


def law_on(day: date) -> Law:
    """ValueError for a day before the law on administrative penalties."""
    for law in LAWS:
        if law.since <= day:
            return law
    raise ValueError(f"the law on administrative penalties was not in force on {day}")


def hearing(
    proposed: Iterable[Proposed],
    *,
    on: date,
    is_environmental: bool,
    is_person: bool,
    activity: Activity | None = None,
) -> Answer:
    """For all penalties of one decision together: the first that certainly needs a hearing answers; else the first that may need one;
    else why none does. `on`: the day of the prior notice. `activity` None: not established. ValueError for no penalty at all."""
    every = list(proposed)
    if not every:
        raise ValueError("at least one penalty is asked for")
    answers = [_of_one(one, on, is_environmental, is_person, activity) for one in every]
    answers.sort(key=lambda answer: (not answer.must_offer, not answer.is_certain))
    first = answers[0]
    if first.must_offer:
        return first
    return Answer(False, in_a_row(*dict.fromkeys(answer.why for answer in answers)), law_on(on).basis, True)


def _of_one(one: Proposed, on: date, is_environmental: bool, is_person: bool, activity: Activity | None) -> Answer:
    law, name = law_on(on), {"measure": LABELS[one.measure]}
    if basis := law.always.get(one.measure):
        why = _("The authority must offer a hearing before this penalty: %(measure)s (%(basis)s).")
        return Answer(True, why % {**name, "basis": basis}, basis, True)
    if one.measure in {Measure.FINE, Measure.CONFISCATION}:
        rows = [
            row
            for row in table()
            if row.measure == one.measure
            and row.line == ("environment" if is_environmental else "other")
            and row.subject in {"any", "person" if is_person else "organisation"}
            and (row.activity == "any" or activity is None or row.activity == activity)
            and row.valid_from <= on <= row.valid_to
        ]
        return _by_amount(one, rows, law)
    if one.measure in law.open:
        why = _("To be verified: whether this penalty is one of the other heavier ones: %(measure)s (%(basis)s). Until then a hearing is offered.")  # fmt: skip
        return Answer(True, why % {**name, "basis": law.open_basis}, law.open_basis, False)
    why = _("This penalty needs no hearing: %(measure)s (%(basis)s).") % {**name, "basis": law.basis}
    return Answer(False, why, law.basis, True)


def _by_amount(one: Proposed, rows: Sequence[Threshold], law: Law) -> Answer:
    article = law.larger.get(one.measure, law.open_basis)
    name = LABELS[one.measure]
    if one.amount is None:
        why = _("The amount is not known yet (%(measure)s): a hearing is offered, so that none is missed.")
        return Answer(True, why % {"measure": name}, article, False)
    amount = yuan(one.amount)
    said = {"measure": name, "amount": f"{amount:,.2f}"}
    for row in sorted(rows, key=lambda row: not row.is_certain):
        reached = row.reached(amount)
        if reached is False:
            continue
        basis = f"{article}；{row.legal_basis}"
        facts = {**said, "threshold": f"{row.amount:,.2f}", "basis": basis}
        if row.is_certain and reached:
            why = _("The %(measure)s of %(amount)s yuan: from %(threshold)s yuan on it is a larger one, before which a hearing must be offered (%(basis)s).")  # fmt: skip
            return Answer(True, why % facts, basis, True)
        why = _("The %(measure)s of %(amount)s yuan; the amount from which a hearing must be offered is %(threshold)s yuan, which is to be verified (%(basis)s). Until then a hearing is offered.")  # fmt: skip
        return Answer(True, why % facts, basis, False)
    certain = [row for row in rows if row.is_certain]
    if certain:
        basis = f"{article}；{certain[0].legal_basis}"
        why = _("The %(measure)s of %(amount)s yuan: below %(threshold)s yuan, the amount from which a hearing must be offered (%(basis)s).")  # fmt: skip
        return Answer(False, why % {**said, "threshold": f"{certain[0].amount:,.2f}", "basis": basis}, basis, True)
    why = _("The %(measure)s of %(amount)s yuan: the amount from which a hearing must be offered is not verified for this authority (%(basis)s). Until then a hearing is offered.")  # fmt: skip
    return Answer(True, why % {**said, "basis": article}, article, False)
