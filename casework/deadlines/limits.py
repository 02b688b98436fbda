"""What the rule itself says about more time and about time not counted: read from its words in the statute book."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework.deadlines import explain
from casework.models import Extension, PeriodRule, Unit
from core.labels import Label, in_print

PAUSE, EXTEND = "casework.pause_deadline", "casework.extend_deadline"
CORRECT = "casework.correct_deadline"


class PauseReason(models.TextChoices):
    """Reasons for not counting time. Of the authority's own periods (2010办法第五十五条; 2023办法第五十七条; 行政强制法第二十五条;
    行政许可法第四十五条) and of a party's, which none of these rules reaches (民事诉讼法第八十六条 by analogy; 行政复议法第四十二条;
    行政诉讼法第五十六条)."""

    SUSPENSION = "suspension", _lazy("Procedure suspended")  # 中止
    HEARING = "hearing", _lazy("Hearing")
    ANNOUNCEMENT = "announcement", _lazy("Public notice")
    MONITORING = "monitoring", _lazy("Monitoring or testing")
    INSPECTION = "inspection", _lazy("Inspection or quarantine")
    ASSESSMENT = "assessment", _lazy("Assessment or expert review")
    APPRAISAL = "appraisal", _lazy("Expert appraisal")
    DETERMINATION = "determination", _lazy("Determination by another body")
    SERVICE = "service", _lazy("Service of documents")
    TENDER = "tender", _lazy("Tender")
    FORCE_MAJEURE = "force_majeure", _lazy("Force majeure or another cause beyond the party's power")
    STAY = "stay", _lazy("Execution stayed during reconsideration or a lawsuit")


WORDS: Final = {
    PauseReason.SUSPENSION: ("中止",),
    PauseReason.HEARING: ("听证",),
    PauseReason.ANNOUNCEMENT: ("公告",),
    PauseReason.MONITORING: ("监测", "检测"),
    PauseReason.INSPECTION: ("检验", "检疫"),
    PauseReason.ASSESSMENT: ("评估", "评审"),
    PauseReason.APPRAISAL: ("鉴定",),
    PauseReason.DETERMINATION: ("认定",),
    PauseReason.SERVICE: ("送达",),
    PauseReason.TENDER: ("招标",),
}
# What stops a period that an order gives a party: hearing, testing, tender … are the authority's own time.
OF_A_PARTY: Final = (PauseReason.SUSPENSION, PauseReason.FORCE_MAJEURE, PauseReason.STAY)
OF_THE_AUTHORITY: Final = tuple(WORDS)
# 行政处罚法第二十八条 lets an authority order rectification within a time; no statute says how that time is stopped or extended.
OWN_DECISION: Final = _lazy("The authority’s own decision (no statute or regulation provides for it)")
OPEN_ENDED: Final = ("等", "另有规定")
LONGEST: Final[dict[str, int]] = {  # a year: more in one paper is taken for a slip of the pen; no law sets it
    Unit.CALENDAR_DAY: 365, Unit.WORKING_DAY: 250, Unit.MONTH: 12, Unit.YEAR: 1,
}  # fmt: skip
GRANT: Final = re.compile(r"(?:\+|延长|再)[≤<=]*(\d+)(个?月|个?工作日|日)")


@dataclass(frozen=True, slots=True)
class Grant:
    """One extension that the rule allows."""

    length: int
    unit: str  # of casework.models.Unit


def pause_reasons(rule: PeriodRule) -> list[PauseReason]:
    """The reasons for which this rule leaves time out of the count."""
    text = rule.excluded_time
    if any(word in text for word in OPEN_ENDED):
        return list(OF_THE_AUTHORITY)
    return [reason for reason, words in WORDS.items() if any(word in text for word in words)]


def reasons_of(rule: PeriodRule | None, side: str) -> list[PauseReason]:
    """What may stop a period: by its rule, or, where a document set it (no `rule`), by whose time it is."""
    if rule is not None:
        return pause_reasons(rule)
    return list(OF_A_PARTY if side == "party" else OF_THE_AUTHORITY)


def basis_of_more_time(rule: PeriodRule | None) -> Label:
    """By what a pause or an extension is granted: the rule that knows it, or the authority's own decision."""
    return rule.legal_basis if rule is not None else OWN_DECISION


def pause_refused(rule: PeriodRule, reason_code: str) -> str | None:
    """Why the rule does not let this reason stop the clock; None when it does."""
    allowed = pause_reasons(rule)
    if reason_code in allowed:
        return None
    if not allowed:
        return _("%(rule)s (%(basis)s) leaves no time out of the count.") % _named(rule)
    return _("%(rule)s (%(basis)s) leaves out only: %(reasons)s.") % {
        **_named(rule),
        "reasons": in_print(rule.excluded_time),
    }


def grants(rule: PeriodRule) -> list[Grant]:
    """The extensions that the rule allows, in order: "负责人批准+30日;…(再≤30日)" allows two of 30 days."""
    return [Grant(int(length), _unit(unit, rule)) for length, unit in GRANT.findall(rule.extension)]


def _unit(word: str, rule: PeriodRule) -> str:
    """日 are days as the rule itself counts them."""
    if "月" in word:
        return Unit.MONTH
    return Unit.WORKING_DAY if "工作日" in word or rule.unit == Unit.WORKING_DAY else Unit.CALENDAR_DAY


def unit_of_extension(rule: PeriodRule, already: int) -> str:
    """The only unit in which the rule can be extended once more."""
    allowed = grants(rule)
    return allowed[min(already, len(allowed) - 1)].unit if allowed else rule.unit


def unit_refused(rule: PeriodRule, already: int, unit: str) -> str | None:
    """Why the rule cannot be extended in this unit; None when it can."""
    own = unit_of_extension(rule, already)
    if unit == own:
        return None
    return _("%(rule)s (%(basis)s) is extended in %(own)s, not in %(unit)s.") % {
        **_named(rule),
        "own": Unit(own).label,
        "unit": Unit(unit).label,
    }


def slip_of_the_pen(rule: PeriodRule | None, granted: Sequence[Extension], length: int, unit: str) -> str | None:
    """Why one more extension is longer than the portal takes for meant; None when it is not. Such a length no law sets: a number
    in the rule is the rule's to hold (`extension_refused`). What a document set knows no number of extensions either: there
    the sum has the limit too."""
    if rule is not None and len(granted) < len(grants(rule)):
        return None
    if length > LONGEST[unit]:
        most = explain.span(LONGEST[unit], unit)
        return _(
            "One extension gives at most %(most)s: a limit of the portal against slips of the pen, not of the law."
        ) % {"most": most}
    years = sum((Fraction(one.length, LONGEST[one.unit]) for one in granted), Fraction(length, LONGEST[unit]))
    if rule is not None or years <= 1:
        return None
    return _(
        "All extensions of a period that a document set give at most a year together: a limit of the portal against slips of the pen, not of the law."
    )


def no_more_time(rule: PeriodRule, already: int) -> str | None:
    """Why the rule allows no further extension whatever its length; None when it allows one."""
    facts = _named(rule) | {"words": in_print(rule.extension)}
    if not rule.extension:
        return _("%(rule)s (%(basis)s) knows no extension.") % facts
    allowed = grants(rule)
    if allowed and already >= len(allowed):  # without a number the rule allows more time without naming how much
        return _("%(rule)s (%(basis)s) has been extended as often as it allows: %(words)s.") % facts
    return None


def extension_refused(rule: PeriodRule, already: int, length: int) -> str | None:
    """Why the rule does not allow one more extension of this length, in its own unit; None when it does."""
    if refusal := no_more_time(rule, already):
        return refusal
    allowed = grants(rule)
    if allowed and length > allowed[already].length:
        facts = _named(rule) | {"words": in_print(rule.extension)}
        return _("%(rule)s (%(basis)s) does not allow so long an extension: %(words)s.") % facts
    return None


def _named(rule: PeriodRule) -> dict[str, str]:
    """The rule as an officer knows it: what is to be done, and by which article."""
    return {"rule": rule.action, "basis": in_print(rule.legal_basis)}
