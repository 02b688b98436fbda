"""Does the order say what the case says? The party obeys the order, the clock runs by the case: they must not part."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import cn2an
from django.utils.translation import gettext as _

AT_ONCE = {"立即", "即日", "当日"}
WITHIN = re.compile(r"([0-9０-９]{1,3}|[一二三四五六七八九十百零两]{1,7})(?:日|天)(?:内|以内)")


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


def differences(*, requirements: str, days: int, content: Mapping[str, Any]) -> list[str]:
    """Where the words of an order (`content` of its form) part from the requirements and the period of its case."""
    rows = [row for row in content.get("requirements") or [] if row.get("text", "").strip()]
    asked = [line for line in requirements.splitlines() if line.strip()]
    found = []
    if len(rows) != len(asked):
        found.append(
            _("The order names %(order)d requirements, the case %(case)d.") % {"order": len(rows), "case": len(asked)}
        )
    lengths = [days_within(row.get("within", "")) for row in rows]
    if None in lengths:
        found.append(_("Write each period of the order as “30日内” or “立即”: the clock must know how long it runs."))
    elif rows and max(length or 0 for length in lengths) != days:
        found.append(
            _("The longest period of the order is %(order)d days, that of the case %(case)d days.")
            % {"order": max(length or 0 for length in lengths), "case": days}
        )
    return found
