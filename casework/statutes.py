"""Questions to the statute book."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

import cn2an
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import citations, reference, steps
from casework.models import Instrument, InstrumentNature, PeriodRule, Provision, Violation
from casework.sanction_words import joined, sentence
from core.errors import RuleBroken
from core.labels import in_print
from core.ordering import oldest_first


@cache
def _short_names() -> dict[str, citations.Cited]:
    return reference.read_citations(settings.ROOT / "reference")


def in_full(cited: str) -> list[tuple[str, str]]:
    """A citation of the reference files as documents write it: “环评法(2018)第31条” → (中华人民共和国环境影响评价法, 第三十一条).

    The article is empty where none is cited.
    """
    found = []
    for title, article in _as_filed(cited):
        row = Instrument.objects.filter(title=title).exclude(full_title="").first()
        found.append((row.full_title if row else title, article))
    return found


def _as_filed(cited: str) -> Iterator[tuple[str, str]]:
    """(the instrument's name in the reference files, article in words) of each instrument and article cited."""
    for piece in citations.pieces(cited):
        try:
            instrument, articles = citations.place(piece, _short_names())
        except LookupError:  # of a violation that came from nowhere in the files: as it was written
            instrument, articles = citations.Cited(citations.name_of(piece)), citations.articles_of(piece)
        for article in articles or [""]:
            yield instrument.title, citations.in_words(article.removesuffix(f"({instrument.version})"))


_NATIONAL: Final = "中华人民共和国"
_ARTICLE: Final = re.compile(r"第([0-9]+|[一二三四五六七八九十百千零〇两]+)条")


def lacking(cited: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The (title, article) of which the statute book knows the instrument and not this article of it. Paragraphs and items are not
    asked for: the book holds articles, and of most instruments only those that a period, a penalty or a step rests on."""
    asked = [(title, article) for title, article in cited if title and _numbers(article)]
    held = _articles_held({_stem(title) for title, _article in asked}) if asked else {}
    return [
        (title, article)
        for title, article in asked
        if (stem := _stem(title)) in held and not _numbers(article) <= held[stem]
    ]


def _stem(title: str) -> str:
    """The name whatever its version is called: 中华人民共和国行政处罚法, 行政处罚法(2021修订) → 行政处罚法."""
    return VERSION.sub("", title.strip()).removeprefix(_NATIONAL)


def _articles_held(stems: set[str]) -> dict[str, set[int]]:
    """Of each of these instruments that the book knows: the numbers of the articles it holds."""
    called: dict[str, set[str]] = {}  # a name → all names of that instrument
    for row in Instrument.objects.all():
        names = {_stem(row.title), _stem(row.full_title)} - {""}
        for name in names:
            called.setdefault(name, set()).update(names)
    provisions = Provision.objects.values_list("instrument__title", "article")
    duties = Violation.objects.exclude(duty_article="").values_list("duty_article", flat=True)
    cited = [*provisions, *(pair for text in duties for pair in _as_filed(text))]
    cited += [(_ARTICLE.split(basis)[0], basis) for basis in steps.known_bases()]
    held: dict[str, set[int]] = {stem: set() for stem in stems & called.keys()}
    for title, article in cited:
        for stem in called.get(_stem(title), set()) & held.keys():
            held[stem] |= _numbers(article)
    return held


def _numbers(article: str) -> set[int]:
    """第二十八条第一款, 第28条 → 28; none where no article is named so (a section of a standard)."""
    try:
        return {
            int(number) if number.isdecimal() else int(cn2an.cn2an(number, "smart"))
            for number in _ARTICLE.findall(article)
        }
    except ValueError:  # 第十百条: nobody can look it up
        return {0}


def rule_in_force(codes: Sequence[str], on: date) -> PeriodRule:
    """The first of these rules that is in force on the day its period starts. RuleBroken, in words, when none is."""
    rules = list(PeriodRule.objects.called(*codes))
    known = {rule.code for rule in rules}
    missing = [code for code in codes if code not in known]
    if missing:
        raise RuleBroken(
            _("The statute book has no rule %(codes)s. Load the reference data.") % {"codes": "、".join(missing)}
        )
    found = chosen(codes, on, rules)
    if found is None:
        candidates = [rule for code in codes for rule in rules if rule.first_version.code == code]
        raise RuleBroken(" ".join(not_in_force(rule, on, ()) for rule in candidates))
    return found


def chosen(codes: Sequence[str], on: date, rules: Iterable[PeriodRule]) -> PeriodRule | None:
    """Of these rules and their versions, the first in the order of the codes that is in force on that day."""
    ranks = {code: rank for rank, code in enumerate(codes)}
    standing = [rule for rule in rules if rule.first_version.code in ranks and in_force(rule, on)]
    return min(standing, key=lambda rule: ranks[rule.first_version.code], default=None)


def in_force(rule: PeriodRule, on: date) -> bool:
    return (rule.valid_from or date.min) <= on <= (rule.valid_to or date.max)


def version_on(rule: PeriodRule, on: date, rules: Iterable[PeriodRule]) -> PeriodRule:
    """Whoever names a rule by its first version means the one in force on that day, if there is one."""
    if rule.version_of is not None:
        return rule
    return chosen([rule.code], on, rules) or rule


def versions_of(rule: PeriodRule, rules: Iterable[PeriodRule]) -> list[PeriodRule]:
    """Other rules on the same act after the same event: earlier and later law."""
    return [
        other
        for other in rules
        if (other.trigger, other.action) == (rule.trigger, rule.action) and other.code != rule.code
    ]


def not_in_force(rule: PeriodRule, on: date, rules: Iterable[PeriodRule]) -> str:
    """Why the rule gives no date for a period starting on that day, and which rule does."""
    facts = {"rule": rule.code, "action": rule.action, "on": on, "from": rule.valid_from, "to": rule.valid_to}
    if rule.valid_from and on < rule.valid_from:
        words = _("Rule %(rule)s (%(action)s) is in force only from %(from)s; the period starts on %(on)s.") % facts
    else:
        words = _("Rule %(rule)s (%(action)s) was in force until %(to)s; the period starts on %(on)s.") % facts
    for other in versions_of(rule, rules):
        if in_force(other, on):
            words += " " + _("On that day rule %(rule)s applies: %(basis)s.") % {
                "rule": other.code,
                "basis": in_print(other.legal_basis),
            }
    return words


def not_a_length(rule: PeriodRule) -> str:
    """What a rule says whose period is no number of days, months or years."""
    facts = {
        "rule": rule.code,
        "period": rule.period or "—",
        "action": rule.action,
        "basis": in_print(rule.legal_basis),
    }
    words = {
        "hour": _(
            "Rule %(rule)s is a period of %(period)s hours (%(action)s): it ends by the clock, not on a date. Basis: %(basis)s."
        ),
        "CNY": _("Rule %(rule)s is an amount of money (%(period)s yuan: %(action)s), not a period. Basis: %(basis)s."),
        "per_day": _("Rule %(rule)s is a rate of %(period)s a day (%(action)s), not a period. Basis: %(basis)s."),
        "days_counted": _("Rule %(rule)s counts days that have passed (%(action)s); it sets no end. Basis: %(basis)s."),
        "recurring": _(
            "Rule %(rule)s returns regularly (%(period)s: %(action)s); no event starts it. Basis: %(basis)s."
        ),
        "date": _(
            "Rule %(rule)s names a fixed day of the year (%(period)s: %(action)s); no event starts it. Basis: %(basis)s."
        ),
    }
    several = _(
        "Rule %(rule)s has several lengths (%(period)s: %(action)s); which applies depends on the case. Basis: %(basis)s."
    )
    return words.get(rule.unit, several) % facts


def sanctions(violation: Violation) -> str:
    """What the provision lets the authority order, and with which fine, in sentences; empty where it says nothing."""
    least, most = violation.fine_min_cny, violation.fine_max_cny
    fine = ""
    if least and most:
        fine = _("fine of %(least)s to %(most)s yuan") % {"least": _yuan(least), "most": _yuan(most)}
    elif most:
        fine = _("fine of up to %(most)s yuan") % {"most": _yuan(most)}
    measure, formula, extra = map(sentence, (violation.order_measure, violation.formula, violation.extra))
    return joined(measure, fine, formula, extra)


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


SOURCES = {
    "published announcements, two libraries agree": gettext_lazy("published announcements"),
    "published text": gettext_lazy("published text"),
    "policy document": gettext_lazy("policy document"),
    "background knowledge": gettext_lazy("general knowledge, not read in the text"),
    "citations.csv": gettext_lazy("cited by a rule, not on the list"),
}
DEGREES = {
    "medium-high": gettext_lazy("fairly certain"),
    "medium": gettext_lazy("uncertain"),
    "high": gettext_lazy("certain"),
    "low": gettext_lazy("doubtful"),
}


def provenance(source: str, confidence: str) -> dict[str, str]:
    """Where a row of the reference data comes from and how certain it is, in the reader's language."""
    for word, said in SOURCES.items():
        source = source.replace(word, str(said))
    for word, said in DEGREES.items():
        confidence = confidence.replace(word, str(said))
    return {"source": source, "confidence": confidence}


# --- the instrument's page -------------------------------------------------------------------------------------------

VERSION = re.compile(r"[（(][^（()）]*\d{4}[^（()）]*[）)]$")


def versions_of_instrument(instrument: Instrument) -> list[Instrument]:
    """All versions of the law the instrument is one of: titles that differ only in the year behind them."""
    stem = VERSION.sub("", instrument.title)
    found = Instrument.objects.filter(title__startswith=stem).order_by(oldest_first("valid_from"), "pk")
    return [row for row in found if VERSION.sub("", row.title) == stem]


def article_order(provision: Provision) -> tuple[int, str]:
    """By number where the article has one, in figures or in Chinese."""
    if found := re.search(r"\d+", provision.article):
        return int(found[0]), provision.article
    if found := re.search("[一二三四五六七八九十百]+", provision.article):
        return int(cn2an.cn2an(found[0], "smart")), provision.article
    return 0, provision.article


def policy_sources() -> list[tuple[str, list[tuple[int, str]]]]:
    """What a case may name as its policy source, as choices: by policy document, in the order of its articles."""
    rows = Provision.objects.that_say_something().filter(instrument__nature=InstrumentNature.POLICY)
    found: dict[str, list[Provision]] = {}
    for provision in rows.select_related("instrument").order_by(
        oldest_first("instrument__valid_from"), "instrument__title", "pk"
    ):
        found.setdefault(str(provision.instrument), []).append(provision)
    return [(title, [(row.pk, str(row)) for row in sorted(of, key=article_order)]) for title, of in found.items()]


def instrument_page(instrument: Instrument, on: date) -> dict[str, Any]:
    """What the statute book holds of an instrument, with the versions of it and which is in force on the day."""
    used: dict[str, str] = {
        code: reverse("casework:rule", args=[code]) for code in PeriodRule.objects.values_list("code", flat=True)
    }
    violations = dict(Violation.objects.values_list("code", "name"))
    provisions = sorted(instrument.provisions.all(), key=article_order)
    return {
        "instrument": instrument,
        "on": on,
        "in_force": instrument.is_in_force(on),
        "provenance": provenance(instrument.source, instrument.confidence),
        "versions": [{"row": row, "in_force": row.is_in_force(on)} for row in versions_of_instrument(instrument)],
        "provisions": [
            {
                "row": row,
                "uses": [
                    {"code": code, "url": used.get(code, ""), "label": violations.get(code, "")}
                    for code in filter(None, row.note.split("、"))
                ],
            }
            for row in provisions
        ],
    }
