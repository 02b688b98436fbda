"""Does the order say what the case says? The party obeys the order, the clock runs by the case: they must not part."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from enforcement.rectification import lengths, phrases

# Spaces and punctuation; not the point of a decimal number.
NOISE = re.compile(r"[\s，。；：、！,;:!…]+|(?<!\d)\.|\.(?!\d)")
SENTENCES = re.compile(r"[\n。；;！!]+")


def _bare(text: str) -> str:
    return NOISE.sub("", text)


def _is_said(line: str, row: Mapping[str, Any]) -> bool:
    """Does the row demand what the line of the case demands? A period that both name is understood as that of the row: “于10日内补录”
    of the case is “10日内” and “补录” in the order, as “立即停止排放” is “立即” and “停止排放”."""
    days = lengths.days_within(row.get("within", ""))
    said, written = (phrases.unnumbered(text).strip() for text in (line, row["text"]))
    return _bare(lengths.without(said, days)) == _bare(lengths.without(written, days))


def _other_words(asked: list[str], rows: list[Mapping[str, Any]]) -> list[str]:
    """Requirements that stand in the one and not in the other, whatever their punctuation."""
    found = []
    if missing := [line for line in asked if not any(_is_said(line, row) for row in rows)]:
        found.append(_("The order does not say what the case requires: %(what)s") % {"what": _listed(missing)})
    if extra := [row["text"] for row in rows if not any(_is_said(line, row) for line in asked)]:
        found.append(_("The order requires what the case does not: %(what)s") % {"what": _listed(extra)})
    return found


def _listed(texts: Iterable[str]) -> str:
    return "；".join(phrases.clause(text) for text in texts)


def differences(*, requirements: str, days: int, content: Mapping[str, Any]) -> list[str]:
    """Where the words of an order (`content` of its form) part from the requirements and the period of its case."""
    rows = [row for row in content.get("requirements") or [] if row.get("text", "").strip()]
    asked = [line for line in requirements.splitlines() if line.strip()]
    found = []
    if len(rows) != len(asked):
        found.append(
            _("The order names %(order)d requirements, the case %(case)d.") % {"order": len(rows), "case": len(asked)}
        )
    else:
        found += _other_words(asked, rows)
    named = [lengths.days_within(row.get("within", "")) for row in rows]
    if None in named:
        found.append(_("Write each period of the order as “30日内” or “立即”: the clock must know how long it runs."))
    elif rows and max(length or 0 for length in named) != days:
        found.append(
            _("The longest period of the order is %(order)d days, that of the case %(case)d days.")
            % {"order": max(length or 0 for length in named), "case": days}
        )
    return found


def other_facts(*, facts: str, content: Mapping[str, Any]) -> list[str]:
    """Sentences of the facts that stand in the order and not in the case, or the other way round. The order may well tell them in
    other words: whoever signs decides, so this refuses nothing."""
    of_case, of_order = _sentences(facts.splitlines()), _sentences(content.get("facts") or [])
    found = []
    if extra := [text for bare, text in of_order.items() if bare not in of_case]:
        found.append(_("Facts of the order that the case does not hold: %(what)s") % {"what": _listed(extra)})
    if missing := [text for bare, text in of_case.items() if bare not in of_order]:
        found.append(_("Facts of the case that the order does not tell: %(what)s") % {"what": _listed(missing)})
    return found


def _sentences(lines: Iterable[str] | str) -> dict[str, str]:
    text = lines if isinstance(lines, str) else "\n".join(map(str, lines))
    return {_bare(one): one.strip() for one in SENTENCES.split(text) if _bare(one)}
