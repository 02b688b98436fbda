"""Does the order say what the case says? The party obeys the order, the clock runs by the case: they must not part."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import cn2an
from django.utils.translation import gettext as _

AT_ONCE = {"立即", "即日", "当日"}
WITHIN = re.compile(r"([0-9０-９]{1,3}|[一二三四五六七八九十百零两]{1,7})(?:日|天)(?:内|以内)")

# Spaces and punctuation; not the point of a decimal number.
NOISE = re.compile(r"[\s，。；：、！,;:!…]+|(?<!\d)\.|\.(?!\d)")


@cache
def _numerals() -> dict[str, int]:
    """Every number of days as it is properly written: what is not here (一二, 廿, 一百百) is no number."""
    found = {cn2an.an2cn(number): number for number in range(1, 1000)}
    return found | {"两": 2, "百": 100} | {name.replace("二百", "两百"): number for name, number in found.items()}


def days_within(text: str) -> int | None:
    """“三十日内” and “30日内” → 30; “立即” → 0; None for words that name no number of days."""
    text = text.strip()
    if text in AT_ONCE:
        return 0
    found = WITHIN.fullmatch(text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdecimal() else _numerals().get(found[1])


def _bare(text: str) -> str:
    return NOISE.sub("", text)


def _said_by(row: Mapping[str, Any]) -> set[str]:
    """The words of one requirement of the order. “立即停止排放” of the case is “立即” and “停止排放” in the order."""
    text = _bare(row["text"])
    return {text, f"立即{text}"} if days_within(row.get("within", "")) == 0 else {text}


def _other_words(asked: list[str], rows: list[Mapping[str, Any]]) -> list[str]:
    """Requirements that stand in the one and not in the other, whatever their punctuation."""
    said = {words for row in rows for words in _said_by(row)}
    wanted = {_bare(line) for line in asked}
    found = []
    if missing := [line.strip() for line in asked if _bare(line) not in said]:
        found.append(_("The order does not say what the case requires: %(what)s") % {"what": "；".join(missing)})
    if extra := [row["text"].strip() for row in rows if not _said_by(row) & wanted]:
        found.append(_("The order requires what the case does not: %(what)s") % {"what": "；".join(extra)})
    return found


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
    lengths = [days_within(row.get("within", "")) for row in rows]
    if None in lengths:
        found.append(_("Write each period of the order as “30日内” or “立即”: the clock must know how long it runs."))
    elif rows and max(length or 0 for length in lengths) != days:
        found.append(
            _("The longest period of the order is %(order)d days, that of the case %(case)d days.")
            % {"order": max(length or 0 for length in lengths), "case": days}
        )
    return found
